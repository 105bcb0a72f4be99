"""A zone file handed in at the desk: judged, decided on, in force once; or refused with every fault."""

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest

from dashboards.fragments import fragment
from gis.planning import load_zone
from gis.zone import Zone
from gis.zone_file import write_zone
from permits.audit import AuditEvent, AuditRow
from permits.errors import Conflict, Forbidden, Invalid, NotFound, TooLarge
from permits.i18n import LANGUAGES
from permits.jobs import Context
from permits.land import imports
from permits.land.enforcing import decide, judge_again, run_enforcing
from permits.land.imports import import_failed, map_bytes, one, recent, run_import, submit
from permits.land.tables import Plot, ZoneImport
from permits.land.telling import coded_line, reason_line
from permits.land.versions import versions_of
from permits.land.zones import import_zone
from permits.people.actor import SYSTEM, Actor, Role
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


def decided(
    context: Context, admin: Actor, import_id: str, *, enforce: bool = True, reason: str = "قرار المجلس"
) -> None:
    with context.database.transaction() as session:
        decide(session, actor=admin, import_id=import_id, enforce=enforce, reason=reason)


def waiting(context: Context, admin: Actor, zone: Zone, folder: Path, valid_from: str = "2026-01-01") -> str:
    """A file that was judged."""
    write_zone(zone, folder / "a.gpkg")
    import_id = handed(context, admin, (folder / "a.gpkg").read_bytes(), valid_from)
    run_import(context, import_id=import_id)
    return import_id


def test_a_file_waits_for_a_decision_and_comes_into_force_once(context: Context, admin: Actor, tmp_path: Path) -> None:
    import_id = waiting(context, admin, spoilt(), tmp_path)
    run_import(context, import_id=import_id)  # a job that is done again does nothing more
    row = told(context, admin, import_id)
    assert (row.state, row.name, row.result["counts"]["overlap"]) == ("waiting", "zone.gpkg", 1)
    with context.database.reading() as session:
        assert versions_of(session, "FZ-1") == []
        drawn = json.loads(gzip.decompress(map_bytes(session, actor=admin, storage=context.storage, import_id=row.id)))
    assert {"104", "105"} >= {f["properties"].get("number") for f in drawn["features"]} & {"104", "105"}
    decided(context, admin, import_id)
    assert told(context, admin, import_id).state == "writing"
    for _ in range(2):
        run_enforcing(context, import_id=import_id)
    row = told(context, admin, import_id)
    assert (row.state, row.result["zones"], row.decided_by) == ("done", ["FZ-1", "FZ-2"], admin.id)
    with context.database.reading() as session:
        (version,) = versions_of(session, "FZ-1")
        events = [entry for entry in session.query(AuditRow) if entry.event == AuditEvent.ZONE_IMPORT_DECIDED]
    assert (version.imported_by, version.valid_from) == (admin.id, "2026-01-01")
    assert [json.loads(entry.data)["reason"] for entry in events] == ["قرار المجلس"]


def test_a_discarded_file_leaves_nothing_and_stays_so(context: Context, admin: Actor, tmp_path: Path) -> None:
    import_id = waiting(context, admin, spoilt(), tmp_path)
    with pytest.raises(Invalid):
        decided(context, admin, import_id, enforce=False, reason=" ")
    decided(context, admin, import_id, enforce=False)
    with pytest.raises(Conflict):
        decided(context, admin, import_id)
    run_import(context, import_id=import_id)
    run_enforcing(context, import_id=import_id)
    assert told(context, admin, import_id).state == "discarded"
    with context.database.reading() as session:
        assert session.query(Plot).count() == 0
    with pytest.raises(NotFound):
        decided(context, admin, "none")


def test_what_was_compared_with_another_version_is_compared_anew(
    context: Context, admin: Actor, tmp_path: Path
) -> None:
    import_id = waiting(context, admin, spoilt(), tmp_path)
    with context.database.transaction() as session:
        import_zone(session, actor=SYSTEM, storage=context.storage, layers=LAYERS)
    with pytest.raises(Conflict):
        decided(context, admin, import_id)
    with context.database.transaction() as session:
        judge_again(session, actor=admin, import_id=import_id)
    run_import(context, import_id=import_id)
    assert told(context, admin, import_id).result["changes"]
    decided(context, admin, import_id)
    run_enforcing(context, import_id=import_id)
    assert told(context, admin, import_id).state == "done"


def test_a_version_that_comes_between_decision_and_writing_refuses_it(
    context: Context, admin: Actor, tmp_path: Path
) -> None:
    import_id = waiting(context, admin, spoilt(), tmp_path)
    decided(context, admin, import_id)
    with context.database.transaction() as session:
        import_zone(session, actor=SYSTEM, storage=context.storage, layers=LAYERS)
    run_enforcing(context, import_id=import_id)
    row = told(context, admin, import_id)
    assert (row.state, row.result["code"]) == ("refused", "land-import-outdated")


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
    for ask in (recent, lambda session, *, actor: one(session, actor=actor, import_id="x")):
        with context.database.reading() as session, pytest.raises(Forbidden):
            ask(session, actor=clerk)
    with pytest.raises(Forbidden):
        decided(context, clerk, "x")


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
