"""What may be built on a plot: by literals, and never more than any of its limits."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, MultiPolygon, Polygon

from gis.envelope import buildable, envelope
from gis.planning import load_zone, site_for
from gis.site import BasementRule, Edge, EdgeRole, PlanningSheet, SetbackBand, SheetStatus, Site, ZoneState

ZONE = Path(__file__).parents[2] / "sample_models" / "zone" / "zone.gpkg"
SETBACKS = {EdgeRole.FRONT: 5.0, EdgeRole.SIDE: 4.0, EdgeRole.REAR: 6.0}


def plot(width: float = 20.0, depth: float = 40.0, **changes: Any) -> Site:
    """20 by 40 m with its front in the south, level zero at 100 m: four floors, 14 m, 40 %, 1.2."""
    polygon = Polygon([(0, 0), (width, 0), (width, depth), (0, depth)])
    corners = list(polygon.exterior.coords)
    roles = [EdgeRole.FRONT, EdgeRole.SIDE, EdgeRole.REAR, EdgeRole.SIDE]
    sheet = PlanningSheet(
        use="residential", setbacks=SETBACKS, coverage=0.4, floor_area_ratio=1.2, max_floors=4, max_height=14.0,
        projection_depth=1.5, parking_per_dwelling=1.0, basement=BasementRule.WITHIN_BUILDING_LINE, basement_rise=1.2,
        legal_act="act", clause="A/1", status=SheetStatus.FICTITIOUS, valid_from=date(2026, 1, 1),
    )  # fmt: skip
    return Site(
        plot="1", zone="Z", zone_name={"ar": "ز", "en": "Z"}, zone_state=ZoneState.IN_FORCE, fictitious=True,
        grid="EPSG:22770", polygon=polygon, official_area=width * depth,
        edges=tuple(Edge(LineString(corners[i : i + 2]), role) for i, role in enumerate(roles)),
        sheet=replace(sheet, **changes), reference_level=100.0, residual=0.02,
    )  # fmt: skip


def test_a_plot_without_bands_is_one_prism() -> None:
    found = envelope(plot())
    (prism,) = found.stack
    assert prism.region.bounds == (4.0, 5.0, 16.0, 34.0)
    assert (prism.bottom, prism.top, prism.floors) == (100.0, 114.0, (1, 2, 3, 4))
    assert (found.footprint, found.floor_area, found.floors, found.height) == (320.0, 960.0, 4, 14.0)


def test_setbacks_may_leave_less_than_the_ratios() -> None:
    found = envelope(plot(coverage=0.6, floor_area_ratio=3.0))
    assert found.footprint == 12 * 29
    assert found.floor_area == 4 * 12 * 29


def test_upper_floors_stand_back() -> None:
    band = SetbackBand(3, {EdgeRole.SIDE: 6.0})
    lower, upper = envelope(plot(band=band)).stack
    assert (lower.floors, lower.top) == ((1, 2), 107.0)
    assert upper.region.bounds == (6.0, 5.0, 14.0, 34.0)
    assert (upper.floors, upper.bottom, upper.top) == ((3, 4), 107.0, 114.0)
    assert envelope(plot(band=band, coverage=1.0, floor_area_ratio=9.0)).floor_area == 2 * 29 * (12 + 8)


def test_a_band_beyond_the_last_floor_changes_nothing() -> None:
    assert envelope(plot(band=SetbackBand(5, {EdgeRole.SIDE: 9.0}))) == envelope(plot())


def test_a_plot_that_is_too_narrow_leaves_nothing_above_ground() -> None:
    found = envelope(plot(width=8.0))
    assert (found.stack, found.projections, found.footprint, found.floor_area, found.height) == ((), None, 0, 0, 0)


def test_projections_go_round_the_building_line_above_their_clearance() -> None:
    found = envelope(plot(projection_clearance=3.0)).projections
    assert found is not None
    assert found.region.bounds == (2.5, 3.5, 17.5, 35.5)
    assert (found.bottom, found.top) == (103.0, 114.0)
    assert float(found.region.area) == pytest.approx(15 * 32 - 12 * 29)
    assert envelope(plot(projection_depth=0.0)).projections is None


@pytest.mark.parametrize(
    ("rule", "area"),
    [(BasementRule.NONE, None), (BasementRule.WITHIN_BUILDING_LINE, 348.0), (BasementRule.WHOLE_PLOT, 800.0)],
)
def test_a_basement_is_where_the_sheet_lets_it_be(rule: BasementRule, area: float | None) -> None:
    found = envelope(plot(basement=rule)).basement
    assert (None if found is None else float(found.region.area)) == area
    if found is not None:
        assert (found.top, found.bottom) == (101.2, pytest.approx(97.7))


@given(
    st.floats(6.0, 60.0), st.floats(6.0, 60.0), st.dictionaries(st.sampled_from(EdgeRole), st.floats(0.0, 15.0)),
    st.floats(0.05, 1.0), st.floats(0.1, 6.0),
)  # fmt: skip
def test_no_limit_is_ever_passed(
    width: float, depth: float, setbacks: Mapping[EdgeRole, float], coverage: float, ratio: float
) -> None:
    site = plot(width, depth, setbacks=setbacks, coverage=coverage, floor_area_ratio=ratio)
    found, area = envelope(site), float(site.polygon.area)
    assert found.footprint <= coverage * area + 1e-9
    assert found.floor_area <= ratio * area + 1e-9
    for prism in found.stack:
        assert isinstance(prism.region, Polygon | MultiPolygon)
        assert site.polygon.buffer(1e-6).covers(prism.region)
        for edge in site.edges:
            assert prism.region.distance(edge.line) >= setbacks.get(edge.role, 0.0) - 1e-3


def test_every_plot_of_the_sample_zone_has_an_envelope_that_its_own_ratio_bounds() -> None:
    for known in load_zone(ZONE).plots:
        if not known.sheets:
            continue
        site = site_for(ZONE, known.number, on=date(2026, 11, 1))
        found = envelope(site)
        assert 0 < found.footprint <= site.sheet.coverage * site.polygon.area + 1e-9
        assert 0 < found.floor_area <= site.sheet.floor_area_ratio * site.polygon.area + 1e-9
        assert buildable(site, site.sheet.setbacks).equals(found.stack[0].region)
