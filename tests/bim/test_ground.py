"""Plot areas are of a plane grid, floor areas of the ground: ratios of both are taken on the ground."""

from dataclasses import replace

import pytest
from shapely import affinity, box

from bim.building import Building, Outline
from bim.findings import Reason
from bim.ground import on_ground, scale_unknown
from bim.measure import coverage, floor_area_ratio, gross_floor_area
from bim.measures import measures
from bim.rules.catalogue import judge
from gis.site import Site
from tests.bim.houses import house, site
from tests.bim.test_rules import CODE

# Middles of towns in the grids, and the areal scale error there in parts per million.
PLACES = [
    ("Damascus", "EPSG:22770", 202339.2, 174140.8, -357),
    ("Damascus", "EPSG:22780", -264816.4, -72784.7, -2),
    ("Damascus", "EPSG:32637", 249201.8, 3711091.8, 751),
    ("Homs", "EPSG:22770", 241899.9, 309466.7, -747),
    ("Homs", "EPSG:22780", -222879.6, 61856.9, -272),
    ("Homs", "EPSG:32637", 290951.8, 3845841.7, 277),
    ("Daraa", "EPSG:22770", 183117.4, 75523.7, 492),
    ("Daraa", "EPSG:22780", -285724.4, -171066.8, 436),
    ("Daraa", "EPSG:32637", 228468.4, 3612737.6, 1019),
]


def plot_at(x: float, y: float, grid: str) -> Site:
    """A plot of 20 by 50 m of the grid there."""
    return replace(site(), grid=grid, polygon=box(x, y, x + 20, y + 50))


def scaled(factor: float) -> Building:
    """The house on a placement that stretches the model's lengths."""

    def outline(of: Outline | None) -> Outline | None:
        return of and replace(of, region=affinity.scale(of.region, factor, factor, origin=(0, 0)))

    made = house()
    assert made.placement is not None
    return replace(
        made,
        placement=replace(made.placement, scale=factor),
        storeys=tuple(replace(storey, outline=outline(storey.outline)) for storey in made.storeys),
        spaces=(),
        ground=outline(made.ground),
        envelope=outline(made.envelope),
    )


@pytest.mark.parametrize(("town", "grid", "x", "y", "ppm"), PLACES)
def test_a_plot_has_its_area_on_the_ground(town: str, grid: str, x: float, y: float, ppm: int) -> None:
    found = on_ground(plot_at(x, y, grid))
    assert found is not None
    assert found.polygon.area == pytest.approx(1000.0)
    assert found.ground_area == pytest.approx(1000.0 / (1 + ppm * 1e-6), abs=0.002)
    assert list(scale_unknown(found)) == []


@pytest.mark.parametrize(("town", "grid", "x", "y", "ppm"), PLACES)
def test_ratios_are_of_the_ground(town: str, grid: str, x: float, y: float, ppm: int) -> None:
    """An envelope of 200 m² and two floors of it on a plot of 1000 m² of the grid."""
    plot = on_ground(plot_at(x, y, grid))
    assert plot is not None
    bare = replace(house(), spaces=())
    assert coverage(bare, plot) == pytest.approx(0.2 * (1 + ppm * 1e-6), abs=1e-6)
    assert floor_area_ratio(bare, plot) == pytest.approx(0.4 * (1 + ppm * 1e-6), abs=1e-6)


@pytest.mark.parametrize("factor", [0.9996, 1.0, 1.0005])
def test_the_scale_of_a_placement_does_not_stretch_floors(factor: float) -> None:
    made = scaled(factor)
    assert made.ground is not None
    assert made.ground.region.area == pytest.approx(200.0 * factor**2)
    assert gross_floor_area(made) == pytest.approx(400.0)
    assert coverage(made, site()) == pytest.approx(0.25)
    taken = {(m.name, m.storey): m.value for m in measures(made, site(), CODE)}
    assert taken["footprint_area", None] == pytest.approx(200.0)
    assert taken["envelope_area", None] == pytest.approx(200.0)


def test_the_report_tells_scale_and_both_areas() -> None:
    plot = on_ground(plot_at(202339.2, 174140.8, "EPSG:22770"))
    taken = {m.name: m.value for m in measures(house(), plot, CODE)}
    assert taken["plot_area"] == pytest.approx(1000.0)
    assert taken["plot_ground_area"] == pytest.approx(1000.357, abs=0.002)
    assert taken["grid_scale"] == pytest.approx(-178.5, abs=1.0)


@pytest.mark.parametrize("grid", ["LOCAL:marota", "", "EPSG:22700"])
def test_an_unknown_grid_has_the_scale_of_one_and_says_so(grid: str) -> None:
    plot = on_ground(plot_at(0, 0, grid))
    assert plot is not None
    assert plot.scale is None
    assert plot.ground_area == pytest.approx(1000.0)
    assert list(scale_unknown(plot)) == [Reason("grid_scale_unknown", {"grid": grid})]
    assert {m.name for m in measures(house(), plot, CODE)}.isdisjoint({"grid_scale", "plot_ground_area"})


def test_without_a_plot_nothing_is_said() -> None:
    assert on_ground(None) is None
    assert list(scale_unknown(None)) == []


@pytest.mark.parametrize(
    ("scale", "share", "outcome"),
    [(1.0, 1.0055, "pass"), (1.0006, 1.0055, "undecided"), (1.0, 1.0045, "undecided"), (0.9994, 1.0045, "pass")],
)
def test_a_ratio_near_its_limit_hinges_on_the_scale(scale: float, share: float, outcome: str) -> None:
    """A coverage of 0.25, known to half a percent, on a plot whose grid stretches or shrinks it."""
    plot = site(residual=0.0)
    plot = replace(plot, scale=scale, sheet=replace(plot.sheet, coverage=0.25 * share))
    bare = replace(house(), spaces=())
    assert bare.placement is not None
    bare = replace(bare, placement=replace(bare.placement, residual=0.0))
    (found,) = [f for f in judge(bare, plot, CODE) if f.rule == "COV-01"]
    assert found.value == pytest.approx(0.25 * scale**2)
    assert found.outcome.value == outcome
