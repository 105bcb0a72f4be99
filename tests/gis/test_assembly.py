"""Layers put together to a zone: what does not fit together is told, and what lacks is not invented."""

import pytest
from shapely import MultiPolygon, Polygon, box

from gis.assembly import Stated, assemble, outline_of
from gis.cadastre import CadastralPlot
from gis.mapping import apply_streets
from gis.mapping_file import parse_mapping
from gis.remarks import Code, LayerRefused, Remark
from gis.sources.layer import SourceLayer, SourceRow
from gis.zone import Zone
from tests.gis.test_sheets import SOUND
from tests.gis.told import codes, words

STATED = Stated({"ar": "منطقة", "en": "Zone"}, "invented", 0.02, level=690.0)
GRID = "EPSG:22770"


def plot(number: str, x: float, zone: str = "Z", **values: object) -> CadastralPlot:
    shape = values.pop("polygon", box(x, 0, x + 20, 30))
    return CadastralPlot(row=int(x) + 1, number=number, zone=zone, polygon=shape, **values)  # type: ignore[arg-type] # by name


def whole(*plots: CadastralPlot, **more: object) -> tuple[Zone, tuple[Remark, ...]]:
    sheets = more.pop("sheets", {p.number: (SOUND,) for p in plots})
    stated = more.pop("stated", STATED)
    zone, notes = assemble(plots, sheets, (), stated, grid=str(more.pop("grid", GRID)))  # type: ignore[arg-type] # by name
    assert all(words(note) for note in notes)
    return zone, notes


def test_plots_next_to_each_other_are_a_zone() -> None:
    zone, notes = whole(plot("1", 0, official_area=600.0), plot("2", 20, official_area=601.0, reference_level=5.0))
    assert notes == ()
    assert [(p.official_area, p.reference_level) for p in zone.plots] == [(600.0, 690.0), (601.0, 5.0)]
    (planned,) = zone.zones
    assert (planned.code, planned.name["ar"], planned.residual) == ("Z", "منطقة", 0.02)
    assert planned.polygon.equals(box(0, 0, 40, 30))


def test_several_zones_are_told_apart_by_their_code() -> None:
    zone, _ = whole(plot("1", 0, "A"), plot("2", 20, "B"))
    assert [planned.name["en"] for planned in zone.zones] == ["Zone A", "Zone B"]


def test_what_lacks_is_said() -> None:
    _, notes = whole(plot("1", 0), plot("2", 20, official_area=600.0), sheets={"1": (SOUND,)})
    assert [(note.code, note.value) for note in notes] == [(Code.SHEETS_MISSING, "2"), (Code.AREA_FROM_OUTLINE, "1")]


TWO = MultiPolygon([box(0, 0, 1, 1), box(2, 2, 3, 3)])
BARE = Stated({}, "invented", 0.02)


@pytest.mark.parametrize(
    ("plots", "more", "code"),
    [
        ((plot("1", 0, "A"), plot("1", 20, "B")), {}, Code.NUMBER_IN_ZONES),
        ((plot("1", 0, polygon=TWO),), {}, Code.MULTI_PART),
        ((plot("1", 0),), {"stated": BARE}, Code.LEVEL_MISSING),
        ((plot("1", 0),), {"sheets": {"1": (), "2": ()}}, Code.SHEET_OF_NOBODY),
        ((plot("1", 0),), {"grid": "LOCAL:T"}, Code.GRID_UNUSABLE),
        ((plot("1", 0),), {"grid": "EPSG:22700"}, Code.GRID_UNUSABLE),
    ],
)
def test_what_does_not_fit_together_is_refused(
    plots: tuple[CadastralPlot, ...], more: dict[str, object], code: Code
) -> None:
    with pytest.raises(LayerRefused) as refused:
        whole(*plots, **more)
    assert codes(refused) == [code]


def test_an_outline_goes_around_what_hangs_together_and_what_does_not() -> None:
    ring = [box(0, 0, 10, 30), box(20, 0, 30, 30), box(10, 0, 20, 10), box(10, 20, 20, 30)]
    assert outline_of(ring).equals(box(0, 0, 30, 30))  # the gap inside is the zone's
    apart = [box(0, 0, 10, 10), box(12, 0, 22, 10), box(0, 15, 10, 25)]
    around = outline_of(apart)
    assert all(around.covers(shape) for shape in apart)
    assert around.interiors == [] or not list(around.interiors)


STREETS = """
id: s
version: "1"
status: fictitious
source: invented
table: streets
grid: EPSG:22770
extent: [0, 0, 1000, 1000]
fields:
  code: {columns: [c]}
"""
WITH_WIDTH = STREETS + "  width: {columns: [w], unit: m}\n"


def layer(*rows: tuple[str, float | None, Polygon | MultiPolygon]) -> SourceLayer:
    made = tuple(SourceRow(at, {"c": code, "w": width}, shape) for at, (code, width, shape) in enumerate(rows, 1))
    return SourceLayer("s", None, "utf-8", ("c", "w"), made)


def test_streets_have_a_planned_width_or_a_measured_one() -> None:
    strip, branches = box(0, 0, 200, 10), MultiPolygon([box(0, 50, 100, 60), box(0, 70, 100, 80)])
    streets, notes = apply_streets(
        layer(("S1", 12.0, strip), ("S2", None, branches)), parse_mapping(WITH_WIDTH.encode())
    )
    assert [(street.code, round(street.width, 1)) for street in streets] == [("S1", 12.0), ("S2", 9.1), ("S2", 9.1)]
    assert [(note.code, note.value) for note in notes] == [(Code.WIDTH_MEASURED, "S2")]
    assert streets[0].name == {"ar": "S1", "en": "S1"}
    assert all(words(note) for note in notes)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("S1", 0.0, box(0, 0, 200, 10)), Code.NOT_POSITIVE),
        (("S1", 5.0, Polygon([(0, 0), (10, 10), (10, 0), (0, 10)])), Code.SELF_CROSSING),
        (("", 5.0, box(0, 0, 200, 10)), Code.VALUE_MISSING),
        (("S1", 5.0, box(2000, 0, 2200, 10)), Code.OUTSIDE),
    ],
)
def test_a_wrong_street_is_told(row: tuple[str, float, Polygon], code: Code) -> None:
    with pytest.raises(LayerRefused) as refused:
        apply_streets(layer(row), parse_mapping(WITH_WIDTH.encode()))
    assert codes(refused) == [code]
