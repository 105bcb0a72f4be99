"""Rows of the former register gain their two times on the way up, and come back as they were on the way down."""

import json
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import select, text

from permits import schema
from permits.db import Database
from permits.register.parties import find_parties
from permits.register.sheets import owners
from permits.register.tables import Annotation, Sheet
from permits.register.verify import verify
from permits.register.versions import state_of
from tests.register.offices import REGISTRAR, people, register

BEFORE = "0005"
OPENED = datetime(2026, 3, 1, 22, 30, tzinfo=UTC)
"""Already the second of March in Damascus."""
ENDED = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)
NAMES = json.dumps({"ar": "المزة", "en": "Mazzeh"})


def _fill(database: Database) -> None:
    rows: list[tuple[str, dict[str, Any]]] = [
        ("INSERT INTO sheets VALUES ('s1', '4711', 'المزة', :names, 'temporary', 'ملك', '612.40', 'fictitious')",
         {"names": NAMES}),
        ("INSERT INTO parties VALUES ('p1', 'عبد الله', 'Abdullah'), ('p2', 'كريم', 'Karim'), ('p3', 'سمير', 'S')", {}),
        ("INSERT INTO journal_entries VALUES ('e1', 1, 's1', 'opened', 'system', :at, '{}')", {"at": OPENED}),
        ("INSERT INTO journal_entries VALUES ('e2', 2, 's1', 'annotated', 'system', :at, :data)",
         {"at": OPENED, "data": json.dumps({"expires": "2029-03-01"})}),
        ("INSERT INTO journal_entries VALUES ('e3', 3, 's1', 'transferred', 'r', :at, '{}')", {"at": ENDED}),
        ("INSERT INTO sheet_shares VALUES ('h1', 's1', 'p1', '1', '7', 'e1', NULL)", {}),
        ("INSERT INTO sheet_shares VALUES ('h2', 's1', 'p2', '6', '7', 'e1', 'e3')", {}),
        ("INSERT INTO sheet_shares VALUES ('h3', 's1', 'p3', '6', '7', 'e3', NULL)", {}),
        ("INSERT INTO annotations VALUES ('a1', 's1', 'permit', 'P-1', 'e2', NULL)", {}),
        ("INSERT INTO extracts VALUES ('x1', 'X-1', 's1', '2026-03-02', 'f', :at)", {"at": OPENED}),
        ("INSERT INTO counters VALUES ('journal', 3)", {}),
    ]  # fmt: skip
    with database.transaction() as session:
        for statement, values in rows:
            texts = {k: _moment(database, v) if isinstance(v, datetime) else v for k, v in values.items()}
            session.execute(text(statement), texts)


def _moment(database: Database, moment: datetime) -> object:
    return moment.strftime("%Y-%m-%d %H:%M:%S.%f") if database.embedded else moment


def _rows(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    tables = ("sheets", "parties", "journal_entries", "sheet_shares", "annotations", "extracts")
    orders = {"sheet_shares": "party_id, from_entry"}
    with database.reading() as session:
        return {
            name: [
                tuple(value for key, value in row.items() if not (name == "sheet_shares" and key == "id"))
                for row in session.execute(
                    text(f"SELECT * FROM {name} ORDER BY {orders.get(name, 'id')}")  # noqa: S608 - names above
                ).mappings()
            ]
            for name in tables
        }


@pytest.mark.slow
def test_up_and_down_keep_the_register(database: Database) -> None:
    schema.downgrade(database, BEFORE)
    _fill(database)
    before = _rows(database)
    schema.upgrade(database)
    with database.transaction() as session:
        sheet = session.scalars(select(Sheet)).one()
        first = {o.name_ar: (o.share, o.entry) for o in owners(session, sheet=sheet, on=date(2026, 3, 2))}
        assert first == {"عبد الله": (Fraction(1, 7), 1), "كريم": (Fraction(6, 7), 1)}
        assert {o.name_ar: o.entry for o in owners(session, sheet=sheet)} == {"عبد الله": 1, "سمير": 3}
        state = state_of(session, sheet)
        assert (str(state.area), state.tenure, state.signals[0].expires) == ("612.40", "ملك", "2029-03-01")
        assert session.scalars(select(Annotation.valid_from)).all() == ["2026-03-02"]
        assert [party.name_en for party in find_parties(session, actor=REGISTRAR, words="عبدالله")] == ["Abdullah"]
        assert verify(session).faults == ()
    schema.downgrade(database, BEFORE)
    assert _rows(database) == before


@pytest.mark.slow
def test_the_way_down_leaves_out_what_has_no_place(database: Database) -> None:
    with database.transaction() as session:
        party = people(session, "ليلى")["ليلى"]
        register(session, "1", {party: Fraction(1)})
        register(session, "1", {party: Fraction(1)}, section="5")
    schema.downgrade(database, BEFORE)
    left = _rows(database)
    assert [len(left[name]) for name in ("sheets", "journal_entries", "sheet_shares")] == [1, 1, 1]
    schema.upgrade(database)
    with database.reading() as session:
        assert session.scalars(select(Sheet.parcel)).all() == ["1"]
