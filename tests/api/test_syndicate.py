"""The syndicate's API: tokens and scopes, what it may see, and the stamp bound to the model's hash."""

from typing import Any

import pytest

from permits import audit
from permits.cases.tables import Case, Model
from permits.cases.workflow import State
from tests.api.conftest import Web
from tests.factories import make_review

WRONG = "f" * 64


@pytest.fixture
def waiting(web: Web) -> Web:
    with web.context.database.transaction() as session:
        case = session.get_one(Case, web.case_id)
        case.state = str(State.AT_SYNDICATE)
        model = make_review(session, case)
        path = web.context.settings.data_dir / "m.ifc"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"ISO-10303-21;")
        model.sha256 = web.context.storage.keep(path)
    return web


def _sha256(web: Web) -> str:
    with web.context.database.reading() as session:
        return str(session.query(Model).one().sha256)


def _call(web: Web, method: str, path: str, token: str, **kwargs: Any) -> Any:
    return web.client.request(method, f"/api/v1/cases{path}", headers={"authorization": f"Bearer {token}"}, **kwargs)


def test_a_token_is_needed_and_must_carry_the_scope(waiting: Web) -> None:
    bare = waiting.client.get("/api/v1/cases")
    assert (bare.status_code, bare.headers["www-authenticate"]) == (401, "Bearer")
    assert _call(waiting, "GET", "", "invented").status_code == 401
    read = waiting.token("cases:read")
    assert len(_call(waiting, "GET", "", read).json()["cases"]) == 1
    assert _call(waiting, "GET", f"/{waiting.case_id}/model", read).status_code == 403
    stamp = {"model_sha256": _sha256(waiting), "auditor": "م. فلان"}
    refused = _call(waiting, "POST", f"/{waiting.case_id}/stamp", read, json=stamp)
    assert (refused.status_code, refused.json()["title"]) == (403, "scope-needed")


@pytest.mark.parametrize(
    ("change", "status", "error"),
    [
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_id": "ghost"}, 401, "invalid_client"),
        ({"scope": "everything"}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
    ],
)
def test_wrong_credentials(waiting: Web, change: dict[str, str], status: int, error: str) -> None:
    form = {"grant_type": "client_credentials", "client_id": "s", "client_secret": waiting.secret, **change}
    answer = waiting.client.post("/oauth/token", data=form)
    assert (answer.status_code, answer.json()) == (status, {"error": error})


def test_model_is_read_and_the_reading_is_kept(waiting: Web) -> None:
    answer = _call(waiting, "GET", f"/{waiting.case_id}/model", waiting.token())
    assert answer.content == b"ISO-10303-21;"
    with waiting.context.database.reading() as session:
        assert "model-read" in [row.event for row in audit.timeline(session, waiting.case_id)]


def test_stamp_is_for_the_very_model(waiting: Web) -> None:
    token = waiting.token()
    body = {"auditor": "م. فلان", "remarks": ""}
    other = _call(waiting, "POST", f"/{waiting.case_id}/stamp", token, json={**body, "model_sha256": WRONG})
    assert (other.status_code, other.json()["title"]) == (409, "stamp-other-model")
    malformed = _call(waiting, "POST", f"/{waiting.case_id}/stamp", token, json={**body, "model_sha256": "x"})
    assert malformed.status_code == 422
    right = {**body, "model_sha256": _sha256(waiting)}
    assert _call(waiting, "POST", f"/{waiting.case_id}/stamp", token, json=right).json()["state"] == "in_review"
    again = _call(waiting, "POST", f"/{waiting.case_id}/stamp", token, json=right)
    assert (again.status_code, again.json()["title"]) == (409, "wrong-state")


def test_return_reaches_the_engineer(waiting: Web) -> None:
    token = waiting.token()
    body = {"remarks": "ينقص مخطط الأساسات"}
    assert _call(waiting, "POST", f"/{waiting.case_id}/return", token, json=body).json() == {"state": "returned"}
    waiting.log_in("engineer")
    page = waiting.client.get(f"/cases/{waiting.case_id}", headers={"accept": "text/html"}).text
    assert "ينقص مخطط الأساسات" in page
    assert _call(waiting, "POST", f"/{waiting.case_id}/return", token, json=body).status_code == 409


def test_a_draft_is_nobody_elses_business(web: Web) -> None:
    token = web.token()
    assert _call(web, "GET", f"/{web.case_id}", token).status_code == 404
    assert _call(web, "GET", "?state=draft", token).json() == {"cases": []}
