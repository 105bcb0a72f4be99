"""The building in 3D over HTTP: for whoever may see the case, kept by browsers under its hash."""

import json

import pytest

from permits.cases.tables import Case, Review
from permits.cases.workflow import State
from permits.people.actor import Role
from tests.api.conftest import Web
from tests.factories import make_actor, make_review
from tests.scene.test_scene import REPORT, building, made

PARTS = ("model.glb", "around.glb", "model.json")


@pytest.fixture
def shown(web: Web) -> Web:
    """The case stands at the syndicate with a scene."""
    storage, scene = web.context.storage, made()
    assert scene.around
    kept = {"building": storage.keep_bytes(building()), "around": storage.keep_bytes(scene.around)}
    with web.context.database.transaction() as session:
        case = session.get_one(Case, web.case_id)
        case.state = str(State.AT_SYNDICATE)
        model = make_review(session, case)
        review = session.query(Review).filter_by(model_id=model.id).one()
        review.summary = {**(review.summary or {}), "scene": kept}
    return web


@pytest.mark.slow
@pytest.mark.parametrize("role", ["engineer", "reviewer"])
def test_whoever_may_see_the_case_gets_every_part(shown: Web, role: str) -> None:
    shown.log_in(role)
    answers = [shown.client.get(f"/cases/{shown.case_id}/{part}") for part in PARTS]
    assert [a.status_code for a in answers] == [200] * 3
    assert [a.headers["content-type"] for a in answers] == ["model/gltf-binary"] * 2 + ["application/json"]
    assert answers[0].content == building()
    assert len(json.loads(answers[2].content)["elements"]) > 400
    assert {a.headers["content-encoding"] for a in answers} == {"gzip"}


def test_a_stranger_gets_none(shown: Web) -> None:
    with shown.context.database.transaction() as session:
        make_actor(session, Role.ENGINEER, login="other")
    shown.log_in("other")
    assert [shown.client.get(f"/cases/{shown.case_id}/{part}").status_code for part in PARTS] == [404] * 3
    shown.client.cookies.clear()
    assert [shown.client.get(f"/cases/{shown.case_id}/{part}").status_code for part in PARTS] == [401] * 3


def test_the_syndicate_needs_the_right_to_read_models(shown: Web) -> None:
    path = f"/api/v1/cases/{shown.case_id}/model.glb"
    scopes = {"models:read": 200, "cases:read": 403}
    got = {s: shown.client.get(path, headers={"authorization": f"Bearer {shown.token(s)}"}) for s in scopes}
    assert {scope: answer.status_code for scope, answer in got.items()} == scopes


def test_a_browser_asks_once(shown: Web) -> None:
    shown.log_in("engineer")
    path = f"/cases/{shown.case_id}/model.glb"
    first = shown.client.get(path)
    sha256 = first.headers["etag"].strip('"')
    assert first.headers["cache-control"] == "private, no-cache"
    assert shown.client.get(path, headers={"if-none-match": f'W/"{sha256}"'}).status_code == 304
    assert shown.client.get(path, headers={"if-none-match": '"other"'}).status_code == 200
    assert "immutable" in shown.client.get(f"{path}?v={sha256}").headers["cache-control"]
    assert "immutable" not in shown.client.get(f"{path}?v=other").headers["cache-control"]


def test_without_a_scene_it_says_why(web: Web) -> None:
    web.log_in("engineer")
    answer = web.client.get(f"/cases/{web.case_id}/model.glb")
    assert (answer.status_code, answer.json()["title"]) == (404, "no-report")


def test_the_page_of_the_building_is_for_the_same_people(shown: Web) -> None:
    raw = REPORT().to_json()
    with shown.context.database.transaction() as session:
        make_actor(session, Role.ENGINEER, login="other")
        session.query(Review).one().report_sha256 = shown.context.storage.keep_bytes(raw)
    path, html = f"/cases/{shown.case_id}/building", {"accept": "text/html"}
    found = {}
    for who in ("engineer", "reviewer", "other"):
        shown.log_in(who)
        found[who] = shown.client.get(path, headers=html)
    assert [answer.status_code for answer in found.values()] == [200, 200, 404]
    page = found["engineer"].text
    assert page.count("<article") == 15
    given = json.loads(page.split('id="model3d">')[1].split("</script>")[0])
    assert given["building"].startswith(f"/cases/{shown.case_id}/model.glb?v=")
    assert set(given["states"].values()) == {"error"}
    shown.client.cookies.clear()
    assert shown.client.get(path, headers=html, follow_redirects=False).headers["location"] == "/login"
