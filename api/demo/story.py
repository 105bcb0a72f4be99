"""The story of the demonstration: two cases, from the engineer's model to the permit on the property sheet."""

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx

from api.demo.office import PASSWORD, SYNDICATE, Office
from api.demo.portal import Portal
from permits.calendar import today
from permits.cases import cases, decisions, reviews
from permits.cases.workflow import State
from permits.documents.issue import permit_of
from permits.documents.keys import public_keys
from permits.documents.sheet import shown_money
from permits.errors import Conflict
from permits.money.bills import latest_bill
from permits.money.settlement import import_settlement
from permits.people.actor import Role
from permits.register.sheets import current_sheet

PATIENCE = 120.0


def say(arabic: str, english: str) -> None:
    """One event, in both languages."""
    print(f"• {arabic}\n  {english}", flush=True)


class Story:
    """Carries cases through office, syndicate, switch and register."""

    def __init__(self, office: Office, server: str, switch: str) -> None:
        self.office, self.context = office, office.context
        self.server, self.switch = server, switch
        self.portal = Portal(server, str(Role.ENGINEER), PASSWORD)

    def tell(self, *, zone: str, plot: str, title: str, models: list[Path]) -> str:
        """One case through everything; every model but the last is returned by the reviewer. The permit number."""
        case_id = self.portal.open_case(zone=zone, plot=plot, title=title)
        say(f"فتح المهندس إضبارة على المقسم {plot}: {title}", f"The engineer opened a case on plot {plot}: {title}")
        for model in models:
            self._submit(case_id, model)
            self._stamp(case_id)
            if model is models[-1]:
                self._approve(case_id)
            else:
                self._return(case_id)
        self._pay(case_id)
        return self._permit(case_id, zone, plot)

    def _submit(self, case_id: str, model: Path) -> None:
        self.portal.upload(case_id, model)
        summary = self.portal.await_review(case_id)["summary"]
        say(
            f"انتهى التدقيق الآلي: {summary['fail']} مخالفة، {summary['undecided']} غير محسوم، {summary['pass']} مطابق",
            f"The review ended: {summary['fail']} failures, {summary['undecided']} undecided, {summary['pass']} passed",
        )
        self.portal.post(f"/cases/{case_id}/submit")

    def _stamp(self, case_id: str) -> None:
        with httpx.Client(base_url=self.server, timeout=60) as http:
            form = {
                "grant_type": "client_credentials", "client_id": SYNDICATE,
                "client_secret": self.office.syndicate_secret,
            }  # fmt: skip
            token = http.post("/oauth/token", data=form).raise_for_status().json()["access_token"]
            http.headers["Authorization"] = f"Bearer {token}"
            waiting: list[dict[str, Any]] = http.get("/api/v1/cases").raise_for_status().json()["cases"]
            case = next(case for case in waiting if case["id"] == case_id)
            http.get(f"/api/v1/cases/{case_id}/report").raise_for_status()
            http.get(f"/api/v1/cases/{case_id}/model").raise_for_status()
            body = {"model_sha256": case["model"]["sha256"], "auditor": "م. نقابي مدقق (وهمي)", "remarks": ""}
            http.post(f"/api/v1/cases/{case_id}/stamp", json=body).raise_for_status()
        say("ختمت نقابة المهندسين النموذج عبر الواجهة البرمجية", "The syndicate stamped the model through the API")

    def _decide(self, case_id: str, decision: str, reason: str) -> int:
        with self.context.database.transaction() as session:
            reviewer = self.office.actor(session, Role.REVIEWER)
            asked = reviews.open_findings(session, case_id=case_id)
            for question in asked:
                reviews.decide_finding(
                    session, actor=reviewer, case_id=case_id, position=question.position, decision=decision,
                    reason=reason,
                )  # fmt: skip
        return len(asked)

    def _return(self, case_id: str) -> None:
        count = self._decide(case_id, "stands", "قياس التقرير صحيح والمخالفة قائمة")
        with self.context.database.transaction() as session:
            cases.send_back(
                session, actor=self.office.actor(session, Role.REVIEWER), case_id=case_id,
                remark="تُعالَج المخالفات المثبتة في التقرير ويُعاد رفع النموذج",
            )  # fmt: skip
        say(
            f"ثبّت المدقق {count} ملاحظة وأعاد الإضبارة",
            f"The reviewer confirmed {count} findings and returned the case",
        )

    def _approve(self, case_id: str) -> None:
        self._decide(case_id, "overridden", "تحقق المدقق من القيمة على المخطط")
        with self.context.database.transaction() as session:
            reviewer = self.office.actor(session, Role.REVIEWER)
            decisions.recommend(session, actor=reviewer, case_id=case_id, note="مطابق للوجائب")
        with self.context.database.transaction() as session:
            decisions.approve(
                session, actor=self.office.actor(session, Role.APPROVER), storage=self.context.storage,
                governorate=self.context.settings.governorate, case_id=case_id, note="يُعتمد",
            )  # fmt: skip
        say("اقترح المدقق الموافقة، واعتمدها شخص آخر", "The reviewer recommended, and another person approved")

    def _pay(self, case_id: str) -> None:
        with self.context.database.reading() as session:
            bill = latest_bill(session, case_id=case_id)
        say(
            f"الفاتورة {bill.reference}: {shown_money(bill.piastres, 'ar')}",
            f"Bill {bill.reference}: {shown_money(bill.piastres, 'en')}",
        )
        httpx.post(f"{self.switch}/pay", json={"reference": bill.reference}, timeout=60).raise_for_status()
        deadline = time.monotonic() + PATIENCE
        while self._state(case_id) != State.PERMIT_ISSUED:
            if time.monotonic() > deadline:
                raise RuntimeError(f"no permit in time; the case is {self._state(case_id)}")
            time.sleep(0.2)
        say("دُفعت الفاتورة عبر المحوّل التجريبي وصدر الإيصال", "The bill was paid through the sandbox switch")

    def settle_day(self) -> None:
        """The switch cuts the day's settlement file and the office compares it with its own receipts."""
        day = today().isoformat()
        content = httpx.post(f"{self.switch}/settlement/{day}", timeout=60).raise_for_status().content
        with self.context.database.transaction() as session:
            try:
                settled = import_settlement(session, actor=self.office.actor(session, Role.CASHIER), content=content)
            except Conflict:  # told a second time on one day: the first file of the day stands
                say("ملف تسوية اليوم مستورد من قبل", "The day's settlement file was imported before")
                return
        breaks = sum(count for kind, count in settled.summary.items() if kind != "matched")
        if breaks:
            raise RuntimeError(f"the settlement does not match our receipts: {settled.summary}")
        count = settled.summary["matched"]
        say(f"طابق ملف التسوية {count} إيصالاً", f"The settlement file matches {count} receipts")

    def _state(self, case_id: str) -> str:
        with self.context.database.reading() as session:
            return reviews.state_of(session, case_id=case_id)

    def _permit(self, case_id: str, zone: str, plot: str) -> str:
        with self.context.database.reading() as session:
            permit = permit_of(session, case_id=case_id)
            registrar = self.office.actor(session, Role.REGISTRAR)
            sheet = current_sheet(session, actor=registrar, zone=zone, plot=plot, language="ar")
        keys = self.context.settings.data_dir / "public-keys.json"
        keys.write_text(public_keys(self.context.settings))
        command = [sys.executable, "-m", "api.cli", "verify", permit.token, "--keys", str(keys)]
        verified = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own program
        if verified.returncode:
            raise RuntimeError(f"the permit's token does not verify: {verified.stdout}{verified.stderr}")
        if not any(permit.number in line.detail for line in sheet.annotations):
            raise RuntimeError("the property sheet does not show the permit")
        if sum(owner.share for owner in sheet.owners) != 1:
            raise RuntimeError("the shares of the sheet are not its whole")
        say(
            f"صدرت الرخصة {permit.number}، تحقّق رمزها بلا شبكة، ووُضعت إشارتها على العقار {sheet.parcel}",
            f"Permit {permit.number} issued, verified offline, and annotated on parcel {sheet.parcel}",
        )
        return permit.number
