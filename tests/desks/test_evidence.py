"""The building at the desk: who may look, what a choice brings out, and what is listed after one."""

from typing import Any

import pytest

from dashboards.components.evidence import Evidence
from dashboards.components.finding_filter import FindingFilter
from dashboards.visitor import Visitor
from permits.cases.tables import Review
from permits.errors import Forbidden, Unauthenticated
from permits.jobs import Context
from permits.people.accounts import close_login, find_user, open_login
from permits.people.actor import STAFF, Role
from permits.review.kept import Shown, show_findings
from tests.factories import make_actor, make_case, make_review, make_zone
from tests.scene.test_scene import REPORT, building, made

LAND = {"type": "FeatureCollection", "features": []}


def as_it_is(callback: Any) -> Any:
    return callback


class Desk:
    """A case with a scene, and whoever comes to look at it."""

    def __init__(self, context: Context) -> None:
        self.context, self.picked = context, []  # type: tuple[Context, list[str]]
        self.raw = REPORT().to_json()
        with context.database.transaction() as session:
            make_zone(session)
            case = make_case(session, make_actor(session, Role.ENGINEER))
            review = session.query(Review).filter_by(model_id=make_review(session, case).id).one()
            around = made().around
            assert around
            keep = context.storage.keep_bytes
            self.case_id, self.review_id = case.id, review.id
            review.summary = {**(review.summary or {}), "scene": {"building": keep(building()), "around": keep(around)}}

    def visitor(self, role: Role) -> tuple[Visitor, str]:
        """Somebody of a role who has logged in, and his session."""
        with self.context.database.transaction() as session:
            user = find_user(session, login=str(role))
            if user is None:
                make_actor(session, role)
                user = find_user(session, login=str(role))
            assert user
            sid, login = open_login(session, user=user, minutes=5)
            return Visitor(self.context, login.ref), sid

    def evidence(self, visitor: Visitor) -> Evidence:
        return Evidence(visitor, self.case_id, self.raw, LAND, "410", as_it_is, self.picked.append)

    def forget_scene(self) -> None:
        with self.context.database.transaction() as session:
            review = session.get_one(Review, self.review_id)
            review.summary = {key: value for key, value in (review.summary or {}).items() if key != "scene"}


@pytest.fixture
def desk(context: Context) -> Desk:
    return Desk(context)


def finding(rule: str) -> Shown:
    return next(f for f in show_findings(REPORT().to_json(), language="ar") if f.rule == rule and f.outcome == "fail")


@pytest.mark.parametrize("role", Role)
def test_only_staff_see_it(desk: Desk, role: Role) -> None:
    visitor, _ = desk.visitor(role)
    if role in STAFF:
        assert desk.evidence(visitor).bring_out(finding("SET-01")) is None
    else:
        with pytest.raises(Forbidden):
            desk.evidence(visitor)


def test_after_the_login_has_ended_nothing_opens(desk: Desk) -> None:
    visitor, sid = desk.visitor(Role.REVIEWER)
    evidence = desk.evidence(visitor)
    with desk.context.database.transaction() as session:
        close_login(session, sid=sid)
    with pytest.raises(Unauthenticated):
        evidence.bring_out(finding("SET-01"))


def test_a_finding_is_brought_out_on_map_and_building_and_an_element_is_told(desk: Desk) -> None:
    evidence = desk.evidence(desk.visitor(Role.REVIEWER)[0])
    assert evidence._model is None  # nothing of it is loaded before it is asked for
    one = finding("SET-01")
    evidence.bring_out(one)
    model = evidence._model
    assert model
    assert model.chosen == [element.guid for element in one.elements]
    assert model.building.startswith(f"/cases/{desk.case_id}/model.glb?v=")
    assert len((evidence._map.marked or {})["features"]) == len(one.elements)
    evidence.bring_out(finding("STR-01"))
    assert evidence._model is model
    model.picked = one.elements[0].guid
    assert desk.picked == [one.elements[0].guid]
    model.picked = ""
    assert (desk.picked[-1], evidence._map.marked) == ("", None)


def test_without_a_scene_the_plan_stays_with_the_reason(desk: Desk) -> None:
    desk.forget_scene()
    evidence = desk.evidence(desk.visitor(Role.REVIEWER)[0])
    evidence.bring_out(finding("SET-01"))
    notice, plan = evidence._place.objects
    assert "ثلاثي الأبعاد" in notice.object
    assert plan is evidence._plan


def test_findings_are_listed_by_outcome_storey_and_element() -> None:
    shown = show_findings(REPORT().to_json(), language="en")
    asked: list[Any] = []
    chosen = FindingFilter(shown, "en", asked.append)
    assert chosen.kept(shown) == shown
    chosen._outcome.value = "open"
    assert {f.outcome for f in chosen.kept(shown)} == {"fail"}
    chosen._storey.value = "3"
    assert [f.rule for f in chosen.kept(shown)] == ["ROM-01"]
    guid = finding("SET-01").elements[0].guid
    chosen.of_element(guid)
    assert all(guid in [e.guid for e in f.elements] for f in chosen.kept(shown))
    assert chosen.nothing == "viewer-no-findings-of"
    chosen._clear.clicks += 1
    assert (chosen.nothing, len(asked)) == ("viewer-filter-none", 3)
