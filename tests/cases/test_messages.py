"""The thread of a case: who writes and reads, what a message may point at, and requests that end once."""

from datetime import date, timedelta

import pytest
from sqlalchemy import delete
from sqlalchemy.exc import DatabaseError

from permits import audit
from permits.calendar import today
from permits.cases import messages, scenes
from permits.cases.messages import Pointer
from permits.cases.tables import Case, CaseMessage, Review
from permits.cases.workflow import State
from permits.errors import Conflict, Forbidden, Invalid, NotFound, RukhsaError
from permits.jobs import Context
from permits.people.actor import Actor, Role
from tests.factories import make_actor, make_case, make_review, make_zone

Cast = tuple[Actor, Actor, Actor, str]
SOON = today() + timedelta(days=5)


@pytest.fixture
def cast(context: Context) -> Cast:
    """Engineer, reviewer, the syndicate's program, and a case with a review of one finding."""
    with context.database.transaction() as session:
        make_zone(session)
        engineer, reviewer = make_actor(session, Role.ENGINEER), make_actor(session, Role.REVIEWER)
        case = make_case(session, engineer, State.IN_REVIEW)
        make_review(session, case, [(0, "SET-01", "fail")])
    return engineer, reviewer, Actor("s", "نقابة", frozenset({Role.SYNDICATE})), case.id


def _events(context: Context, case_id: str) -> list[str]:
    with context.database.reading() as session:
        return [row.event for row in audit.timeline(session, case_id)]


def test_a_request_is_answered_once_and_read_marks_count_what_is_new(context: Context, cast: Cast) -> None:
    engineer, reviewer, syndicate, case_id = cast
    with context.database.transaction() as session:
        asked = messages.send(session, actor=reviewer, case_id=case_id, text=" أرفق الحساب ", due_on=SOON)
        messages.send(session, actor=syndicate, case_id=case_id, text="مُدقَّق")
    with context.database.transaction() as session:
        assert messages.unread(session, actor=engineer) == {case_id: 2}
        assert messages.unread(session, actor=reviewer) == {case_id: 1}
        assert [one.id for one in messages.open_requests(session, case_id=case_id)] == [asked.id]
        messages.mark_read(session, actor=engineer, case_id=case_id)
        messages.answer(session, actor=engineer, case_id=case_id, request_id=asked.id, text="مرفق")
    with context.database.transaction() as session:
        assert messages.unread(session, actor=engineer) == {}
        assert messages.unread(session, actor=reviewer) == {case_id: 2}
        states = [(one.message.kind, one.state) for one in messages.thread(session, actor=syndicate, case_id=case_id)]
        assert states == [("request", "answered"), ("message", ""), ("answer", "")]
        with pytest.raises(Conflict, match="request-ended"):
            messages.answer(session, actor=engineer, case_id=case_id, request_id=asked.id, text="مرة أخرى")
    assert _events(context, case_id) == ["request-sent", "message-sent", "request-answered"]


def test_a_request_is_withdrawn_by_the_side_that_asked(context: Context, cast: Cast) -> None:
    engineer, reviewer, syndicate, case_id = cast
    with context.database.transaction() as session:
        asked = messages.send(session, actor=syndicate, case_id=case_id, text="أرفق", due_on=SOON)
    for actor in (engineer, reviewer):
        with context.database.transaction() as session, pytest.raises(Forbidden):
            messages.withdraw_request(session, actor=actor, case_id=case_id, request_id=asked.id, text="لا حاجة")
    with context.database.transaction() as session:
        messages.withdraw_request(session, actor=syndicate, case_id=case_id, request_id=asked.id, text="لا حاجة")
        assert messages.open_requests(session, case_id=case_id) == []


@pytest.mark.parametrize(
    ("given", "error", "code"),
    [
        ({"text": " "}, Invalid, "message-text-needed"),
        ({"text": "x" * 4001}, Invalid, "message-text-needed"),
        ({"text": "x", "due_on": date(2020, 1, 1)}, Invalid, "message-due-past"),
        ({"text": "x", "pointer": Pointer(review_id="no", position=0)}, Invalid, "message-pointer"),
        ({"text": "x", "pointer": Pointer(element="too short")}, Invalid, "message-pointer"),
        ({"text": "x", "pointer": Pointer(viewpoint={"position": [0, 0, 0]})}, Invalid, "message-pointer"),
    ],
)
def test_what_cannot_be_is_refused(
    context: Context, cast: Cast, given: dict[str, object], error: type[RukhsaError], code: str
) -> None:
    with context.database.transaction() as session, pytest.raises(error, match=code):
        messages.send(session, actor=cast[1], case_id=cast[3], **given)  # type: ignore[arg-type] # of each row its own


def test_a_message_points_at_a_finding_or_at_an_element_as_it_was_looked_at(context: Context, cast: Cast) -> None:
    _, reviewer, _, case_id = cast
    camera = {"position": [1.0, 2.0, 3.0], "direction": [0.0, 1.0, 0.0], "up": [0.0, 0.0, 1.0]}
    guid = "2O2Fr$t4X7Zf8NOew3FNr2"
    with context.database.transaction() as session:
        review = session.query(Review).one()
        messages.send(session, actor=reviewer, case_id=case_id, text="هذه", pointer=Pointer(review.id, 0))
        messages.send(session, actor=reviewer, case_id=case_id, text="هنا", pointer=Pointer(None, None, guid, camera))
        with pytest.raises(Invalid, match="message-pointer"):
            messages.send(session, actor=reviewer, case_id=case_id, text="لا", pointer=Pointer(review.id, 1))
    with context.database.reading() as session:
        first, second = (one.message for one in messages.thread(session, actor=reviewer, case_id=case_id))
    assert (first.position, second.element, second.viewpoint) == (0, guid, camera)


def test_a_view_keeps_the_model_of_which_it_was_made(context: Context, cast: Cast) -> None:
    _, reviewer, _, case_id = cast
    camera = {"position": [1.0, 2.0, 3.0], "direction": [0.0, 1.0, 0.0], "up": [0.0, 0.0, 1.0]}
    with context.database.transaction() as session:
        review = session.query(Review).one()
        first = review.model_id
        said = {"actor": reviewer, "case_id": case_id, "text": "هنا"}
        named = messages.send(session, pointer=Pointer(review.id, viewpoint=camera), **said)
        unnamed = messages.send(session, pointer=Pointer(viewpoint=camera), **said)
        with pytest.raises(Invalid, match="message-pointer"):
            messages.send(session, pointer=Pointer(review.id), **said)
    with context.database.transaction() as session:
        second = make_review(session, session.get_one(Case, case_id)).id
        later = messages.send(session, pointer=Pointer(viewpoint=camera), **said)
    with context.database.reading() as session:
        seen = [scenes.model_seen(session, message=one) for one in (named, unnamed, later)]
    assert seen == [first, first, second]


def test_who_has_no_part_neither_reads_nor_writes(context: Context, cast: Cast) -> None:
    engineer, _, _, case_id = cast
    with context.database.transaction() as session:
        other, cashier = make_actor(session, Role.ENGINEER, "o"), make_actor(session, Role.CASHIER)
        for actor, error in ((other, NotFound), (cashier, Forbidden)):
            with pytest.raises(error):
                messages.thread(session, actor=actor, case_id=case_id)
            with pytest.raises(error):
                messages.send(session, actor=actor, case_id=case_id, text="x")
        assert messages.unread(session, actor=cashier) == {}
        with pytest.raises(Forbidden):
            messages.send(session, actor=engineer, case_id=case_id, text="x", due_on=SOON)
        session.get_one(Case, case_id).state = str(State.WITHDRAWN)
        with pytest.raises(Conflict, match="wrong-state"):
            messages.send(session, actor=engineer, case_id=case_id, text="x")


def test_the_database_keeps_what_was_written(context: Context, cast: Cast) -> None:
    with context.database.transaction() as session:
        messages.send(session, actor=cast[0], case_id=cast[3], text="باقٍ")
    with pytest.raises(DatabaseError, match="append-only"), context.database.transaction() as session:
        session.execute(delete(CaseMessage))
