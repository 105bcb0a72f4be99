"""A preview as the page shows it: kinds and places in words, shapes in the colours of their kinds, and warnings."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely

from gis.geojson import GeoJson
from gis.quality.defects import GRAVITY, DefectKind, Gravity
from permits.cases.tables import Case
from permits.i18n import translate
from permits.land.drawing import CHANGE_COLOURS, COLOURS
from permits.land.preview import Place, Preview
from permits.land.telling import coded_line
from permits.planning.differences import difference_text
from permits.planning.fields import BY_NAME, shown
from permits.review.wording import with_unit

_DEFECTS = {str(kind): colour for kind, colour in COLOURS.items()}
_CHANGES = {str(kind): colour for kind, colour in CHANGE_COLOURS.items()}
_BEFORE = "#24211b"
"""The outline that a plot had until now."""


@dataclass(frozen=True)
class Kind:
    """One kind with its count of all; `gravity` is empty of a change, `shown` how many of them are listed."""

    code: str
    name: str
    colour: str
    count: int
    shown: int
    gravity: str = ""
    grave: bool = False


@dataclass(frozen=True)
class Line:
    """One place in words; `at` is its position among the places."""

    at: int
    kind: str
    text: str
    details: tuple[str, ...]


def defect_kinds(preview: Preview, language: str) -> list[Kind]:
    """The kinds of defects that were found, the gravest first."""
    order = list(Gravity)
    kinds = sorted((DefectKind(code) for code in preview.found), key=lambda kind: order.index(GRAVITY[kind]))
    return [
        Kind(
            str(kind), _name("defect", kind, language), COLOURS[kind], preview.found[kind],
            _shown(preview.defects, kind), translate(language, f"layers-gravity-{GRAVITY[kind]}"),
            GRAVITY[kind] is not Gravity.SLIGHT,
        )
        for kind in kinds
    ]  # fmt: skip


def change_kinds(preview: Preview, language: str) -> list[Kind]:
    """The kinds of changes there are."""
    return [
        Kind(kind, _name("kind", kind, language), colour, preview.changed[kind], _shown(preview.changes, kind))
        for kind, colour in _CHANGES.items() if preview.changed.get(kind)
    ]  # fmt: skip


def _shown(places: Sequence[Place], kind: str) -> int:
    return sum(place.kind == kind for place in places)


def _name(prefix: str, kind: str, language: str) -> str:
    return translate(language, f"layers-{prefix}-{kind}".replace("_", "-"))


def lines_of(places: Sequence[Place], language: str) -> list[Line]:
    """Every place in words, with what differs."""
    return [
        Line(at, place.kind, coded_line({"code": place.code, "values": place.values}, language),
             tuple(_details(place, language)))
        for at, place in enumerate(places)
    ]  # fmt: skip


def _details(place: Place, language: str) -> Iterator[str]:
    areas = [with_unit(area, "m2", language) for area in place.areas if area is not None]
    if len(areas) == len(place.areas) and len(set(areas)) > 1:
        yield translate(language, "layers-area-from", before=areas[0], after=areas[1])
    elif len(areas) == 1:
        yield translate(language, "layers-area", area=areas[0])
    for name, *values in place.attributes:
        before, after = (_value(name, value, language) for value in values)
        label = _name("attribute", name, language)
        yield translate(language, "layers-value-from", name=label, before=before, after=after)
    yield from (difference_text(one, language) for one in place.sheets)


def _value(name: str, value: Any, language: str) -> str:
    if value in (None, ""):
        return translate(language, "planner-nothing")
    return shown(BY_NAME[name], value, language) if name in BY_NAME else str(value)


def drawn(places: Sequence[Place], *, kind: str = "") -> GeoJson:
    """The places for the map, of one kind or of all; each with a dot, which is seen however small the shape is."""
    colours: Mapping[str, str] = {**_DEFECTS, **_CHANGES}
    features = [
        _feature(shape, colours[place.kind] if shape is not place.before else _BEFORE)
        for place in places if kind in ("", place.kind)
        for shape in _shapes(place)
    ]  # fmt: skip
    return {"type": "FeatureCollection", "features": features}


def _shapes(place: Place) -> Iterator[GeoJson]:
    yield place.shape
    if place.before:
        yield place.before
    if place.shape["type"] != "Point":
        yield _point(place)


def marked(place: Place) -> GeoJson:
    """The mark around one place."""
    return {"type": "FeatureCollection", "features": [_feature(shape, "") for shape in (place.shape, *_dot(place))]}


def _dot(place: Place) -> Iterator[GeoJson]:
    """A place smaller than a few metres has a ring around it."""
    left, low, right, high = place.box
    if place.shape["type"] != "Point" and max(right - left, high - low) < _SMALL:
        yield _point(place)


def _point(place: Place) -> GeoJson:
    """A point within an area or on a line."""
    shape: GeoJson = shapely.geometry.mapping(shapely.geometry.shape(place.shape).representative_point())
    return shape


_SMALL = 5e-5
"""Degrees, about five metres."""


def _feature(shape: GeoJson, colour: str) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"colour": colour}, "geometry": shape}


def warnings_of(preview: Preview, cases: Sequence[Case], *, outdated: bool, language: str) -> list[str]:
    """What a person must know before the file comes into force."""
    said = []
    if outdated:
        said.append(translate(language, "layers-warn-outdated"))
    grave = sum(n for code, n in preview.found.items() if GRAVITY[DefectKind(code)] is not Gravity.SLIGHT)
    if grave:
        said.append(translate(language, "layers-warn-grave", count=grave))
    said += [
        translate(
            language, "layers-warn-replaced", plots=translate(language, "layers-and").join(one.plots),
            day=one.valid_from, act=one.legal_act,
        )
        for one in preview.replaced
    ]  # fmt: skip
    if cases:
        said.append(translate(language, "layers-warn-cases", count=len(cases)))
    said += [
        translate(language, f"layers-zone-{how}", zone=code) for code, how in preview.zones.items() if how != "compared"
    ]
    return said
