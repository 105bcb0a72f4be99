"""Plans of storeys: which storeys and rooms are drawn, how alike rooms are told, what a script in a name does."""

import re

import shapely

from bim.building import Building, Outline, Space, Storey, StoreyKind
from bim.findings import Finding, Outcome
from bim.report import Report, RoomInfo, StoreyPlanInfo
from bim.rooms import storey_plans as plans_of
from permits.review.html import render
from permits.review.storey_plans import storey_plans
from tests.review.test_page import CLAUSES, DAY, MODEL, STOREYS
from tests.review.test_samples import checked

RULE = "LWL-01"


def square(x: float, side: float = 4.0) -> shapely.Polygon:
    return shapely.box(x, 0.0, x + side, side)


def finding(*rooms: str, outcome: Outcome = Outcome.FAIL, rule: str = RULE, value: float = 1.8) -> Finding:
    return Finding(rule, outcome, rule, value, 2.0, "m", 0.01, elements=rooms)


def report(*findings: Finding, name: str = "منور") -> Report:
    rooms = tuple(RoomInfo(key, name, 16.0, [[list(square(5.0 * at).exterior.coords)]]) for at, key in enumerate("abc"))
    walls = [[list(shapely.box(-0.2, -0.2, 14.2, 4.2).exterior.coords)]]
    return Report(MODEL, DAY, storeys=STOREYS, findings=findings, plans=(StoreyPlanInfo("low", walls, rooms),))


def test_the_planted_light_well_is_drawn_on_its_storeys() -> None:
    found = checked("planted-violations.ifc")
    lit = {key for f in found.findings if f.rule == RULE and f.outcome is Outcome.FAIL for key in f.elements}
    drawn = {room.id for plan in found.plans for room in plan.rooms}
    assert lit
    assert lit <= drawn
    assert Report.from_json(found.to_json()).to_json() == found.to_json()
    told = storey_plans(found, "ar", CLAUSES)
    assert any(row.rule == RULE and row.rooms[0][1] == "منور" for plan in told for row in plan.rows)


def test_a_building_without_fault_has_no_plan() -> None:
    assert checked("complies.ifc").plans == ()


def test_only_storeys_with_a_room_that_is_asked_after_are_kept() -> None:
    storeys = [
        Storey(key, key, 3.0 * at, StoreyKind.TYPICAL, Outline(square(0, 9.0), "walls")) for at, key in enumerate("xy")
    ]
    spaces = [
        Space(f"{storey.id}{at}", "", f"R{at}", "room", storey.id, region=square(4.5 * at))
        for storey in storeys
        for at in (0, 1)
    ]
    building = Building(storeys=tuple(storeys), spaces=tuple(spaces))
    (plan,) = plans_of(building, [finding("y1"), finding("x0", outcome=Outcome.PASS)])
    assert (plan.storey, [room.name for room in plan.rooms], plan.rooms[1].area) == ("y", ["R0", "R1"], 16.0)


def test_rooms_found_alike_are_told_together_and_the_heaviest_first() -> None:
    (plan,) = storey_plans(
        report(finding("c", outcome=Outcome.UNDECIDED), finding("a"), finding("b"), finding("a", value=1.5)),
        "en",
        CLAUSES,
    )
    assert [(row.grade, [number for number, _, _ in row.rooms]) for row in plan.rows] == [
        ("error", [1, 2]), ("error", [1]), ("undecided", [3]),
    ]  # fmt: skip
    assert plan.rows[0].rooms[0] == (1, "منور", "16.00 m²")
    assert re.findall(r">(\d)</text>", plan.drawing) == ["1", "2", "3"]


def test_what_the_guide_asks_of_data_is_not_drawn() -> None:
    (plan,) = storey_plans(report(finding("a", rule="BIM-502")), "en", CLAUSES)
    assert plan.rows == ()
    assert ">1</text>" not in plan.drawing
    assert plan.drawing.count("منور") == 3


def test_a_name_is_text_and_nothing_else() -> None:
    shown = render(
        report(finding("a", outcome=Outcome.UNDECIDED), name="<script>alert(1)</script>"),
        language="ar",
        clauses=CLAUSES,
    )
    assert "<script>alert" not in shown
