"""Who may open what: every route of the portal for the owner of a case, for another engineer and for nobody."""

import re
from collections.abc import Iterator
from typing import Any

from fastapi.routing import APIRoute

from api.guard import PUBLIC
from api.main import ROUTERS
from permits import audit
from permits.people.actor import Role
from permits.people.tables import User
from tests.api.conftest import Web
from tests.factories import PASSWORD, make_actor

HTML = {"accept": "text/html"}


def come(web: Web, role: Role) -> None:
    """Log in as a person of this role, made if there is none."""
    with web.context.database.transaction() as session:
        if session.query(User).filter_by(login=str(role)).first() is None:
            make_actor(session, role)
    web.client.cookies.clear()
    web.client.post("/login", data={"login": str(role), "password": PASSWORD}, follow_redirects=False)


def routes(method: str) -> Iterator[str]:
    """Our own routes of one method, without those for programs and for everybody."""
    for module in ROUTERS:
        for route in module.router.routes:  # type: ignore[attr-defined] - all are modules with a router
            if isinstance(route, APIRoute) and method in route.methods and not route.path.startswith(PUBLIC):
                yield route.path


def address(web: Web, path: str) -> str:
    given = {"case_id": web.case_id, "zone": "Z", "number": "7", "form": "bcf"}
    return re.sub(r"\{(\w+)(?::\w+)?\}", lambda m: given.get(m[1], "00000000-0000-0000-0000-000000000000"), path)


METHODS = ("GET", "POST", "PATCH", "HEAD", "DELETE")
GUARDED = [(method, path) for method in METHODS for path in sorted(set(routes(method)))]


def test_there_are_routes_to_look_at() -> None:
    assert len([one for one in GUARDED if one[0] == "GET"]) > 25
    assert len([one for one in GUARDED if one[0] == "POST"]) > 12


def send(web: Web, method: str, path: str, **more: Any) -> int:
    return web.client.request(method, address(web, path), follow_redirects=False, **more).status_code


def test_nobody_gets_anything(web: Web) -> None:
    assert [(m, p, s) for m, p in GUARDED if (s := send(web, m, p)) != 401] == []


def acts(web: Web) -> int:
    with web.context.database.reading() as session:
        return audit.reached(session)


def test_a_form_needs_the_token_of_its_page(web: Web) -> None:
    come(web, Role.ENGINEER)
    before = acts(web)
    found = {(m, p): send(web, m, p) for m, p in GUARDED if m in ("POST", "PATCH", "DELETE")}
    assert {key: status for key, status in found.items() if status not in (403, 404, 422)} == {}
    assert acts(web) == before


def test_another_engineer_gets_nothing_of_a_case(web: Web) -> None:
    with web.context.database.transaction() as session:
        make_actor(session, Role.ENGINEER, "stranger")
    csrf = web.log_in("stranger")
    before = acts(web)
    given = {"data": {"csrf": csrf, "text": "x", "title": "x", "plot": "7"}, "headers": {"x-csrf": csrf}}
    refused = (403, 404, 409)  # 409: the workflow's guard "not your case"
    found = {
        (m, p): send(web, m, p, **(given if m == "POST" else {}))
        for m, p in GUARDED
        if p.startswith("/cases/{case_id}")
    }
    assert len(found) > 15
    assert {key: status for key, status in found.items() if status not in refused} == {}
    assert acts(web) == before


def test_the_owner_of_a_case_gets_its_pages(web: Web) -> None:
    come(web, Role.ENGINEER)
    for path in ("/cases/{case_id}", "/cases/{case_id}/messages", "/cases/{case_id}/changes", "/cases"):
        assert send(web, "GET", path, headers=HTML) == 200, path
