"""Use cases of dealings in shares: sale, gift, judgment, inheritance, expropriation, correction."""

from collections.abc import Mapping
from dataclasses import asdict
from fractions import Fraction

from sqlalchemy.orm import Session

from permits.errors import Invalid
from permits.register.acts import Act, transfers
from permits.register.acts.inheritance import Heir, inherit
from permits.register.acts.transfers import Correction
from permits.register.deed import Deed
from permits.register.entering import change
from permits.register.tables import JournalEntry

TRANSFERS = frozenset({Act.SALE, Act.GIFT, Act.JUDGMENT})


def transfer(
    session: Session, *, deed: Deed, act: Act, sheet_id: str, taken: Mapping[str, Fraction],
    given: Mapping[str, Fraction],
) -> JournalEntry:  # fmt: skip
    """Pass shares of the sheet from owners to others by sale, gift or judgment; exactly as much is given as taken."""
    if act not in TRANSFERS:
        raise Invalid("act-unknown", act=str(act))
    return change(session, deed, act, sheet_id, apply=lambda state: transfers.transfer(state, taken=taken, given=given))


def enter_inheritance(
    session: Session, *, deed: Deed, sheet_id: str, deceased: str, heirs: tuple[Heir, ...]
) -> JournalEntry:  # fmt: skip
    """Pass the share of a deceased owner to the heirs that the deed of inheritance names, with its fractions."""
    tree = [_plain(heir) for heir in heirs]
    return change(
        session, deed, Act.INHERITANCE, sheet_id, apply=lambda state: inherit(state, deceased=deceased, heirs=heirs),
        deceased=deceased, heirs=tree,
    )  # fmt: skip


def enter_expropriation(
    session: Session, *, deed: Deed, sheet_id: str, authority: str, part: Fraction = Fraction(1)
) -> JournalEntry:  # fmt: skip
    """Pass a part of every owner's share to the authority that a decree names."""
    return change(
        session, deed, Act.EXPROPRIATION, sheet_id,
        apply=lambda state: transfers.expropriate(state, authority=authority, part=part), authority=authority,
        part=str(part),
    )  # fmt: skip


def enter_correction(session: Session, *, deed: Deed, sheet_id: str, correction: Correction) -> JournalEntry:
    """Set a sheet right; the fields changed are in the entry."""
    fields = {
        name: str(value) for name, value in asdict(correction).items() if value is not None and name != "holdings"
    }
    return change(
        session, deed, Act.CORRECTION, sheet_id, apply=lambda state: transfers.correct(state, correction), **fields
    )


def _plain(heir: Heir) -> dict[str, object]:
    return {"party": heir.party, "part": str(heir.part), "heirs": [_plain(other) for other in heir.heirs]}
