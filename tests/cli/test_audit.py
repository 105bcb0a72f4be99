"""`rukhsa audit` names the row where the chain is broken, and ends with 1."""

import pytest
from sqlalchemy import Connection, text

from permits import audit
from permits.audit import AuditEvent
from permits.immutable import allow_changes
from permits.jobs import Context
from permits.money.guards import unguard_ledger
from permits.people.actor import SYSTEM
from tests.cli.conftest import Command


@pytest.fixture(autouse=True)
def _chain(context: Context) -> None:
    with context.database.transaction() as session:
        for number in range(1, 6):
            audit.record(session, AuditEvent.INSTALLED, actor=SYSTEM, subject=f"act {number}")


def _tamper(context: Context, statement: str) -> None:
    """As somebody who may do anything to the database: past the triggers."""
    with context.database.engine.execution_options(writing=True).begin() as connection:
        _unlock(connection)
        assert connection.execute(text(statement)).rowcount


def _unlock(connection: Connection) -> None:
    allow_changes(connection, "audit")


def test_a_sound_chain_is_said_to_be_sound(rukhsa: Command, capsys: pytest.CaptureFixture[str]) -> None:
    assert rukhsa("audit", "verify") == 0
    assert capsys.readouterr().out.startswith("OK rows=5 head=")


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE audit SET actor = 'another' WHERE seq = 3", "BROKEN changed seq=3 sound_rows=2"),
        ("DELETE FROM audit WHERE seq = 2", "BROKEN missing seq=2 sound_rows=1"),
        ("DELETE FROM audit WHERE seq = 5", "BROKEN truncated seq=5 sound_rows=4"),
        ("UPDATE audit_head SET seq = 4, hash = (SELECT hash FROM audit WHERE seq = 4)", "BROKEN unsealed seq=4"),
    ],
)
def test_a_broken_chain_is_named(
    context: Context, rukhsa: Command, capsys: pytest.CaptureFixture[str], statement: str, said: str
) -> None:
    _tamper(context, statement)
    assert rukhsa("audit", "verify") == 1
    assert capsys.readouterr().out.startswith(said)


def test_a_database_set_back_differs_from_the_checkpoint_outside(
    context: Context, rukhsa: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rukhsa("audit", "checkpoint") == 0
    file = context.settings.data_dir / "audit-checkpoints.jsonl"
    file.write_text(file.read_text().replace('"seq": 5', '"seq": 9'))
    capsys.readouterr()
    assert rukhsa("audit", "verify") == 1
    assert "BROKEN set_back seq=9" in capsys.readouterr().out


def test_books_that_do_not_balance_are_named(
    context: Context, rukhsa: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    with context.database.engine.execution_options(writing=True).begin() as connection:
        unguard_ledger(connection)
        connection.execute(text("INSERT INTO ledger_transactions VALUES ('t', 'payment:7', '2026-11-22 08:00:00')"))
        connection.execute(text("INSERT INTO ledger_entries VALUES ('e', 't', 'bank', 5)"))
    assert rukhsa("audit", "verify") == 1
    assert capsys.readouterr().out == "BROKEN books transactions=payment:7\n"
