"""Sites and the whole zone, against figures written by hand from the drawing of the zone."""

import shutil
import sqlite3
import subprocess
import sys
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from shapely import Point

from gis import errors
from gis.planning import load_zone, site_for
from gis.site import BasementRule, EdgeRole, SheetStatus, Site, ZoneState

ZONE = Path(__file__).parents[2] / "sample_models" / "zone" / "zone.gpkg"
TODAY = date(2026, 11, 1)


def lengths(site: Site, role: EdgeRole) -> list[float]:
    return [round(edge.line.length, 2) for edge in site.edges_of(role)]


def changed(tmp_path: Path, statement: str) -> Path:
    target = tmp_path / "zone.gpkg"
    shutil.copy(ZONE, target)
    connection = sqlite3.connect(target)
    connection.execute(statement)
    connection.commit()
    connection.close()
    return target


def test_plot_between_neighbours_has_front_sides_and_rear() -> None:
    site = site_for(ZONE, "103", on=TODAY)
    assert lengths(site, EdgeRole.FRONT) == [26.0]
    assert lengths(site, EdgeRole.SIDE) == [30.0, 30.0]
    assert lengths(site, EdgeRole.REAR) == [26.0]
    (front,) = site.edges_of(EdgeRole.FRONT)
    assert (front.street, front.street_width) == ("S1", 20.0)
    assert [n.number for n in site.neighbours] == ["102", "104", "109"]
    assert site.polygon.area == pytest.approx(780.0, abs=0.05)
    assert (site.official_area, site.reference_level, site.residual) == (780.0, 690.72, 0.02)
    assert (site.zone, site.zone_state, site.fictitious) == ("FZ-1", ZoneState.IN_FORCE, True)
    assert site.grid == "EPSG:22770"
    assert "وهمي" in site.zone_name["ar"]
    assert site.sheet.setbacks == {EdgeRole.FRONT: 5.0, EdgeRole.SIDE: 4.0, EdgeRole.REAR: 6.0}
    assert (site.sheet.basement, site.sheet.status) == (BasementRule.WITHIN_BUILDING_LINE, SheetStatus.FICTITIOUS)


def test_corner_plot_has_two_fronts_and_no_rear() -> None:
    site = site_for(ZONE, "206", on=TODAY)
    assert [(e.street, e.street_width) for e in site.edges_of(EdgeRole.FRONT)] == [("S1", 20.0), ("S6-1", 16.0)]
    assert lengths(site, EdgeRole.SIDE) == [24.0, 30.0]
    assert site.edges_of(EdgeRole.REAR) == ()


def test_chamfered_corner_is_a_front_too() -> None:
    site = site_for(ZONE, "201", on=TODAY)
    assert sorted(lengths(site, EdgeRole.FRONT)) == [5.66, 20.0, 26.0]
    assert site.edges_of(EdgeRole.REAR) == ()


def test_surveyed_points_on_straight_edges_are_merged() -> None:
    site = site_for(ZONE, "203", on=TODAY)
    assert len(site.polygon.exterior.coords) - 1 == 6
    assert [(e.role, round(e.line.length, 2)) for e in site.edges] == [
        (EdgeRole.FRONT, 26.0),
        (EdgeRole.SIDE, 30.0),
        (EdgeRole.REAR, 26.0),
        (EdgeRole.SIDE, 30.0),
    ]


def test_l_shaped_plot_has_two_rear_edges() -> None:
    site = site_for(ZONE, "505", on=TODAY)
    assert lengths(site, EdgeRole.FRONT) == [28.0]
    assert sorted(lengths(site, EdgeRole.REAR)) == [8.0, 20.0]
    assert sorted(lengths(site, EdgeRole.SIDE)) == [10.0, 20.0, 30.0]
    assert [n.number for n in site.neighbours] == ["504", "506", "511"]


def test_edges_run_around_the_plot() -> None:
    for plot in load_zone(ZONE).plots:
        edges = site_for(ZONE, plot.number, on=TODAY).edges
        for before, after in zip(edges, edges[1:] + edges[:1], strict=True):
            assert before.line.coords[-1] == after.line.coords[0]
        assert sum(e.line.length for e in edges) == pytest.approx(plot.polygon.length, abs=0.01)


def test_sheet_is_the_one_in_force_on_the_date() -> None:
    assert site_for(ZONE, "103", on=date(2023, 12, 31)).sheet.max_floors == 3
    assert site_for(ZONE, "103", on=date(2024, 1, 1)).sheet.max_floors == 4


def test_frozen_zone_says_so() -> None:
    assert site_for(ZONE, "603", on=TODAY).zone_state is ZoneState.FROZEN


def test_errors_carry_code_and_values(tmp_path: Path) -> None:
    with pytest.raises(errors.UnknownPlot) as unknown:
        site_for(ZONE, "999", on=TODAY)
    assert (unknown.value.code, unknown.value.values) == ("unknown_plot", {"plot": "999"})
    with pytest.raises(errors.NoSheetInForce) as none:
        site_for(ZONE, "201", on=date(2023, 12, 31))
    assert none.value.values == {"plot": "201", "on": "2023-12-31"}
    with pytest.raises(errors.NotAZoneFile):
        site_for(tmp_path / "absent.gpkg", "103", on=TODAY)
    (tmp_path / "text.gpkg").write_text("no database" * 100)
    with pytest.raises(errors.NotAZoneFile):
        site_for(tmp_path / "text.gpkg", "103", on=TODAY)


def test_two_sheets_on_one_date_are_an_error(tmp_path: Path) -> None:
    both = changed(tmp_path, "update planning_sheets set valid_to = null where plot = '103'")
    with pytest.raises(errors.SeveralSheetsInForce) as several:
        site_for(both, "103", on=TODAY)
    assert several.value.values == {"plot": "103", "on": "2026-11-01", "count": 2}


def test_a_value_outside_the_subject_is_an_error(tmp_path: Path) -> None:
    odd = changed(tmp_path, "update planning_sheets set basement = 'deep' where plot = '201'")
    with pytest.raises(errors.BrokenRow) as broken:
        site_for(odd, "201", on=TODAY)
    assert broken.value.values == {"layer": "planning_sheets", "column": "basement", "value": "deep"}


def test_an_empty_text_and_a_missing_column_are_errors(tmp_path: Path) -> None:
    with pytest.raises(errors.BrokenRow) as broken:
        load_zone(changed(tmp_path, "update planning_sheets set clause = '' where plot = '201'"))
    assert broken.value.values == {"layer": "planning_sheets", "column": "clause", "value": ""}
    with pytest.raises(errors.NotAZoneFile) as missing:
        load_zone(changed(tmp_path, "alter table planning_sheets rename column legal_act to act"))
    assert missing.value.values == {"layer": "planning_sheets", "column": "legal_act"}


def test_a_zone_in_another_grid_is_refused(tmp_path: Path) -> None:
    moved = changed(tmp_path, "update gpkg_geometry_columns set srs_id = 4326 where table_name = 'plots'")
    with pytest.raises(errors.WrongGrid):
        site_for(moved, "103", on=TODAY)


def test_a_plot_without_a_street_has_no_front(tmp_path: Path) -> None:
    with pytest.raises(errors.NoFront):
        site_for(changed(tmp_path, "delete from streets where code = 'S1'"), "103", on=TODAY)


def test_whole_zone() -> None:
    zone = load_zone(ZONE)
    assert (len(zone.zones), len(zone.plots), len(zone.parcels), len(zone.streets)) == (2, 72, 71, 11)
    plots = {plot.number: plot for plot in zone.plots}
    assert [sheet.max_floors for sheet in plots["103"].sheets] == [3, 4]
    joined = next(parcel for parcel in zone.parcels if parcel.number == plots["402"].parcel)
    assert joined.number == plots["401"].parcel
    assert joined.polygon.area == pytest.approx(1530.0, abs=0.1)
    for parcel in zone.parcels:
        assert sum((share.fraction for share in parcel.shares), Fraction(0)) == 1
    assert all(strip.polygon.area > 0 and strip.kind == "public" for strip in zone.pavement)


def test_value_depends_on_place_and_date() -> None:
    zone = load_zone(ZONE)
    plots = {plot.number: plot.polygon.centroid for plot in zone.plots}
    new = zone.value_at(plots["103"], on=TODAY)
    old = zone.value_at(plots["103"], on=date(2025, 12, 31))
    upper = zone.value_at(plots["410"], on=TODAY)
    assert new is not None
    assert (new.value_per_m2, new.epoch) == (Decimal("15000.00"), "new")
    assert old is not None
    assert (old.value_per_m2, old.epoch) == (Decimal("1500000.00"), "old")
    assert upper is not None
    assert upper.value_per_m2 == Decimal("12000.00")
    assert zone.value_at(plots["103"], on=date(2020, 1, 1)) is None
    assert zone.value_at(Point(0, 0), on=TODAY) is None


def test_planning_starts_without_the_heavy_libraries() -> None:
    code = (
        "import sys, gis.planning; print([m for m in ('pandas', 'geopandas', 'pyogrio', 'pyproj') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
