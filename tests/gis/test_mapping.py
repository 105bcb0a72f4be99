"""Layers through mappings: plots come out wholly, or every fault of every row is told."""

from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyogrio.raw import write
from shapely import GeometryCollection, LineString, MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry

from gis.crs import to_display
from gis.mapping import apply
from gis.mapping_file import MAPPINGS, LayerMapping, parse_mapping, read_mapping
from gis.remarks import Code, LayerRefused
from gis.sources import read_layer
from gis.sources.layer import SourceLayer, SourceRow, Value
from tests.gis.test_mapping_file import SMALL
from tests.gis.told import codes

ZONE = Path(__file__).parents[2] / "sample_models" / "zone" / "zone.gpkg"
X, Y = 198_800.0, 172_700.0  # in Damascus, in EPSG:22770


def layer(
    *shapes: BaseGeometry | None, numbers: list[Value] | None = None, grid: str | None = "EPSG:22770"
) -> SourceLayer:
    given_numbers = numbers or [str(at) for at in range(1, len(shapes) + 1)]
    rows = [SourceRow(at, {"رقم": given_numbers[at - 1]}, shape) for at, shape in enumerate(shapes, 1)]
    return SourceLayer("a", grid, "utf-8", ("رقم",), tuple(rows))


def mapping(extra: str = "", grid: str = "EPSG:22770") -> LayerMapping:
    return parse_mapping((SMALL.replace("EPSG:22770", grid) + extra).encode())


def refusal(
    source: SourceLayer, extra: str = "", grid: str = "EPSG:22770", most: int = 1000
) -> pytest.ExceptionInfo[LayerRefused]:
    with pytest.raises(LayerRefused) as refused:
        apply(source, mapping(extra, grid), most_faults=most)
    return refused


def square(x: float = 0.0, y: float = 0.0) -> Polygon:
    return box(X + x, Y + y, X + x + 20.0, Y + y + 30.0)


BOW = Polygon([(X, Y), (X + 20, Y + 30), (X + 20, Y), (X, Y + 30)])
HOLED = square().difference(box(X + 5, Y + 5, X + 10, Y + 10))
TWO = MultiPolygon([square(), square(50)])


def test_the_sample_zone() -> None:
    plots = apply(read_layer(ZONE, "plots"), read_mapping(MAPPINGS / "demo-zone.yaml"))
    assert len(plots) == 72
    plot = next(plot for plot in plots if plot.number == "103")
    assert (plot.zone, plot.block, plot.official_area, plot.reference_level) == ("FZ-1", "B1", 780.0, 690.72)
    assert plot.polygon.area == pytest.approx(780.0, abs=0.05)
    assert all(plot.polygon.exterior.is_ccw for plot in plots if isinstance(plot.polygon, Polygon))


def test_a_real_cadastre(shared: Path) -> None:
    source = read_layer(shared / "gis" / "nl_brk_rotterdam" / "BRK_SelectieCentrum.shp")
    plots = apply(source, read_mapping(MAPPINGS / "nl-brk-parcels.yaml"))
    assert len(plots) == 971
    assert (plots[0].number, plots[0].zone, plots[0].block, plots[0].parcel) == (
        "AH 569 G 0",
        "RTD04",
        "AH",
        "4-AH-569",
    )
    assert sum(plot.official_area is None for plot in plots) == 6
    near = [plot for plot in plots if plot.official_area and abs(plot.polygon.area / plot.official_area - 1) < 0.05]
    assert len(near) > 800


def arabic_shapefile(folder: Path, numbers: list[str], areas: list[float]) -> Path:
    path = folder / "عقارات.shp"
    x, y = -268_000.0, -74_000.0  # in Damascus, in EPSG:22780
    shapes = [shapely.to_wkb(box(x + 20 * at, y, x + 20 * at + 20, y + 30)) for at in range(len(numbers))]
    columns = {
        "رقم": numbers,
        "فرعي": ["1"] * len(numbers),
        "منطقة": ["مزة"] * len(numbers),
        "وصف": ["سكني", "تجاري", "حديقة", "سكني"][: len(numbers)],
        "نوع": ["مقسم"] * len(numbers),
    }
    fields = [*columns, "مساحة", "النوع"]
    data = [np.array(column, dtype=object) for column in columns.values()]
    data += [np.array(areas), np.array([*["مقسم"] * (len(numbers) - 1), "شارع"], dtype=object)]
    write(path, np.array(shapes, dtype=object), data, fields, geometry_type="Polygon", crs="EPSG:22780",
          encoding="cp1256", driver="ESRI Shapefile")  # fmt: skip
    path.with_suffix(".cpg").unlink()
    return path


def test_an_arabic_shapefile_with_dunums_codes_and_a_filter(tmp_path: Path) -> None:
    path = arabic_shapefile(tmp_path, ["12", "13", "14", "99"], [0.6, 0.61, 0.6, 1.0])
    plots = apply(read_layer(path), read_mapping(MAPPINGS / "demo-arabic-shapefile.yaml"))
    assert [(plot.number, plot.zone, plot.use) for plot in plots] == [
        ("12/1", "مزة", "residential"),
        ("13/1", "مزة", "commercial"),
        ("14/1", "مزة", "green"),
    ]
    assert [plot.official_area for plot in plots] == pytest.approx([600.0, 610.0, 600.0])


def test_a_layer_without_a_grid_takes_that_of_the_mapping() -> None:
    assert len(apply(layer(square(), grid=None), mapping())) == 1


def test_another_grid_than_the_mapping_expects() -> None:
    assert codes(refusal(layer(square(), grid="EPSG:22780"))) == [Code.GRID_OTHER]


def test_a_column_that_is_not_there() -> None:
    refused = refusal(layer(square()), "  block: {columns: [حارة]}\nonly: {نوع: [مقسم]}\n")
    assert codes(refused) == [Code.COLUMN_MISSING, Code.COLUMN_MISSING]
    assert [fault.column for fault in refused.value.faults] == ["حارة", "نوع"]


def test_a_filter_that_leaves_nothing() -> None:
    assert codes(refusal(layer(square()), "only: {رقم: ['7']}\n")) == [Code.NOTHING_LEFT]


@pytest.mark.parametrize(
    ("shape", "code", "value"),
    [
        (BOW, Code.SELF_CROSSING, f"{X + 10:.2f} {Y + 15:.2f}"),
        (TWO, Code.MULTI_PART, "2"),
        (HOLED, Code.HOLE, "1"),
        (Polygon([(X, Y), (X + 5, Y + 5), (X, Y)]), Code.NO_AREA, "0.0000"),
        (Polygon(), Code.GEOMETRY_MISSING, ""),
        (None, Code.GEOMETRY_MISSING, ""),
        (LineString([(X, Y), (X + 5, Y)]), Code.NOT_A_POLYGON, "LineString"),
        (GeometryCollection([square(), LineString([(X, Y), (X + 5, Y)])]), Code.NOT_A_POLYGON, "GeometryCollection"),
    ],
)
def test_an_outline_that_is_none(shape: BaseGeometry | None, code: Code, value: str) -> None:
    refused = refusal(layer(square(100), shape))
    assert codes(refused) == [code]
    assert (refused.value.faults[0].row, refused.value.faults[0].value) == (2, value)


def test_parts_and_holes_where_the_mapping_allows_them() -> None:
    (two,) = apply(layer(TWO), mapping("multipart: true\n"))
    assert isinstance(two.polygon, MultiPolygon)
    (one,) = apply(layer(MultiPolygon([square()])), mapping())
    assert isinstance(one.polygon, Polygon)
    (holed,) = apply(layer(HOLED), mapping("holes: true\n"))
    assert holed.polygon.area == pytest.approx(575.0)


def swapped(shape: BaseGeometry) -> BaseGeometry:
    return shapely.transform(shape, lambda points: points[:, ::-1])


def test_swapped_axes_are_told_and_the_mapping_can_say_so() -> None:
    assert codes(refusal(layer(swapped(square()), square(100)), "extent: [150000, 160000, 250000, 180000]\n")) == [
        Code.AXES_SWAPPED
    ]
    (plot,) = apply(layer(swapped(square())), mapping("axis_order: yx\n"))
    assert plot.polygon.equals(square())


def test_utm_swapped_is_told_by_the_country_alone() -> None:
    utm = box(245_600, 3_709_700, 245_620, 3_709_730)
    assert codes(refusal(layer(swapped(utm), grid=None), grid="EPSG:32637")) == [Code.AXES_SWAPPED]


def test_degrees_given_as_metres() -> None:
    degrees = to_display(square(), "EPSG:22770")
    assert codes(refusal(layer(degrees, grid=None))) == [Code.DEGREES_AS_METRES]


def test_metres_given_as_degrees() -> None:
    extra = "to: EPSG:22770\n"
    assert codes(refusal(layer(square(), grid="EPSG:4326"), extra, "EPSG:4326")) == [Code.METRES_AS_DEGREES]
    assert codes(refusal(layer(swapped(to_display(square(), "EPSG:22770")), grid="EPSG:4326"), extra, "EPSG:4326")) == [
        Code.AXES_SWAPPED
    ]


def test_degrees_come_into_the_plane_grid() -> None:
    degrees = to_display(square(), "EPSG:22770")
    (plot,) = apply(layer(degrees, grid="EPSG:4326"), mapping("to: EPSG:22770\n", "EPSG:4326"))
    assert shapely.hausdorff_distance(plot.polygon, square()) < 0.001


def test_rows_in_another_grid_than_the_rest() -> None:
    utm = box(245_600, 3_709_700, 245_620, 3_709_730)
    refused = refusal(layer(square(), utm, square(100)))
    assert codes(refused) == [Code.MIXED_GRIDS]
    assert (refused.value.faults[0].row, refused.value.faults[0].values) == (2, {"candidates": "EPSG:32637"})


def test_what_lies_nowhere() -> None:
    assert codes(refusal(layer(box(9e6, 9e6, 9e6 + 1, 9e6 + 1)))) == [Code.OUTSIDE]
    far = layer(square(), box(9e6, 9e6, 9e6 + 1, 9e6 + 1))
    assert codes(refusal(far, "extent: [198000, 172000, 199000, 173000]\n")) == [Code.OUTSIDE]


def test_a_local_grid_lies_where_it_will() -> None:
    (plot,) = apply(layer(box(0, 0, 20, 30), grid=None), mapping(grid="LOCAL:S1"))
    assert plot.polygon.area == 600.0


def test_millimetres_are_metres_in_the_end() -> None:
    (plot,) = apply(layer(box(0, 0, 20_000, 30_000), grid=None), mapping("coordinate_unit: mm\n", grid="LOCAL:S1"))
    assert plot.polygon.area == pytest.approx(600.0)


def test_numbers_missing_and_given_twice() -> None:
    refused = refusal(layer(square(), square(20), square(40), square(60), numbers=["7", None, " ", "٧"]))
    assert [(fault.code, fault.row) for fault in refused.value.faults] == [
        (Code.NUMBER_MISSING, 2),
        (Code.NUMBER_MISSING, 3),
        (Code.NUMBER_TWICE, 4),
    ]
    assert codes(refused)
    assert refused.value.faults[2].values == {"first": 1}


AREA = "  official_area: {columns: [رقم], unit: m2}\n"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("12 م", Code.NO_NUMBER),
        ("0", Code.NOT_POSITIVE),
        ("-3", Code.NOT_POSITIVE),
        ("1e9999", Code.NO_NUMBER),
        ("nan", Code.NO_NUMBER),
    ],
)
def test_an_area_that_is_none(said: str, code: Code) -> None:
    refused = refusal(layer(square(), numbers=[said]), AREA)
    assert codes(refused) == [code]
    assert (refused.value.faults[0].row, refused.value.faults[0].column, refused.value.faults[0].value) == (
        1,
        "رقم",
        said,
    )


@pytest.mark.parametrize("said", ["1234.5", "١٢٣٤٫٥", "۱۲۳۴.۵", " ١٬٢٣٤٫٥\u200f", 1234.5])
def test_numbers_however_they_are_written(said: Value) -> None:
    (plot,) = apply(layer(square(), numbers=[said]), mapping(AREA))
    assert plot.official_area == 1234.5


def test_a_value_without_a_code() -> None:
    refused = refusal(layer(square(), numbers=["ملعب"]), "  use: {columns: [رقم], codes: {سكني: residential}}\n")
    assert codes(refused) == [Code.CODE_UNKNOWN]
    assert (refused.value.faults[0].value, refused.value.faults[0].values) == ("ملعب", {"known": "سكني"})


def test_a_zone_that_is_empty() -> None:
    text = SMALL.replace("zone: {constant: Z}", "zone: {columns: [منطقة]}").encode()
    source = SourceLayer("a", None, "utf-8", ("رقم", "منطقة"), (SourceRow(1, {"رقم": "1", "منطقة": None}, square()),))
    with pytest.raises(LayerRefused) as refused:
        apply(source, parse_mapping(text))
    assert codes(refused) == [Code.VALUE_MISSING]


def test_every_row_is_told_and_the_list_has_an_end() -> None:
    broken = layer(*[BOW] * 50, numbers=[None] * 50)
    everything = refusal(broken)
    assert (everything.value.total, len(everything.value.faults)) == (100, 100)
    some = refusal(broken, most=7)
    assert (some.value.total, len(some.value.faults)) == (100, 7)


def test_progress_runs_to_the_end() -> None:
    seen: list[tuple[int, int]] = []
    apply(layer(*[square(20.0 * at) for at in range(2500)]), mapping(), progress=lambda *done: seen.append(done))
    assert seen == [(1000, 2500), (2000, 2500), (2500, 2500)]


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_any_number_in_arabic_digits_is_read(whole: int, part: int) -> None:
    said = f"{whole + 1}٫{part:02d}".translate({ord(str(digit)): chr(0x660 + digit) for digit in range(10)})
    (plot,) = apply(layer(square(), numbers=[said]), mapping(AREA))
    assert plot.official_area == float(f"{whole + 1}.{part:02d}")
