"""Backups that are tried, the chain proved as a job, failed jobs asked again, packs told with how sure they are."""

import shutil
import sqlite3
import time
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from permits import audit, jobs
from permits.audit import AuditEvent
from permits.db import Database
from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.jobs import Context, Job
from permits.people.actor import SYSTEM, Actor, Role
from permits.people.tables import User
from permits.registry import register_jobs
from permits.upkeep.backup import check_backup, last_backup, make_backup
from permits.upkeep.machine import ask_again, machine, waiting
from permits.upkeep.packs import packs
from permits.upkeep.proof import ask_proof, last_proof, run_proof
from tests.conftest import AUDIT_KEY
from tests.factories import make_actor

ADMIN = Actor("a", "a", frozenset({Role.ADMIN}))


def installed(context: Context) -> str:
    with context.database.transaction() as session:
        make_actor(session, Role.REVIEWER)
        audit.record(session, AuditEvent.INSTALLED, actor=SYSTEM, subject="office")
    return context.storage.keep_bytes(b"a document")


def test_a_backup_is_restored_into_an_empty_folder(context: Context, tmp_path: Path) -> None:
    installed(context)
    made = make_backup(context, tmp_path / "backup")
    assert (made.documents, made.rows) == (1, 1)
    assert check_backup(context, tmp_path / "backup") == made
    with context.database.reading() as session:
        assert last_backup(session, actor=ADMIN)
    with pytest.raises(Conflict):
        make_backup(context, tmp_path / "backup")
    if context.database.embedded:
        shutil.copy(tmp_path / "backup" / made.file, tmp_path / "restored.db")
        restored = Database(f"sqlite:///{tmp_path / 'restored.db'}", AUDIT_KEY)
        with restored.reading() as session:
            assert session.scalars(select(User.login)).all() == ["reviewer"]
        restored.close()


def test_a_damaged_backup_is_no_backup(context: Context, tmp_path: Path) -> None:
    document = installed(context)
    folder = tmp_path / "backup"
    made = make_backup(context, folder)
    with (folder / made.file).open("ab") as file:
        file.write(b"x")
    with pytest.raises(Invalid, match="backup-broken"):
        check_backup(context, folder)
    again = make_backup(context, tmp_path / "second")
    assert again.documents == 1
    context.storage.path(document).unlink()
    with pytest.raises(Invalid, match="backup-broken"):
        check_backup(context, tmp_path / "second")
    with pytest.raises(Invalid, match="backup-broken"):
        check_backup(context, tmp_path)


def test_a_backup_is_made_while_others_write(context: Context, tmp_path: Path) -> None:
    installed(context)
    if not context.database.embedded:
        pytest.skip("pg_dump takes a snapshot by itself")
    with context.database.transaction() as session:
        make_actor(session, Role.CASHIER)
        session.flush()
        source = context.database.url.removeprefix("sqlite:///")
        with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(tmp_path / "copy.db")) as there:
            here.backup(there)
            assert there.execute("SELECT login FROM users").fetchall() == [("reviewer",)]


def test_the_chain_is_proved_and_the_result_kept(context: Context) -> None:
    register_jobs()
    jobs.prepare(context.database)
    installed(context)
    with context.database.transaction() as session:
        assert last_proof(session, actor=ADMIN) is None
        ask_proof(session, actor=ADMIN)
    assert [one["id"].split(":")[0] for one in jobs.unfinished(context.database)] == ["audit.prove"]
    run_proof(context)
    with context.database.reading() as session:
        found = last_proof(session, actor=ADMIN)
    assert found
    assert (found.rows, found.broken) == (2, "")


def fails(_: Context, *, word: str) -> None:
    raise ValueError(word)


def forgotten(_: Context, *, error: str, word: str) -> None:
    assert error
    assert word


@pytest.mark.slow
def test_a_failed_job_is_asked_again_once(context: Context) -> None:
    register_jobs()
    jobs.prepare(context.database)
    jobs.register("test.fails", Job("light", fails, forgotten))
    try:
        _fail(context)
        (failed,) = [one for one in waiting(context, actor=ADMIN) if one.failed]
        assert (failed.name, failed.key, failed.arguments) == ("test.fails", "k", {"word": "w"})
        with context.database.transaction() as session:
            ask_again(session, actor=ADMIN, context=context, job_id=failed.id)
        found = waiting(context, actor=ADMIN)
        assert [(one.id, one.failed) for one in found] == [("test.fails:k:again", False)]
        with context.database.transaction() as session, pytest.raises(NotFound):
            ask_again(session, actor=ADMIN, context=context, job_id=failed.id)
    finally:
        jobs.REGISTRY.pop("test.fails")


def _fail(context: Context) -> None:
    with context.database.transaction() as session:
        jobs.enqueue(session, "test.fails", "k", word="w")
    stopping = jobs.start(context)
    try:
        for _ in range(300):
            if any(one.failed for one in jobs.standing(context.database)):
                return
            time.sleep(0.1)
        pytest.fail("the job did not fail")
    finally:
        jobs.stop(stopping)


def test_every_pack_says_how_sure_it_is(context: Context) -> None:
    found = packs(actor=ADMIN, on=date(2026, 11, 22))
    assert {one.kind for one in found} == {"guide", "code", "tariff", "service", "terms"}
    by_name = {one.name: one for one in found}
    assert (by_name["law-37-2021"].status, by_name["law-37-2021"].since) == ("provisional", "2022-01-01")
    assert by_name["cases/terms"].status == "fictitious"
    assert by_name["figures/licence"].status == "provisional"
    assert machine(context, actor=ADMIN).free > 0


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_only_an_administrator_sees_it(context: Context, role: Role) -> None:
    other = Actor("x", "x", frozenset({role}))
    with context.database.transaction() as session:
        for look in (last_backup, last_proof, ask_proof):
            with pytest.raises(Forbidden):
                look(session, actor=other)
        with pytest.raises(Forbidden):
            ask_again(session, actor=other, context=context, job_id="x")
    with pytest.raises(Forbidden):
        machine(context, actor=other)
    with pytest.raises(Forbidden):
        waiting(context, actor=other)
    with pytest.raises(Forbidden):
        packs(actor=other, on=date(2026, 11, 22))
