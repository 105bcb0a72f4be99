"""An inheritance as the form writes it: lines of a deed of inheritance (حصر إرث), some of them heirs of an heir."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy.orm import Session

from permits.errors import Invalid
from permits.register.acts.inheritance import Heir
from permits.register.dealings import enter_inheritance
from permits.register.deed import Deed
from permits.register.desk.form import HeirLine, Written, person_in, share_in
from permits.register.parties import register_party
from permits.register.shares import read_share
from permits.register.tables import JournalEntry


@dataclass(frozen=True)
class Estate:
    """What the heirs of one deceased get together, which must be one; `of` as in the lines, None for unread parts."""

    of: int
    total: Fraction | None


def estates(lines: Sequence[HeirLine]) -> tuple[Estate, ...]:
    """The sum of every estate while the lines are still being written."""
    found = []
    for of in sorted({0, *(line.of for line in lines)}):
        parts = [_part_or_none(line.part) for line in lines if line.of == of]
        known = [part for part in parts if part is not None]
        found.append(Estate(of, sum(known, Fraction(0)) if len(known) == len(parts) else None))
    return tuple(found)


def _part_or_none(text: str) -> Fraction | None:
    try:
        return read_share(text)
    except ValueError:
        return None


def inherited(session: Session, deed: Deed, written: Written) -> JournalEntry:
    """The share of a deceased owner goes to his heirs, through those who died after him."""
    reached: list[int] = []
    heirs = _heirs(session, deed, written.heirs, 0, reached)
    if len(reached) < len(written.heirs):
        raise Invalid("heirs-of-nobody")
    return enter_inheritance(session, deed=deed, sheet_id=written.sheet_id, deceased=written.party, heirs=heirs)


def _heirs(
    session: Session, deed: Deed, lines: Sequence[HeirLine], of: int, reached: list[int]
) -> tuple[Heir, ...]:  # fmt: skip
    """The heirs of one line; a line is its own ancestor in no tree that begins at the owner."""
    found = []
    for number, line in enumerate(lines, 1):
        if line.of == of:
            reached.append(number)
            below = _heirs(session, deed, lines, number, reached)
            found.append(Heir(_party(session, deed, line, dead=bool(below)), share_in(line.part), below))
    return tuple(found)


def _party(session: Session, deed: Deed, line: HeirLine, *, dead: bool) -> str:
    """A living heir is known by his document; one who died may have left none."""
    if dead and not line.identity.strip():
        return register_party(session, actor=deed.actor, name_ar=line.name).id
    return person_in(session, deed.actor, identity=line.identity, name=line.name)
