"""Which storeys count as floors: decided by levels and section areas, never by a name alone.

Where a level or an area is nearer to what it hinges on than it is known, or the name says otherwise, the storey is in
doubt, and so is every count of floors.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bim import overlay
from bim.building import Doubt, Plate, Region, Storey, StoreyKind
from bim.findings import Reason
from bim.storey_names import said_kind, said_number

BELOW_ZERO = 1.0
"""A floor more than this many metres under the reference level is a basement."""
LEAST_HEIGHT = 1.8
"""Two levels nearer than this are one storey: the lower one is a datum, a plinth or a half landing."""
LEAST_SHARE = 0.15
"""A section below this share of the largest one is a stair head or a parapet, no floor."""
ANNEX_SHARE = 0.5
"""A topmost storey with less than this share of the one below is a roof annex."""
LEVEL_BAND, AREA_BAND = 0.02, 0.005
"""Metres to which a level, and share to which an area is known: drafting and triangulation."""
_OWN_SLAB = 0.3
"""Metres between a storey's level and the top of the slab it stands on."""


@dataclass(frozen=True)
class Levels:
    """What storeys are judged against: the reference level `zero`, known to `error` metres, and the slabs there are.

    `measured` says that outlines were made.
    """

    zero: float
    measured: bool
    error: float = 0.0
    plates: Sequence[Plate] = ()


def classify(storeys: Sequence[Storey], levels: Levels) -> tuple[Storey, ...]:
    """Give each storey its kind, and its doubt where that hinges on too little."""
    ordered = sorted(storeys, key=lambda storey: storey.elevation)
    largest = max((_area(storey) for storey in ordered), default=0.0)
    counted = [s for i, s in enumerate(ordered) if _counts(ordered, i, largest, measured=levels.measured)]
    kinds = {storey.id: StoreyKind.NOT_COUNTED for storey in ordered}
    basements = [s for s in counted if s.elevation < levels.zero - BELOW_ZERO]
    above = [s for s in counted if s.elevation >= levels.zero - BELOW_ZERO]
    kinds |= {storey.id: StoreyKind.BASEMENT for storey in basements}
    kinds |= {storey.id: StoreyKind.TYPICAL for storey in above}
    if above:
        kinds[above[0].id] = StoreyKind.GROUND
    if levels.measured and len(above) > 1 and _area(above[-1]) < ANNEX_SHARE * _area(above[-2]):
        kinds[above[-1].id] = StoreyKind.ANNEX
    named = [replace(storey, kind=kinds[storey.id]) for storey in ordered]
    doubts: dict[str, Doubt] = {}
    for storey, doubt in _doubts(named, levels, largest):
        if storey.id not in doubts or doubt.ground:
            doubts[storey.id] = doubt
    return tuple(replace(storey, doubt=doubts.get(storey.id)) for storey in named)


def _area(storey: Storey) -> float:
    return float(storey.outline.region.area) if storey.outline else 0.0


def _counts(ordered: list[Storey], index: int, largest: float, *, measured: bool) -> bool:
    """Whether a storey is one: far enough below the next one, and with walls where they were measured.

    Without outlines the topmost level is taken for the roof unless it is the only one.
    """
    last = index == len(ordered) - 1
    if not last and ordered[index + 1].elevation - ordered[index].elevation < LEAST_HEIGHT:
        return False
    if measured:
        return _area(ordered[index]) > LEAST_SHARE * largest
    return not last or len(ordered) == 1


def _doubts(ordered: list[Storey], levels: Levels, largest: float) -> Iterator[tuple[Storey, Doubt]]:
    """Every doubt of every storey; one of `ground` bears on which of them the ground storey is."""
    ground = next((s.elevation for s in ordered if s.kind is StoreyKind.GROUND), None)
    lowest = levels.zero - BELOW_ZERO - LEVEL_BAND - levels.error

    def bears(storey: Storey) -> bool:
        return storey.elevation >= lowest and (ground is None or storey.elevation <= ground)

    for storey, reason in _near_basement(ordered, levels):
        yield storey, Doubt(reason, ground=True)
    for storey, reason in _near_count(ordered, largest) if levels.measured else ():
        yield storey, Doubt(reason, ground=bears(storey))
    for storey, reason in (
        *_half(ordered, levels, largest),
        *_near_annex(ordered, levels),
        *_misnamed(ordered),
        *_misplaced(ordered),
    ):
        yield storey, Doubt(reason, ground=bears(storey))


def _near_basement(ordered: Sequence[Storey], levels: Levels) -> Iterator[tuple[Storey, Reason]]:
    limit, band = levels.zero - BELOW_ZERO, LEVEL_BAND + levels.error
    for storey in ordered:
        if storey.kind is not StoreyKind.NOT_COUNTED and abs(storey.elevation - limit) < band:
            yield storey, _hinge("storey_basement", storey, storey.elevation - levels.zero, -BELOW_ZERO, band)


def _near_count(ordered: Sequence[Storey], largest: float) -> Iterator[tuple[Storey, Reason]]:
    """Storeys that are nearly as high, or nearly as large, as one must be to be one."""
    for lower, upper in pairwise(ordered):
        rise = upper.elevation - lower.elevation
        if abs(rise - LEAST_HEIGHT) < LEVEL_BAND and _area(lower) > LEAST_SHARE * largest:
            yield lower, _hinge("storey_rise", lower, rise, LEAST_HEIGHT, LEVEL_BAND)
    for storey in ordered:
        share = _area(storey) / largest if largest else 0.0
        if abs(share - LEAST_SHARE) < 2 * AREA_BAND * LEAST_SHARE:
            yield storey, _hinge("storey_small", storey, share, LEAST_SHARE, 2 * AREA_BAND * LEAST_SHARE)


def _near_annex(ordered: Sequence[Storey], levels: Levels) -> Iterator[tuple[Storey, Reason]]:
    above = [s for s in ordered if s.kind in (StoreyKind.GROUND, StoreyKind.TYPICAL, StoreyKind.ANNEX)]
    if not levels.measured or len(above) < 2 or not _area(above[-2]):
        return
    share = _area(above[-1]) / _area(above[-2])
    if abs(share - ANNEX_SHARE) < 2 * AREA_BAND * ANNEX_SHARE:
        yield above[-1], _hinge("storey_annex", above[-1], share, ANNEX_SHARE, 2 * AREA_BAND * ANNEX_SHARE)


def _half(ordered: Sequence[Storey], levels: Levels, largest: float) -> Iterator[tuple[Storey, Reason]]:
    """Half storeys: levels nearer than a storey whose slabs lie beside each other, not over each other."""
    slabs = {storey.id: _slab(storey, levels.plates) for storey in ordered} if levels.plates else {}
    for lower, upper in pairwise(ordered if slabs else ()):
        rise, low, high = upper.elevation - lower.elevation, slabs[lower.id], slabs[upper.id]
        smaller = min(float(low.area), float(high.area))
        beside = overlay.common(low, high).area < 0.5 * smaller
        if beside and LEVEL_BAND < rise < LEAST_HEIGHT and smaller > LEAST_SHARE * largest:
            reason = Reason("half_storeys", {"storey": lower.name, "other": upper.name, "rise": round(rise, 3)})
            yield from ((lower, reason), (upper, reason))


def _slab(storey: Storey, plates: Sequence[Plate]) -> Region:
    own = [p.region for p in plates if p.role not in ("ROOF", "LANDING") and abs(p.top - storey.elevation) < _OWN_SLAB]
    return overlay.union(own)


def _misnamed(ordered: Sequence[Storey]) -> Iterator[tuple[Storey, Reason]]:
    """Storeys whose name says another kind than their level, a mezzanine, or a number out of order."""
    kinds = {"basement": StoreyKind.BASEMENT, "ground": StoreyKind.GROUND}
    counted = [s for s in ordered if s.kind is not StoreyKind.NOT_COUNTED]
    for storey in counted:
        said = said_kind(storey.name)
        if said == "mezzanine":
            yield storey, Reason("mezzanine", {"storey": storey.name, "area": round(_area(storey), 2)})
        elif said and kinds[said] is not storey.kind:
            yield storey, Reason("storey_name", {"storey": storey.name, "level": round(storey.elevation, 3)})
    floors = [s for s in counted if s.kind is not StoreyKind.BASEMENT]
    numbered = [(number, s) for s in floors if (number := said_number(s.name)) is not None]
    for (below, lower), (number, upper) in pairwise(numbered):
        if number < below:
            yield upper, Reason("storey_order", {"storey": upper.name, "below": lower.name})


def _misplaced(ordered: Sequence[Storey]) -> Iterator[tuple[Storey, Reason]]:
    """Counted storeys that stand elsewhere than they say; where all stand on one level, none was placed at all."""
    heights = [s.placed for s in ordered if s.placed is not None]
    if not heights or max(heights) - min(heights) < LEVEL_BAND:
        return
    for storey in ordered:
        apart = 0.0 if storey.placed is None else storey.placed - storey.elevation
        if storey.kind is not StoreyKind.NOT_COUNTED and abs(apart) > LEVEL_BAND:
            yield storey, Reason("storey_level", {"storey": storey.name, "apart": round(apart, 3)})


def _hinge(code: str, storey: Storey, value: float, limit: float, band: float) -> Reason:
    return Reason(code, {
        "storey": storey.name, "value": round(value, 4), "limit": limit, "margin": round(value - limit, 4),
        "band": round(band, 4),
    })  # fmt: skip
