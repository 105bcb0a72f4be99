"""The page of a plot: what may be built on it, its files, a corrected edge role, and numbers that are not there."""

import json
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from api.main import create_app
from gis.site import EdgeRole
from permits.jobs import Context
from permits.land.edge_roles import correct_edge_role, edge_roles
from permits.people.actor import Role
from permits.registry import register_jobs
from tests.factories import PASSWORD, make_actor
from tests.land.test_versions import LAYERS, bring

HTML = {"accept": "text/html"}
PATH = "/zones/FZ-1/plots/103"


@pytest.fixture
def client(context: Context) -> Iterator[TestClient]:
    register_jobs()
    bring(context, LAYERS)
    with context.database.transaction() as session:
        make_actor(session, Role.ENGINEER)
    client = TestClient(create_app(context, work=False), base_url="http://testserver")
    client.post("/login", data={"login": "engineer", "password": PASSWORD})
    yield client
    client.close()


def test_the_page_says_what_may_be_built(client: TestClient) -> None:
    said = client.get(PATH, headers=HTML)
    assert said.status_code == 200
    for word in ("ماذا يجوز أن أبني هنا؟", "780", "أمامية", "<svg", "form=pdf"):
        assert word in said.text
    assert "What may I build here?" in client.get(f"{PATH}?lang=en", headers=HTML).text


@pytest.mark.parametrize(
    ("form", "media", "start"),
    [
        ("pdf", "application/pdf", b"%PDF-"), ("glb", "model/gltf-binary", b"glTF"),
        ("geojson", "application/geo+json", b"{"), ("city.json", "application/city+json", b"{"),
    ],
)  # fmt: skip
def test_each_file_is_what_it_says(client: TestClient, form: str, media: str, start: bytes) -> None:
    answer = client.get(PATH, params={"form": form})
    assert (answer.status_code, answer.headers["content-type"]) == (200, media)
    assert answer.content.startswith(start)
    if start == b"{":
        assert json.loads(answer.content)["type"] in ("FeatureCollection", "CityJSON")
    assert client.get(PATH, params={"form": "exe"}).status_code == 422


def test_a_corrected_role_changes_page_and_files(context: Context, client: TestClient) -> None:
    before = client.get(PATH, params={"form": "city.json"}).content
    with context.database.transaction() as session:
        reviewer = make_actor(session, Role.REVIEWER)
        edges = edge_roles(session, storage=context.storage, zone="FZ-1", plot="103").edges
        rear = next(at for at, edge in enumerate(edges) if edge.role is EdgeRole.REAR)
        correct_edge_role(
            session, actor=reviewer, storage=context.storage, zone="FZ-1", plot="103", edge=rear, role="front",
            reason="شارع",
        )  # fmt: skip
    assert "مصححة" in client.get(PATH, headers=HTML).text
    assert client.get(PATH, params={"form": "city.json"}).content != before


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/zones/FZ-1/plots/999", 422, "unknown_plot"), ("/zones/FZ-2/plots/103", 404, "plot-unknown"),
        ("/zones/none/plots/103", 404, "zone-unknown"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_refused(client: TestClient, path: str, status: int, code: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.json()["title"]) == (status, code)
    assert client.get(path, headers=HTML).status_code == status


def test_a_form_leads_to_the_page_and_needs_its_token(client: TestClient) -> None:
    page = client.get("/cases/new", headers=HTML).text
    csrf = page.split('data-csrf="')[1].split('"')[0]
    sent = {"plot": " 12/3 ", "csrf": csrf, "title": ""}
    answer = client.post("/zones/FZ-1/plots", data=sent, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/zones/FZ-1/plots/12%2F3")
    assert client.get("/zones/FZ-1/plots/12%2F3").json()["detail"].count("12/3") == 1  # one number, not two parts
    assert client.post("/zones/FZ-1/plots", data={**sent, "csrf": "no"}).status_code == 403
    client.cookies.clear()
    assert client.get(PATH).status_code == 401
