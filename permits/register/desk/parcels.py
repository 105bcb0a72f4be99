"""Acts that end a sheet and open others, as the form writes them: split, merge, transfer to the permanent register."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits.errors import Invalid, NotFound
from permits.money.money import MoneyError, parse_amount
from permits.register.acts.parcels import Piece
from permits.register.deed import Deed
from permits.register.desk.form import PieceLine, Written, number_in, share_in
from permits.register.journal import journal_of
from permits.register.opening import enter_merge, enter_split, transfer_to_permanent
from permits.register.tables import JournalEntry, Sheet
from permits.text import fold


def area_of(lines: Sequence[PieceLine]) -> Decimal | None:
    """The area of the pieces together while they are still being written; None where one cannot be read."""
    try:
        return sum((parse_amount(line.area) for line in lines), Decimal(0))
    except MoneyError:
        return None


def split(session: Session, deed: Deed, written: Written) -> JournalEntry:
    """The parcel becomes the pieces, held by its owners, or each by the one to whom it is allotted."""
    pieces = [
        Piece(
            fold(line.parcel), number_in(line.area, "area-not-positive"),
            {line.owner: Fraction(1)} if line.owner else None,
        )
        for line in written.pieces
    ]  # fmt: skip
    enter_split(session, deed=deed, sheet_id=written.sheet_id, pieces=pieces)
    return journal_of(session, written.sheet_id)[-1]


def merged(session: Session, deed: Deed, written: Written) -> JournalEntry:
    """The parcel becomes one with others of its zone, each counted by its area, or all as the deed says."""
    own = session.get_one(Sheet, written.sheet_id)
    sheet_ids = [own.id, *(_neighbour(session, own, line.parcel) for line in written.merged)]
    counted = [written.share, *(line.weight for line in written.merged)]
    weights = [share_in(text) for text in counted] if any(text.strip() for text in counted) else None
    enter_merge(session, deed=deed, sheet_ids=sheet_ids, parcel=fold(written.parcel), weights=weights)
    return journal_of(session, written.sheet_id)[-1]


def _neighbour(session: Session, own: Sheet, parcel: str) -> str:
    """The sheet in force of a parcel of the same cadastral zone."""
    if not parcel.strip():
        raise Invalid("parcel-number-needed")
    found = session.scalar(
        select(Sheet.id).where(
            Sheet.cadastral_zone == own.cadastral_zone, Sheet.parcel == fold(parcel), Sheet.section == "", Sheet.active
        )
    )
    if found is None:
        raise NotFound("sheet-unknown", parcel=parcel.strip())
    return found


def made_permanent(session: Session, deed: Deed, written: Written) -> JournalEntry:
    """The sheet of the temporary register goes on in the permanent one, under a new number where one is given."""
    transfer_to_permanent(session, deed=deed, sheet_id=written.sheet_id, parcel=fold(written.parcel))
    return journal_of(session, written.sheet_id)[-1]
