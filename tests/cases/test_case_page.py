"""What the reviewer's case page stands on: many findings at once, what is left, pairs of models, views in messages."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from permits.cases import claims, messages, pairs, reviews
from permits.cases.messages import Pointer
from permits.cases.remaining import remaining
from permits.cases.scenes import scene_of
from permits.cases.tables import Case, PairComparison, Review
from permits.cases.workflow import Action, State, hindrances
from permits.db import Database
from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.jobs import Context
from permits.people.actor import Actor, Role
from permits.registry import register_jobs
from tests.factories import make_actor, make_case, make_review, make_zone

GUID = "0123456789ABCDEFGHIJKL"
CAMERA = {"position": [0.0, 0.0, 1.0], "direction": [0.0, 1.0, 0.0], "up": [0.0, 0.0, 1.0]}


class Desk:
    """A case in review with three open findings, two of one clause."""

    def __init__(self, database: Database) -> None:
        with database.transaction() as session:
            make_zone(session)
            self.engineer = make_actor(session, Role.ENGINEER)
            self.one, self.two = (make_actor(session, Role.REVIEWER, name) for name in ("one", "two"))
            self.approver = make_actor(session, Role.APPROVER)
            case = make_case(session, self.engineer, State.IN_REVIEW)
            make_review(session, case, [(0, "SET-01", "fail"), (3, "SET-01", "fail"), (5, "ROM-01", "undecided")])
            self.case_id = case.id


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


def test_a_clause_is_decided_with_one_reason_all_or_nothing(database: Database, desk: Desk) -> None:
    def decide(positions: list[int], reason: str = "قيس", decision: str = "stands") -> None:
        with database.transaction() as session:
            reviews.decide_findings(
                session, actor=desk.one, case_id=desk.case_id, positions=positions, decision=decision, reason=reason
            )  # fmt: skip

    for given in (([0, 4],), ([],), ([0, 3], " "), ([0, 3], "x", "maybe")):
        with pytest.raises(Invalid):
            decide(*given)
    with database.reading() as session:
        assert len(reviews.open_findings(session, case_id=desk.case_id)) == 3
    decide([0, 3])
    with database.reading() as session:
        assert [q.position for q in reviews.open_findings(session, case_id=desk.case_id)] == [5]


def test_a_decision_taken_meanwhile_is_not_overwritten_unseen(database: Database, desk: Desk) -> None:
    def decide(seen: str) -> str:
        with database.transaction() as session:
            row = reviews.decide_findings(
                session, actor=desk.one, case_id=desk.case_id, positions=[0], decision="stands", reason=f"بعد {seen}",
                seen={0: seen},
            )[0]  # fmt: skip
            return reviews.mark_of(row)

    mark = decide("")
    with pytest.raises(Conflict, match="finding-decided-meanwhile"):
        decide("")
    assert decide(mark) != ""


def test_two_reviewers_at_once_one_decides_the_other_is_told(database: Database, desk: Desk) -> None:
    ready = threading.Barrier(2)

    def decide(actor: Actor) -> str:
        ready.wait(10)
        try:
            with database.transaction() as session:
                reviews.decide_findings(
                    session, actor=actor, case_id=desk.case_id, positions=[0, 3], decision="stands", reason="معاً"
                )  # fmt: skip
        except Conflict as refused:
            return refused.code
        return "done"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(decide, (desk.one, desk.two))) == ["case-claimed", "done"]


def test_what_is_left_is_told_whole_and_to_whom_it_belongs(database: Database, desk: Desk) -> None:
    def left(actor: Actor) -> tuple[Action | None, tuple[str, ...], int, int]:
        with database.reading() as session:
            found = remaining(session, case=session.get_one(Case, desk.case_id), actor=actor)
            return found.action, found.codes, found.open, found.decided

    assert left(desk.one) == (Action.RECOMMEND, ("stamp-missing", "findings-open"), 3, 0)
    assert left(desk.approver) == (None, (), 3, 0)
    with database.transaction() as session:
        claims.claim(session, actor=desk.two, case_id=desk.case_id)
    assert left(desk.one)[1][0] == "case-claimed"
    with database.reading() as session:
        case = session.get_one(Case, desk.case_id)
        assert hindrances(session, case=case, action=Action.APPROVE, actor=desk.approver) == ["wrong-state"]
        assert hindrances(session, case=case, action=Action.RECOMMEND, actor=desk.approver) == ["role-needed"]


def test_any_two_models_of_one_case_are_compared_once(context: Context, desk: Desk) -> None:
    register_jobs()
    database, made = context.database, list[str]()
    with database.transaction() as session:
        case = session.get_one(Case, desk.case_id)
        made += [make_review(session, case).id for _ in range(2)]
        other = make_case(session, desk.engineer, State.IN_REVIEW)
        foreign = make_review(session, other).id

    def ask(before: str, after: str, actor: Actor = desk.one) -> None:
        with database.transaction() as session:
            pairs.ask_pair(session, actor=actor, case_id=desk.case_id, before_id=before, model_id=after)

    ask(made[0], made[1])
    ask(made[0], made[1])
    ask(made[1], made[0])
    for before, after in ((made[0], made[0]), (made[0], foreign), ("no", made[0])):
        with pytest.raises(Invalid, match="pair-unknown"):
            ask(before, after)
    with pytest.raises(Forbidden):
        ask(made[0], made[1], desk.engineer)
    with database.reading() as session:
        assert session.query(PairComparison).count() == 2
        models = pairs.judged_models(session, actor=desk.one, case_id=desk.case_id)
        assert [one.id for one in models][:2] == made[::-1]
        given = {"actor": desk.one, "storage": context.storage, "case_id": desk.case_id}
        assert pairs.read_pair(session, before_id=made[0], model_id=made[1], **given) == ("asked", None)
    pairs.pair_failed(context, error="x", before_id=made[0], model_id=made[1])
    with database.reading() as session:
        assert pairs.read_pair(session, before_id=made[0], model_id=made[1], **given) == ("failed", None)


def test_a_scene_of_an_earlier_model_is_of_this_case_alone(database: Database, desk: Desk) -> None:
    with database.transaction() as session:
        case, other = session.get_one(Case, desk.case_id), make_case(session, desk.engineer)
        first, foreign = make_review(session, case).id, make_review(session, other).id
        make_review(session, case)
        review = session.query(Review).filter_by(model_id=first).one()
        review.summary = {**(review.summary or {}), "scene": {"building": "b" * 64}}
    with database.reading() as session:
        assert scene_of(session, case_id=desk.case_id, model_id=first).building == "b" * 64
        for model_id in (foreign, "", "no"):
            with pytest.raises(NotFound):
                scene_of(session, case_id=desk.case_id, model_id=model_id)


@pytest.mark.parametrize(
    "pointer",
    [
        Pointer(elements=(GUID,)), Pointer(viewpoint=CAMERA, elements=("short",)),
        Pointer(viewpoint=CAMERA, elements=(GUID,) * 501),
        Pointer(viewpoint={**CAMERA, "up": [0.0, float("nan"), 1.0]}),
    ],
)  # fmt: skip
def test_what_is_no_view_is_refused(database: Database, desk: Desk, pointer: Pointer) -> None:
    with database.transaction() as session, pytest.raises(Invalid, match="message-pointer"):
        messages.send(session, actor=desk.one, case_id=desk.case_id, text="انظر", pointer=pointer)


def test_a_view_goes_with_a_message(database: Database, desk: Desk) -> None:
    pointer = Pointer(viewpoint=CAMERA, elements=(GUID,))
    with database.transaction() as session:
        sent = messages.send(session, actor=desk.one, case_id=desk.case_id, text="انظر", pointer=pointer).id
    with database.reading() as session:
        seen = messages.get_message(session, actor=desk.engineer, case_id=desk.case_id, message_id=sent)
        assert (seen.viewpoint, seen.elements) == (CAMERA, [GUID])
        stranger = Actor("someone", "x", frozenset({Role.ENGINEER}))
        for actor, message_id in ((stranger, sent), (desk.engineer, "no")):
            with pytest.raises(NotFound):
                messages.get_message(session, actor=actor, case_id=desk.case_id, message_id=message_id)
