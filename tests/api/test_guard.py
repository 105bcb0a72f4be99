"""Who gets in: pages, scripts, static files of the desks, websockets."""

from datetime import timedelta

import pytest
from starlette.websockets import WebSocketDisconnect

from api.guard import COOKIE
from permits.db import utcnow
from permits.people.accounts import digest
from permits.people.tables import Login
from tests.api.conftest import Web

GUARDED = ["/", "/cases", "/cases/new", "/desk", "/map/Z", "/session", "/static/js/bokeh.min.js", "/components/x"]


@pytest.mark.parametrize("path", GUARDED)
def test_nobody_gets_in(web: Web, path: str) -> None:
    assert web.client.get(path).status_code == 401
    page = web.client.get(path, headers={"accept": "text/html"}, follow_redirects=False)
    assert (page.status_code, page.headers["location"]) == (303, "/login")
    part = web.client.get(path, headers={"accept": "text/html, */*", "hx-request": "true"}, follow_redirects=False)
    assert (part.status_code, part.headers["hx-redirect"]) == (401, "/login")


@pytest.mark.parametrize("path", ["/login", "/livez", "/readyz"])
def test_public_paths_answer(web: Web, path: str) -> None:
    assert web.client.get(path).status_code == 200


def test_an_engineer_has_no_desk(web: Web) -> None:
    web.log_in("engineer")
    assert web.client.get("/desk").status_code == 403
    assert web.client.get("/session").status_code == 200


def test_a_reviewer_has_one(web: Web) -> None:
    web.log_in("reviewer")
    page = web.client.get("/desk", headers={"accept": "text/html"})
    assert page.status_code == 200
    assert "قيد النظر" in page.text
    assert web.client.cookies[COOKIE] not in page.text  # the page's own token must not carry the cookie


def test_an_ended_or_invented_cookie_is_nobody(web: Web) -> None:
    web.log_in("engineer")
    with web.context.database.transaction() as session:
        row = session.get_one(Login, digest(web.client.cookies[COOKIE]))
        row.expires_at = utcnow() - timedelta(seconds=1)
    assert web.client.get("/cases").status_code == 401
    web.client.cookies.set(COOKIE, "invented")
    assert web.client.get("/cases").status_code == 401


def test_a_client_cannot_name_its_own_login(web: Web) -> None:
    web.log_in("reviewer")
    page = web.client.get("/desk", headers={"accept": "text/html", "x-sess": "someone else's"})
    assert page.status_code == 200
    assert "someone else" not in page.text


@pytest.mark.parametrize("headers", [{}, {"origin": "http://evil.example"}, {"origin": "http://testserver"}])
def test_a_websocket_needs_login_origin_and_page(web: Web, headers: dict[str, str]) -> None:
    with pytest.raises(WebSocketDisconnect), web.client.websocket_connect("/desk/ws", headers=headers):
        pass
    web.log_in("reviewer")  # with the login, but without a page token made for it
    with pytest.raises(WebSocketDisconnect), web.client.websocket_connect("/desk/ws", headers=headers):
        pass


def test_a_form_of_another_page_is_refused(web: Web) -> None:
    csrf = web.log_in("engineer")
    form = {"zone": "Z", "plot": "7", "title": "x"}
    assert web.client.post("/cases", data={**form, "csrf": "forged"}).status_code == 403
    assert web.client.post("/cases", data=form).status_code == 403
    assert web.client.post("/cases", data={**form, "csrf": csrf}, follow_redirects=False).status_code == 303


def test_logout_ends_the_login_for_good(web: Web) -> None:
    csrf = web.log_in("engineer")
    cookie = web.client.cookies[COOKIE]
    web.client.post("/logout", data={"csrf": csrf})
    web.client.cookies.set(COOKIE, cookie)
    assert web.client.get("/cases").status_code == 401


def test_language_is_kept_and_never_leads_elsewhere(web: Web) -> None:
    csrf = web.log_in("engineer")
    back = "//evil.example/"
    answer = web.client.post("/language", data={"csrf": csrf, "to": "en", "back": back}, follow_redirects=False)
    assert answer.headers["location"] == "/"
    page = web.client.get("/cases", headers={"accept": "text/html"}).text
    assert 'dir="ltr"' in page
    assert "My cases" in page


def test_a_desk_that_cannot_be_built_says_why(web: Web) -> None:
    web.log_in("reviewer")
    page = web.client.get("/desk/case?id=nothing", headers={"accept": "text/html"})
    assert "لا توجد إضبارة" in page.text
