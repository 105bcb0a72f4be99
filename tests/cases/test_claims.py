"""Claims: one of two reviewers gets a case, a colleague's case must be taken over, an approver assigns."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from permits import audit
from permits.cases import cases, claims, decisions, reviews
from permits.cases.tables import Case
from permits.cases.workflow import Action, State, allowed, hindrance
from permits.db import Database
from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.people.actor import Actor, Role
from tests.factories import make_actor, make_case, make_review, make_zone


class Desk:
    """Two reviewers, an approver, and cases in review with one open finding each."""

    def __init__(self, database: Database, count: int = 1) -> None:
        with database.transaction() as session:
            make_zone(session)
            self.engineer = make_actor(session, Role.ENGINEER)
            self.one, self.two = (make_actor(session, Role.REVIEWER, name) for name in ("one", "two"))
            self.approver = make_actor(session, Role.APPROVER)
            made = [make_case(session, self.engineer, State.IN_REVIEW) for _ in range(count)]
            for case in made:
                make_review(session, case, [(0, "SET-01", "fail")])
            self.cases = [case.id for case in made]


def test_two_at_once_one_gets_it(database: Database) -> None:
    desk = Desk(database)
    ready = threading.Barrier(2)

    def take(actor: Actor) -> str:
        ready.wait(10)
        try:
            with database.transaction() as session:
                return claims.claim(session, actor=actor, case_id=desk.cases[0]).reviewer_id
        except Conflict as refused:
            return refused.code

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(take, (desk.one, desk.two)))
    with database.reading() as session:
        held = claims.claim_of(session, case_id=desk.cases[0])
        assert held is not None
        assert told == sorted(["case-claimed", held.reviewer_id])
        assert [row.event for row in audit.timeline(session, desk.cases[0])] == ["case-claimed"]


def test_a_colleague_looks_but_takes_over_before_he_decides(database: Database) -> None:
    desk = Desk(database)
    case_id = desk.cases[0]
    with database.transaction() as session:
        claims.claim(session, actor=desk.one, case_id=case_id)

    def decide(actor: Actor) -> None:
        with database.transaction() as session:
            reviews.decide_finding(
                session, actor=actor, case_id=case_id, position=0, decision="stands", reason="سبب واضح"
            )

    for refused in (
        lambda session: reviews.ask_again(session, actor=desk.two, case_id=case_id),
        lambda session: cases.send_back(session, actor=desk.two, case_id=case_id, remark="x"),
        lambda session: decisions.recommend(session, actor=desk.two, case_id=case_id, note="x"),
        lambda session: claims.claim(session, actor=desk.two, case_id=case_id),
        lambda session: claims.release(session, actor=desk.two, case_id=case_id),
    ):
        with pytest.raises(Conflict, match="case-claimed"), database.transaction() as session:
            refused(session)
    with pytest.raises(Conflict, match="case-claimed"):
        decide(desk.two)
    with database.reading() as session:
        case = session.get_one(Case, case_id)
        assert hindrance(session, case=case, action=Action.RETURN, actor=desk.two) == "case-claimed"
        assert allowed(session, case=case, actor=desk.one) == [Action.RETURN]
    with pytest.raises(Invalid, match="reason-needed"), database.transaction() as session:
        claims.take_over(session, actor=desk.two, case_id=case_id, reason=" ")
    with database.transaction() as session:
        claims.take_over(session, actor=desk.two, case_id=case_id, reason="إجازة الزميل")
    decide(desk.two)
    with pytest.raises(Conflict, match="case-claimed"):
        decide(desk.one)
    with database.reading() as session:
        assert [row.event for row in audit.timeline(session, case_id)] == [
            "case-claimed", "case-taken-over", "finding-decided",
        ]  # fmt: skip


def test_whoever_decides_on_a_free_case_has_claimed_it(database: Database) -> None:
    desk = Desk(database)
    with database.transaction() as session:
        cases.send_back(session, actor=desk.one, case_id=desk.cases[0], remark="ناقص")
    with database.reading() as session:
        held = claims.claim_of(session, case_id=desk.cases[0])
        assert held is not None
        assert (held.reviewer_id, held.given_by) == (desk.one.id, desk.one.id)


def test_an_approver_assigns_and_a_reviewer_does_not(database: Database) -> None:
    desk = Desk(database)
    with database.transaction() as session:
        claims.claim(session, actor=desk.one, case_id=desk.cases[0])
        held = claims.assign(session, actor=desk.approver, case_id=desk.cases[0], reviewer_id=desk.two.id)
        assert (held.reviewer_id, held.given_by) == (desk.two.id, desk.approver.id)
        with pytest.raises(Forbidden):
            claims.assign(session, actor=desk.one, case_id=desk.cases[0], reviewer_id=desk.one.id)
        with pytest.raises(Invalid, match="reviewer-unknown"):
            claims.assign(session, actor=desk.approver, case_id=desk.cases[0], reviewer_id=desk.engineer.id)
        with pytest.raises(NotFound):
            claims.assign(session, actor=desk.approver, case_id="none", reviewer_id=desk.two.id)
        claims.release(session, actor=desk.approver, case_id=desk.cases[0])
        assert claims.claim_of(session, case_id=desk.cases[0]) is None


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.REVIEWER}))
def test_nobody_but_a_reviewer_claims(database: Database, role: Role) -> None:
    other = Actor("x", "x", frozenset({role}))
    with pytest.raises(Forbidden), database.transaction() as session:
        claims.claim(session, actor=other, case_id="any")
    with pytest.raises(Forbidden), database.transaction() as session:
        claims.take_over(session, actor=other, case_id="any", reason="x")


def test_nobody_reviews_his_own_case_and_nothing_that_is_past_review(database: Database) -> None:
    desk = Desk(database, 2)
    with database.transaction() as session:
        session.get_one(Case, desk.cases[0]).engineer_id = desk.one.id
        session.get_one(Case, desk.cases[1]).state = str(State.PAID)
        session.flush()
        with pytest.raises(Conflict, match="claim-own-case"):
            claims.claim(session, actor=desk.one, case_id=desk.cases[0])
        with pytest.raises(Conflict, match="wrong-state"):
            claims.claim(session, actor=desk.one, case_id=desk.cases[1])


def test_many_at_once_tell_what_each_became(database: Database) -> None:
    desk = Desk(database, 3)
    with database.transaction() as session:
        claims.claim(session, actor=desk.two, case_id=desk.cases[1])
        outcome = claims.each(
            session, [*desk.cases, desk.cases[0]], lambda s, one: claims.claim(s, actor=desk.one, case_id=one)
        )
        assert outcome.done == tuple(sorted((desk.cases[0], desk.cases[2])))
        assert {one: error.code for one, error in outcome.refused.items()} == {desk.cases[1]: "case-claimed"}
        loads = claims.workload(session, actor=desk.approver)
        assert [(load.name_en, load.cases) for load in loads] == [("two", 1), ("one", 2)]
        with pytest.raises(Forbidden):
            claims.each(session, desk.cases, lambda s, one: claims.claim(s, actor=desk.approver, case_id=one))


def test_news_are_told_by_number_and_subject(database: Database) -> None:
    desk = Desk(database, 2)
    with database.transaction() as session:
        claims.claim(session, actor=desk.one, case_id=desk.cases[0])
    with database.reading() as session:
        before = audit.reached(session)
        assert audit.news(session, since=before) == audit.News(before, frozenset())
    with database.transaction() as session:
        claims.claim(session, actor=desk.one, case_id=desk.cases[1])
    with database.reading() as session:
        assert audit.news(session, since=before) == audit.News(before + 1, frozenset({"case-claimed"}))
        assert audit.news(session, since=before, subject=desk.cases[0]).events == frozenset()
