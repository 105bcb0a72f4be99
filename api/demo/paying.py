"""Three ways of paying on a bad day: told three times, an answer that is lost, a centre without network."""

from collections.abc import Callable
from typing import Any

import httpx
from sqlalchemy import func, select

from api.demo.office import Office
from api.demo.saying import say
from api.demo.waiting import wait_for
from permits.calendar import today
from permits.cash.desk import counter
from permits.cash.desk.counter import Desk, Slip
from permits.cash.desks import add_centre, add_desk, give_block, make_snapshot
from permits.cash.importing import import_package
from permits.cash.tables import CashDesk, Centre
from permits.cash.token import verify_receipt
from permits.documents.keys import public_keys, signing_key
from permits.documents.sheet import shown_money
from permits.documents.token import cose_keys
from permits.money.tables import Bill, Payment, Receipt
from permits.people.actor import SYSTEM, Role

Pay = Callable[[Bill], None]
CENTRE, NUMBERS = "C07", 20
FLOAT = {5_000: 4}
"""Four notes of fifty new pounds, in piastres."""


class Payers:
    """Pays bills of the office, each way counted at both ends."""

    def __init__(self, office: Office, switch: str) -> None:
        self.office, self.context, self.switch = office, office.context, switch

    def simply(self, bill: Bill) -> None:
        """Nothing goes wrong."""
        self._at_switch(bill, "none")
        self._need_one(bill)

    def told_thrice(self, bill: Bill) -> None:
        """The switch tells the payment again and again, though it was answered."""
        self._at_switch(bill, "duplicate")
        self._need_one(bill)
        say(
            f"أبلغ المحوّل عن دفعة الفاتورة {bill.reference} ثلاث مرات، وقُيّدت مرة واحدة بإيصال واحد",
            f"The switch told the payment of {bill.reference} three times; it is booked once, with one receipt",
        )

    def answer_lost(self, bill: Bill) -> None:
        """The office commits and answers; the answer never arrives, so the switch tells it again."""
        self._at_switch(bill, "timeout")
        self._need_one(bill)
        say(
            f"ضاع جواب الدفعة {bill.reference} في الشبكة فأُبلغ عنها ثانيةً، والإيصال واحد",
            f"The answer to the payment of {bill.reference} was lost, so it was told again; one receipt",
        )

    def _at_switch(self, bill: Bill, fault: str) -> None:
        """Pay with a fault, and wait until the switch is content."""
        body = {"reference": bill.reference, "fault": fault}
        payment = httpx.post(f"{self.switch}/pay", json=body, timeout=60).raise_for_status().json()
        wait_for("the payment", lambda: self._seen(payment["id"])["state"] == "acknowledged" or None)

    def _seen(self, payment_id: str) -> dict[str, Any]:
        seen: dict[str, Any] = httpx.get(f"{self.switch}/payments/{payment_id}", timeout=60).raise_for_status().json()
        return seen

    def at_the_centre(self, bill: Bill) -> None:
        """A centre takes cash with no network, and brings its queue to the office in the evening, twice."""
        desk = self._desk()
        slip = self._take(desk, bill)
        package = counter.export(desk)
        for _ in range(2):
            with self.context.database.transaction() as session:
                cashier = self.office.actor(session, Role.CASHIER)
                done = import_package(
                    session, actor=cashier, office=self.context.settings.office, text=package
                )  # fmt: skip
                if done.conflicts:
                    raise RuntimeError(f"the centre's takings conflict: {done}")
        desk.store.close()
        self._need_one(bill, number=slip.number)
        say(
            "زُومنت حزمة المركز مرتين: الدفعة مقيّدة مرة واحدة بالرقم الذي في يد الدافع",
            "The centre's package was brought twice: booked once, under the number that the payer holds",
        )

    def _take(self, desk: Desk, bill: Bill) -> Slip:
        opened = counter.open_shift(desk, cashier="سعاد (أمينة صندوق وهمية)", notes=FLOAT)
        slip = counter.take(desk, reference=bill.reference)
        verdict = verify_receipt(slip.token, cose_keys(public_keys(self.context.settings)))
        if verdict.code != "valid":
            raise RuntimeError(f"the centre's receipt does not verify: {verdict.code}")
        counter.close_shift(desk, notes={1: opened + slip.piastres + slip.rounding})
        say(
            f"قبض المركز {shown_money(slip.piastres, 'ar')} نقداً بلا شبكة، والإيصال {slip.number} يتحقق برمزه",
            f"The centre took {shown_money(slip.piastres, 'en')} in cash offline; receipt {slip.number} verifies",
        )
        return slip

    def _desk(self) -> Desk:
        """A new desk of the centre, with numbers and the list of what can be paid."""
        context, key = self.context, signing_key(self.context.settings)
        with context.database.transaction() as session:
            if session.get(Centre, CENTRE) is None:
                add_centre(session, actor=SYSTEM, code=CENTRE, name_ar="مركز خدمة (وهمي)", name_en="Service centre")
            code = f"{CENTRE}-{(session.scalar(select(func.count()).select_from(CashDesk)) or 0) + 1}"
        folder = context.settings.data_dir / "centres" / code
        public = counter.init_desk(folder, code=code, office_keys=public_keys(context.settings))
        with context.database.transaction() as session:
            until = today().replace(month=12, day=31)
            add_desk(session, actor=SYSTEM, centre=CENTRE, public_keys=public, until=until, office_key=key)
            give_block(session, actor=SYSTEM, office=context.settings.office, desk=code, size=NUMBERS)
            signed = make_snapshot(session, actor=SYSTEM, desk=code, office_key=key)
        desk = counter.open_desk(folder)
        counter.import_snapshot(desk, signed)
        return desk

    def _need_one(self, bill: Bill, number: str | None = None) -> None:
        """One payment and one receipt for a bill, or the demonstration fails."""
        with self.context.database.reading() as session:
            payments = session.scalars(select(Payment).where(Payment.reference == bill.reference)).all()
            receipts = session.scalars(select(Receipt).where(Receipt.bill_id == bill.id)).all()
        if [payment.state for payment in payments] != ["accepted"] or len(receipts) != 1:
            raise RuntimeError(f"{len(payments)} payments and {len(receipts)} receipts of {bill.reference}")
        if number is not None and receipts[0].number != number:
            raise RuntimeError(f"the payer holds {number}, the office wrote {receipts[0].number}")
