"""Two flats, a stair between them and a shop below, by literals: areas by hand, and every fault told by its check."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import MultiPolygon, box

from bim.building import Building, Door, Geometry3D, Outline, Space, Storey, StoreyKind
from bim.findings import Outcome
from bim.packs import CodePack, read_code
from bim.strata.division import divide
from bim.strata.judge import CHECKS, PACKS, judge, shared
from bim.strata.walls import divided
from bim.strata.zones import Zone

PACK = read_code(PACKS / "demo-2026.yaml")
OUTER = box(0, 0, 12, 8)


def space(key: str, x0: float, x1: float, use: str = "living", y0: float = 0.3, y1: float = 7.7) -> Space:
    return Space(key, key, "", use, "S", None, box(x0, y0, x1, y1), 0.0, 2.8)


def building(**changes: Any) -> Building:
    """A storey of 12 by 8 m: flat, stair, shop; walls of 30 cm outside and 20 cm inside."""
    spaces = (space("a", 0.3, 4.9), space("b", 5.1, 6.9, "stair"), space("c", 7.1, 11.7))
    doors = (
        Door("da", "", "", "S", 1.0, (5.0, 4.0), beside=("a", "b")),
        Door("dc", "", "", "S", 1.0, (11.9, 4.0), beside=("c",)),
    )
    storey = Storey("S", "0", 0.0, StoreyKind.GROUND, Outline(OUTER, "section"))
    return Building(**{"storeys": (storey,), "spaces": spaces, "doors": doors, **changes})


ZONES = (Zone("A", "A", "1", "dwelling", ("a",)), Zone("C", "C", "2", "shop", ("c",)))


def walls(of: Building) -> dict[str, Any]:
    return {"S": OUTER.difference(MultiPolygon([s.region for s in of.spaces]).buffer(0))}


def failing(of: Building, zones: tuple[Zone, ...] = ZONES, pack: CodePack = PACK) -> dict[str, list[str]]:
    """Code: the reasons or elements of its failures."""
    division = shared(divide(of, zones, walls(of), pack), pack.entries["SEC-05"].params)
    found: dict[str, list[str]] = {}
    for finding in judge(of, division, pack):
        if finding.outcome is Outcome.FAIL:
            found.setdefault(finding.rule, []).append(finding.reason.code if finding.reason else "")
    return found


def test_areas_are_those_by_hand() -> None:
    division = divide(building(), ZONES, walls(building()), PACK)
    flat, shop = division.sections
    assert flat.area("net") == pytest.approx(4.6 * 7.4)
    assert flat.area("gross") == pytest.approx(5.0 * 8.0, abs=0.02)
    assert flat.area("mid_wall") == pytest.approx(4.85 * 7.7, abs=0.05)
    assert shop.area("gross") == pytest.approx(5.0 * 8.0, abs=0.02)
    (row,) = division.storeys
    assert (row.gross, row.common) == (96.0, pytest.approx(2.0 * 8.0, abs=0.02))
    assert failing(building()) == {}


def test_a_pack_may_measure_to_the_outer_face() -> None:
    entry = PACK.entries["SEC-04"]
    outer = replace(entry, params={**entry.params, "facade": "outer"})
    pack = replace(PACK, entries={**PACK.entries, "SEC-04": outer})
    flat, _ = divide(building(), ZONES, walls(building()), pack).sections
    assert flat.area("mid_wall") == flat.area("gross")


def test_shares_are_by_area_times_the_weight_of_the_kind() -> None:
    division = shared(divide(building(), ZONES, walls(building()), PACK), PACK.entries["SEC-05"].params)
    assert [section.shares for section in division.sections] == [960, 1440]


def test_a_space_of_nobody_and_one_of_two_are_told() -> None:
    more = building(spaces=(*building().spaces, space("d", 5.1, 6.9, "office", 7.72, 7.9)))
    assert failing(more)["SEC-01"] == ["space_in_none"]
    both = (ZONES[0], replace(ZONES[1], spaces=("a", "c")))
    assert failing(building(), both)["SEC-01"] == ["space_in_several"]
    common = (*ZONES, Zone("Z", "", "", "common", ("a",)))
    assert failing(building(), common)["SEC-01"] == ["space_in_several"]


def test_spaces_that_overlap_are_told_unless_one_is_above_the_other() -> None:
    low = replace(space("c", 4.0, 11.7), bottom=0.0, top=2.8)
    spaces = building().spaces[:2]
    assert "SEC-02" in failing(building(spaces=(*spaces, low)))
    assert "SEC-02" not in failing(building(spaces=(*spaces, replace(low, bottom=2.8, top=5.0))))


def test_a_section_without_a_door_is_told_and_a_flat_needs_one_from_the_common_parts() -> None:
    assert failing(building(doors=()))["SEC-03"] == ["section_not_reached", "section_not_reached"]
    flat = (ZONES[0], replace(ZONES[1], kind="dwelling"))
    assert failing(building(), flat)["SEC-03"] == ["section_not_reached"]  # its door leads outside


def test_what_is_neither_wall_nor_space_leaves_areas_open() -> None:
    half = building(spaces=(building().spaces[0], building().spaces[1], space("c", 7.1, 9.0)))
    division = divide(half, ZONES, {"S": walls(building())["S"]}, PACK)
    assert division.storeys[0].void == pytest.approx(2.7 * 7.4, abs=0.2)
    assert [f.rule for f in judge(half, division, PACK) if f.outcome is Outcome.FAIL] == ["SEC-04"]


def test_a_storey_without_sections_is_common() -> None:
    (row,) = divide(building(), (), walls(building()), PACK).storeys
    assert (row.common, row.void) == (pytest.approx(96.0 - row.unassigned), 0.0)


def test_an_open_outline_leaves_shares_undecided() -> None:
    storey = replace(building().storeys[0], outline=Outline(OUTER, "section", closed=False))
    opened = building(storeys=(storey,))
    division = shared(divide(opened, ZONES, walls(opened), PACK), PACK.entries["SEC-05"].params)
    outcomes = {f.rule: f.outcome for f in judge(opened, division, PACK)}
    assert (outcomes["SEC-04"], outcomes["SEC-05"]) == (Outcome.UNDECIDED, Outcome.UNDECIDED)
    assert [section.shares for section in division.sections] == [None, None]


def test_lost_spaces_leave_everything_undecided() -> None:
    lost = building(geometry=Geometry3D(None, 2, 1, {"spaces": ("a",)}))
    found = list(judge(lost, divide(lost, ZONES, walls(lost), PACK), PACK))
    assert [f.rule for f in found] == list(CHECKS)
    assert {f.outcome for f in found} == {Outcome.UNDECIDED}


@pytest.mark.slow
@given(st.lists(st.floats(1.0, 5.0), min_size=1, max_size=4), st.floats(0.1, 0.5), st.floats(0, 2e5))
def test_rooms_in_a_row_divide_their_walls_in_the_middle_and_close(
    widths: list[float], thick: float, far: float
) -> None:
    rooms, x = {}, far
    for number, width in enumerate(widths):
        rooms[str(number)] = box(x + thick, far + thick, x + thick + width, far + thick + 4.0)
        x += thick + width
    within = box(far, far, x + thick, far + 4.0 + 2 * thick)
    found = divided(rooms, within.difference(MultiPolygon([*rooms.values()])), within, facade_middle=False)
    assert sum(region.area for region in found.regions.values()) == pytest.approx(within.area, rel=1e-3)
    assert found.void.area < 1e-6
    for number, width in enumerate(widths):
        ends = (number == 0) + (number == len(widths) - 1)
        expected = (width + thick * (1 + ends / 2)) * (4.0 + 2 * thick)
        assert found.regions[str(number)].area == pytest.approx(expected, rel=5e-3)
