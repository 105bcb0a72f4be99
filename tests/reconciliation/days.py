"""What the tests of the reconciliation do in one line each: a provider's day, the bank's statement, breaks, closing."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select

from permits.calendar import today
from permits.db import utcnow
from permits.jobs import Context
from permits.money import ledger
from permits.money.payments import Notice
from permits.money.reconciliation.awaited import announcements
from permits.money.reconciliation.breaks import BreakState, explain
from permits.money.reconciliation.closing import Day, breaks_of, close_day, show_day
from permits.money.reconciliation.importing import import_statement
from permits.money.reconciliation.statement import Movement, write_statement
from permits.money.reconciliation.tables import BankStatement, Break, DayClose
from permits.money.settlement import import_settlement
from permits.money.tables import Settlement
from permits.people.actor import SYSTEM, Actor, Role
from tests.money.test_payments import tell
from tests.money.test_settlement import write_file

ACCOUNTANT = Actor("accountant", "accountant", frozenset({Role.ACCOUNTANT}))
DAY = today() - timedelta(days=3)
NEXT = DAY + timedelta(days=1)
ACCOUNT = "CB-1"


def paid(context: Context, number: str, piastres: int, day: date = DAY, reference: str = "nobody") -> None:
    """A payment as the bank tells it; of no bill, unless a reference is named."""
    tell(context, Notice(number, reference, piastres, utcnow(), day, "kiosk"), f"{number}{piastres}".encode())


def settle(context: Context, lines: Sequence[tuple[str, int]], day: date = DAY) -> Settlement:
    """The bank's file of a day."""
    with context.database.transaction() as session:
        content = write_file([(number, "r", piastres) for number, piastres in lines], day=day)
        return import_settlement(session, actor=SYSTEM, content=content)


def stated(
    context: Context, lines: Sequence[tuple[int, str]], day: date = NEXT, opening: int | None = None
) -> BankStatement:  # fmt: skip
    """The bank's statement of a day, after the last one: amounts with what is written on them."""
    with context.database.transaction() as session:
        known = session.scalars(select(BankStatement).order_by(BankStatement.seq)).all()
        begin = opening if opening is not None else known[-1].closing if known else 0
        moves = [Movement(f"E{len(known)}-{n}", day, p, text, "x") for n, (p, text) in enumerate(lines)]
        return import_statement(
            session, actor=ACCOUNTANT, content=write_statement(ACCOUNT, (day, day), begin, moves)
        )  # fmt: skip


def shown(context: Context, day: date = DAY, party: str = "bank") -> Day:
    """A day as it stands."""
    with context.database.reading() as session:
        return show_day(session, actor=ACCOUNTANT, party=party, day=day.isoformat())


def rows(context: Context, day: date = DAY, party: str = "bank") -> list[Break]:
    """The breaks of a day."""
    with context.database.reading() as session:
        return list(breaks_of(session, party=party, day=day.isoformat()))


def told(context: Context, day: date = DAY, party: str = "bank") -> dict[str, tuple[str, int, str]]:
    """The breaks of a day by key: kind, piastres, state."""
    return {row.key: (row.kind, row.piastres, row.state) for row in rows(context, day, party)}


def explain_all(context: Context, day: date = DAY, party: str = "bank") -> None:
    """Every open break of a day is explained."""
    for row in rows(context, day, party):
        if row.state == BreakState.OPEN:
            with context.database.transaction() as session:
                explain(session, actor=ACCOUNTANT, break_id=row.id, reason="provider_confirmed", note="كتاب المزود")


def close(context: Context, day: date = DAY, party: str = "bank") -> DayClose:
    """Close a day."""
    with context.database.transaction() as session:
        return close_day(session, actor=ACCOUNTANT, party=party, day=day.isoformat())


def books_agree(context: Context) -> None:
    """What waits at the bank in the ledger is what was announced and has not come; the ledger is balanced."""
    with context.database.reading() as session:
        assert ledger.unbalanced(session) == []
        waiting: dict[str, int] = {}
        for one in announcements(session):
            waiting[one.account] = waiting.get(one.account, 0) + one.outstanding
        balances = ledger.balances(session)
        assert {k: v for k, v in waiting.items() if v} == {
            k: v
            for k, v in balances.items()
            if v and (k.startswith("settled:") or k in ("transfers", "transit:deposits"))
        }
        last = session.scalars(select(BankStatement).order_by(BankStatement.seq)).all()
        assert balances.get(ledger.BANK, 0) == (last[-1].closing if last else 0)
