"""The end of the day: the switch's file and the bank's statement against our own payments."""

import httpx
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.demo.office import Office
from api.demo.saying import say
from permits.calendar import today
from permits.documents.sheet import shown_money
from permits.errors import Conflict
from permits.money.reconciliation.awaited import settlement_reference
from permits.money.reconciliation.closing import show_day
from permits.money.reconciliation.importing import import_statement
from permits.money.reconciliation.statement import Movement, write_statement
from permits.money.reconciliation.tables import BankStatement
from permits.money.settlement import import_settlement
from permits.money.tables import Settlement
from permits.people.actor import Role

ACCOUNT = "CB-DEMO"


def settle_day(office: Office, switch: str) -> None:
    """Cut the day's file, let the bank deliver it, and compare the three; told again on one day, the first stands."""
    day = today()
    content = httpx.post(f"{switch}/settlement/{day}", timeout=60).raise_for_status().content
    with office.context.database.transaction() as session:
        try:
            settled = import_settlement(session, actor=office.actor(session, Role.CASHIER), content=content)
        except Conflict:
            say("ملف تسوية اليوم مستورد من قبل", "The day's settlement file was imported before")
            return
        if session.scalar(select(BankStatement.id).where(BankStatement.first_day == day.isoformat())) is None:
            _deliver(session, office, settled)
        actor = office.actor(session, Role.ACCOUNTANT)
        seen = show_day(session, actor=actor, party=settled.provider, day=day.isoformat())
    sides = seen.sides
    if seen.breaks or not sides.ours == sides.theirs == sides.bank == settled.piastres:
        raise RuntimeError(f"the three do not agree: {seen}")
    say(
        f"تطابقت قيودنا وملف المزود وكشف المصرف: {settled.summary['matched']} دفعات، "
        f"{shown_money(settled.piastres, 'ar')}",
        f"Our books, the provider's file and the bank's statement agree: {settled.summary['matched']} payments, "
        f"{shown_money(settled.piastres, 'en')}",
    )


def _deliver(session: Session, office: Office, settled: Settlement) -> None:
    """The bank's statement of the day: what the provider announced has arrived."""
    reference = settlement_reference(settled.provider, settled.day)
    line = Movement(f"{ACCOUNT}-{settled.day}-1", today(), settled.piastres, reference, settled.provider)
    last = session.scalar(
        select(BankStatement).where(BankStatement.account == ACCOUNT).order_by(BankStatement.seq.desc()).limit(1)
    )
    opening = last.closing if last else 0
    content = write_statement(ACCOUNT, (today(), today()), opening, [line])
    import_statement(session, actor=office.actor(session, Role.ACCOUNTANT), content=content)
