"""Every rule below, at and above its limit, and undecided where an input is missing."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import box

from bim.building import Building, Geometry3D
from bim.findings import Finding, Outcome, Reason
from bim.packs import code_in_force
from bim.rules.catalogue import RULES, judge
from bim.rules.compare import at_least, at_most
from bim.rules.registry import Need, rule
from gis.site import Attachment, BasementRule, Site
from tests.bim.houses import house, site

CODE = code_in_force(date(2026, 6, 1))
PASS, FAIL, UNDECIDED, NA = Outcome.PASS, Outcome.FAIL, Outcome.UNDECIDED, Outcome.NOT_APPLICABLE


def around(code: str, **sizes: Any) -> list[Finding]:
    """The answers about a house and a plot of these dimensions."""
    of_plot = {name: sizes.pop(name) for name in ("attachment", "width", "depth") if name in sizes}
    plot = replace_use(site(**of_plot), PLOT_USE.get(code, "residential"))
    return answers(code, house(**sizes), plot)


def worst(findings: list[Finding]) -> Outcome:
    """A rule that looks at several uses passes for each of them; its answer is the worst one."""
    return min((f.outcome for f in findings), key=[FAIL, UNDECIDED, PASS, NA].index)


def opened(building: Building) -> Building:
    """The same with outlines above the ground that the walls leave open."""
    storeys = [replace(s, outline=s.outline and replace(s.outline, closed=False)) for s in building.storeys]
    return replace(building, storeys=tuple(storeys))


def sloped(building: Building) -> Building:
    """The same under a roof that rises by a metre."""
    *plates, roof = building.plates
    return replace(building, plates=(*plates, replace(roof, bottom=roof.top - 1.0)))


def answers(code: str, building: Building, plot: Site | None = None) -> list[Finding]:
    return [f for f in judge(building, plot or site(), CODE) if f.rule == code]


PLOT_USE = {"USE-02": "residential_commercial"}
SEMI = {"attachment": Attachment.SEMI_ATTACHED}
CELLAR = {"basement": box(5, 7, 15, 27)}


def replace_use(plot: Site, use: str) -> Site:
    return replace(plot, sheet=replace(plot.sheet, use=use))


# Rule, then dimensions that keep it, lie within the band at its limit, and break it. The band of a
# setback is 2 cm tolerance and 1 cm residual. A count has no band, so its limit passes.
CASES: list[tuple[str, dict[str, Any], tuple[dict[str, Any], Outcome], dict[str, Any]]] = [
    ("PLOT-01", {}, ({"west": 0.0}, UNDECIDED), {"west": -0.5}),
    ("SET-01", {"south": 5.04}, ({"south": 5.0}, UNDECIDED), {"south": 4.96}),
    ("SET-02", {"west": 4.04}, ({"west": 4.0}, UNDECIDED), {"west": 3.96}),
    ("SET-03", {"north": 33.96}, ({"north": 34.0}, UNDECIDED), {"north": 34.04}),
    ("COV-01", {"north": 38.0}, ({"north": 39.0}, UNDECIDED), {"north": 39.9}),
    ("FAR-01", {"north": 37.0}, ({"north": 40.0}, UNDECIDED), {"north": 42.0}),
    ("HGT-01", {"roof": 107.97}, ({"roof": 108.0}, UNDECIDED), {"roof": 108.03}),
    ("FLR-01", {"floors": 1}, ({"floors": 2}, PASS), {"floors": 3}),
    ("HGT-02", {"clear": 2.72}, ({"clear": 2.70}, UNDECIDED), {"clear": 2.68}),
    ("PRJ-01", {"balcony": 1.47}, ({"balcony": 1.5}, UNDECIDED), {"balcony": 1.53}),
    ("PRJ-02", {"balcony": 6.9}, ({"balcony": 7.0}, UNDECIDED), {"balcony": 7.1}),
    (
        "BSM-01",
        {"basement": box(4.1, 5.1, 15.9, 33.9)},
        ({"basement": box(4, 5, 16, 34)}, UNDECIDED),
        {"basement": box(3.9, 5, 16, 34)},
    ),
    (
        "BSM-02",
        {"basement": box(5, 7, 15, 27), "ground_level": 101.17},
        ({"basement": box(5, 7, 15, 27), "ground_level": 101.2}, UNDECIDED),
        {"basement": box(5, 7, 15, 27), "ground_level": 101.23},
    ),
    ("PRK-01", {"bays": 3}, ({"bays": 2}, PASS), {"bays": 1}),
    ("USE-01", {"use": "bedroom"}, ({"use": ""}, UNDECIDED), {"use": "shop"}),
    ("LWL-01", {"well": 2.02}, ({"well": 2.0}, UNDECIDED), {"well": 1.98}),
    ("STR-01", {"riser": 0.177}, ({"riser": 0.18}, UNDECIDED), {"riser": 0.183}),
    ("STR-02", {"flight": 1.12}, ({"flight": 1.10}, UNDECIDED), {"flight": 1.08}),
    ("ROM-01", {"bedroom": 9.06}, ({"bedroom": 9.0}, UNDECIDED), {"bedroom": 8.94}),
    ("DOR-01", {"entrance": 0.91}, ({"entrance": 0.90}, PASS), {"entrance": 0.89}),
    ("SET-04", {"upper_west": 4.54}, ({"upper_west": 4.5}, UNDECIDED), {"upper_west": 4.46}),
    ("ANX-01", {"annex": box(7, 9, 13, 18.5)}, ({"annex": box(7, 9, 13, 19)}, UNDECIDED), {"annex": box(7, 9, 13, 20)}),
    (
        "ANX-02",
        {"annex": box(7.05, 10, 12, 19)},
        ({"annex": box(7, 10, 12, 19)}, UNDECIDED),
        {"annex": box(6.95, 10, 12, 19)},
    ),
    ("ATT-01", {**SEMI, "west": 0.05}, ({**SEMI, "west": 0.1}, UNDECIDED), {**SEMI, "west": 0.15}),
    (
        "DST-01",
        {"second": box(5, 33.03, 15, 37)},
        ({"second": box(5, 33, 15, 37)}, UNDECIDED),
        {"second": box(5, 32.97, 15, 37)},
    ),
    ("PLOT-02", {"width": 12.04}, ({"width": 12.0}, UNDECIDED), {"width": 11.96}),
    ("PLOT-03", {"depth": 15.2}, ({"depth": 15.0}, UNDECIDED), {"depth": 14.8}),
    ("STY-01", {"storey": 2.93}, ({"storey": 2.90}, UNDECIDED), {"storey": 2.87}),
    ("STY-02", {"storey": 4.47}, ({"storey": 4.50}, UNDECIDED), {"storey": 4.53}),
    ("HGT-03", {"kitchen_clear": 2.52}, ({"kitchen_clear": 2.50}, UNDECIDED), {"kitchen_clear": 2.48}),
    ("ROM-02", {"bedroom": 8.1}, ({"bedroom": 8.0}, UNDECIDED), {"bedroom": 7.9}),
    ("COR-01", {"corridor": 1.02}, ({"corridor": 1.00}, UNDECIDED), {"corridor": 0.98}),
    (
        "BSM-03",
        {**CELLAR, "basement_clear": 2.42},
        ({**CELLAR, "basement_clear": 2.40}, UNDECIDED),
        {**CELLAR, "basement_clear": 2.38},
    ),
    ("DWL-01", {"living": 18.0}, ({"living": 17.6}, UNDECIDED), {"living": 17.0}),
    ("DWL-02", {"without": "nothing"}, ({"without": "bedroom"}, PASS), {"without": "kitchen"}),
    ("USE-02", {"shop": 112.0}, ({"shop": 114.0}, UNDECIDED), {"shop": 116.0}),
    ("LWL-02", {"well": 1.52}, ({"well": 1.5}, UNDECIDED), {"well": 1.48}),
    ("LWL-03", {"well": 1.52}, ({"well": 1.5}, UNDECIDED), {"well": 1.48}),
    ("LWL-04", {"cover": 0.04}, ({"cover": 0.05}, UNDECIDED), {"cover": 0.06}),
    ("PRJ-03", {"balcony_level": 102.53}, ({"balcony_level": 102.5}, UNDECIDED), {"balcony_level": 102.47}),
    ("PRJ-04", {"balcony_width": 5.9}, ({"balcony_width": 6.0}, UNDECIDED), {"balcony_width": 6.1}),
    ("PRK-02", {"bay_width": 2.42}, ({"bay_width": 2.40}, UNDECIDED), {"bay_width": 2.38}),
    ("PRK-03", {"bay_length": 4.82}, ({"bay_length": 4.80}, UNDECIDED), {"bay_length": 4.78}),
    ("PRK-04", {"aisle": 3.52}, ({"aisle": 3.50}, UNDECIDED), {"aisle": 3.48}),
    ("PRK-05", {"bays": 20, "wide": 2}, ({"bays": 20, "wide": 1}, PASS), {"bays": 20, "wide": 0}),
    ("LFT-02", {"shaft": 1.52}, ({"shaft": 1.50}, UNDECIDED), {"shaft": 1.48}),
    ("LFT-03", {"floors": 4, "lifts": 2}, ({"floors": 4, "lifts": 1}, PASS), {"floors": 4, "lifts": 0}),
    ("WIN-01", {"glass": 0.98}, ({"glass": 0.96}, UNDECIDED), {"glass": 0.94}),
    ("WIN-02", {"bedroom_windows": 2}, ({"bedroom_windows": 1}, PASS), {"bedroom_windows": 0}),
    ("WIN-03", {"west": 2.04}, ({"west": 2.0}, UNDECIDED), {"west": 1.96}),
    ("VNT-01", {"kitchen_glass": 0.51}, ({"kitchen_glass": 0.50}, PASS), {"kitchen_glass": 0.49}),
    ("DOR-02", {"door_height": 2.01}, ({"door_height": 2.0}, PASS), {"door_height": 1.99}),
    ("DOR-03", {"gate": 1.21}, ({"gate": 1.20}, PASS), {"gate": 1.19}),
    ("DOR-04", {"doors": 2}, ({"doors": 1}, PASS), {"doors": 0}),
    ("STR-03", {"tread": 0.27}, ({"tread": 0.26}, UNDECIDED), {"tread": 0.25}),
    ("STR-04", {"tread": 0.22}, ({"tread": 0.21}, UNDECIDED), {"tread": 0.20}),
    ("STR-05", {"landing": 1.12}, ({"landing": 1.10}, UNDECIDED), {"landing": 1.08}),
    ("STR-06", {"headroom": 2.03}, ({"headroom": 2.0}, UNDECIDED), {"headroom": 1.97}),
    ("STR-07", {"floors": 6, "stairs": 3}, ({"floors": 6, "stairs": 2}, PASS), {"floors": 6, "stairs": 1}),
    ("RMP-01", {"ramp_slope": 0.177}, ({"ramp_slope": 0.18}, UNDECIDED), {"ramp_slope": 0.183}),
    ("RMP-02", {"ramp_width": 3.02}, ({"ramp_width": 3.0}, UNDECIDED), {"ramp_width": 2.98}),
    ("PAR-01", {"parapet": 0.92}, ({"parapet": 0.90}, UNDECIDED), {"parapet": 0.88}),
    ("PAR-02", {"rail": 0.92}, ({"rail": 0.90}, UNDECIDED), {"rail": 0.88}),
    ("FNC-01", {"fence": 1.97}, ({"fence": 2.0}, UNDECIDED), {"fence": 2.03}),
    ("EXT-01", {"floors": 6, "gates": 3}, ({"floors": 6, "gates": 2}, PASS), {"floors": 6, "gates": 1}),
    ("EXT-02", {"gate_away": 8.3}, ({"gate_away": 9.866338}, UNDECIDED), {"gate_away": 11.5}),
    (
        "EXT-03",
        {"gates": 2, "gate_apart": 5.62},
        ({"gates": 2, "gate_apart": 5.590170}, UNDECIDED),
        {"gates": 2, "gate_apart": 5.56},
    ),
    ("LFT-01", {"floors": 5, "lifts": 2}, ({"floors": 4, "lifts": 1}, PASS), {"floors": 4, "lifts": 0}),
]


NO_NUMBER = {"USE-01"}
"""Rules that compare no number: a word is in a list or not, or unknown."""


def test_every_rule_has_its_clause_and_its_cases_by_one_dimension() -> None:
    assert sorted(case[0] for case in CASES) == sorted(RULES) == sorted(CODE.entries)
    for code, _, (at, _), breaks in CASES:
        assert at, f"{code} has no case at its limit"
        assert breaks, f"{code} has no case beyond its limit"
        assert set(breaks) == set(at), f"{code}: the cases at and beyond the limit differ by more than their size"


@pytest.mark.parametrize(("code", "at"), [(case[0], case[2][0]) for case in CASES], ids=[case[0] for case in CASES])
def test_the_case_at_the_limit_of_a_number_is_at_its_limit(code: str, at: dict[str, Any]) -> None:
    found = around(code, **at)
    for finding in [f for f in found if f.outcome is worst(found)]:
        if finding.value is None or finding.limit is None:
            assert code in NO_NUMBER, f"{code} compares a number elsewhere, and here it has none"
        else:
            assert finding.value == pytest.approx(finding.limit, abs=1e-3), f"{code} has no case at its limit"


@pytest.mark.parametrize(("code", "keeps", "at", "breaks"), CASES, ids=[case[0] for case in CASES])
def test_a_rule_around_its_limit(
    code: str, keeps: dict[str, Any], at: tuple[dict[str, Any], Outcome], breaks: dict[str, Any]
) -> None:
    assert worst(around(code, **keeps)) is PASS
    assert worst(around(code, **at[0])) is at[1]
    assert worst(around(code, **breaks)) is FAIL


def test_near_the_limit_the_reason_tells_margin_and_band() -> None:
    (finding,) = answers("SET-01", house(south=5.01))
    assert finding.reason == Reason("near_limit", {"margin": 0.01, "band": 0.03})
    assert (finding.value, finding.limit, finding.unit) == (pytest.approx(5.01), 5.0, "m")


def test_a_larger_residual_of_the_plot_undecides() -> None:
    assert answers("SET-02", house(west=4.1), site(residual=0.01))[0].outcome is PASS
    assert answers("SET-02", house(west=4.1), site(residual=0.15))[0].outcome is UNDECIDED


@pytest.mark.parametrize(
    ("code", "building", "reason"),
    [
        ("SET-01", replace(house(), placement=None, placement_problem=Reason("wrong_grid")), "wrong_grid"),
        ("SET-01", replace(house(), placement=None), "no_georeference"),
        ("HGT-01", replace(house(), plates=()), "no_roof_slab"),
        ("COV-01", replace(house(), geometry=Geometry3D(Reason("geometry_off"))), "geometry_off"),
        ("FAR-01", replace(house(), geometry=Geometry3D(None, 2, 1, {"walls": ("w",)})), "elements_lost"),
        ("PRJ-01", replace(house(), geometry=Geometry3D(None, 2, 1, {"plates": ("p",)})), "elements_lost"),
        ("PLOT-01", replace(house(), ground=None), "no_ground_outline"),
        ("PLOT-01", replace(house(), ground=replace(house().ground, closed=False)), "outline_open"),  # type: ignore[type-var]  # it is set
        ("PRK-01", replace(house(), dwellings=()), "no_dwellings"),
        ("USE-01", replace(house(), spaces=()), "no_spaces"),
        ("LWL-01", replace(house(), spaces=()), "no_spaces"),
        ("HGT-02", replace(house(), spaces=()), "no_spaces_of_use"),
        ("ROM-01", replace(house(), spaces=()), "no_spaces_of_use"),
        ("DOR-01", replace(house(), doors=()), "no_doors"),
        ("DOR-01", replace(house(), doors=(replace(house().doors[0], use="", width=0.75),)), "door_use_unknown"),
        ("DOR-01", replace(house(), doors=(replace(house().doors[0], width=None),)), "no_width"),
        ("STR-01", replace(house(), flights=()), "no_stair_flights"),
        ("STR-02", replace(house(), flights=(replace(house().flights[0], width=None),)), "no_shape"),
        (
            "STR-03",
            replace(house(), flights=(replace(house().flights[0], tread=None, measured_tread=None),)),
            "no_tread",
        ),
        ("STR-07", replace(house(), flights=()), "no_stair_flights"),
        ("STR-07", replace(house(floors=3), flights=house().flights), "floor_without_stair"),
        ("SET-04", opened(house()), "outline_open"),
        ("ANX-01", opened(house(annex=box(7, 9, 13, 18))), "outline_open"),
        ("ANX-02", opened(house(annex=box(7, 9, 13, 18))), "outline_open"),
        ("BSM-03", replace(house(basement=box(5, 7, 15, 27)), spaces=()), "no_spaces"),
        ("STY-01", replace(house(), plates=()), "no_roof_slab"),
        ("DWL-01", replace(house(), dwellings=()), "no_dwellings"),
        ("DWL-02", replace(house(), dwellings=()), "no_dwellings"),
        ("LFT-03", replace(house(floors=4), dwellings=()), "no_dwellings"),
        ("LFT-02", house(lifts=1), "no_spaces_of_use"),
        ("COR-01", replace(house(), spaces=()), "no_spaces_of_use"),
        ("WIN-01", replace(house(), windows=()), "no_windows"),
        ("WIN-02", replace(house(), spaces=()), "no_spaces_of_use"),
        ("WIN-03", replace(house(), windows=()), "no_windows"),
        ("WIN-03", house(west=-1.0), "window_outside_plot"),
        ("VNT-01", replace(house(), windows=()), "no_windows"),
        ("DOR-02", replace(house(), doors=()), "no_doors"),
        ("DOR-03", replace(house(), doors=()), "no_building_entrance"),
        ("DOR-04", replace(house(), doors=()), "no_entrance_marked"),
        ("DOR-04", replace(house(), dwellings=()), "no_dwellings"),
        ("PAR-01", replace(house(), parapets=()), "no_parapet"),
        ("EXT-01", replace(house(), doors=()), "no_building_entrance"),
        ("EXT-02", replace(house(), doors=house().doors[-1:], spaces=house().spaces[:1]), "no_way_out"),
        ("RMP-01", replace(house(), geometry=Geometry3D(None, 2, 1, {"ramps": ("r",)})), "elements_lost"),
        ("FNC-01", replace(house(), geometry=Geometry3D(None, 2, 1, {"fences": ("f",)})), "elements_lost"),
    ],
)
def test_a_missing_input_is_undecided_with_its_reason(code: str, building: Building, reason: str) -> None:
    findings = answers(code, building)
    assert {f.outcome for f in findings} == {UNDECIDED}
    assert {f.reason.code for f in findings if f.reason} == {reason}


def test_without_a_plot_the_plot_rules_are_undecided() -> None:
    by_rule = {f.rule: f for f in judge(house(), None, CODE)}
    assert {code for code, f in by_rule.items() if f.reason and f.reason.code == "no_plot"} == {
        code for code, entry in RULES.items() if Need.SITE in entry.needs
    }
    assert {code for code, entry in RULES.items() if entry.by_sheet} <= {
        code for code, f in by_rule.items() if f.reason and f.reason.code == "no_plot"
    }
    assert by_rule["LWL-01"].outcome is PASS


@pytest.mark.parametrize(
    ("code", "building", "reason"),
    [
        ("BSM-01", house(), "no_basement"),
        ("BSM-02", house(), "no_basement"),
        ("BSM-03", house(), "no_basement"),
        ("LFT-01", house(floors=3), "few_floors"),
        ("LFT-02", house(), "no_lift"),
        ("LFT-03", house(floors=3), "few_floors"),
        ("SET-04", house(floors=1), "no_upper_setbacks"),
        ("ANX-01", house(), "no_annex"),
        ("ANX-02", house(), "no_annex"),
        ("ATT-01", house(), "detached"),
        ("DST-01", house(), "one_building"),
        ("USE-02", house(), "no_limit_of_use"),
        ("LWL-02", replace(house(), spaces=house().spaces[:2]), "no_light_well"),
        ("PRJ-03", replace(house(), plates=house().plates[:1]), "no_projection"),
        ("PRJ-04", house(floors=1), "no_projection"),
        ("PRK-02", house(bays=0), "no_parking_spaces"),
        ("PRK-05", house(bays=19), "few_bays"),
        ("STR-05", replace(house(), plates=()), "no_landing"),
        ("STR-06", replace(house(), flights=(replace(house().flights[0], headroom=None),)), "nothing_above_stairs"),
        ("STR-07", house(floors=1), "one_storey"),
        ("RMP-01", replace(house(), ramps=()), "no_ramp"),
        ("RMP-02", replace(house(), ramps=()), "no_ramp"),
        ("FNC-01", replace(house(), fences=()), "no_fence"),
        (
            "WIN-03",
            replace(house(), windows=(replace(house().windows[0], centre=(10.0, 7.0)),)),
            "no_window_to_neighbours",
        ),
        ("PAR-01", sloped(house()), "sloped_roof"),
        ("EXT-03", house(), "one_exit"),
    ],
)
def test_what_is_not_there_is_not_applicable(code: str, building: Building, reason: str) -> None:
    (finding,) = answers(code, building)
    assert (finding.outcome, finding.reason and finding.reason.code) == (NA, reason)


def test_a_narrow_ramp_is_for_people_unless_it_says_otherwise() -> None:
    unsaid = replace(house().ramps[0], use="", width=1.2, slope=0.1)
    assert worst(answers("RMP-01", replace(house(), ramps=(unsaid,)))) is FAIL
    assert worst(answers("RMP-01", replace(house(), ramps=(replace(unsaid, use="car"),)))) is PASS
    assert worst(answers("RMP-01", replace(house(), ramps=(replace(unsaid, width=3.0),)))) is PASS


def test_a_well_that_a_floor_closes_is_not_continuous() -> None:
    well = next(space for space in house().spaces if space.use == "light_well")
    below = replace(well, top=103.4)
    short = [below if space.use == "light_well" else space for space in house().spaces]
    assert worst(answers("LWL-03", house())) is PASS
    (finding,) = answers("LWL-03", replace(house(), spaces=tuple(short)))
    assert (finding.outcome, finding.value, finding.elements) == (FAIL, 0.0, ("well",))


def test_an_attached_building_touches_both_sides_and_a_semi_attached_one_any() -> None:
    one, both = house(west=0.0), house(west=0.0, east=20.0)
    for attachment, outcome in ((Attachment.ATTACHED, FAIL), (Attachment.SEMI_ATTACHED, PASS)):
        assert answers("ATT-01", one, site(attachment=attachment))[0].outcome is outcome
        assert answers("ATT-01", both, site(attachment=attachment))[0].outcome is PASS


def test_a_sheet_without_basements_fails_any() -> None:
    (finding,) = answers("BSM-01", house(basement=box(6, 8, 14, 20)), site(basement=BasementRule.NONE))
    assert (finding.outcome, finding.value) == (FAIL, pytest.approx(96.0))


def test_an_unknown_use_of_the_plot_is_undecided() -> None:
    (finding,) = answers("USE-01", house(), site(use="heavy_industry"))
    assert finding.reason == Reason("use_unknown", {"use": "heavy_industry"})


def test_one_broken_rule_leaves_the_others_alone() -> None:
    broken = replace(house(), doors=(None,))  # type: ignore[arg-type]  # on purpose
    found = {f.rule: f for f in judge(broken, site(), CODE)}
    assert found["DOR-01"].reason == Reason("rule_error", {"error": "AttributeError"})
    assert found["SET-01"].outcome is PASS
    assert set(found) == set(RULES)


def test_a_code_is_registered_once() -> None:
    with pytest.raises(ValueError, match="SET-01"):
        rule("SET-01")(RULES["SET-02"].check)


@given(
    value=st.floats(-100, 100),
    limit=st.floats(-100, 100),
    tolerance=st.floats(0.001, 1),
    residual=st.floats(0, 1),
)
def test_at_least_mirrors_at_most_and_never_passes_inside_the_band(
    value: float, limit: float, tolerance: float, residual: float
) -> None:
    least = at_least(value, limit, "m", tolerance=tolerance, residual=residual)
    most = at_most(-value, -limit, "m", tolerance=tolerance, residual=residual)
    assert least.outcome is most.outcome
    if abs(value - limit) < tolerance + residual - 1e-5:
        assert least.outcome is UNDECIDED
    elif abs(value - limit) > tolerance + residual:
        assert least.outcome is (PASS if value > limit else FAIL)
