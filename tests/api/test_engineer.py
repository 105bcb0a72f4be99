"""The engineer's portal over HTTP: rights of every page, drafts, stale forms, scripts in titles, programs' messages."""

import httpx
import pytest

from permits.cases.tables import Case, CaseDraft, Precheck
from permits.cases.workflow import State
from permits.people.actor import Role
from tests.api.conftest import Web
from tests.factories import make_actor, make_case

HTML = {"accept": "text/html"}


@pytest.fixture
def others(web: Web) -> Web:
    with web.context.database.transaction() as session:
        make_actor(session, Role.CASHIER)
        make_actor(session, Role.ENGINEER, "other")
    return web


def _post(web: Web, path: str, csrf: str, **form: str) -> httpx.Response:
    return web.client.post(path, data={"csrf": csrf, **form}, headers=HTML, follow_redirects=False)


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [
        ("engineer", "/prechecks", 200), ("reviewer", "/prechecks", 403), ("cashier", "/prechecks", 403),
        ("engineer", "/prechecks/none", 404), ("reviewer", "/prechecks/none", 403),
        ("engineer", "/cases/new/title", 303), ("reviewer", "/cases/new/title", 403),
        ("engineer", "/cases/{case}/messages", 200), ("reviewer", "/cases/{case}/messages", 200),
        ("cashier", "/cases/{case}/messages", 403), ("other", "/cases/{case}/messages", 404),
        ("engineer", "/cases/{case}/changes", 200), ("other", "/cases/{case}/changes", 404),
        ("engineer", "/cases/{case}/title", 200), ("other", "/cases/{case}/title", 404),
        ("engineer", "/messages", 200), ("cashier", "/messages", 200), ("engineer", "/messages/unread", 200),
    ],
)  # fmt: skip
def test_who_may_open_which_page(others: Web, who: str, path: str, status: int) -> None:
    others.log_in(who)
    answer = others.client.get(path.format(case=others.case_id), headers=HTML, follow_redirects=False)
    assert answer.status_code == status
    others.client.cookies.clear()
    assert others.client.get(path.format(case=others.case_id)).status_code == 401


@pytest.mark.parametrize(
    "path", ["/prechecks", "/prechecks/none/case", "/prechecks/none/cancel", "/cases/new", "/cases/new/again",
             "/cases/{case}/title", "/cases/{case}/messages"],
)  # fmt: skip
def test_a_form_needs_its_token_and_the_right_person(others: Web, path: str) -> None:
    form = {"zone": "Z", "plot": "7", "title": "x", "text": "x"}
    csrf = others.log_in("engineer")
    assert _post(others, path.format(case=others.case_id), "wrong", **form).status_code == 403
    csrf = others.log_in("cashier")
    assert _post(others, path.format(case=others.case_id), csrf, **form).status_code == 403
    with others.context.database.reading() as session:
        assert (session.query(Precheck).count(), session.query(CaseDraft).count()) == (0, 0)


def test_what_is_typed_outlives_the_session_and_a_refusal_loses_nothing(web: Web) -> None:
    csrf = web.log_in("engineer")
    assert _post(web, "/cases/new", csrf, zone="Z", plot="7").headers["location"] == "/cases/new/title"
    kept = web.client.post("/cases/new/draft", data={"title": "بناء العائلة"}, headers={"X-CSRF": csrf})
    assert kept.status_code == 204
    assert web.client.post("/cases/new/draft", data={"title": "x"}, headers={"X-CSRF": "no"}).status_code == 403
    _post(web, "/logout", csrf)
    csrf = web.log_in("engineer")
    assert 'value="بناء العائلة"' in web.client.get("/cases/new/title", headers=HTML).text
    long = "عمارة سكنية " * 30
    refused = _post(web, "/cases", csrf, zone="Z", plot="7", title=long)
    assert refused.status_code == 422
    assert "حتى" in refused.text
    assert long in refused.text
    opened = _post(web, "/cases", csrf, zone="Z", plot="7", title="بناء العائلة", kind="strengthening")
    assert opened.status_code == 303
    with web.context.database.reading() as session:
        assert session.query(CaseDraft).count() == 0
        case = session.get_one(Case, opened.headers["location"].rsplit("/", 1)[-1])
        assert (case.title, case.kind) == ("بناء العائلة", "strengthening")


def test_a_script_in_a_title_or_a_message_is_text(web: Web) -> None:
    csrf, script = web.log_in("engineer"), "<script>alert(1)</script>"
    path = _post(web, "/cases", csrf, zone="Z", plot="7", title=script).headers["location"]
    with web.context.database.transaction() as session:
        session.get_one(Case, path.rsplit("/", 1)[-1]).state = str(State.IN_REVIEW)
    assert _post(web, f"{path}/messages", csrf, text=script).status_code == 303
    for page in ("/cases", path, f"{path}/messages"):
        text = web.client.get(page, headers=HTML).text
        assert script not in text
        assert "&lt;script&gt;" in text


@pytest.mark.parametrize("action", ["submit", "withdraw", "title", "messages"])
def test_a_form_of_an_ended_case_is_answered_in_words(web: Web, action: str) -> None:
    csrf = web.log_in("engineer")
    with web.context.database.transaction() as session:
        session.get_one(Case, web.case_id).state = str(State.WITHDRAWN)
    answer = _post(web, f"/cases/{web.case_id}/{action}", csrf, plot="7", title="x", text="x")
    assert answer.status_code == 409
    assert "مسحوبة" in answer.text
    assert "withdrawn" not in answer.text


def test_an_engineers_page_tells_what_to_do_now(web: Web) -> None:
    web.log_in("engineer")
    assert "ارفع نموذج البناء" in web.client.get(f"/cases/{web.case_id}", headers=HTML).text
    for state, word in (("in_review", "قيد التدقيق في المكتب"), ("refused", "رُفض الترخيص"), ("withdrawn", "سُحبت")):
        with web.context.database.transaction() as session:
            session.get_one(Case, web.case_id).state = state
        assert word in web.client.get(f"/cases/{web.case_id}", headers=HTML).text


def test_the_syndicates_program_writes_and_reads(web: Web) -> None:
    with web.context.database.transaction() as session:
        case_id = make_case(session, web.engineer, State.AT_SYNDICATE).id
    headers = {"Authorization": f"Bearer {web.token('cases:read', 'cases:stamp')}"}
    path = f"/api/v1/cases/{case_id}/messages"
    asked = web.client.post(path, json={"text": "أرفق", "due_on": "2099-01-01"}, headers=headers)
    assert (asked.status_code, asked.json()["kind"]) == (201, "request")
    (one,) = web.client.get(path, headers=headers).json()["messages"]
    assert (one["state"], one["side"], one["due_on"]) == ("open", "syndicate", "2099-01-01")
    csrf = web.log_in("engineer")
    assert "المراسلات" in web.client.get("/messages/unread").text
    assert 'class="badge">1' in web.client.get("/messages/unread").text
    assert _post(web, f"/cases/{case_id}/messages", csrf, text="مرفق", about=one["id"]).status_code == 303
    assert web.client.post(path, json={"text": "لا", "about": one["id"]}, headers=headers).status_code == 409
    reader = {"Authorization": f"Bearer {web.token('cases:read')}"}
    assert web.client.post(path, json={"text": "x"}, headers=reader).status_code == 403
