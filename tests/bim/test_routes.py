"""Ways on foot: through doors, around corners, and none where a wall has no door."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Polygon, affinity, box

from bim import routes
from bim.building import Building, Door, Region, Space, Storey
from bim.building import StoreyKind as Kind
from tests.bim.test_fields import SAMPLES, built

GROUND = Storey("S", "0", 0.0, Kind.GROUND)
USES = ("living", "corridor")


def space(key: str, region: Region, use: str = "living") -> Space:
    return Space(key, key, "", use, "S", None, region)


def door(at: tuple[float, float], *beside: str) -> Door:
    return Door(f"door {at}", "D", "", "S", 0.9, at, beside=beside)


def ways(spaces: list[Space], doors: list[Door], exits: list[tuple[float, float]]) -> dict[str, float | None]:
    building = Building(storeys=(GROUND,), spaces=tuple(spaces), doors=tuple(doors))
    return routes.farthest(building, GROUND, USES, exits)


def test_a_room_is_crossed_straight() -> None:
    assert ways([space("a", box(0, 0, 3, 4))], [door((3, 0), "a")], [(3, 0)]) == {"a": pytest.approx(5.0)}


def test_a_corner_is_gone_around() -> None:
    bent = Polygon([(0, 0), (4, 0), (4, 1), (1, 1), (1, 5), (0, 5)])
    found = ways([space("a", bent)], [door((4, 0.5), "a")], [(4, 0.5)])
    assert found["a"] == pytest.approx((3**2 + 0.5**2) ** 0.5 + (1 + 4**2) ** 0.5)  # past (1, 1) to (0, 5)


def test_a_door_joins_two_rooms_through_its_wall() -> None:
    rooms = [space("a", box(0, 0, 4, 3)), space("b", box(4.2, 0, 8, 3))]
    doors = [door((4.1, 0.0), "a", "b"), door((8.0, 0.0), "b")]
    found = ways(rooms, doors, [(8.0, 0.0)])
    assert found["a"] == pytest.approx(5.0 + 0.2 + 3.8)
    assert ways(rooms, doors[1:], [(8.0, 0.0)])["a"] is None


def test_rooms_that_touch_along_a_passage_are_one_and_at_a_corner_are_not() -> None:
    hall = space("hall", box(4, 0, 6, 3), "corridor")
    exit_ = [door((6.0, 1.5), "hall")]
    assert ways([space("a", box(0, 0, 4, 3)), hall], exit_, [(6.0, 1.5)])["a"] == pytest.approx(6.1847, abs=0.1)
    assert ways([space("a", box(0, 2.7, 4, 5)), hall], exit_, [(6.0, 1.5)])["a"] is None


@given(angle=st.floats(0, 360), away=st.floats(1.0, 20.0))
def test_ways_do_not_depend_on_where_north_is(angle: float, away: float) -> None:
    def turned(region: Region) -> Region:
        return affinity.rotate(region, angle, origin=(0, 0))

    x, y = turned(box(0, 0, away, 2).centroid).x, turned(box(0, 0, away, 2).centroid).y
    found = ways([space("a", turned(box(0, 0, away, 2)))], [door((x, y), "a")], [(x, y)])
    assert found["a"] == pytest.approx(((away / 2) ** 2 + 1) ** 0.5)


def test_every_room_of_the_sample_has_its_way_out() -> None:
    building = built(SAMPLES / "models" / "complies.ifc", placed=True)
    uses = ("living", "bedroom", "kitchen", "bathroom", "corridor")
    for storey in building.floors():
        gates = [d.centre for d in building.doors if d.use == "building_entrance" and d.centre]
        exits = gates if storey.kind is Kind.GROUND else routes.stairs_of(building, storey)
        found = routes.farthest(building, storey, uses, exits)
        assert len(found) == 15
        assert all(way is not None and 1.0 < way < 25.0 for way in found.values())
