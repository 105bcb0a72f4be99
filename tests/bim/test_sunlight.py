"""The building's shadow on its neighbours and the sun of its windows: plans by literals, and a sample."""

from dataclasses import replace

import pytest
from shapely import box

from bim.building import Window
from bim.massing import volumes
from bim.sunlight import Sunlight, sunlight
from gis.site import Neighbour
from tests.bim.test_massing import SITE, _building

# In Damascus, in the country's grid, front to the south; a square house with a neighbour behind it.
EAST, NORTH = 190_000.0, 175_000.0
HOUSE = box(EAST + 6, NORTH + 10, EAST + 14, NORTH + 30)
NEIGHBOURS = (
    Neighbour("north", box(EAST, NORTH + 40, EAST + 20, NORTH + 80)),
    Neighbour("south", box(EAST, NORTH - 40, EAST + 20, NORTH)),
)


def _lit(*windows: Window, floors: int = 4) -> Sunlight:
    site = replace(SITE, polygon=box(EAST, NORTH, EAST + 20, NORTH + 40), edges=(), neighbours=NEIGHBOURS)
    building = replace(_building(HOUSE, floors=floors), windows=windows)
    solid = list(volumes(building, None))
    return sunlight(building, site, solid, 2026)


def _window(name: str, x: float, y: float, storey: str = "s0") -> Window:
    return Window(name, name, storey, 1.2, 1.2, (EAST + x, NORTH + y))


def test_at_noon_the_neighbour_in_the_north_is_shaded_in_winter_and_not_in_summer() -> None:
    noon = {shadow.day: {s.plot: s.area for s in shadow.shaded} for shadow in _lit().shadows if shadow.at == "12:30"}
    # 12 m high, the sun about 33 degrees: the shadow ends 18.4 m behind the house, 8.4 m over the boundary
    assert noon["winter_solstice"]["north"] == pytest.approx(8 * 8.4, rel=0.05)
    assert "south" not in noon["winter_solstice"]
    assert noon["summer_solstice"] == {}


def test_a_higher_house_shades_more() -> None:
    low, high = (sum(s.area for shadow in _lit(floors=n).shadows for s in shadow.shaded) for n in (2, 5))
    assert high > 2 * low > 0


def test_windows_get_the_sun_of_their_side() -> None:
    windows = {
        w.window: w.hours
        for w in _lit(_window("south", 10, 10.2), _window("north", 10, 29.8), _window("inside", 10, 20)).windows
    }
    assert set(windows) == {"south", "north"}
    assert windows["south"]["winter_solstice"] > 8
    assert windows["north"]["winter_solstice"] == 0
    assert windows["north"]["summer_solstice"] > 3


def test_without_a_place_nothing_is_said_of_the_sun() -> None:
    loose = replace(_building(HOUSE), placement=None)
    assert sunlight(loose, SITE, volumes(loose, None), 2026) == Sunlight()


def test_a_local_grid_has_no_known_sky() -> None:
    local = replace(SITE, grid="LOCAL:homs")
    building = _building(HOUSE)
    assert sunlight(building, local, volumes(building, None), 2026) == Sunlight()
