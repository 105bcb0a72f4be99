"""Importing a zone: wholly, once, searchable, and the same hits from both databases and from shapely."""

from pathlib import Path

import pytest
from shapely import Point

from gis.errors import LandError
from gis.planning import load_zone
from permits import audit
from permits.errors import Forbidden, NotFound
from permits.jobs import Context
from permits.land import zones
from permits.land.tables import Plot, Zone
from permits.people.actor import SYSTEM, Actor, Role
from permits.register.tables import Sheet

LAYERS = Path(__file__).parents[2] / "sample_models" / "zone" / "zone.gpkg"


def _import(context: Context, layers: Path = LAYERS, actor: Actor = SYSTEM) -> None:
    with context.database.transaction() as session:
        zones.import_zone(session, actor=actor, storage=context.storage, layers=layers)


def test_import_twice_is_import_once(context: Context) -> None:
    for _ in range(2):
        _import(context)
    content = load_zone(LAYERS)
    with context.database.reading() as session:
        assert session.query(Zone).count() == len(content.zones)
        assert session.query(Plot).count() == len(content.plots)
        assert session.query(Sheet).count() == len(content.parcels)
        assert len(audit.timeline(session, "zone:FZ-1")) == 1
        kept = context.storage.read(zones.get_zone(session, "FZ-1").layers_sha256)
    assert kept == LAYERS.read_bytes()


def test_every_plot_is_found_by_number_and_by_a_point_inside(context: Context) -> None:
    _import(context)
    with context.database.reading() as session:
        for plot in load_zone(LAYERS).plots:
            inside = plot.polygon.representative_point()
            assert zones.plot_covering(session, zone=plot.zone, point=inside).number == plot.number
            found = zones.find_plot(session, zone=plot.zone, number=plot.number)
            assert found.polygon.equals(plot.polygon)
        with pytest.raises(NotFound):
            zones.plot_covering(session, zone="FZ-1", point=Point(0, 0))
        with pytest.raises(NotFound):
            zones.find_plot(session, zone="FZ-2", number="103")


def test_a_click_on_the_map_finds_the_plot(context: Context) -> None:
    _import(context)
    with context.database.reading() as session:
        drawn = zones.map_of(session, "FZ-1")
        plot = next(f for f in drawn["features"] if f["properties"].get("number") == "103")
        ring = plot["geometry"]["coordinates"][0]
        x, y = sum(p[0] for p in ring[:-1]) / (len(ring) - 1), sum(p[1] for p in ring[:-1]) / (len(ring) - 1)
        assert zones.plot_at(session, zone="FZ-1", longitude=x, latitude=y).number == "103"
        assert {f["properties"]["kind"] for f in drawn["features"]} == {"plot", "street"}


def test_a_broken_file_leaves_nothing(context: Context, tmp_path: Path) -> None:
    broken = tmp_path / "zone.gpkg"
    broken.write_bytes(LAYERS.read_bytes()[:50_000])
    with pytest.raises(LandError):
        _import(context, broken)
    with context.database.reading() as session:
        assert session.query(Zone).count() == session.query(Plot).count() == session.query(Sheet).count() == 0


def test_an_engineer_imports_nothing(context: Context) -> None:
    with pytest.raises(Forbidden):
        _import(context, actor=Actor("e", "e", frozenset({Role.ENGINEER})))
