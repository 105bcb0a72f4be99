"""The building as volumes, and where it breaks out of what its planning sheet allows (تجاوز الغلاف المسموح).

Metres and square metres of the plot's grid, levels in its heights. A storey is its outline from floor to floor;
sloped roofs and parapets are left out, and what lies nearer to a limit than tolerance and residual is no breakout.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import zip_longest

import shapely

from bim import measure, outlines, overlay
from bim.building import Building, Region, Storey, StoreyKind
from bim.rules.compare import residual
from bim.trespass import TINY_AREA
from gis.envelope import Envelope, Prism, buildable, envelope
from gis.site import BasementRule, Site

_STANDS_ON = 1.0
"""Metres between a slab and the level of the storey that it is the floor of, at most."""
_PITCHED = 1.0
"""Metres of height from which on a roof is not flat."""


class VolumeKind(StrEnum):
    """What a volume is: a part of the building, of what is allowed, or of the building outside of that."""

    STOREY = "storey"
    PROJECTION = "projection"
    ALLOWED = "allowed"
    ALLOWED_PROJECTION = "allowed_projection"
    ALLOWED_BASEMENT = "allowed_basement"
    BEYOND_PLOT = "beyond_plot"
    BEYOND_SETBACK = "beyond_setback"
    BEYOND_HEIGHT = "beyond_height"
    BEYOND_FLOORS = "beyond_floors"
    BEYOND_PROJECTION = "beyond_projection"
    BEYOND_BASEMENT = "beyond_basement"

    @property
    def is_breakout(self) -> bool:
        """Whether the building breaks a limit there."""
        return self.value.startswith("beyond_")


@dataclass(frozen=True)
class Volume:
    """A region between two levels; `depth` is how far a breakout reaches over its limit, `storey` a GlobalId."""

    kind: VolumeKind
    region: Region
    bottom: float
    top: float
    storey: str | None = None
    depth: float = 0.0


def volumes(building: Building, site: Site | None) -> tuple[Volume, ...]:
    """The building; on a plot also what its sheet allows and where the building breaks out of it."""
    masses = [*_storeys(building), *_projections(building)]
    if site is None or building.placement is None:
        return tuple(masses)
    allowed = envelope(site)
    return (*masses, *_allowed(allowed), *_breakouts(building, site, allowed, masses))


def _storeys(building: Building) -> Iterator[Volume]:
    """Each storey from its floor to the next one's; the last counted floor ends at the roof slab."""
    built = [s for s in building.storeys if s.kind is not StoreyKind.NOT_COUNTED and s.outline is not None]
    for storey, following in zip_longest(built, built[1:]):
        top = _roof_over(building, storey) if following is None else following.elevation
        if storey.outline is not None and top is not None and top > storey.elevation:
            yield Volume(VolumeKind.STOREY, storey.outline.region, storey.elevation, top, storey.id)


def _roof_over(building: Building, storey: Storey) -> float | None:
    """The top of the highest slab or roof above the storey; a pitched roof may begin below its rooms' height."""
    return max((p.top for p in building.plates if p.top > storey.elevation + 1.5), default=None)


def _projections(building: Building) -> Iterator[Volume]:
    """Slabs above the ground storey as far as they reach out of the walls; the eaves of pitched roofs are none."""
    walls = overlay.union([s.outline.region for s in building.floors() if s.outline])
    for plate in measure.projecting(building):
        if plate.top - plate.bottom > _PITCHED:
            continue
        beyond = overlay.minus(plate.region, walls)
        if float(beyond.area) > TINY_AREA:
            storey = next((s.id for s in building.storeys if abs(plate.top - s.elevation) < _STANDS_ON), None)
            yield Volume(VolumeKind.PROJECTION, beyond, plate.bottom, plate.top, storey)


def _allowed(allowed: Envelope) -> Iterator[Volume]:
    named: list[tuple[VolumeKind, Prism | None]] = [
        *((VolumeKind.ALLOWED, prism) for prism in allowed.stack),
        (VolumeKind.ALLOWED_PROJECTION, allowed.projections),
        (VolumeKind.ALLOWED_BASEMENT, allowed.basement),
    ]
    for kind, prism in named:
        if prism is not None:
            yield Volume(kind, prism.region, prism.bottom, prism.top)


def _breakouts(building: Building, site: Site, allowed: Envelope, masses: list[Volume]) -> Iterator[Volume]:
    slack = measure.LENGTH_TOLERANCE + residual(building, site)
    kinds = {storey.id: storey.kind for storey in building.storeys}
    floors = {storey.id: number for number, storey in enumerate(building.floors(), 1)}
    for mass in masses:
        number = floors.get(mass.storey or "", len(floors))
        if mass.kind is VolumeKind.PROJECTION:
            yield from _projection(mass, site, allowed, slack)
        elif kinds.get(mass.storey or "") is StoreyKind.BASEMENT:
            yield from _basement(mass, site, slack)
            yield from _rising(building, mass, site)
        else:
            yield from _outside(mass, _region_of_floor(site, number), site, VolumeKind.BEYOND_SETBACK, slack)
            yield from _upwards(mass, number, site) if mass.storey in floors else ()


def _region_of_floor(site: Site, number: int) -> Region:
    """Where the floor of that number may stand, whether or not so many floors are allowed."""
    band = site.sheet.band
    upper = band is not None and number >= band.from_floor
    return buildable(site, {**site.sheet.setbacks, **(band.setbacks if band and upper else {})})


def _outside(mass: Volume, allowed: Region, site: Site, kind: VolumeKind, slack: float) -> Iterator[Volume]:
    """What of a volume lies out of the plot, and what of the rest lies out of `allowed`."""
    beyond_plot = overlay.minus(mass.region, site.polygon)
    yield from _parts(mass, beyond_plot, site.polygon, VolumeKind.BEYOND_PLOT, slack)
    inside = overlay.common(mass.region, site.polygon)
    yield from _parts(mass, overlay.minus(inside, allowed), allowed, kind, slack)


def _parts(mass: Volume, beyond: Region, allowed: Region, kind: VolumeKind, slack: float) -> Iterator[Volume]:
    """The pieces that reach farther than `slack`, each with its greatest reach."""
    surely = allowed.buffer(slack, join_style="mitre")
    for piece in getattr(beyond, "geoms", (beyond,)):
        if overlay.minus(piece, surely).area > TINY_AREA:
            yield Volume(kind, piece, mass.bottom, mass.top, mass.storey, _reach(piece, allowed))


def _reach(piece: Region, allowed: Region) -> float:
    """The greatest distance of the piece from what is allowed; where nothing is, its own extent."""
    if allowed.is_empty:
        return outlines.sides(piece)[1]
    return max(float(allowed.distance(shapely.Point(at))) for at in shapely.get_coordinates(piece))


def _projection(mass: Volume, site: Site, allowed: Envelope, slack: float) -> Iterator[Volume]:
    reach = [prism.region for prism in (*allowed.stack, allowed.projections) if prism is not None]
    yield from _outside(mass, overlay.union(reach), site, VolumeKind.BEYOND_PROJECTION, slack)


def _basement(mass: Volume, site: Site, slack: float) -> Iterator[Volume]:
    """Beside what is allowed, or anywhere where no basement is."""
    rule = site.sheet.basement
    allowed = site.polygon if rule is BasementRule.WHOLE_PLOT else buildable(site, site.sheet.setbacks)
    if rule is BasementRule.NONE:
        yield Volume(VolumeKind.BEYOND_BASEMENT, mass.region, mass.bottom, mass.top, mass.storey)
        return
    yield from _outside(mass, allowed, site, VolumeKind.BEYOND_BASEMENT, slack)


def _rising(building: Building, mass: Volume, site: Site) -> Iterator[Volume]:
    """The part of a basement, or of its ceiling, above the level that the sheet gives it."""
    rise = measure.basement_rise(building, site)
    limit = site.reference_level + site.sheet.basement_rise
    if rise is not None and site.reference_level + rise > limit + measure.LENGTH_TOLERANCE:
        top = site.reference_level + rise
        kind = VolumeKind.BEYOND_BASEMENT
        yield Volume(kind, mass.region, limit, top, mass.storey, top - limit)


def _upwards(mass: Volume, number: int, site: Site) -> Iterator[Volume]:
    """What of a floor is above the greatest height, and the whole of one too many; an annex is neither."""
    limit = site.reference_level + site.sheet.max_height
    if mass.top > limit + measure.LENGTH_TOLERANCE:
        kind = VolumeKind.BEYOND_HEIGHT
        yield Volume(kind, mass.region, max(mass.bottom, limit), mass.top, mass.storey, mass.top - limit)
    if number > site.sheet.max_floors:
        yield replace(mass, kind=VolumeKind.BEYOND_FLOORS)
