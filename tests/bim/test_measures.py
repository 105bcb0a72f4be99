"""Every measure has its definition, is taken by what rules use, and has a row of its own."""

import json
from dataclasses import replace
from datetime import date

import pytest
from shapely import box

from bim.building import Building
from bim.findings import Measure
from bim.measures import DEFINITIONS, measures
from bim.measures.methods import METHODS
from bim.measures.registry import EXACT, Group, measured
from bim.packs import code_in_force
from bim.rules.catalogue import RULES, judge
from tests.bim.golden import HOME
from tests.bim.houses import house, site
from tests.bim.test_golden_rules import CODE as GOLDEN_CODE
from tests.bim.test_golden_rules import measured as golden_building
from tests.bim.test_golden_rules import plot as golden_plot

CODE = code_in_force(date(2026, 6, 1))
Key = tuple[str, str | None, str]


def by_key(taken: tuple[Measure, ...]) -> dict[Key, Measure]:
    return {(m.name, m.storey, m.subject): m for m in taken}


def values(name: str, taken: tuple[Measure, ...]) -> list[float]:
    return [round(m.value, 3) for m in taken if m.name == name]


@pytest.mark.parametrize("name", DEFINITIONS)
def test_it_is_defined(name: str) -> None:
    found = DEFINITIONS[name]
    assert found.text.endswith(".")
    assert found.method in METHODS
    assert found.unit in {"m", "m2", "ratio", "count", "ppm"}
    assert set(found.rules) <= set(RULES)


def test_every_rule_judges_a_measure() -> None:
    assert {code for found in DEFINITIONS.values() for code in found.rules} == set(RULES)


def test_a_name_is_taken_once_and_with_its_definition() -> None:
    def undefined(_seen):  # type: ignore[no-untyped-def] # never called
        return iter(())

    with pytest.raises(ValueError, match="room_area"):
        measured("room_area", Group.ROOMS, "m2", EXACT, "space_area")(undefined)
    with pytest.raises(ValueError, match="not defined"):
        measured("new_area", Group.ROOMS, "m2", EXACT, "space_area")(undefined)
    assert "new_area" not in DEFINITIONS


@pytest.mark.parametrize("file", ["complies", "planted-violations", "cannot-be-judged"])
def test_no_two_rows_are_of_the_same(file: str) -> None:
    taken = measures(golden_building(HOME / "models" / f"{file}.ifc"), golden_plot(), GOLDEN_CODE)
    assert len(by_key(taken)) == len(taken) > 100
    assert {m.method for m in taken} <= set(METHODS)
    assert all(m.tolerance >= 0 for m in taken)


def test_the_rows_of_a_large_dwelling_house_stay_small() -> None:
    taken = measures(golden_building(HOME / "models" / "complies.ifc"), golden_plot(), GOLDEN_CODE)
    written = json.dumps([[m.name, m.storey, m.subject, m.value, m.unit, m.tolerance, m.method] for m in taken])
    assert len(taken) < 1000
    assert len(written) < 200_000


# The house of literals: 10 by 20 m, 5 m from the west and 7 m from the south of a plot of 20 by 40 m.
def test_literals() -> None:
    taken = measures(house(), site(), CODE)
    assert values("footprint_area", taken) == [200.0]
    assert values("plot_area", taken) == [800.0]
    assert values("frontage", taken) == [20.0]
    assert values("coverage", taken) == [0.25]
    assert values("setback_edge", taken) == [7.0, 5.0, 13.0, 5.0]
    assert values("side_gap", taken) == [5.0]
    assert values("height", taken) == [7.0]
    assert values("beyond_plot", taken) == [0.0]
    assert by_key(taken)["setback", None, "front"].value == 7.0


@pytest.mark.parametrize(
    ("sizes", "name", "expected"),
    [
        ({"bedroom": 12.5}, "room_area", 12.5),
        ({"corridor": 1.35}, "corridor_width", 1.35),
        ({"flight": 1.15}, "stair_width", 1.15),
        ({"riser": 0.172}, "stair_riser", 0.172),
        ({"entrance": 0.95}, "door_width", 0.95),
        ({"well": 2.45}, "light_well_side", 2.45),
        ({"clear": 2.85}, "room_height", 2.85),
        ({"storey": 3.05}, "storey_height", 3.05),
        ({"second": box(5, 33.5, 15, 37)}, "building_distance", 6.5),
        ({"basement": box(5, 7, 15, 28)}, "basement_area", 210.0),
        ({"upper_west": 4.3}, "setback_storey", 4.3),
        ({"annex": box(7, 9, 13, 19)}, "annex_share", 0.3),
        ({"annex": box(7, 10, 12, 19)}, "annex_setback", 2.0),
        ({"balcony": 1.25}, "projection_depth", 1.25),
    ],
)
def test_a_dimension_is_found_again(sizes: dict[str, object], name: str, expected: float) -> None:
    found = values(name, measures(house(**sizes), site(), CODE))  # type: ignore[arg-type] # one dimension each
    assert any(value == pytest.approx(expected, abs=0.002) for value in found), found


def test_a_rule_has_the_value_of_its_measure() -> None:
    """On a model in which every rule of one number passes, each value is among those of its measures."""
    building = golden_building(HOME / "models" / "complies.ifc")
    taken = measures(building, golden_plot(), GOLDEN_CODE)
    compared = 0
    for found in judge(building, golden_plot(), GOLDEN_CODE):
        if found.value is None:
            continue
        names = {d.name for d in DEFINITIONS.values() if found.rule in d.rules}
        near = [m.value for m in taken if m.name in names]
        assert any(value == pytest.approx(found.value, abs=1e-9) for value in near), (found.rule, found.value)
        compared += 1
    assert compared > 40


def test_nothing_of_the_plot_is_taken_without_a_place() -> None:
    taken = {m.name for m in measures(replace(house(), placement=None), site(), CODE)}
    assert {"footprint_area", "room_area", "plot_area"} <= taken
    assert taken.isdisjoint({"setback", "coverage", "height", "fence_height", "projection_clearance"})


def test_what_the_code_names_is_not_guessed_without_it() -> None:
    taken = {m.name for m in measures(house(), site())}
    assert taken.isdisjoint({"exits", "travel_distance", "dwelling_area", "shop_share"})


def test_a_building_of_nothing_has_few_measures_and_no_error() -> None:
    taken = {m.name: m.value for m in measures(Building(), None, CODE)}
    assert taken == {"dwellings": 0.0, "lifts": 0.0, "parking_bays": 0.0}
    assert {m.name for m in measures(replace(Building(), placement=house().placement), site(), CODE)} >= {"plot_area"}
