"""A database that does not answer: 503 with the reader's words, and nothing half done."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.guard import COOKIE
from api.main import create_app
from permits.adapters.storage import LocalStorage
from permits.db import Database
from permits.jobs import Context
from permits.settings import Settings


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    nobody = Database("postgresql+psycopg://nobody@127.0.0.1:9/none", b"key")  # the discard port: refused at once
    settings = Settings(data_dir=tmp_path, database_url=nobody.url)
    return TestClient(create_app(Context(nobody, LocalStorage(tmp_path / "objects"), settings), work=False))


def test_a_page_says_so_in_words(client: TestClient) -> None:
    form = {"login": "engineer", "password": "x"}
    answer = client.post("/login", data=form, headers={"accept": "text/html"})
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert "قاعدة البيانات لا تجيب" in answer.text


def test_a_program_gets_a_problem_document(client: TestClient) -> None:
    answer = client.get("/api/v1/cases", headers={"authorization": "Bearer x"})
    assert (answer.status_code, answer.json()["title"]) == (503, "database-unavailable")


def test_the_guard_says_so_too(client: TestClient) -> None:
    client.cookies.set(COOKIE, "a-login")
    answer = client.get("/cases?lang=en")
    assert answer.status_code == 503
    assert "does not answer" in answer.json()["detail"]


@pytest.mark.slow
def test_readiness_is_no(client: TestClient) -> None:
    assert client.get("/livez").status_code == 200
    assert client.get("/readyz").status_code == 503
