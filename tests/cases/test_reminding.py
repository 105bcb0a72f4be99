"""Reminders of a stage's term: each step once, in the thread, new to the engineer and to the reviewer, on record."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from permits import audit
from permits.calendar import begin_of, today
from permits.cases import messages
from permits.cases.clock import reminders_reached
from permits.cases.queue import clock_reading
from permits.cases.reminding import remind, run_reminding, said
from permits.cases.tables import Case, CaseMessage, CaseTurn
from permits.cases.terms import case_terms
from permits.cases.workflow import State, clock_of
from permits.db import Database, utcnow
from permits.i18n import LANGUAGES
from permits.jobs import DAILY, Context
from permits.people.actor import Actor, Role
from permits.registry import register_jobs
from permits.workdays import office_days
from tests.factories import make_actor, make_case, make_zone

Cast = tuple[Actor, Actor, str]


@pytest.fixture
def cast(context: Context) -> Cast:
    """Engineer, reviewer, and a case that has just come to review."""
    with context.database.transaction() as session:
        make_zone(session)
        engineer, reviewer = make_actor(session, Role.ENGINEER), make_actor(session, Role.REVIEWER)
        return engineer, reviewer, make_case(session, engineer, State.IN_REVIEW).id


def day_with(left: int, term: int) -> date:
    """The day on which so many working days of a term that began today are left."""
    return office_days().after(today(), term - left)


def told(context: Context, case_id: str) -> list[tuple[int, int]]:
    """Step and days left of every reminder, oldest first."""
    with context.database.reading() as session:
        rows = session.query(CaseMessage).filter_by(case_id=case_id).order_by(CaseMessage.id).all()
        return [(kept["step"], kept["left"]) for kept in (json.loads(row.text) for row in rows)]


def plain(row: CaseMessage, language: str) -> str:
    """The words without the marks that keep numbers in their place."""
    return said(row, language).replace("\u2068", "").replace("\u2069", "")


def test_each_step_is_told_once_and_is_new_to_both_sides(context: Context, cast: Cast) -> None:
    engineer, reviewer, case_id = cast
    term = int(case_terms().stages[State.IN_REVIEW].value)
    for left, expected in ((6, []), (5, [(-5, 5)]), (5, [(-5, 5)]), (4, [(-5, 5)]), (1, [(-5, 5), (-1, 1)])):
        run_reminding(context, day=day_with(left, term).isoformat())
        assert told(context, case_id) == expected
    with context.database.transaction() as session:
        assert messages.unread(session, actor=engineer) == {case_id: 2}
        assert messages.unread(session, actor=reviewer) == {case_id: 2}
        acts = [row for row in audit.timeline(session, case_id) if row.event == "case-reminded"]
        assert [json.loads(row.data)["step"] for row in acts] == [-5, -1]
        deadline = day_with(0, term).isoformat()
        row = messages.thread(session, actor=engineer, case_id=case_id)[0].message
        assert row.due_on == deadline
        assert "بقيت 5 أيام عمل من مهلة مرحلة «قيد التدقيق في المكتب»" in plain(row, "ar")
        assert "5 working days are left" in plain(row, "en")
        assert all(deadline in plain(row, language) for language in LANGUAGES)
        assert "الخطوة التالية" in plain(row, "ar")


def test_of_steps_that_nobody_saw_the_last_alone_is_told(context: Context, cast: Cast) -> None:
    case_id = cast[2]
    term = int(case_terms().stages[State.IN_REVIEW].value)
    run_reminding(context, day=day_with(-4, term).isoformat())
    assert told(context, case_id) == [(3, -4)]
    with context.database.reading() as session:
        (row,) = session.query(CaseMessage).filter_by(case_id=case_id)
        assert "وتأخرت 4 أيام عمل" in plain(row, "ar")


def test_a_stage_is_not_recalled_on_its_first_day_and_every_stage_has_its_words(context: Context, cast: Cast) -> None:
    engineer = cast[0]
    stages = case_terms().stages
    with context.database.transaction() as session:
        cases = {stage: make_case(session, engineer, stage).id for stage in stages}
    run_reminding(context, day=today().isoformat())
    assert all(told(context, case_id) == [] for case_id in cases.values())
    late = today() + timedelta(days=60)
    run_reminding(context, day=late.isoformat())
    with context.database.reading() as session:
        for stage, case_id in cases.items():
            (row,) = session.query(CaseMessage).filter_by(case_id=case_id)
            reading = clock_reading(session, case_id=case_id, now=begin_of(late) + timedelta(hours=12))
            assert json.loads(row.text)["stage"] == stage
            assert reading.left is not None
            assert json.loads(row.text)["step"] == reminders_reached(reading.left, case_terms())[-1]
            assert all("reminder-" not in plain(row, language) for language in LANGUAGES)


def test_who_waits_for_the_engineer_is_not_reminded(context: Context, cast: Cast) -> None:
    case_id = cast[2]
    with context.database.transaction() as session:
        session.get_one(Case, case_id).state = str(State.RETURNED)
        clock = str(clock_of(State.RETURNED))
        session.add(CaseTurn(case_id=case_id, state=str(State.RETURNED), clock=clock, at=utcnow()))
    run_reminding(context, day=(today() + timedelta(days=90)).isoformat())
    assert told(context, case_id) == []


def test_two_at_once_write_one_reminder(context: Context, database: Database, cast: Cast) -> None:
    case_id = cast[2]
    late = begin_of(today() + timedelta(days=90))

    def once(_: int) -> bool:
        with database.transaction() as session:
            return remind(session, case_id=case_id, now=late) is not None

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(once, range(2))) == [False, True]
    assert len(told(context, case_id)) == 1


def test_the_job_is_one_of_every_day() -> None:
    register_jobs()
    assert "cases.remind" in DAILY
