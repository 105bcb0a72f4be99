"""The volumes of a report as layers and scenes: the building, what its sheet allows, and where it breaks out."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from shapely import MultiPolygon, Polygon

from bim.report import Report, Rings, VolumeInfo
from gis.cityjson import CityObject, cityjson
from gis.envelope import Prism
from gis.geojson import GeoJson, collection
from gis.glb import Colour, Part, glb
from permits.i18n import translate
from permits.review.wording import with_unit

_COLOURS: dict[str, Colour] = {
    "storey": (0.82, 0.79, 0.72, 1.0),
    "projection": (0.72, 0.66, 0.55, 1.0),
    "allowed": (0.25, 0.55, 0.35, 0.25),
    "allowed_projection": (0.45, 0.65, 0.35, 0.18),
    "allowed_basement": (0.35, 0.45, 0.6, 0.25),
}
_BREAKOUT: Colour = (0.75, 0.12, 0.1, 1.0)
_BEYOND: Colour = (0.75, 0.12, 0.1, 0.45)
"""The same over the building's elements, which are to be seen through it."""
_PLOT: Colour = (0.85, 0.82, 0.74, 1.0)
_SLAB = 0.1
"""Metres of thickness in which a plot is drawn below its reference level."""
_MASSES = ("storey", "projection")
"""The building as volumes, for whom its elements are not at hand."""


def is_breakout(volume: VolumeInfo) -> bool:
    """Whether the building breaks a limit there."""
    return volume.kind.startswith("beyond_")


def breakouts(report: Report) -> list[VolumeInfo]:
    """Where the building breaks out of what its sheet allows."""
    return [volume for volume in report.volumes if is_breakout(volume)]


def breakout_rows(report: Report, language: str) -> list[tuple[str, ...]]:
    """Each breakout in words: what, on which storey, how far, how large, between which levels above the zero level."""
    names = {storey.id: storey.name for storey in report.storeys}
    zero = report.plot.reference_level if report.plot else 0.0
    return [
        (
            translate(language, f"volume-{volume.kind}"), names.get(volume.storey or "", ""),
            with_unit(volume.depth, "m", language) if volume.depth else "", with_unit(volume.area, "m2", language),
            f"\u2066{volume.bottom - zero:+.2f} … {volume.top - zero:+.2f}\u2069",
        )
        for volume in breakouts(report)
    ]  # fmt: skip


def region_of(rings: Rings) -> MultiPolygon:
    """A region of the report in the grid."""
    return MultiPolygon([Polygon(outer, holes) for outer, *holes in rings])


def as_geojson(report: Report) -> GeoJson:
    """Plot, volumes with levels in metres, shadows, in WGS84 for display; empty where the building has no place."""
    if report.plot is None or report.placement is None:
        return {"type": "FeatureCollection", "features": []}
    plot = [(Polygon(report.plot.polygon), {"kind": "plot", "number": report.plot.number})]
    volumes = [(region_of(volume.rings), _properties(volume)) for volume in report.volumes]
    shadows = [
        (region_of(s.rings), {"kind": "shadow", "day": s.day, "at": s.at, "shaded": dict(s.shaded)})
        for s in report.shadows
    ]
    return collection([*plot, *volumes, *shadows], report.plot.grid)


def _properties(volume: VolumeInfo) -> dict[str, str | float | None]:
    return {
        "kind": volume.kind, "storey": volume.storey, "bottom": volume.bottom, "top": volume.top,
        "depth": round(volume.depth, 4), "area": round(volume.area, 4),
    }  # fmt: skip


def as_glb(report: Report) -> bytes:
    """Each kind of volume as one mesh in its colour; of a building without a place, in the model's own metres."""
    return glb(
        [Part(kind, prisms, _COLOURS.get(kind, _BREAKOUT)) for kind, prisms in _by_kind(report)], grid=_grid(report)
    )


def around(report: Report, *, origin: Sequence[float] | None = None, masses: bool = False) -> bytes | None:
    """The plot, what is allowed on it and what breaks out, counted from `origin`; None where there is none of these.

    With `masses` the building too, as volumes. Parts are named by the kind of their volumes.
    """
    parts = [
        Part(kind, prisms, _COLOURS.get(kind, _BEYOND))
        for kind, prisms in _by_kind(report)
        if masses or kind not in _MASSES
    ]
    if report.plot is not None and report.placement is not None:
        level = report.plot.reference_level
        parts.append(Part("plot", (Prism(Polygon(report.plot.polygon), level - _SLAB, level),), _PLOT))
    return glb(parts, grid=_grid(report), origin=origin) if parts else None


def as_cityjson(report: Report) -> bytes:
    """The building and its parts as solids, what is allowed and what breaks out as other constructions."""
    name = report.plot.number if report.plot else "building"
    objects = [
        CityObject(
            f"{name}-{kind}", "Building" if kind == "storey" else "OtherConstruction", prisms,
            {"function": kind.replace("_", " "), "model": report.model.sha256},
        )
        for kind, prisms in _by_kind(report)
    ]  # fmt: skip
    return cityjson(objects, grid=_grid(report), title=report.model.name)


def _by_kind(report: Report) -> Iterator[tuple[str, tuple[Prism, ...]]]:
    for kind, group in groupby(sorted(report.volumes, key=lambda v: v.kind), key=lambda v: v.kind):
        yield kind, tuple(Prism(region_of(volume.rings), volume.bottom, volume.top) for volume in group)


def _grid(report: Report) -> str:
    return report.placement.grid if report.placement else ""
