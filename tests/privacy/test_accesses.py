"""Looks are kept once a day, cannot be changed, and are proved by the audit chain."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from permits.calendar import today
from permits.errors import Forbidden
from permits.immutable import allow_changes
from permits.jobs import Context
from permits.people.actor import Actor, Role
from permits.privacy.accesses import look, looks_at, run_sealing, verify_seals
from permits.privacy.sight import About, Subject
from permits.register.sheets import current_sheet, sheet_of_plot
from tests.money.books import open_books

REVIEWER = Actor("rev", "rev", frozenset({Role.REVIEWER}))
CASHIER = Actor("cash", "cash", frozenset({Role.CASHIER}))
REGISTRAR = Actor("reg", "reg", frozenset({Role.REGISTRAR}))


def _look(session: Session, actor: Actor, subject_id: str = "s-1") -> None:
    look(session, actor=actor, subject=Subject.SHEET, subject_id=subject_id, about=(About.NAME, About.IDENTITY))


def _told(session: Session, subject_id: str = "s-1") -> list[tuple[str, str]]:
    rows = looks_at(session, actor=REGISTRAR, subject=Subject.SHEET, subject_id=subject_id)
    return sorted((row.name_ar, ",".join(row.seen)) for row in rows)


def test_what_is_seen_whole_is_kept_once_a_day(context: Context) -> None:
    for _ in range(3):
        with context.database.transaction() as session:
            _look(session, REVIEWER)
            _look(session, CASHIER)  # sees initials alone
            _look(session, REGISTRAR)
    with context.database.reading() as session:
        assert _told(session) == [("reg", "identity,name"), ("rev", "name")]


def test_a_sheet_shows_owners_by_role_and_keeps_the_look(context: Context) -> None:
    town = open_books(context)
    names = {}
    with context.database.transaction() as session:
        for actor in (REGISTRAR, CASHIER):
            facts = current_sheet(session, actor=actor, zone=town.zone, plot=town.plot, language="ar")
            names[actor.id] = [owner.name for owner in facts.owners]
    assert all("•••" in name for name in names["cash"])
    assert not any("•••" in name for name in names["reg"])
    with context.database.reading() as session:
        sheet = sheet_of_plot(session, zone=town.zone, plot=town.plot)
        assert [actor for actor, _ in _told(session, sheet.id)] == ["reg"]


def test_only_who_answers_for_the_data_reads_the_looks(context: Context) -> None:
    with context.database.reading() as session, pytest.raises(Forbidden):
        looks_at(session, actor=REVIEWER, subject=Subject.SHEET, subject_id="s-1")


@pytest.mark.parametrize("statement", ["UPDATE accesses SET actor = 'x'", "DELETE FROM accesses"])
def test_a_look_cannot_be_unmade(context: Context, statement: str) -> None:
    with context.database.transaction() as session:
        _look(session, REVIEWER)
    with pytest.raises(DatabaseError, match="append-only"), context.database.transaction() as session:
        session.execute(text(statement))


def test_a_sealed_day_that_was_changed_is_found(context: Context) -> None:
    with context.database.transaction() as session:
        _look(session, REVIEWER)
        _look(session, REGISTRAR)
    run_sealing(context, day=(today() + timedelta(days=1)).isoformat())
    with context.database.reading() as session:
        assert verify_seals(session).days == 0  # a look of just before midnight may still wait to be written
    for _ in range(2):
        run_sealing(context, day=(today() + timedelta(days=2)).isoformat())
    with context.database.reading() as session:
        assert (verify_seals(session).days, verify_seals(session).broken) == (1, ())
    with context.database.transaction() as session:
        allow_changes(session.connection(), "accesses")
        session.execute(text("DELETE FROM accesses WHERE actor = 'rev'"))
    with context.database.reading() as session:
        assert verify_seals(session).broken == (today().isoformat(),)


def test_the_sight_that_was_kept_is_the_one_that_is_shown(context: Context) -> None:
    with context.database.transaction() as session:
        assert look(session, actor=REVIEWER, subject=Subject.SHEET, subject_id="s").whole == {About.NAME}
