"""The parts of a report that tell of a building and its plot, whatever they were read from."""

from dataclasses import asdict
from datetime import date
from typing import Any

from bim import outlines
from bim.building import Building
from bim.massing import Volume, volumes
from bim.packs import Pack
from bim.report import (
    DeclarationInfo,
    PackInfo,
    PlacementInfo,
    PlotInfo,
    Rings,
    ShadowInfo,
    StoreyInfo,
    VolumeInfo,
)
from bim.rules.compare import residual
from bim.sunlight import Shadow, sunlight
from gis.site import Site


def described(building: Building, site: Site | None, on: date) -> dict[str, Any]:
    """The fields of a `Report` on the plot, the place, the storeys, the shape and the shadow of a building."""
    solid = volumes(building, site)
    sun = sunlight(building, site, solid, on.year)
    return {
        "plot": None if site is None else plot_info(site),
        "placement": placement_info(building, site),
        "declarations": tuple(DeclarationInfo(**asdict(sighting)) for sighting in building.sightings),
        "remarks": building.remarks,
        "storeys": tuple(
            StoreyInfo(s.id, s.name, s.kind.value, s.elevation, s.doubt.reason if s.doubt else None)
            for s in building.storeys
        ),
        "outlines": _outlines(building),
        "volumes": tuple(map(_volume, solid)),
        "shadows": tuple(map(_shadow, sun.shadows)),
        "window_sun": {window.window: window.hours for window in sun.windows},
    }


def plot_info(site: Site) -> PlotInfo:
    """The plot as it is put into the report."""
    return PlotInfo(
        number=site.plot,
        zone=site.zone,
        grid=site.grid,
        status=site.sheet.status.value,
        fictitious=site.fictitious,
        reference_level=site.reference_level,
        polygon=[(x, y) for x, y in site.polygon.exterior.coords],
        edges=[
            {
                "role": edge.role.value,
                "line": [(x, y) for x, y in edge.line.coords],
                "street": edge.street,
                "corrected": edge.corrected,
            }
            for edge in site.edges
        ],
        lost_roles=[{"role": told.role.value, "line": [told.start, told.end]} for told in site.lost_roles],
    )


def pack_info(pack: Pack) -> PackInfo:
    """The pack as it is put into the report."""
    return PackInfo(pack.id, pack.version, pack.sha256, pack.status.value)


def placement_info(building: Building, site: Site | None) -> PlacementInfo | None:
    placed = building.placement
    if placed is None:
        return None
    return PlacementInfo(
        method=placed.method,
        grid=placed.grid,
        residual=placed.residual,
        hypothesis=placed.hypothesis,
        rotation=placed.rotation,
        scale=placed.scale,
        band=placed.residual if site is None else residual(building, site),
        points=placed.points,
        rms=placed.rms,
        outliers=placed.outliers,
        levelled=placed.levelled,
    )


def _outlines(building: Building) -> dict[str, Rings]:
    named = {"ground": building.ground, "envelope": building.envelope, "projection": building.projection}
    return {name: outlines.coordinates(outline.region) for name, outline in named.items() if outline is not None}


def _volume(v: Volume) -> VolumeInfo:
    rings = outlines.coordinates(v.region)
    return VolumeInfo(v.kind.value, v.storey, v.bottom, v.top, v.depth, float(v.region.area), rings)


def _shadow(s: Shadow) -> ShadowInfo:
    shaded = {plot.plot: plot.area for plot in s.shaded}
    return ShadowInfo(s.day, s.at, s.bearing, s.elevation, shaded, outlines.coordinates(s.region))
