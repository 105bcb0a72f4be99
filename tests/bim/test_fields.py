"""What rules see of stairs, ramps, windows, parapets and fences, on the samples and on models of other tools."""

import math
from datetime import date
from functools import cache
from pathlib import Path

import ifcopenshell
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from shapely import LineString, affinity, box

from bim import light, measure, outlines
from bim.assemble import assemble, box_of
from bim.building import Building
from bim.extract import Structure, extract
from bim.placement import place
from bim.shapes import HYBRID, tessellate
from gis.planning import site_for
from gis.site import EdgeRole, Site
from tests.bim.files import ROOT, shared

SAMPLES = ROOT / "sample_models"


@cache
def plot() -> Site:
    return site_for(SAMPLES / "zone" / "zone.gpkg", "103", on=date(2026, 11, 1))


@cache
def built(path: Path, *, placed: bool = False) -> Building:
    model = ifcopenshell.open(path)
    structure = Structure(model)
    meshes, geometry = tessellate(model, structure, kernel=HYBRID, progress=lambda _share: None)
    where = place(model, plot(), box_of(meshes)) if placed else (None, None)
    facts = extract(model, structure)
    site = plot() if placed else None
    return assemble(facts, meshes, geometry, placed=where, site=site, progress=lambda _share: None)


@pytest.fixture(params=["complies.ifc", "complies-ifc2x3-mm.ifc"])
def sample(request: pytest.FixtureRequest) -> Building:
    return built(SAMPLES / "models" / str(request.param), placed=True)


def test_treads_are_measured_as_they_are_declared(sample: Building) -> None:
    assert len(sample.flights) == 8
    for flight in sample.flights:
        assert flight.measured_riser == pytest.approx(flight.riser, abs=1e-3)
        assert flight.measured_tread == pytest.approx(flight.tread, abs=1e-3)
        assert flight.headroom is not None
        assert 2.5 < flight.headroom < 6.5
        assert flight.stair is not None
    assert len({flight.stair for flight in sample.flights}) == 4


def test_the_slope_of_a_ramp_is_the_one_it_declares(sample: Building) -> None:
    (ramp,) = sample.ramps
    assert ramp.slope == pytest.approx(2.1 / 12.7, abs=2e-4)  # down to the basement, from the street to the gate
    assert ramp.width == pytest.approx(3.5, abs=1e-3)


def test_windows_look_out_of_the_building_or_into_its_well(sample: Building) -> None:
    views = light.views(sample)
    assert set(views) == {window.id for window in sample.windows}
    wells = [v.window for v in views.values() if v.sight is None]
    assert {window.name for window in wells} == {"well window left", "well window right"}
    side = [v for v in views.values() if v.sight is not None and v.window.name == "bedroom 2 window left"]
    for view in side:
        assert view.sight is not None
        met = light.to_edge(view.sight, plot())
        assert met is not None
        assert (met[1].role, met[0]) == (EdgeRole.SIDE, pytest.approx(4.5, abs=2e-3))
    assert len(side) == 4


def test_every_room_that_is_lived_in_has_its_windows(sample: Building) -> None:
    views = light.views(sample)
    rooms = sample.spaces_of("living", "bedroom")
    counts = {room.name: len(light.windows_of(sample, room, views)) for room in rooms}
    assert counts["living left"] == 2
    assert counts["bedroom 3 right"] == 2
    assert min(counts.values()) >= 1


def test_the_parapet_stands_on_the_roof_and_there_is_no_fence(sample: Building) -> None:
    plate = measure.roof(sample)
    assert plate is not None
    assert [p.top - plate.top for p in sample.parapets] == [pytest.approx(1.0, abs=1e-4)] * 4
    assert sample.fences == ()


def test_entrances_stand_at_the_living_rooms(sample: Building) -> None:
    names = {space.id: space.name for space in sample.spaces}
    entrances = [door for door in sample.doors if door.use == "entrance"]
    assert len(entrances) == 8
    for door in entrances:
        assert door.height == pytest.approx(2.10)
        assert {names[key] for key in door.beside} in ({"living left", "lobby"}, {"living right", "lobby"})


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "flights", "tread"),
    [("Duplex_A_20110907_georeferenced.ifc", 2, 0.25), ("Office_A_20110811.ifc", 4, 0.28), ("Jesse.1.ifc", 5, 0.23)],
)
def test_stairs_of_other_peoples_models_have_the_treads_they_declare(name: str, flights: int, tread: float) -> None:
    found = built(shared(f"ifc/{name}")).flights
    assert [f.tread for f in found] == [pytest.approx(tread, abs=1e-6)] * flights
    assert [f.measured_tread for f in found] == [pytest.approx(tread, abs=1e-3)] * flights
    assert [f.measured_riser for f in found] == [pytest.approx(f.riser, abs=1e-3) for f in found]


def test_the_headroom_of_the_duplex_is_that_under_its_upper_floor() -> None:
    flights = built(shared("ifc/Duplex_A_20110907_georeferenced.ifc")).flights
    assert [f.headroom for f in flights] == [pytest.approx(2.60, abs=0.01)] * 2


@pytest.mark.slow
def test_the_ramp_of_a_restaurant_rises_one_in_twelve() -> None:
    (ramp,) = built(shared("ifc/revit2012_janesville_restaurant.ifc")).ramps
    assert ramp.slope == pytest.approx(1 / 12, abs=2e-4)


@pytest.mark.parametrize(
    ("name", "windows", "out"),
    [("AC20-FZK-Haus.ifc", 11, 11), ("Ifc4_SampleHouse.ifc", 4, 4), ("Duplex_A_20110907_georeferenced.ifc", 24, 22)],
)
def test_windows_of_other_peoples_models_are_at_rooms_and_look_out(name: str, windows: int, out: int) -> None:
    building = built(shared(f"ifc/{name}"))
    assert len(building.windows) == windows
    assert all(window.beside and window.area for window in building.windows)
    assert len(light.views(building)) == out  # two of the duplex are in its roof storey


ANGLES = st.floats(0.0, math.pi)
SIDES = st.floats(0.5, 8.0)


@example(width=1.125, length=0.5, angle=1.133545599061387)  # an overlay without a grid has nothing in common here
@given(width=SIDES, length=SIDES, angle=ANGLES)
def test_widths_of_a_rectangle_are_its_shorter_side_however_it_lies(width: float, length: float, angle: float) -> None:
    region = affinity.rotate(box(0, 0, width, length), angle, use_radians=True)
    least = min(width, length)
    assert outlines.inscribed_width(region) == pytest.approx(least, abs=2e-3)
    assert outlines.passage_width(region) == pytest.approx(least, abs=2e-3)
    assert outlines.sides(region) == (pytest.approx(least, abs=1e-6), pytest.approx(max(width, length), abs=1e-6))


@pytest.mark.slow
@example(wide=2.5, narrow=1.2356197622564427, angle=0.12266712310180707)  # the first width tried is just the leg's
@given(wide=st.floats(1.5, 3.0), narrow=st.floats(0.6, 1.4), angle=ANGLES)
def test_a_passage_is_as_wide_as_its_narrow_leg(wide: float, narrow: float, angle: float) -> None:
    region = box(0, 0, wide, 6).union(box(wide, 0, wide + 4, narrow))
    turned = affinity.rotate(region, angle, use_radians=True)
    assert outlines.passage_width(turned) == pytest.approx(narrow, abs=2e-3)
    assert outlines.inscribed_width(turned) >= wide - 2e-3


def test_a_small_niche_narrows_no_passage() -> None:
    region = box(0, 0, 1.4, 6).union(box(1.4, 0, 1.8, 0.4))
    assert outlines.passage_width(region) == pytest.approx(1.4, abs=2e-3)


@given(angle=ANGLES)
def test_lengths_along_a_line_are_seen_square_to_it(angle: float) -> None:
    shapes = [box(1, 0, 3, 1), box(2, 5, 4, 6), box(7, -2, 8, -1)]
    line, *turned = (
        affinity.rotate(shape, angle, origin=(0, 0), use_radians=True)
        for shape in (LineString([(0, 0), (10, 0)]), *shapes)
    )
    assert outlines.along(turned, line) == pytest.approx(4.0)
