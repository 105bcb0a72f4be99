"""The counter of the office itself: each cashier has a desk like any other, whose queue lies in the office's folder.

A taking is on the disk before anybody is told of it. Between two shifts the queue is brought to the books and a new
snapshot taken; while a shift is open the books are only read, for the one bill that is being paid. Whatever breaks off
between two steps is done by the next one: entries that are there already are not booked again.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from permits.calendar import today
from permits.cash.desk import counter
from permits.cash.desk.counter import Desk, Slip, init_desk, open_desk, till_of
from permits.cash.desks import add_centre, add_desk, give_block, make_snapshot
from permits.cash.importing import Imported, import_package
from permits.cash.snapshot import PayableBill
from permits.cash.tables import CashDesk, Centre
from permits.cash.till import Till
from permits.documents.keys import public_keys, signing_key
from permits.errors import Conflict
from permits.i18n import translate
from permits.jobs import Context
from permits.money.bills import LIVE
from permits.money.payments import inquire
from permits.numbering import take_number
from permits.people.actor import SYSTEM, Actor, Role

NUMBERS, FEW = 500, 100
"""How many receipt numbers a counter is given at once, and at how few it is given more."""

YEARS = 5
"""For how long the office certifies a counter of its own."""


@contextmanager
def opened(context: Context, actor: Actor) -> Iterator[Desk]:
    """The cashier's own desk, made on first use; closed afterwards."""
    actor.need(Role.CASHIER)
    folder = context.settings.data_dir / "counters" / actor.id
    if not (folder / counter.KEY).exists():
        init_desk(folder, code=_new_code(context), office_keys=public_keys(context.settings))
    desk = open_desk(folder)
    try:
        _know(context, desk, folder)
        yield replace(desk, office_keys=public_keys(context.settings))
    finally:
        desk.store.close()


def _new_code(context: Context) -> str:
    with context.database.transaction() as session:
        return f"C{take_number(session, 'office-counter'):03d}"


def _know(context: Context, desk: Desk, folder: Path) -> None:
    """Let the office know the desk; again is nothing."""
    with context.database.reading() as session:
        if session.get(CashDesk, desk.code):
            return
    centre, day = context.settings.office, today()
    request = init_desk(folder, code=desk.code, office_keys=desk.office_keys)
    until = date(day.year + YEARS, day.month, min(day.day, 28))
    with context.database.transaction() as session:
        if session.get(Centre, centre) is None:
            names = {f"name_{language}": translate(language, "cash-office-counter") for language in ("ar", "en")}
            add_centre(session, actor=SYSTEM, code=centre, **names)
        add_desk(
            session, actor=SYSTEM, centre=centre, public_keys=request, until=until,
            office_key=signing_key(context.settings),
        )  # fmt: skip


def sync(context: Context, actor: Actor, desk: Desk) -> Imported | None:
    """Bring the queue to the books and take the office's word along; nothing while a shift is open.

    A snapshot in an open shift would acknowledge takings that the books do not have yet.
    """
    if till_of(desk).shift:
        return None
    office = context.settings.office
    with context.database.transaction() as session:
        done = import_package(session, actor=actor, office=office, text=counter.export(desk))
    with context.database.transaction() as session:
        if till_of(desk).free_numbers() < FEW:
            give_block(session, actor=actor, office=office, desk=desk.code, size=NUMBERS)
        signed = make_snapshot(session, actor=actor, desk=desk.code, office_key=signing_key(context.settings))
    counter.import_snapshot(desk, signed)
    return done


def drawer(context: Context, actor: Actor) -> tuple[str, Till]:
    """The code of the cashier's desk and its till as it is now."""
    with opened(context, actor) as desk:
        return desk.code, till_of(desk)


def taken_in_shift(context: Context, actor: Actor, *, reference: str) -> int:
    """What this cashier has taken for a bill in the open shift: the books have it once the shift is closed."""
    shift = drawer(context, actor)[1].shift
    return sum(one.piastres for one in shift.takings.values() if one.reference == reference) if shift else 0


def open_shift(context: Context, actor: Actor, *, notes: Mapping[int, int]) -> int:
    """Begin the cashier's shift with the float counted by note; the float in piastres."""
    with opened(context, actor) as desk:
        if till_of(desk).shift is None:
            sync(context, actor, desk)
        return counter.open_shift(desk, cashier=actor.name, notes=notes)


def take(
    context: Context, actor: Actor, *, reference: str, piastres: int | None = None, tendered: int | None = None
) -> Slip:
    """Take cash for a bill as the books have it now, under the rules of every desk; its receipt, to be printed.

    Raises NotFound for a bill that is not there, Conflict for one that cannot be paid any more.
    """
    with context.database.reading() as session:
        bill = inquire(session, actor=actor, reference=reference)
    if bill.state not in LIVE:
        raise Conflict("bill-not-live", reference=bill.reference, state=bill.state)
    with opened(context, actor) as desk:
        desk.store.keep_bill(PayableBill(bill.reference, bill.left, bill.least, bill.expires_at, bill.payer))
        return counter.take(desk, reference=bill.reference, piastres=piastres, tendered=tendered)


def print_again(context: Context, actor: Actor, *, number: str) -> Slip:
    """The receipt of a taking of this cashier's desk, as after a jam."""
    with opened(context, actor) as desk:
        return counter.print_again(desk, number=number)


def void(context: Context, actor: Actor, *, number: str, reason: str) -> None:
    """Take back a taking of the open shift."""
    with opened(context, actor) as desk:
        counter.void(desk, number=number, reason=reason)


def close_shift(context: Context, actor: Actor, *, notes: Mapping[int, int]) -> int:
    """Close the shift with its count and book it; over (positive) or short (negative), in piastres."""
    with opened(context, actor) as desk:
        difference = counter.close_shift(desk, notes=notes)
        sync(context, actor, desk)
        return difference


def deposit(context: Context, actor: Actor, *, slip: str, piastres: int) -> None:
    """Bring money of closed shifts to the bank; it waits for its line on the bank's statement."""
    with opened(context, actor) as desk:
        counter.deposit(desk, slip=slip, piastres=piastres)
        sync(context, actor, desk)
