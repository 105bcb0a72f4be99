"""The story of the demonstration: two cases, from the engineer's model to the permit on the property sheet."""

from pathlib import Path
from typing import Any

import httpx

from api.demo.consenting import declare_owners
from api.demo.office import PASSWORD, SYNDICATE, Office
from api.demo.paying import Pay
from api.demo.portal import Portal
from api.demo.saying import say
from api.demo.verifying import verify_offline
from api.demo.waiting import wait_for
from permits.cases import cases, decisions, reviews
from permits.cases.workflow import State
from permits.documents.issue import permit_of
from permits.documents.sheet import shown_money
from permits.money.bills import latest_bill
from permits.people.actor import Role
from permits.register.sheets import current_sheet


class Story:
    """Carries cases through office, syndicate, switch and register."""

    def __init__(self, office: Office, server: str, switch: str) -> None:
        self.office, self.context = office, office.context
        self.server, self.switch = server, switch
        self.portal = Portal(server, str(Role.ENGINEER), PASSWORD)

    def end(self) -> None:
        """Close the engineer's browser."""
        self.portal.http.close()

    def tell(self, *, zone: str, plot: str, title: str, models: list[Path], pay: Pay) -> str:
        """One case through everything; every model but the last is returned by the reviewer. The case's id."""
        case_id = self.portal.open_case(zone=zone, plot=plot, title=title)
        say(f"فتح المهندس إضبارة على المقسم {plot}: {title}", f"The engineer opened a case on plot {plot}: {title}")
        for model in models:
            self._submit(case_id, model)
            self._stamp(case_id)
            if model is models[-1]:
                self._approve(case_id)
            else:
                self._return(case_id)
        self._pay(case_id, pay)
        self._permit(case_id, zone, plot)
        return case_id

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
            reviewer, registrar = (self.office.actor(session, role) for role in (Role.REVIEWER, Role.REGISTRAR))
            declare_owners(session, registrar=registrar, case_id=case_id)
            decisions.recommend(session, actor=reviewer, case_id=case_id, note="مطابق للوجائب")
        with self.context.database.transaction() as session:
            decisions.approve(
                session, actor=self.office.actor(session, Role.APPROVER), storage=self.context.storage,
                governorate=self.context.settings.governorate, case_id=case_id, note="يُعتمد",
            )  # fmt: skip
        say(
            "أثبت أمين السجل مقدّم الطلب وموافقات المالكين، واقترح المدقق الموافقة، واعتمدها شخص آخر",
            "The registrar recorded applicant and consents, the reviewer recommended, another person approved",
        )

    def _pay(self, case_id: str, pay: Pay) -> None:
        with self.context.database.reading() as session:
            bill = latest_bill(session, case_id=case_id)
        say(
            f"الفاتورة {bill.reference}: {shown_money(bill.piastres, 'ar')}",
            f"Bill {bill.reference}: {shown_money(bill.piastres, 'en')}",
        )
        pay(bill)
        wait_for("the permit", lambda: self._state(case_id) == State.PERMIT_ISSUED or None)

    def _state(self, case_id: str) -> str:
        with self.context.database.reading() as session:
            return reviews.state_of(session, case_id=case_id)

    def _permit(self, case_id: str, zone: str, plot: str) -> None:
        with self.context.database.transaction() as session:
            permit = permit_of(session, case_id=case_id)
            registrar = self.office.actor(session, Role.REGISTRAR)
            sheet = current_sheet(session, actor=registrar, zone=zone, plot=plot, language="ar")
        verify_offline(self.context, permit.token)
        if not any(permit.number in line.detail for line in sheet.annotations):
            raise RuntimeError("the property sheet does not show the permit")
        if sum(owner.share for owner in sheet.owners) != 1:
            raise RuntimeError("the shares of the sheet are not its whole")
        say(
            f"صدرت الرخصة {permit.number}، تحقّق رمزها بلا شبكة، ووُضعت إشارتها على العقار {sheet.parcel}",
            f"Permit {permit.number} issued, verified offline, and annotated on parcel {sheet.parcel}",
        )
