"""Storeys are counted by levels and section areas."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import box

from bim.building import Building, Doubt, Outline, Plate, Storey
from bim.building import StoreyKind as Kind
from bim.findings import Finding, Outcome, Reason
from bim.packs import code_in_force
from bim.rules.catalogue import RULES, judge
from bim.rules.registry import Need
from bim.storey_names import said_kind, said_number
from bim.storeys import Levels, classify
from tests.bim.houses import house, site


def storey(name: str, elevation: float, area: float) -> Storey:
    outline = Outline(box(0, 0, area, 1), "section") if area else None
    return Storey(name, name, elevation, Kind.NOT_COUNTED, outline)


@pytest.mark.parametrize(
    ("storeys", "kinds"),
    [
        # an ordinary house with a basement and a bare roof level
        ([("B", -3, 200), ("0", 0.6, 200), ("1", 3.6, 200), ("R", 6.6, 0)], "basement ground typical not_counted"),
        # a roof annex
        ([("0", 0, 200), ("1", 3, 200), ("A", 6, 80)], "ground typical annex"),
        # a stair head is no annex
        ([("0", 0, 200), ("1", 3, 200), ("H", 6, 20)], "ground typical not_counted"),
        # the name of a level counts for nothing
        ([("Roof", 0, 200), ("T/FDN", 3, 190)], "ground typical"),
        # a datum right below the floor is no storey
        ([("ceiling", -0.5, 200), ("0", 0, 200), ("1", 3, 200)], "not_counted ground typical"),
        # a ground floor half a metre sunk is no basement
        ([("0", -0.5, 200), ("1", 2.5, 200)], "ground typical"),
        # two basements
        ([("B2", -6, 200), ("B1", -3, 200), ("0", 0, 200)], "basement basement ground"),
        # shops below a smaller tower
        ([("0", 0, 400), ("1", 4, 210), ("2", 7, 210)], "ground typical typical"),
    ],
)
def test_kinds(storeys: list[tuple[str, float, float]], kinds: str) -> None:
    found = classify([storey(*s) for s in storeys], Levels(0.0, measured=True))
    assert [s.kind.value for s in found] == kinds.split()


def test_the_reference_level_decides_what_is_below_ground() -> None:
    storeys = [storey("0", 690.0, 200), storey("1", 693.0, 200)]
    assert [s.kind for s in classify(storeys, Levels(690.0, measured=True))] == [Kind.GROUND, Kind.TYPICAL]
    assert [s.kind for s in classify(storeys, Levels(692.0, measured=True))] == [Kind.BASEMENT, Kind.GROUND]


def test_without_outlines_the_last_level_is_the_roof() -> None:
    storeys = [storey("0", 0, 0), storey("1", 3, 0), storey("R", 6, 0)]
    found = classify(storeys, Levels(0.0, measured=False))
    assert [s.kind.value for s in found] == ["ground", "typical", "not_counted"]
    assert classify(storeys[:1], Levels(0.0, measured=False))[0].kind is Kind.GROUND


def test_a_model_without_storeys() -> None:
    assert classify([], Levels(0.0, measured=True)) == ()


def doubts(storeys: list[Storey], levels: Levels) -> dict[str, str]:
    return {s.name: s.doubt.reason.code for s in classify(storeys, levels) if s.doubt is not None}


@pytest.mark.parametrize(
    ("storeys", "error", "doubtful"),
    [
        # a floor a metre below the reference level: a basement begins where it lies
        ([("0", -0.981, 200), ("1", 2.5, 200)], 0.0, {"0": "storey_basement"}),
        ([("0", -0.979, 200), ("1", 2.5, 200)], 0.0, {}),
        ([("0", -1.021, 200), ("1", 2.5, 200)], 0.0, {}),
        # the same, where the plot's own level is known to 10 cm only
        ([("0", -0.881, 200), ("1", 2.5, 200)], 0.1, {"0": "storey_basement"}),
        ([("0", -0.879, 200), ("1", 2.5, 200)], 0.1, {}),
        # hardly a storey high
        ([("0", 0, 200), ("1", 3, 200), ("2", 4.81, 200)], 0.0, {"1": "storey_rise"}),
        ([("0", 0, 200), ("1", 3, 200), ("2", 4.83, 200)], 0.0, {}),
        # annex or floor: half of 200 is 100, known to half a percent on either side
        ([("0", 0, 200), ("1", 3, 200), ("2", 6, 100.9)], 0.0, {"2": "storey_annex"}),
        ([("0", 0, 200), ("1", 3, 200), ("2", 6, 99.1)], 0.0, {"2": "storey_annex"}),
        ([("0", 0, 200), ("1", 3, 200), ("2", 6, 101.1)], 0.0, {}),
        # stair head or annex: 15 % of 200 is 30
        ([("0", 0, 200), ("1", 3, 200), ("2", 6, 30.2)], 0.0, {"2": "storey_small"}),
        ([("0", 0, 200), ("1", 3, 200), ("2", 6, 30.4)], 0.0, {}),
        # two levels on one height are one storey, and nothing hinges on it
        ([("0", 0, 200), ("0 east", 0, 200), ("1", 3, 200)], 0.0, {}),
    ],
)
def test_a_storey_hinges_on_what_is_nearer_than_it_is_known(
    storeys: list[tuple[str, float, float]], error: float, doubtful: dict[str, str]
) -> None:
    assert doubts([storey(*s) for s in storeys], Levels(0.0, measured=True, error=error)) == doubtful


def test_the_reason_says_by_how_much() -> None:
    found = classify([storey("0", 99.01, 200), storey("1", 102, 200)], Levels(100.0, measured=True, error=0.01))
    reason = Reason("storey_basement", {"storey": "0", "value": -0.99, "limit": -1.0, "margin": 0.01, "band": 0.03})
    assert found[0].doubt == Doubt(reason, ground=True)


@given(st.floats(-5, 5), st.floats(0, 0.3))
def test_without_a_doubt_the_error_cannot_change_a_kind(elevation: float, error: float) -> None:
    """Whatever the reference level really is within its error, the kinds are the same, or the storey says otherwise."""
    storeys = [storey("low", elevation, 200), storey("high", elevation + 3, 200)]
    found = classify(storeys, Levels(0.0, measured=True, error=error))
    for zero in (-error, error):
        for one, other in zip(found, classify(storeys, Levels(zero, measured=True)), strict=True):
            assert one.kind is other.kind or any(s.doubt for s in found)


def slab(name: str, west: float, east: float, top: float) -> Plate:
    return Plate(name, "FLOOR", box(west, 0, east, 1), top - 0.3, top)


def test_half_storeys_are_beside_each_other() -> None:
    storeys = [storey("0", 0, 200), storey("0.5", 1.5, 200), storey("1", 3, 200)]
    beside = (slab("a", 0, 100, 0.0), slab("b", 100, 200, 1.5), slab("c", 0, 100, 3.0))
    found = classify(storeys, Levels(0.0, measured=True, plates=beside))
    assert [s.doubt.reason.code if s.doubt else "" for s in found] == ["half_storeys"] * 3
    assert found[0].doubt is not None
    assert found[0].doubt.ground
    over = (slab("a", 0, 200, 0.0), slab("b", 0, 200, 1.5), slab("c", 0, 200, 3.0))
    assert doubts(storeys, Levels(0.0, measured=True, plates=over)) == {}


@pytest.mark.parametrize(
    ("storeys", "doubtful"),
    [
        ([("القبو", -3, 200), ("الطابق الأرضي", 0, 200), ("الطابق الأول", 3, 200), ("السطح", 6, 0)], {}),
        ([("قَبْو", -3, 200), ("أرضي", 0, 200), ("ميزانين", 3, 60), ("الأول", 6, 200)], {"ميزانين": "mezzanine"}),
        ([("الأرضي", 0, 200), ("السدّة", 3, 190)], {"السدّة": "mezzanine"}),
        ([("القبو", 0, 200), ("الأرضي", 3, 200)], {"القبو": "storey_name", "الأرضي": "storey_name"}),
        ([("ط ٢", 0, 200), ("ط ١", 3, 200)], {"ط ١": "storey_order"}),
        ([("الثاني", 0, 200), ("الأول", 3, 200)], {"الأول": "storey_order"}),
        ([("Level 1", 0, 200), ("Level 2", 3, 200), ("Level 10", 6, 200)], {}),
        ([("B2", -6, 200), ("B1", -3, 200), ("0", 0, 200)], {}),
    ],
)
def test_names_decide_nothing_and_may_contradict(
    storeys: list[tuple[str, float, float]], doubtful: dict[str, str]
) -> None:
    assert doubts([storey(*s) for s in storeys], Levels(0.0, measured=True)) == doubtful


@pytest.mark.parametrize(
    ("name", "kind", "number"),
    [
        ("الطّابق الأَوَّل", "", 1.0), ("طابق أرضيّ", "ground", None), ("قبو ٢", "basement", 2.0),
        ("سدة", "mezzanine", None),
        ("الطابق ٣ (+9٫50)", "", 9.5), ("Basement / ground", "", None), ("3. OG", "", 3.0), ("", "", None),
        ("ميزانين الأرضي", "", None), ("underground", "", None),
    ],
)  # fmt: skip
def test_what_a_name_says(name: str, kind: str, number: float | None) -> None:
    assert (said_kind(name), said_number(name)) == (kind, number)


def outcomes(building: Building) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in judge(building, site(), code_in_force(date(2026, 11, 1))):
        found.setdefault(finding.rule, []).append(finding)
    return found


@pytest.mark.parametrize("ground", [False, True])
def test_a_doubt_leaves_every_count_of_floors_undecided(ground: bool) -> None:
    reason = Reason("storey_annex", {"margin": 0.001})
    sure = house()
    doubtful = replace(sure, storeys=(*sure.storeys[:-1], replace(sure.storeys[-1], doubt=Doubt(reason, ground))))
    before, after = outcomes(sure), outcomes(doubtful)
    counting = {rule.code for rule in RULES.values() if Need.STOREYS in rule.needs}
    assert {"FLR-01", "HGT-01", "FAR-01", "SET-04", "LFT-01"} <= counting
    for code in counting:
        assert [(f.outcome, f.reason) for f in after[code]] == [(Outcome.UNDECIDED, reason)], code
    wider = counting | {rule.code for rule in RULES.values() if Need.GROUND in rule.needs}
    for code in set(RULES) - (wider if ground else counting):
        assert after[code] == before[code], code
    assert (after["SET-01"][0].outcome is Outcome.UNDECIDED) is ground


@pytest.mark.parametrize(
    ("placed", "doubtful"),
    [((0.0, 3.0), []), ((0.0, 3.1), ["1"]), ((0.0, 0.0), []), ((None, None), []), ((3.0, 0.0), ["0", "1"])],
)
def test_a_storey_that_stands_elsewhere_than_it_says(placed: tuple[float | None, ...], doubtful: list[str]) -> None:
    storeys = [replace(storey(str(i), 3.0 * i, 200), placed=at) for i, at in enumerate(placed)]
    assert list(doubts(storeys, Levels(0.0, measured=True))) == doubtful
