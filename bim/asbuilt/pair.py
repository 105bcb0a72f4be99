"""Two buildings put beside each other: their storeys paired by kind and rank, never by name or id."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise, zip_longest

from bim import measure
from bim.building import Building, Storey, StoreyKind
from bim.findings import Reason
from bim.shapes import PLATES, WALLS
from gis.site import Site

RANKED = (
    (StoreyKind.BASEMENT,),
    (StoreyKind.GROUND, StoreyKind.TYPICAL),
    (StoreyKind.ANNEX,),
)
"""Kinds within which storeys are counted, basements from above and the others from below."""


class Frame(StrEnum):
    """Where both stand: in the grid that both declare, or, where neither declares one, each in its own coordinates."""

    GRID = "grid"
    MODEL = "model"


@dataclass(frozen=True)
class Level:
    """One storey of both, one of them None where it has no counterpart."""

    kind: StoreyKind
    permitted: Storey | None
    built: Storey | None

    @property
    def id(self) -> str:
        """GlobalId of the built storey, of the permitted one where nothing was built."""
        return (self.built or self.permitted or _NONE).id


_NONE = Storey("", "", 0.0, StoreyKind.NOT_COUNTED)


@dataclass(frozen=True)
class Pair:
    """The permitted and the built one; `frame` is None where their coordinates cannot be compared."""

    permitted: Building
    built: Building
    site: Site | None
    frame: Frame | None
    levels: tuple[Level, ...]

    @property
    def residual(self) -> float:
        """Position error of the one against the other, metres; that of the plot is the same for both."""
        places = (self.permitted.placement, self.built.placement)
        return sum(place.residual for place in places if place is not None)

    @property
    def common(self) -> tuple[Level, ...]:
        """The storeys that both have."""
        return tuple(level for level in self.levels if level.permitted and level.built)

    def trouble(self) -> Reason | None:
        """Why the shapes of one of them tell nothing."""
        return _trouble(self.permitted) or _trouble(self.built)

    def open(self) -> Reason | None:
        """Why the ground outline of one of them is a guess."""
        grounds = [building.ground for building in (self.permitted, self.built)]
        return None if all(ground and ground.closed for ground in grounds) else Reason("outline_open")

    def unplaced(self) -> Reason | None:
        """Why one of them does not stand on the plot."""
        without = [building for building in (self.permitted, self.built) if building.placement is None]
        return without[0].placement_problem or Reason("no_georeference") if without else None

    def apart(self) -> Reason | None:
        """Why positions cannot be compared."""
        return None if self.frame else Reason("frames_differ")


def pair(permitted: Building, built: Building, site: Site | None) -> Pair:
    """Both, with their storeys paired."""
    places = [place.grid if place else None for place in (permitted.placement, built.placement)]
    frame = None if places[0] != places[1] else Frame.GRID if places[0] else Frame.MODEL
    return Pair(permitted, built, site, frame, tuple(_levels(permitted, built)))


def _levels(permitted: Building, built: Building) -> Iterator[Level]:
    for kinds in RANKED:
        down = kinds == (StoreyKind.BASEMENT,)
        ranks = [
            sorted(building.storeys_of(*kinds), key=lambda storey: storey.elevation, reverse=down)
            for building in (permitted, built)
        ]
        for before, after in zip_longest(*ranks):
            kind = (after or before or _NONE).kind
            yield Level(kind, before, after)


def heights(building: Building) -> dict[str, float]:
    """From floor to floor of the storeys that count, and from the topmost floor to the top of the roof slab; metres."""
    counted = [s for s in building.storeys if s.kind is not StoreyKind.NOT_COUNTED and s.kind is not StoreyKind.ANNEX]
    ordered = sorted(counted, key=lambda storey: storey.elevation)
    found = {lower.id: upper.elevation - lower.elevation for lower, upper in pairwise(ordered)}
    roof = measure.roof(building)
    if ordered and roof is not None:
        found[ordered[-1].id] = roof.top - ordered[-1].elevation
    return found


def _trouble(building: Building) -> Reason | None:
    if building.geometry.problem is not None:
        return building.geometry.problem
    lost = [key for group in (WALLS, PLATES) for key in building.geometry.lost.get(group, ())]
    if lost:
        return Reason("elements_lost", {"count": len(lost)})
    return Reason("no_ground_outline") if building.ground is None else None
