"""Which storeys count as floors: decided by levels and section areas, never by a name alone."""

from collections.abc import Sequence
from dataclasses import replace

from bim.building import Storey, StoreyKind

BELOW_ZERO = 1.0
"""A floor more than this many metres under the reference level is a basement."""
LEAST_HEIGHT = 1.8
"""Two levels nearer than this are one storey: the lower one is a datum, a plinth or a half landing."""
LEAST_SHARE = 0.15
"""A section below this share of the largest one is a stair head or a parapet, no floor."""
ANNEX_SHARE = 0.5
"""A topmost storey with less than this share of the one below is a roof annex."""


def classify(storeys: Sequence[Storey], zero: float, *, measured: bool) -> tuple[Storey, ...]:
    """Give each storey its kind; `zero` is the reference level, `measured` says outlines were made."""
    ordered = sorted(storeys, key=lambda storey: storey.elevation)
    largest = max((_area(storey) for storey in ordered), default=0.0)
    counted = [s for i, s in enumerate(ordered) if _counts(ordered, i, largest, measured=measured)]
    kinds = {storey.id: StoreyKind.NOT_COUNTED for storey in ordered}
    basements = [s for s in counted if s.elevation < zero - BELOW_ZERO]
    above = [s for s in counted if s.elevation >= zero - BELOW_ZERO]
    kinds |= {storey.id: StoreyKind.BASEMENT for storey in basements}
    kinds |= {storey.id: StoreyKind.TYPICAL for storey in above}
    if above:
        kinds[above[0].id] = StoreyKind.GROUND
    if measured and len(above) > 1 and _area(above[-1]) < ANNEX_SHARE * _area(above[-2]):
        kinds[above[-1].id] = StoreyKind.ANNEX
    return tuple(replace(storey, kind=kinds[storey.id]) for storey in ordered)


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
