"""A zone file handed in at the desk: imported once with its quality told, or refused with every fault."""

from dataclasses import replace
from pathlib import Path

import pytest

from dashboards.fragments import fragment
from gis.planning import load_zone
from gis.zone_file import write_zone
from permits.errors import Forbidden, Invalid, NotFound, TooLarge
from permits.i18n import LANGUAGES
from permits.jobs import Context
from permits.land import imports
from permits.land.imports import import_failed, recent, run_import, submit
from permits.land.tables import Plot, ZoneImport
from permits.land.telling import coded_line, reason_line
from permits.land.versions import versions_of
from permits.people.actor import Actor, Role
from permits.registry import register_jobs
from tests.factories import make_actor
from tests.land.test_quality import spoilt
from tests.land.test_versions import LAYERS


@pytest.fixture
def admin(context: Context) -> Actor:
    register_jobs()
    with context.database.transaction() as session:
        return make_actor(session, Role.ADMIN)


def handed(context: Context, admin: Actor, content: bytes, valid_from: str = "2026-01-01") -> str:
    with context.database.transaction() as session:
        return submit(
            session, actor=admin, storage=context.storage, name="../zone.gpkg", content=content, valid_from=valid_from
        ).id


def told(context: Context, admin: Actor, import_id: str) -> ZoneImport:
    """The import, its page drawn in both languages."""
    with context.database.reading() as session:
        rows = recent(session, actor=admin)
    for language in LANGUAGES:
        page = fragment("land", language, rows=rows, line=coded_line, reason=reason_line)
        assert page.count("<tr>") == sum(len(row.result.get("lines", [])) for row in rows)
    return next(row for row in rows if row.id == import_id)


def test_a_file_is_imported_once_and_its_quality_is_told(context: Context, admin: Actor, tmp_path: Path) -> None:
    write_zone(spoilt(), tmp_path / "a.gpkg")
    import_id = handed(context, admin, (tmp_path / "a.gpkg").read_bytes())
    assert told(context, admin, import_id).state == "queued"
    for _ in range(2):  # a job that is done again does nothing more
        run_import(context, import_id=import_id)
    row = told(context, admin, import_id)
    assert (row.state, row.name, row.result["zones"]) == ("done", "zone.gpkg", ["FZ-1", "FZ-2"])
    assert row.result["counts"]["overlap"] == 1
    assert len(row.result["lines"]) == sum(row.result["counts"].values())
    with context.database.reading() as session:
        (version,) = versions_of(session, "FZ-1")
    assert (version.imported_by, version.valid_from) == (admin.id, "2026-01-01")


def test_a_refused_file_leaves_nothing_and_tells_every_fault(context: Context, admin: Actor, tmp_path: Path) -> None:
    whole = load_zone(LAYERS)
    twice = tuple(replace(plot, number="7") for plot in whole.plots[:3])
    write_zone(replace(whole, plots=twice), tmp_path / "a.gpkg")
    import_id = handed(context, admin, (tmp_path / "a.gpkg").read_bytes())
    run_import(context, import_id=import_id)
    row = told(context, admin, import_id)
    assert (row.state, row.result["code"]) == ("refused", "layer_refused")
    assert [line["code"] for line in row.result["lines"]] == ["number_twice"] * 2
    with context.database.reading() as session:
        assert session.query(Plot).count() == 0


def test_what_is_no_zone_file_is_refused(context: Context, admin: Actor) -> None:
    import_id = handed(context, admin, b"x")
    run_import(context, import_id=import_id)
    row = told(context, admin, import_id)
    assert (row.state, row.result["code"]) == ("refused", "not_a_zone_file")


def test_a_fault_of_the_system_is_told_as_one(context: Context, admin: Actor) -> None:
    import_id = handed(context, admin, b"x")
    import_failed(context, error="MemoryError()", import_id=import_id)
    row = told(context, admin, import_id)
    assert row.state == "failed"
    run_import(context, import_id=import_id)
    assert told(context, admin, import_id).state == "failed"


def test_only_an_administrator_hands_in(context: Context, admin: Actor) -> None:
    clerk = Actor("c", "c", frozenset({Role.REVIEWER}))
    with context.database.transaction() as session, pytest.raises(Forbidden):
        submit(session, actor=clerk, storage=context.storage, name="a", content=b"x")
    with context.database.reading() as session, pytest.raises(Forbidden):
        recent(session, actor=clerk)


def test_what_is_too_large_or_has_no_day_is_refused_before_it_is_kept(
    context: Context, admin: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Invalid):
        handed(context, admin, b"x", "31.1.2026")
    monkeypatch.setattr(imports, "MOST_BYTES", 3)
    with pytest.raises(TooLarge):
        handed(context, admin, b"long")
    with context.database.reading() as session:
        assert recent(session, actor=admin) == []
    with pytest.raises(NotFound):
        context.storage.read("0" * 64)
