"""The building as volumes, and where it leaves its envelope: plans by literals, and the samples."""

from dataclasses import replace

import pytest
from shapely import box
from shapely.affinity import translate

from bim.building import Building, Outline, Placement, Plate, Storey
from bim.building import StoreyKind as Kind
from bim.massing import Volume, VolumeKind, volumes
from gis.site import BasementRule, Site
from tests.gis.test_envelope import plot

SITE: Site = plot()
LEFT, LOW, RIGHT, HIGH = 0.0, 0.0, 20.0, 40.0


def _building(plan: object, *, floors: int = 2, storey: float = 3.0, base: float = SITE.reference_level) -> Building:
    storeys = [
        Storey(f"s{n}", f"{n}", base + n * storey, Kind.GROUND if n == 0 else Kind.TYPICAL, Outline(plan, "drawn"))
        for n in range(floors)
    ]
    top = base + floors * storey
    plates = [Plate(f"p{n}", "FLOOR", plan, base + n * storey - 0.2, base + n * storey) for n in range(1, floors)]
    plates.append(Plate("roof", "ROOF", plan, top - 0.2, top))
    return Building(
        storeys=tuple(storeys),
        plates=tuple(plates),
        ground=storeys[0].outline,
        placement=Placement("drawn", SITE.grid, 0, 0, 0),
    )


def _inside() -> object:
    """A house in the middle, clear of every setback."""
    x, y = (LEFT + RIGHT) / 2, (LOW + HIGH) / 2
    return box(x - 3, y - 3, x + 3, y + 3)


def _beyond(building: Building, site: Site = SITE) -> list[Volume]:
    return [volume for volume in volumes(building, site) if volume.kind.is_breakout]


def test_a_house_inside_is_only_its_storeys_and_what_is_allowed() -> None:
    found = volumes(_building(_inside()), SITE)
    storeys = [volume for volume in found if volume.kind is VolumeKind.STOREY]
    zero = SITE.reference_level
    assert [(v.bottom - zero, v.top - zero) for v in storeys] == [(0.0, 3.0), (3.0, 6.0)]
    assert any(volume.kind is VolumeKind.ALLOWED for volume in found)
    assert not any(volume.kind.is_breakout for volume in found)


def test_without_a_place_there_is_nothing_to_compare_with() -> None:
    loose = replace(_building(_inside()), placement=None)
    assert {volume.kind for volume in volumes(loose, SITE)} == {VolumeKind.STOREY}


@pytest.mark.parametrize(("over", "found"), [(0.01, 0), (0.30, 2)])
def test_a_house_beside_its_limit_breaks_out_once_it_is_beyond_the_tolerance(over: float, found: int) -> None:
    house = box(*_inside().bounds)  # type: ignore[attr-defined] # shapely is untyped
    allowed = next(v.region for v in volumes(_building(house), SITE) if v.kind is VolumeKind.ALLOWED)
    pushed = translate(house, xoff=allowed.bounds[0] - house.bounds[0] - over)
    beyond = _beyond(_building(pushed))
    assert len(beyond) == found
    for volume in beyond:
        assert volume.kind is VolumeKind.BEYOND_SETBACK
        assert volume.depth == pytest.approx(over, abs=1e-6)
        assert volume.region.area == pytest.approx(over * 6, rel=1e-6)


def test_what_stands_on_the_neighbour_is_told_apart_from_what_stands_in_the_setback() -> None:
    house = box(*_inside().bounds)  # type: ignore[attr-defined] # shapely is untyped
    pushed = translate(house, xoff=LEFT - house.bounds[0] - 1.0)
    kinds = {volume.kind: volume for volume in _beyond(_building(pushed, floors=1))}
    assert kinds[VolumeKind.BEYOND_PLOT].region.area == pytest.approx(6.0)
    assert kinds[VolumeKind.BEYOND_PLOT].depth == pytest.approx(1.0)
    assert VolumeKind.BEYOND_SETBACK in kinds


def test_too_high_is_the_part_above_the_limit() -> None:
    sheet = replace(SITE.sheet, max_height=5.0, max_floors=9)
    (volume,) = _beyond(_building(_inside()), replace(SITE, sheet=sheet))
    zero = SITE.reference_level
    assert volume.kind is VolumeKind.BEYOND_HEIGHT
    assert (volume.bottom - zero, volume.top - zero) == pytest.approx((5.0, 6.0))
    assert volume.depth == pytest.approx(1.0)


def test_a_floor_too_many_is_told_whole() -> None:
    sheet = replace(SITE.sheet, max_floors=1, max_height=20.0)
    (volume,) = _beyond(_building(_inside()), replace(SITE, sheet=sheet))
    assert (volume.kind, volume.storey) == (VolumeKind.BEYOND_FLOORS, "s1")


def test_no_basement_may_be_where_the_sheet_allows_none() -> None:
    sheet = replace(SITE.sheet, basement=BasementRule.NONE)
    house = _building(_inside())
    cellar = Storey("b", "b", SITE.reference_level - 3, Kind.BASEMENT, Outline(_inside(), "drawn"))
    with_cellar = replace(house, storeys=(cellar, *house.storeys))
    (volume,) = _beyond(with_cellar, replace(SITE, sheet=sheet))
    assert (volume.kind, volume.storey) == (VolumeKind.BEYOND_BASEMENT, "b")
    assert volume.region.area == pytest.approx(36.0)
