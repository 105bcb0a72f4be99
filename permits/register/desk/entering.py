"""The act of a form, entered in the journal by the use case that it names."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from permits.errors import Conflict, Invalid, NotFound
from permits.people.actor import Actor, Role
from permits.register.deed import Deed
from permits.register.desk import dealings, estates, marks, parcels
from permits.register.desk.form import DeskAct, Written
from permits.register.entering import reverse
from permits.register.journal import Document, journal_of
from permits.register.tables import JournalEntry
from permits.text import fold


def enter_written(session: Session, *, actor: Actor, written: Written) -> JournalEntry:
    """Enter the act of a form; raises what the act itself raises, and Invalid for what cannot be read."""
    actor.need(Role.REGISTRAR)
    if not written.reason.strip():
        raise Invalid("reason-needed")
    if written.act not in _ACTS:
        raise Invalid("act-unknown", act=written.act[:30])
    kind = _DOCUMENTS.get(DeskAct(written.act), "contract")
    deed = Deed(actor, Document(kind, written.document, written.day), None, written.reason)
    return _ACTS[DeskAct(written.act)](session, deed, written)


def enter_after(session: Session, *, actor: Actor, written: Written, last: int) -> JournalEntry:
    """The same for a program that read the sheet up to entry `last`: Conflict where anything was entered since.

    So an act whose answer was lost on the way is not entered a second time.
    """
    _need_last(session, written.sheet_id, last)
    entry = enter_written(session, actor=actor, written=written)
    _need_last(session, written.sheet_id, last, but=entry.number)  # another may have been entered while this one waited
    return entry


def _need_last(session: Session, sheet_id: str, last: int, *, but: int = 0) -> None:
    numbers = [entry.number for entry in journal_of(session, sheet_id) if entry.number != but]
    if numbers and numbers[-1] != last:
        raise Conflict("sheet-changed-since", number=numbers[-1])


def _reversed(session: Session, deed: Deed, written: Written) -> JournalEntry:
    """An entry of this very sheet is undone by a new one."""
    numbers = {str(entry.number): entry.number for entry in journal_of(session, written.sheet_id)}
    number = numbers.get(fold(written.entry))
    if number is None:
        raise NotFound("entry-unknown", number=written.entry.strip()[:20])
    return reverse(session, deed=deed, number=number, reason=deed.reason)


_ACTS: dict[DeskAct, Callable[[Session, Deed, Written], JournalEntry]] = {
    DeskAct.SALE: dealings.passed, DeskAct.GIFT: dealings.passed, DeskAct.JUDGMENT: dealings.passed,
    DeskAct.INHERITANCE: estates.inherited, DeskAct.EXPROPRIATION: dealings.expropriated,
    DeskAct.SPLIT: parcels.split, DeskAct.MERGE: parcels.merged, DeskAct.TO_PERMANENT: parcels.made_permanent,
    DeskAct.MORTGAGE: marks.mortgaged, DeskAct.RELEASE: marks.released, DeskAct.ATTACHMENT: marks.attached,
    DeskAct.SIGNAL: marks.signalled, DeskAct.LIFT: marks.lifted, DeskAct.CORRECTION: dealings.corrected,
    DeskAct.REVERSAL: _reversed,
}  # fmt: skip

_DOCUMENTS = {
    DeskAct.INHERITANCE: "deed-of-inheritance", DeskAct.JUDGMENT: "court-judgment", DeskAct.EXPROPRIATION: "decree",
}  # fmt: skip
"""The kind of document that an act rests on, where it is no contract."""
