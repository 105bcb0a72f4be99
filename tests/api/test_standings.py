"""The syndicate's people and its word on engineers: one page for an auditor and nothing else, standing by API."""

from typing import Any

import pytest

from permits.cases import claims, standing, syndicate
from permits.cases.cases import send_back
from permits.cases.tables import Case, Model
from permits.cases.workflow import State
from permits.errors import Conflict, Forbidden, NotFound
from permits.people.accounts import create_user
from permits.people.actor import SYSTEM, Actor, Role
from tests.api.conftest import Web
from tests.factories import make_actor, make_case, make_review

PAGE = {"accept": "text/html"}


@pytest.fixture
def auditor(web: Web) -> Actor:
    with web.context.database.transaction() as session:
        case = session.get_one(Case, web.case_id)
        case.state = str(State.AT_SYNDICATE)
        make_review(session, case)
        return make_actor(session, Role.SYNDICATE, "auditor")


def test_an_auditor_is_let_into_one_desk(web: Web, auditor: Actor) -> None:
    web.log_in("auditor")
    page = web.client.get("/desk/audit", headers=PAGE)
    assert page.status_code == 200
    assert "تدقيق النقابة" in page.text
    assert web.client.get("/", follow_redirects=False).headers["location"] == "/desk/audit"
    assert web.client.get("/static/js/bokeh.min.js").status_code == 200
    others = ["/desk", "/desk/case", "/desk/register", "/desk/cash", "/desk/accounts", "/desk/auditor", "/desk/ws",
              "/desk/audit/../case"]  # fmt: skip
    assert {web.client.get(path, headers=PAGE).status_code for path in others} == {403}


def test_the_office_has_no_page_of_the_syndicate(web: Web, auditor: Actor) -> None:
    web.log_in("reviewer")
    page = web.client.get("/desk/audit", headers=PAGE)
    assert "تدقيق النقابة" not in page.text
    web.log_in("engineer")
    assert web.client.get("/desk/audit", headers=PAGE).status_code == 403
    web.client.cookies.clear()
    assert web.client.get("/desk/audit").status_code == 401


def test_a_person_stamps_the_model_he_saw(web: Web, auditor: Actor) -> None:
    with web.context.database.transaction() as session:
        seen = session.query(Model).one().sha256
        with pytest.raises(Conflict, match="stamp-other-model"):
            syndicate.stamp(
                session, actor=auditor, case_id=web.case_id, model_sha256="f" * 64, auditor="x", remarks=""
            )  # fmt: skip
        case, stamp = syndicate.stamp(
            session, actor=auditor, case_id=web.case_id, model_sha256=seen, auditor=auditor.name, remarks="سليم"
        )  # fmt: skip
        assert (case.state, stamp.client_id, stamp.user_id) == ("in_review", None, auditor.id)
        given = syndicate.stamps_given(session, actor=auditor, most=5)
        assert [(one.id, of.id) for one, of in given] == [(stamp.id, web.case_id)]
        with pytest.raises(Forbidden):
            syndicate.stamps_given(session, actor=web.reviewer, most=5)
        with pytest.raises(Forbidden):
            claims.claim(session, actor=auditor, case_id=web.case_id)


def test_a_person_returns_with_remarks(web: Web, auditor: Actor) -> None:
    with web.context.database.transaction() as session:
        assert send_back(session, actor=auditor, case_id=web.case_id, remark="ينقص").state == "returned"
        assert claims.claim_of(session, case_id=web.case_id) is None


def test_an_auditor_holds_no_other_role(web: Web) -> None:
    with web.context.database.transaction() as session, pytest.raises(Conflict, match="account-of-syndicate"):
        create_user(
            session, actor=SYSTEM, login="both", password="long enough", name_ar="x", name_en="x",
            roles=[Role.SYNDICATE, Role.REVIEWER],
        )  # fmt: skip


def call(web: Web, method: str, login: str, *scopes: str, **body: Any) -> Any:
    headers = {"authorization": f"Bearer {web.token(*scopes)}"}
    return web.client.request(method, f"/api/v1/engineers/{login}/standing", headers=headers, json=body or None)


def test_standing_is_recorded_and_read(web: Web) -> None:
    fresh = call(web, "GET", "engineer", "cases:read").json()
    assert (fresh["membership"], fresh["valid"], fresh["open_cases"]) == ("", None, 0)
    with web.context.database.transaction() as session:
        make_case(session, web.engineer, State.IN_REVIEW)
        make_case(session, web.engineer, State.PERMIT_ISSUED)
    said = {"membership": "1234/د", "valid_until": "2099-12-31", "note": "مسدد"}
    told = call(web, "PUT", "engineer", "standings:write", **said).json()
    assert (told["membership"], told["valid"], told["open_cases"]) == ("1234/د", True, 1)
    again = call(web, "PUT", "engineer", "standings:write", membership="1234/د", valid_until="2020-01-01").json()
    assert (again["valid"], again["note"]) == (False, "")
    with web.context.database.reading() as session:
        reader = Actor("r", "r", frozenset({Role.REVIEWER}))
        kept = standing.standing_of(session, actor=reader, engineer_id=web.engineer.id, language="ar")
        assert kept.valid_until == "2020-01-01"


def test_who_may_not_say_it(web: Web) -> None:
    said = {"membership": "1", "valid_until": "2099-12-31"}
    assert call(web, "PUT", "engineer", "cases:read", **said).status_code == 403
    assert call(web, "PUT", "nobody", "standings:write", **said).status_code == 404
    assert call(web, "PUT", "reviewer", "standings:write", **said).status_code == 404
    assert call(web, "PUT", "engineer", "standings:write", membership="1", valid_until="soon").status_code == 422
    assert call(web, "PUT", "engineer", "standings:write", membership=" ", valid_until="2099-01-01").status_code == 422
    with web.context.database.reading() as session:
        with pytest.raises(Forbidden):
            standing.standing_by_login(session, actor=web.engineer, login="engineer", language="ar")
        with pytest.raises(NotFound):
            standing.standing_of(
                session, actor=Actor("s", "s", frozenset({Role.SYNDICATE})), engineer_id="x", language="ar"
            )  # fmt: skip
