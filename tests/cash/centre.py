"""A centre with one desk beside the office of the money tests, and what the tests do with it in one line each."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from permits.cash.desk import counter
from permits.cash.desk.counter import Desk
from permits.cash.desks import add_centre, add_desk, give_block, make_snapshot
from permits.cash.importing import Imported, import_package
from permits.documents.keys import public_keys, signing_key
from permits.jobs import Context
from permits.money import ledger
from permits.people.actor import SYSTEM
from tests.money.books import OFFICE

CODE = "C07-1"
NOTE = 500
"""The smallest note in piastres: five new pounds."""
FLOAT = {5000: 4, 500: 10}
FLOAT_PIASTRES = 25_000


def found(context: Context, folder: Path, *, code: str = CODE, numbers: int = 5) -> Desk:
    """A desk that the office knows, with a block of numbers, before its first snapshot."""
    keys = public_keys(context.settings)
    request = counter.init_desk(folder, code=code, office_keys=keys)
    key = signing_key(context.settings)
    with context.database.transaction() as session:
        if code == CODE:
            add_centre(session, actor=SYSTEM, code="C07", name_ar="مركز الوعر", name_en="Al-Waer centre")
        add_desk(
            session, actor=SYSTEM, centre="C07", public_keys=request, until=date(2099, 12, 31), office_key=key
        )  # fmt: skip
    desk = counter.open_desk(folder)
    if numbers:
        more_numbers(context, desk, numbers)
    return desk


def more_numbers(context: Context, desk: Desk, size: int) -> None:
    """Another block."""
    with context.database.transaction() as session:
        give_block(session, actor=SYSTEM, office=OFFICE, desk=desk.code, size=size)


def snapshot(context: Context, desk: Desk) -> bytes:
    """What the office sends now."""
    with context.database.transaction() as session:
        return make_snapshot(session, actor=SYSTEM, desk=desk.code, office_key=signing_key(context.settings))


def refresh(context: Context, desk: Desk) -> int:
    """The desk takes along what the office has now."""
    return counter.import_snapshot(desk, snapshot(context, desk))


def begin(context: Context, desk: Desk) -> None:
    """A snapshot and an open shift."""
    refresh(context, desk)
    counter.open_shift(desk, cashier="سعاد المثال", notes=FLOAT)


def close(desk: Desk, over: int = 0) -> int:
    """Close with a count that is `over` piastres more than expected."""
    shift = counter.till_of(desk).shift
    assert shift is not None
    return counter.close_shift(desk, notes={1: shift.expected + over})


def bring(context: Context, package: str) -> Imported:
    """The office imports a package."""
    with context.database.transaction() as session:
        return import_package(session, actor=SYSTEM, office=OFFICE, text=package)


def sync(context: Context, desk: Desk) -> Imported:
    """Export and import."""
    return bring(context, counter.export(desk))


def accounts(context: Context) -> Mapping[str, int]:
    """Every account that is not nought; the ledger is balanced."""
    with context.database.reading() as session:
        assert ledger.unbalanced(session) == []
        every = ledger.balances(session)
    assert sum(every.values()) == 0
    return {account: piastres for account, piastres in every.items() if piastres}


def at_clock(desk: Desk, clock: object) -> Desk:
    """The same desk with another clock."""
    return replace(desk, clock=clock)  # type: ignore[arg-type]  # a function of no argument
