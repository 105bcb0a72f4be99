"""The queue: few queries for all of it, filters and order, what a row shows."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event

from permits.cases import claims, messages, reviews
from permits.cases.clock import Colour
from permits.cases.queue import PAGE, Shown, Sort, Wanted, Whose, clock_reading, queue
from permits.cases.tables import Case, CaseTurn
from permits.cases.workflow import State
from permits.db import Database
from permits.errors import Forbidden
from permits.people.actor import Actor, Role
from tests.factories import make_actor, make_case, make_review, make_zone

NOW = datetime(2026, 3, 15, 9, tzinfo=UTC)


class Town:
    """Cases in review that began 0, 1, 2 … days before now."""

    def __init__(self, database: Database, count: int) -> None:
        self.database = database
        with database.transaction() as session:
            make_zone(session)
            self.engineer = make_actor(session, Role.ENGINEER)
            self.reviewer, self.other = (make_actor(session, Role.REVIEWER, name) for name in ("a", "b"))
            for number in range(count):
                case = make_case(session, self.engineer, State.IN_REVIEW)
                case.number, case.title = f"T-{number:04d}", f"بناء رقم {number}"
                turn = session.query(CaseTurn).filter_by(case_id=case.id).one()
                turn.at = NOW - timedelta(days=number)
            self.ids = [case.id for case in session.query(Case).order_by(Case.number)]

    def shown(self, actor: Actor | None = None, **wanted: object) -> Shown:
        with self.database.reading() as session:
            return queue(
                session, actor=actor or self.reviewer, wanted=Wanted(**wanted), language="ar", now=NOW  # type: ignore[arg-type] - the names are checked at run time
            )  # fmt: skip


def numbers(shown: Shown) -> list[int]:
    return [int(line.number.removeprefix("T-")) for line in shown.lines]


def test_the_most_urgent_come_first_in_pages(database: Database) -> None:
    town = Town(database, PAGE + 3)
    first = town.shown()
    assert (first.total, first.page, first.pages, len(first.lines)) == (PAGE + 3, 1, 2, PAGE)
    lefts = [line.clock.left for line in first.lines]
    assert lefts == sorted(lefts, key=lambda left: left if left is not None else 0)
    assert numbers(town.shown(page=9)) == numbers(town.shown(page=2))
    assert set(numbers(first)) | set(numbers(town.shown(page=2))) == set(range(PAGE + 3))


@pytest.mark.parametrize("count", [1, 30])
def test_the_number_of_queries_does_not_grow(database: Database, count: int) -> None:
    town, asked = Town(database, count), []
    listen = lambda *args: asked.append(args[2])  # noqa: E731 - removed again below
    event.listen(database.engine, "before_cursor_execute", listen)
    town.shown()
    event.remove(database.engine, "before_cursor_execute", listen)
    assert sum(said.startswith("SELECT") for said in asked) <= 6


def test_filters(database: Database) -> None:
    town = Town(database, 30)
    with database.transaction() as session:
        claims.claim(session, actor=town.reviewer, case_id=town.ids[3])
        claims.claim(session, actor=town.other, case_id=town.ids[4])
        session.get_one(Case, town.ids[5]).state = str(State.PERMIT_ISSUED)
    assert numbers(town.shown(whose=Whose.MINE)) == [3]
    assert set(numbers(town.shown(whose=Whose.FREE))) == set(range(30)) - {3, 4, 5}
    assert numbers(town.shown(states=(State.PERMIT_ISSUED,))) == [5]
    late = town.shown(colour=Colour.LATE)
    assert late.total == late.colours[Colour.LATE] > 0
    assert all(line.clock.colour is Colour.LATE for line in late.lines)
    assert sum(late.colours.values()) == 29
    assert town.shown(zone="elsewhere").total == 0
    assert town.shown().zones == {"Z": "منطقة وهمية"}
    assert numbers(town.shown(text="رقم ٧")) == [7]  # another script's digit, folded
    assert town.shown(text="أسم engineer").total == 29  # the engineer's name, hamza aside
    line = next(line for line in town.shown().lines if line.case_id == town.ids[4])
    assert line.claimer == "اسم b"


@pytest.mark.parametrize("sort", Sort)
def test_every_order_has_its_reverse(database: Database, sort: Sort) -> None:
    town = Town(database, 4)
    up, down = numbers(town.shown(sort=sort)), numbers(town.shown(sort=sort, down=True))
    assert up == down[::-1]
    if sort is Sort.NUMBER:
        assert up == [0, 1, 2, 3]


def test_open_findings_are_those_somebody_must_decide(database: Database) -> None:
    town = Town(database, 2)
    with database.transaction() as session:
        case = session.get_one(Case, town.ids[0])
        make_review(session, case, [(0, "HGT-01", "fail")])
        make_review(session, case, [(1, "SET-01", "fail"), (4, "HGT-01", "undecided")])
        reviews.decide_finding(
            session, actor=town.reviewer, case_id=case.id, position=4, decision="overridden", reason="سبب"
        )
        assert len(reviews.open_findings(session, case_id=case.id)) == 1
    found = {line.case_id: line.open_findings for line in town.shown().lines}
    assert found == {town.ids[0]: 1, town.ids[1]: None}


def test_messages_nobody_read_are_shown_and_found(database: Database) -> None:
    town = Town(database, 3)
    with database.transaction() as session:
        messages.send(session, actor=town.engineer, case_id=town.ids[1], text="رفعت النموذج المصحح")
    found = town.shown(whose=Whose.UNREAD)
    assert [(line.case_id, line.unread) for line in found.lines] == [(town.ids[1], 1)]
    with database.transaction() as session:
        messages.mark_read(session, actor=town.reviewer, case_id=town.ids[1])
    assert town.shown(whose=Whose.UNREAD).total == 0
    assert town.shown(town.other, whose=Whose.UNREAD).total == 1


@pytest.mark.parametrize("role", [Role.ENGINEER, Role.OWNER, Role.BILLER])
def test_who_works_at_no_desk_sees_no_queue(database: Database, role: Role) -> None:
    with database.reading() as session, pytest.raises(Forbidden):
        queue(session, actor=Actor("x", "x", frozenset({role})), wanted=Wanted(), language="ar")


def test_one_case_reads_the_same_clock(database: Database) -> None:
    town = Town(database, 12)
    with database.reading() as session:
        for line in town.shown().lines:
            assert clock_reading(session, case_id=line.case_id, now=NOW) == line.clock
