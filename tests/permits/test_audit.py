"""The audit chain detects every kind of tampering, on both databases."""

import threading

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent, Break
from permits.db import Database
from permits.immutable import allow_changes
from permits.people.actor import SYSTEM


@pytest.fixture
def chain(database: Database) -> Database:
    with database.transaction() as session:
        for number in range(5):
            subject = f"s{number % 2}"
            audit.record(session, AuditEvent.INSTALLED, actor=SYSTEM, subject=subject, number=number, ar="رخصة")
    return database


def verdict(database: Database, checkpoints: list[tuple[int, str]] | None = None) -> audit.Verdict:
    with database.reading() as session:
        return audit.verify(session, checkpoints=checkpoints)


def tamper(database: Database, *statements: str) -> None:
    with database.transaction() as session:
        allow_changes(session.connection(), "audit")
        for statement in statements:
            session.execute(text(statement))


def test_whole_chain_is_sound(chain: Database) -> None:
    assert verdict(chain).broken is None
    assert verdict(chain).rows == 5


@pytest.mark.parametrize("statement", ["UPDATE audit SET data = '{}' WHERE seq = 3", "DELETE FROM audit"])
def test_database_refuses_changes(chain: Database, statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), chain.transaction() as session:
        session.execute(text(statement))


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE audit SET data = '{}' WHERE seq = 3", Break("changed", 3)),
        ("UPDATE audit SET at = '2020-01-01' WHERE seq = 1", Break("changed", 1)),
        ("DELETE FROM audit WHERE seq = 2", Break("missing", 2)),
        ("DELETE FROM audit WHERE seq = 5", Break("truncated", 5)),
        ("DELETE FROM audit", Break("truncated", 1)),
        ("UPDATE audit_head SET seq = 4", Break("unsealed", 4)),
        ("DELETE FROM audit_head", Break("unsealed", 5)),
    ],
)
def test_tampering_is_named(chain: Database, statement: str, broken: Break) -> None:
    tamper(chain, statement)
    assert verdict(chain).broken == broken


def test_database_set_back_is_seen_against_checkpoints(chain: Database) -> None:
    head = verdict(chain).head
    assert verdict(chain, [(5, head)]).broken is None
    assert verdict(chain, [(5, "f" * 64)]).broken == Break("set_back", 5)
    assert verdict(chain, [(9, head)]).broken == Break("set_back", 9)


def test_timeline_is_of_one_subject(chain: Database) -> None:
    with chain.reading() as session:
        assert [row.seq for row in audit.timeline(session, "s1")] == [2, 4]


def test_a_rolled_back_act_leaves_no_trace(chain: Database) -> None:
    with pytest.raises(ZeroDivisionError), chain.transaction() as session:
        audit.record(session, AuditEvent.INSTALLED, actor=SYSTEM, subject="x", share=1 // len(()))
    with pytest.raises(ValueError, match="stop"), chain.transaction() as session:
        _record_and_stop(session)
    assert verdict(chain).rows == 5


def _record_and_stop(session: Session) -> None:
    audit.record(session, AuditEvent.INSTALLED, actor=SYSTEM, subject="x")
    raise ValueError("stop")


def test_writers_at_once_make_one_chain(database: Database) -> None:
    def write(number: int) -> None:
        for _ in range(10):
            with database.transaction() as session:
                audit.record(session, AuditEvent.INSTALLED, actor=SYSTEM, subject=str(number))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert verdict(database) == audit.Verdict(40, verdict(database).head, None)
