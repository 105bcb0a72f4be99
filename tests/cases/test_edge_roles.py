"""A case whose plot got another edge role: not decided before it is reviewed again, and then judged by the new role."""

from datetime import date
from typing import Any

import pytest

from gis.roles import CorrectedRole
from gis.site import EdgeRole
from permits import audit
from permits.cases import guards, reviews, running
from permits.cases.tables import Case, Model, Review
from permits.cases.workflow import Action, State, hindrance
from permits.errors import Conflict, Forbidden
from permits.jobs import Context
from permits.land.edge_roles import correct_edge_role, edge_roles
from permits.people.actor import Actor, Role
from permits.registry import register_jobs
from permits.review.check import check_model
from tests.cases.test_running import LAYERS, SAMPLES, _review, engineer
from tests.factories import make_actor

__all__ = ["engineer"]
DAY = date(2026, 11, 1)


def correct(context: Context, reviewer: Actor, *, named: str, role: str) -> None:
    with context.database.transaction() as session:
        edges = edge_roles(session, storage=context.storage, zone="FZ-1", plot="103").edges
        at = next(at for at, edge in enumerate(edges) if edge.role == named)
        correct_edge_role(
            session, actor=reviewer, storage=context.storage, zone="FZ-1", plot="103", edge=at, role=role, reason="شارع"
        )  # fmt: skip


@pytest.fixture
def case(context: Context, engineer: Actor) -> str:
    """A reviewed case in the reviewer's hands; its building complies."""
    register_jobs()
    case_id, review_id = _review(context, engineer, SAMPLES / "models" / "complies.ifc", "103")
    running.run_review(context, review_id=review_id)
    with context.database.transaction() as session:
        session.get_one(Case, case_id).state = str(State.IN_REVIEW)
    return case_id


@pytest.fixture
def reviewer(context: Context, engineer: Actor) -> Actor:
    with context.database.transaction() as session:
        return make_actor(session, Role.REVIEWER)


def refusal(context: Context, case_id: str, actor: Actor) -> str | None:
    with context.database.reading() as session:
        case = session.get_one(Case, case_id)
        code = hindrance(session, case=case, action=Action.RECOMMEND, actor=actor)
    return None if code == "stamp-missing" else code


def ask(context: Context, actor: Actor, case_id: str) -> str:
    with context.database.transaction() as session:
        return reviews.ask_again(session, actor=actor, case_id=case_id).id


def report(context: Context, case_id: str) -> dict[str, Any]:
    with context.database.reading() as session:
        return reviews.report(session, storage=context.storage, case_id=case_id)


@pytest.mark.slow
def test_a_corrected_role_is_judged_by_the_next_review(context: Context, case: str, reviewer: Actor) -> None:
    before = report(context, case)
    assert not any(edge["corrected"] for edge in before["plot"]["edges"])
    correct(context, reviewer, named="rear", role="front")
    with context.database.reading() as session:
        assert reviews.is_stale(session, case_id=case)
    review_id = ask(context, reviewer, case)
    with pytest.raises(Conflict):  # it runs already
        ask(context, reviewer, case)
    running.run_review(context, review_id=review_id)
    after = report(context, case)
    assert [e["role"] for e in after["plot"]["edges"] if e["corrected"]] == ["front"]
    rules = {f["rule"]: f for f in after["findings"]}
    assert rules["SET-03"]["outcome"] == "not_applicable"  # the plot has no rear any more
    with context.database.reading() as session:
        assert not reviews.is_stale(session, case_id=case)
        models = session.query(Model).filter_by(case_id=case).all()
        assert len({model.sha256 for model in models}) == 1
        assert [session.query(Review).filter_by(model_id=m.id).one().state for m in models] == ["done", "done"]
        assert "review-asked-again" in [row.event for row in audit.timeline(session, case)]


@pytest.mark.slow
def test_nothing_is_recommended_on_an_older_or_unfinished_review(
    context: Context, case: str, reviewer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(guards.GUARDS, "stamped_model", lambda *_: None)  # stamping is tested where stamps are
    assert refusal(context, case, reviewer) in (None, "findings-open")
    correct(context, reviewer, named="rear", role="front")
    assert refusal(context, case, reviewer) == "edge-roles-newer"
    review_id = ask(context, reviewer, case)
    assert refusal(context, case, reviewer) == "no-finished-review"
    running.run_review(context, review_id=review_id)
    assert refusal(context, case, reviewer) in (None, "findings-open")


@pytest.mark.slow
def test_a_page_of_before_decides_nothing_of_the_later_review(context: Context, case: str, reviewer: Actor) -> None:
    with context.database.reading() as session:
        before = reviews.current_review(session, case_id=case)
    ask(context, reviewer, case)
    assert before
    with context.database.transaction() as session, pytest.raises(Conflict, match="review-replaced"):
        reviews.decide_finding(
            session, actor=reviewer, case_id=case, position=0, decision="stands", reason="x", review_id=before.id
        )


def test_a_lost_correction_is_told_in_the_report() -> None:
    gone = CorrectedRole((1.0, 2.0), (3.0, 4.0), EdgeRole.FRONT)
    found = check_model(
        SAMPLES / "models" / "complies.ifc", layers=LAYERS, plot="103", on=DAY, geometry=False, roles=[gone]
    )
    assert found.plot
    assert list(found.plot.lost_roles) == [{"role": "front", "line": [[1.0, 2.0], [3.0, 4.0]]}]


@pytest.mark.slow
def test_only_a_reviewer_of_a_case_in_review_asks_again(context: Context, case: str, engineer: Actor) -> None:
    with pytest.raises(Forbidden):
        ask(context, engineer, case)
    with context.database.transaction() as session:
        other = make_actor(session, Role.REVIEWER, "other")
        session.get_one(Case, case).state = str(State.AWAITING_APPROVAL)
    with pytest.raises(Conflict):
        ask(context, other, case)
