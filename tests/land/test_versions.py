"""Versions of a zone's land: each import dated and counted, the file before kept, one audit act, nothing twice."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import shapely
from shapely.affinity import translate
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from api.cli import main
from gis.planning import load_zone
from gis.remarks import Code, LayerRefused
from gis.zone import Plot, Zone
from gis.zone_file import write_zone
from permits import audit, schema
from permits.calendar import today
from permits.db import Database
from permits.jobs import Context
from permits.land import tables
from permits.land.versions import versions_of
from permits.land.zones import find_plot, import_zone
from permits.people.actor import SYSTEM
from tests.gis.told import codes

LAYERS = Path(__file__).parents[2] / "sample_models" / "zone" / "zone.gpkg"
Edit = Callable[[tuple[Plot, ...]], tuple[Plot, ...]]


def edited(folder: Path, edit: Edit, name: str = "new.gpkg") -> Path:
    """The sample zone with other plots."""
    whole = load_zone(LAYERS)
    write_zone(replace(whole, plots=edit(whole.plots)), folder / name)
    return folder / name


def changed(plots: tuple[Plot, ...]) -> tuple[Plot, ...]:
    """103 gone, 999 new, 104 now 904, 105 moved by 3 m, 106 halved, 107 of another parcel, 108 under a new clause."""
    by = {plot.number: plot for plot in plots}
    left, low, right, high = by["106"].polygon.bounds
    half = shapely.orient_polygons(shapely.box(left, low, right, (low + high) / 2).intersection(by["106"].polygon))
    far = shapely.orient_polygons(translate(by["103"].polygon, 5000.0, 5000.0))
    by["104"] = replace(by["104"], number="904")
    by["105"] = replace(by["105"], polygon=translate(by["105"].polygon, 3.0, 0.0))
    by["106"] = replace(by["106"], polygon=half)
    by["107"] = replace(by["107"], parcel="another")
    by["108"] = replace(by["108"], sheets=tuple(replace(sheet, clause="another") for sheet in by["108"].sheets))
    by["103"] = replace(by["103"], number="999", polygon=shapely.box(*far.bounds))
    return tuple(by.values())


def bring(context: Context, layers: Path, valid_from: date | None = None) -> None:
    with context.database.transaction() as session:
        import_zone(session, actor=SYSTEM, storage=context.storage, layers=layers, valid_from=valid_from)


COUNTED = {"added": 1, "gone": 1, "renumbered": 1, "moved": 1, "reshaped": 1, "attributes": 1, "sheets": 1}


def test_an_import_is_a_dated_version_with_what_changed(context: Context, tmp_path: Path) -> None:
    bring(context, LAYERS, date(2026, 1, 1))
    bring(context, edited(tmp_path, changed))
    with context.database.reading() as session:
        first, second = versions_of(session, "FZ-1")
        assert (first.number, first.valid_from, first.changes) == (1, "2026-01-01", {})
        assert (second.number, second.valid_from, second.imported_by) == (2, today().isoformat(), "system")
        assert (second.plots, second.changes) == (first.plots, COUNTED)
        assert context.storage.read(first.layers_sha256) == LAYERS.read_bytes()
        assert find_plot(session, zone="FZ-1", number="904").parcel
        acts = [json.loads(row.data) for row in audit.timeline(session, "zone:FZ-1")]
        assert [(act["version"], act["changes"]) for act in acts] == [(1, {}), (2, COUNTED)]
        other = versions_of(session, "FZ-2")
        assert [version.changes.get("gone") for version in other] == [None, 0]


def test_the_same_file_again_changes_nothing(context: Context) -> None:
    for _ in range(2):
        bring(context, LAYERS)
    with context.database.reading() as session:
        assert [version.number for version in versions_of(session, "FZ-1")] == [1]


def test_a_number_given_twice_leaves_the_version_before(context: Context, tmp_path: Path) -> None:
    bring(context, LAYERS)
    twice = edited(tmp_path, lambda plots: (replace(plots[0], number=plots[1].number), *plots[1:]))
    frozen = next(plot for plot in load_zone(LAYERS).plots if plot.zone == "FZ-2")
    zones = edited(tmp_path, lambda plots: (replace(plots[0], number=frozen.number), *plots[1:]), "zones.gpkg")
    for layers, code in ((twice, Code.NUMBER_TWICE), (zones, Code.NUMBER_IN_ZONES)):
        with pytest.raises(LayerRefused) as refused:
            bring(context, layers)
        assert codes(refused) == [code]
    with context.database.reading() as session:
        assert len(versions_of(session, "FZ-1")) == 1
        assert session.query(tables.Plot).count() == len(load_zone(LAYERS).plots)


@pytest.mark.parametrize("statement", ["UPDATE zone_versions SET plots = 0", "DELETE FROM zone_versions"])
def test_a_version_is_never_changed(context: Context, statement: str) -> None:
    bring(context, LAYERS)
    with pytest.raises(DatabaseError, match="append-only"), context.database.transaction() as session:
        session.execute(text(statement))


@pytest.mark.slow
def test_what_was_imported_before_versions_is_the_first_one(database: Database, context: Context) -> None:
    bring(context, LAYERS)
    schema.downgrade(database, "0002")
    schema.upgrade(database)
    with database.reading() as session:
        (version,) = versions_of(session, "FZ-1")
        zone = session.get_one(tables.Zone, "FZ-1")
        assert (version.number, version.layers_sha256) == (1, zone.layers_sha256)
        assert version.imported_at == zone.imported_at
        assert version.plots == sum(plot.zone == "FZ-1" for plot in load_zone(LAYERS).plots)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_command_tells_every_change_and_draws_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    out, new = tmp_path / "changes.geojson", edited(tmp_path, changed)
    assert main(["land", "compare", str(LAYERS), str(new), "--geojson", str(out), "--lang", language]) == 1
    said = capsys.readouterr().out
    for number in ("103", "904", "105", "106", "107", "108", "999"):
        assert number in said
    features = json.loads(out.read_bytes())["features"]
    kinds = {feature["properties"]["kind"] for feature in features}
    assert kinds == set(COUNTED) - {"sheets"}
    assert all(35.0 < shapely.geometry.shape(f["geometry"]).centroid.x < 43.0 for f in features)


def test_equal_files_have_no_changes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["land", "compare", str(LAYERS), str(LAYERS), "--lang", "ar"]) == 0
    assert "لا تغيير" in capsys.readouterr().out


def test_files_of_two_grids_are_not_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_zone(Zone("EPSG:28992", (), (), (), (), (), ()), tmp_path / "a.gpkg")
    assert main(["land", "compare", str(LAYERS), str(tmp_path / "a.gpkg"), "--lang", "ar"]) == 2
    assert "EPSG:28992" in capsys.readouterr().err
