"""Division by floors (إفراز طابقي): a sheet for each section of the approved model; the parcel keeps what is common."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bim.strata.report import Strata
from permits.errors import Invalid
from permits.register.shares import WHOLE
from permits.register.state import Holdings, SheetState, SheetStatus


@dataclass(frozen=True)
class Section:
    """A section (مقسم): number, legal area in square metres, shares of 2400 in the land, owners where allotted."""

    number: str
    kind: str
    area: Decimal
    land_shares: int
    holdings: Holdings | None = None


@dataclass(frozen=True)
class Division:
    """The sections of a building and the uses of its common parts."""

    sections: tuple[Section, ...]
    common: tuple[str, ...]


def division_of(found: Strata) -> Division:
    """The division a judged model gives; Invalid unless every check passes and each section has number, area, share."""
    if found.verdict != "pass":
        raise Invalid("strata-not-approved")
    sections = []
    for row in found.sections:
        areas = {"net": row.net, "mid_wall": row.mid_wall, "gross": row.gross}
        area = areas[found.basis]
        if not row.number or area is None or row.shares is None:
            raise Invalid("section-incomplete", section=row.number or row.id)
        sections.append(Section(row.number, row.kind, Decimal(f"{area:.2f}"), row.shares))
    return Division(tuple(sections), tuple(dict.fromkeys(part.use or part.label for part in found.common)))


def divide(
    state: SheetState, sections: Sequence[Section], common: tuple[str, ...] = ()
) -> tuple[SheetState, tuple[SheetState, ...]]:
    """The divided sheet and those of its sections; their shares in the land are exactly 2400."""
    state.need_open()
    total = sum(section.land_shares for section in sections)
    if total != WHOLE or any(section.land_shares <= 0 for section in sections):
        raise Invalid("land-shares-not-whole", total=total)
    if len({section.number for section in sections}) < len(sections):
        raise Invalid("section-twice")
    if any(section.area <= 0 for section in sections):
        raise Invalid("area-not-positive")
    opened = (
        replace(state, area=section.area, description=section.kind, land_shares=section.land_shares).held_by(
            state.holdings if section.holdings is None else section.holdings
        )
        for section in sections
    )
    return replace(state, status=SheetStatus.DIVIDED, common=common), tuple(opened)
