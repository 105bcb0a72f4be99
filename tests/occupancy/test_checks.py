"""The checks of an occupancy, at and around each limit, on a street made for it."""

from dataclasses import replace
from decimal import Decimal

import pytest
from shapely import LineString, Polygon, box

from gis.pavement import Surroundings
from gis.zone import Pavement, Street
from permits.occupancy.checks import Check, CheckOutcome, Place, as_json, check_place, from_json
from permits.occupancy.terms import terms

AVENUE = Street("A", {"ar": "أ", "en": "A"}, 10.0, box(0, 0, 100, 10))
CROSSING = Street("B", {"ar": "ب", "en": "B"}, 6.0, box(50, 10, 56, 60))
PLOTS = {"1": box(0, 10, 25, 40), "2": box(25, 10, 50, 40)}
PAVEMENT = Pavement("public", "A", box(0, 8, 50, 10))
AROUND = Surroundings("EPSG:22770", 0.02, (AVENUE, CROSSING), PLOTS, (PAVEMENT,), True)
FRONT = {"1": [LineString([(0, 10), (25, 10)])], "2": [LineString([(25, 10), (50, 10)])]}


def checked(shape: Polygon, around: Surroundings = AROUND, plot: str = "1", **others: Polygon) -> dict[str, Check]:
    place = Place(shape, Decimal("1.00"), plot, FRONT.get(plot, ()))
    return {check.code: check for check in check_place(place, around, others, terms())}


def test_a_table_before_its_own_cafe() -> None:
    found = checked(box(10, 9.5, 15, 10))
    assert {code: str(check.outcome) for code, check in found.items()} == {
        "area": "met", "inside": "met", "clear-width": "met", "conflict": "met", "corner": "met",
        "entrance": "undecided", "frontage": "met",
    }  # fmt: skip
    assert (found["clear-width"].value, found["clear-width"].limit, found["clear-width"].unit) == ("1.50", "1.20", "m")
    assert found["clear-width"].status == "fictitious"
    assert found["inside"].reason == "pavement_layer"


@pytest.mark.parametrize(
    ("depth", "outcome", "reason"),
    [(0.78, "met", ""), (0.80, "undecided", "near_limit"), (0.82, "unmet", "")],
)
def test_the_width_at_its_limit(depth: float, outcome: str, reason: str) -> None:
    found = checked(box(10, 10 - depth, 15, 10))["clear-width"]
    assert (str(found.outcome), found.reason) == (outcome, reason)


def test_what_stands_on_the_carriageway_is_outside() -> None:
    found = checked(box(10, 7.5, 15, 8.5))["inside"]
    assert (str(found.outcome), found.value, found.limit, found.unit) == ("unmet", "2.50", "0", "m2")


def test_no_pavement_leaves_undecided_what_needs_one() -> None:
    bare = replace(AROUND, pavement=(), has_layer=False)
    found = checked(box(10, 9.5, 15, 10), bare)
    for code in ("inside", "clear-width"):
        assert (found[code].outcome, found[code].reason) == (CheckOutcome.UNDECIDED, "no_pavement")


def test_a_derived_pavement_is_said_to_be_derived() -> None:
    set_back = {number: box(p.bounds[0], 13, p.bounds[2], 40) for number, p in PLOTS.items()}
    bare = replace(AROUND, pavement=(), has_layer=False, plots=set_back, streets=(AVENUE,))
    found = checked(box(10, 12.5, 15, 13), bare, plot="")
    assert (str(found["inside"].outcome), found["inside"].reason) == ("met", "pavement_derived")
    assert found["clear-width"].value == "2.50"


def test_another_in_the_way_is_named() -> None:
    found = checked(box(10, 9.5, 15, 10), X=box(14, 9.5, 18, 10), Y=box(15, 9.5, 18, 10))["conflict"]
    assert (str(found.outcome), found.value, found.about) == ("unmet", "0.50", ("X",))


def test_another_on_the_other_side_narrows_the_way() -> None:
    found = checked(box(10, 9.5, 15, 10), X=box(12, 8, 13, 8.5))
    assert str(found["conflict"].outcome) == "met"
    assert (str(found["clear-width"].outcome), found["clear-width"].value) == ("unmet", "1.00")


@pytest.mark.parametrize(("gap", "outcome"), [(2.5, "unmet"), (2.95, "undecided"), (3.05, "undecided"), (3.5, "met")])
def test_the_distance_from_a_corner(gap: float, outcome: str) -> None:
    found = checked(box(48 - gap, 9.5, 50 - gap, 10), plot="2")["corner"]
    assert (str(found.outcome), found.limit, found.unit) == (outcome, "3", "m")


def test_no_corner_near_is_far_enough_and_no_street_says_nothing() -> None:
    assert checked(box(10, 9.5, 15, 10), replace(AROUND, streets=(AVENUE,)))["corner"].reason == "none_near"
    assert checked(box(10, 9.5, 15, 10), replace(AROUND, streets=()))["corner"].reason == "no_streets"


@pytest.mark.parametrize(
    ("plot", "outcome", "value", "reason"),
    [("1", "met", "0.00", ""), ("2", "unmet", "2.50", ""), ("", "undecided", "", "no_plot"),
     ("9", "unmet", "1.00", "plot_elsewhere")],
)  # fmt: skip
def test_whose_front_it_stands_before(plot: str, outcome: str, value: str, reason: str) -> None:
    found = checked(box(10, 9.5, 15, 10), plot=plot)["frontage"]
    assert (str(found.outcome), found.value, found.reason) == (outcome, value, reason)


def test_the_list_reads_back() -> None:
    checks = tuple(checked(box(10, 9.5, 15, 10), X=box(14, 9.5, 18, 10)).values())
    assert from_json(as_json(checks)) == checks
    assert from_json({}) == ()
