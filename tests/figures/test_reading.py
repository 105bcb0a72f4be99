"""The rows behind the figures, the same on SQLite and PostgreSQL, and who may see the figures."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.calendar import today
from permits.cases.tables import Case, CaseTurn, FindingDecision, Model, Review
from permits.cases.workflow import State, clock_of
from permits.db import new_id, utcnow
from permits.documents.tables import Permit
from permits.errors import Forbidden
from permits.figures.council import look, pictures
from permits.figures.figures import Figures, figures
from permits.figures.month import Month
from permits.figures.reading import read_rows
from permits.figures.spread import Share
from permits.figures.telling import compared, lines
from permits.i18n import LANGUAGES
from permits.jobs import Context
from permits.people.actor import SYSTEM, Actor, Role
from permits.workdays import office_days
from tests.factories import make_actor, make_case, make_review, make_zone

MONTH = Month.of(today()).moved(-1)


def move(session: Session, case: Case, *steps: tuple[State, int]) -> Case:
    """Turns that many hours after the beginning of the month."""
    for state, hours in steps:
        at = MONTH.begins + timedelta(hours=hours)
        case.state, case.changed_at = str(state), at
        session.add(CaseTurn(case_id=case.id, state=str(state), clock=str(clock_of(state)), at=at))
    session.flush()
    return case


def told(session: Session, engineer: Actor, reviewer: Actor) -> Case:
    make_zone(session)
    issued = move(session, make_case(session, engineer), (State.AT_SYNDICATE, 10), (State.IN_REVIEW, 34),
                  (State.AWAITING_APPROVAL, 58), (State.AWAITING_PAYMENT, 60), (State.PAID, 82),
                  (State.PERMIT_ISSUED, 83))  # fmt: skip
    move(session, make_case(session, engineer), (State.AT_SYNDICATE, 10), (State.RETURNED, 20), (State.WITHDRAWN, 30))
    move(session, make_case(session, engineer), (State.AT_SYNDICATE, 12))
    make_case(session, engineer)
    session.add(
        Permit(
            id=new_id(), case_id=issued.id, number="P-1", issued_on=MONTH.first.isoformat(), expires_on="2099-01-01",
            token="t", facts={"use": "residential", "floors": 4, "floor_area": "812.50"}, fingerprint="f",
            document_sha256="d",
        )
    )  # fmt: skip
    model = make_review(session, issued, [(0, "SET-01", "fail"), (1, "ROM-01", "undecided")])
    model.uploaded_at = MONTH.begins + timedelta(hours=5)
    review = session.query(Review).filter_by(model_id=model.id).one()
    for position, decision in enumerate(("overridden", "stands")):
        session.add(
            FindingDecision(
                review_id=review.id, position=position, rule="SET-01", decision=decision, reason="r",
                actor_id=reviewer.id, at=MONTH.begins + timedelta(hours=50),
            )
        )  # fmt: skip
    session.flush()
    return issued


@pytest.fixture
def people(context: Context) -> dict[Role, Actor]:
    with context.database.transaction() as session:
        made = {role: make_actor(session, role) for role in (Role.ENGINEER, Role.REVIEWER, Role.GOVERNOR)}
        told(session, made[Role.ENGINEER], made[Role.REVIEWER])
        audit.record(session, AuditEvent.INSTALLED, actor=SYSTEM, subject="office")
    return made


def test_a_month_of_cases(context: Context, people: dict[Role, Actor]) -> None:
    with context.database.reading() as session:
        (found,) = read(session)
    went = found.procedure
    assert (went.received, went.issued, went.refused, went.withdrawn, went.lying.count) == (3, 1, 0, 1, 1)
    assert went.first_right == Share(1, 1)
    assert went.by_zone == {"Z": 1}
    assert found.failures == (("SET-01", 1),)
    assert found.overrides == Share(1, 2)
    assert (found.building.permits, found.building.floor_area) == (1, Decimal("812.50"))
    for language in LANGUAGES:
        assert all(line.name and line.meaning and line.values for line in lines([found], language))
        assert compared(found, found, language)


def read(session: Session) -> list[Figures]:
    """The month before this one, though the first act is of today."""
    rows = read_rows(session, begins=MONTH.begins, ends=MONTH.ends, office="DM-01")
    return [figures(rows, MONTH, now=utcnow(), calendar=office_days())]


def test_before_the_office_began_there_is_nothing(context: Context, people: dict[Role, Actor]) -> None:
    with context.database.reading() as session:
        months = look(
            session, actor=people[Role.GOVERNOR], office="DM-01", last=Month.of(today()), count=12, now=utcnow()
        )
    assert [month.month for month in months] == [Month.of(today())]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.GOVERNOR])
def test_only_the_governor_sees_them(context: Context, role: Role) -> None:
    other = Actor("x", "x", frozenset({role}))
    with context.database.reading() as session:
        with pytest.raises(Forbidden):
            look(session, actor=other, office="DM-01", last=MONTH, count=1, now=utcnow())
        with pytest.raises(Forbidden):
            pictures(session, actor=other, month=MONTH)


def test_the_map_has_a_point_for_each_permit(context: Context, people: dict[Role, Actor]) -> None:
    with context.database.reading() as session:
        (zone,) = pictures(session, actor=people[Role.GOVERNOR], month=MONTH)
    assert zone.code == "Z"
    assert zone.permits == ((10.0, 15.0),)
    assert zone.outline
    assert zone.outline.area == 600


def test_a_model_of_another_month_fails_nothing(context: Context, people: dict[Role, Actor]) -> None:
    with context.database.transaction() as session:
        session.query(Model).update({"uploaded_at": MONTH.begins - timedelta(days=1)})
        (found,) = read(session)
    assert found.failures == ()
