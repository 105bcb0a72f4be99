"""What may be built on a plot (ماذا يجوز أن أبني هنا؟): its sheet and the envelope it leaves, as text and as layers."""

import json
from collections.abc import Iterator
from typing import Any

from gis.cityjson import CityObject, cityjson
from gis.envelope import Envelope, Prism
from gis.geojson import GeoJson, collection
from gis.glb import Colour, Part, glb
from gis.site import EdgeRole, PlanningSheet, Site
from permits.i18n import translate
from permits.review.wording import with_unit

Line = tuple[str, str]
"""A label and its value, in one language."""

_SLAB = 0.1
_COLOURS: dict[str, Colour] = {
    "plot": (0.85, 0.82, 0.74, 1.0),
    "building": (0.25, 0.55, 0.35, 0.45),
    "projections": (0.45, 0.65, 0.35, 0.3),
    "basement": (0.35, 0.45, 0.6, 0.45),
}


def sections(site: Site, allowed: Envelope, language: str) -> dict[str, list[Line]]:
    """What a person asks first, then the limits of the sheet."""
    return {
        "plot": [*_plot(site, language)],
        "allowed": [*_allowed(allowed, language)],
        "sheet": [*_sheet(site.sheet, language)],
    }


def short(site: Site, allowed: Envelope, language: str) -> list[Line]:
    """What decides whether to go on: use, area, floors, height, footprint and the setbacks."""
    told = sections(site, allowed, language)
    setbacks = told["sheet"][: len(site.sheet.setbacks)]
    return [*told["plot"][2:5], *told["allowed"][:3], *setbacks]


def lines(site: Site, allowed: Envelope, language: str) -> list[Line]:
    """All sections, one after the other."""
    return [line for section in sections(site, allowed, language).values() for line in section]


def _plot(site: Site, language: str) -> Iterator[Line]:
    def label(key: str) -> str:
        return translate(language, f"plot-{key}")

    yield label("number"), site.plot
    yield label("zone"), f"{site.zone} · {site.zone_name[language]}"
    yield label("state"), translate(language, f"plot-state-{site.zone_state}")
    yield label("use"), translate(language, f"use-{site.sheet.use}")
    yield label("area"), with_unit(float(site.polygon.area), "m2", language)
    yield label("official-area"), with_unit(site.official_area, "m2", language)
    for role in EdgeRole:
        length = sum(float(edge.line.length) for edge in site.edges_of(role))
        if length:
            name = translate(language, f"review-role-{role}")
            yield translate(language, "plot-edge", role=name), with_unit(length, "m", language)


def _allowed(allowed: Envelope, language: str) -> Iterator[Line]:
    values = {
        "floors": (float(allowed.floors), "count"),
        "height": (allowed.height, "m"),
        "footprint": (allowed.footprint, "m2"),
        "floor-area": (allowed.floor_area, "m2"),
        "basement-area": (0.0 if allowed.basement is None else float(allowed.basement.region.area), "m2"),
    }
    for key, (value, unit) in values.items():
        yield translate(language, f"plot-allowed-{key}"), with_unit(value, unit, language)


def _sheet(sheet: PlanningSheet, language: str) -> Iterator[Line]:
    for role, metres in sheet.setbacks.items():
        name = translate(language, f"review-role-{role}")
        yield translate(language, "plot-setback", role=name), with_unit(metres, "m", language)
    for role, metres in sheet.band.setbacks.items() if sheet.band else ():
        name = translate(language, f"review-role-{role}")
        floor = sheet.band.from_floor if sheet.band else 0
        yield translate(language, "plot-setback-from", role=name, floor=floor), with_unit(metres, "m", language)
    yield translate(language, "plot-coverage"), with_unit(sheet.coverage, "ratio", language)
    yield translate(language, "plot-floor-area-ratio"), with_unit(sheet.floor_area_ratio, "ratio", language)
    yield translate(language, "plot-projection"), with_unit(sheet.projection_depth, "m", language)
    yield translate(language, "plot-basement"), translate(language, f"review-basement-{sheet.basement}")
    yield translate(language, "plot-act"), f"{sheet.legal_act} · {sheet.clause}"
    yield translate(language, "plot-status"), translate(language, f"review-status-{sheet.status}")


def _volumes(allowed: Envelope) -> Iterator[tuple[str, tuple[Prism, ...]]]:
    """The parts of the envelope by their kind."""
    yield "building", allowed.stack
    yield "projections", (allowed.projections,) if allowed.projections else ()
    yield "basement", (allowed.basement,) if allowed.basement else ()


def as_geojson(site: Site, allowed: Envelope) -> GeoJson:
    """The plot and every part of its envelope, with levels in metres, in WGS84 for display."""
    parts: list[tuple[Any, dict[str, Any]]] = [(site.polygon, {"kind": "plot", "number": site.plot})]
    for kind, prisms in _volumes(allowed):
        for prism in prisms:
            floors = list(prism.floors)
            parts.append((prism.region, {"kind": kind, "bottom": prism.bottom, "top": prism.top, "floors": floors}))
    return collection(parts, site.grid)


def as_cityjson(site: Site, allowed: Envelope) -> bytes:
    """The parts of the envelope as solids in the plot's own grid."""
    objects = [
        CityObject(
            f"plot-{site.plot}-{kind}", "OtherConstruction", prisms,
            {"function": f"allowed {kind}", "plot": site.plot, "status": site.sheet.status.value},
        )
        for kind, prisms in _volumes(allowed)
    ]  # fmt: skip
    return cityjson(objects, grid=site.grid, title=f"plot {site.plot}")


def as_glb(site: Site, allowed: Envelope) -> bytes:
    """Plot and envelope as a scene for viewers; the plot as a slab of 10 cm below the reference level."""
    ground = Prism(site.polygon, site.reference_level - _SLAB, site.reference_level)
    parts = [Part(kind, prisms, _COLOURS[kind]) for kind, prisms in _volumes(allowed)]
    return glb([Part("plot", (ground,), _COLOURS["plot"]), *parts], grid=site.grid)


def as_json(site: Site, allowed: Envelope) -> bytes:
    """The figures alone, for programs: metres, square metres, ratios."""
    figures = {
        "plot": site.plot, "zone": site.zone, "state": site.zone_state.value, "use": site.sheet.use,
        "area": round(float(site.polygon.area), 4), "official_area": site.official_area,
        "allowed": {
            "floors": allowed.floors, "height": round(allowed.height, 4), "footprint": round(allowed.footprint, 4),
            "floor_area": round(allowed.floor_area, 4),
        },
        "status": site.sheet.status.value, "clause": site.sheet.clause, "legal_act": site.sheet.legal_act,
    }  # fmt: skip
    return json.dumps(figures, ensure_ascii=False, indent=1).encode() + b"\n"
