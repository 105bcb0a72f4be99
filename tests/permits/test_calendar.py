"""The day of the place: it begins at midnight in Damascus, three hours before it does in UTC."""

from datetime import UTC, date, datetime

import pytest

from permits import calendar
from permits.cases.cases import open_case
from permits.db import Database
from permits.people.actor import Role
from tests.factories import make_actor, make_zone

NEW_YEAR = datetime(2026, 12, 31, 21, 30, tzinfo=UTC)


def test_midnight_is_that_of_damascus() -> None:
    assert calendar.local_day(datetime(2026, 12, 31, 20, 59, tzinfo=UTC)) == date(2026, 12, 31)
    assert calendar.local_day(NEW_YEAR) == date(2027, 1, 1)
    assert calendar.local_time(NEW_YEAR) == "2027-01-01 00:30"


def test_winter_time_ended_in_2022() -> None:
    assert calendar.local_time(datetime(2021, 12, 31, 21, 30, tzinfo=UTC)) == "2021-12-31 23:30"


def test_a_case_is_dated_and_numbered_by_the_local_day(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar, "utcnow", lambda: NEW_YEAR)
    with database.transaction() as session:
        make_zone(session)
        engineer = make_actor(session, Role.ENGINEER)
        case = open_case(session, actor=engineer, office="DM-01", zone="Z", plot="7", title="x")
    assert (case.applied_on, case.number) == ("2027-01-01", "DM-01-2027-000001")
