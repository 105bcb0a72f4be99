"""A case's report in every form, for its people through the portal and for the syndicate through the API."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader

from permits.cases.tables import Case
from permits.cases.workflow import State
from permits.people.actor import Role
from permits.review.html import script_source
from tests.api.conftest import Web
from tests.factories import make_actor, make_review
from tests.review.test_samples import checked

FORMS = {
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "bcf": "application/octet-stream",
}


@pytest.fixture
def reviewed(web: Web, tmp_path: Path) -> Web:
    """The case stands at the syndicate with the report of a model that has violations."""
    from permits.cases.tables import Review

    raw = tmp_path / "report.json"
    raw.write_bytes(checked("planted-violations.ifc").to_json())
    with web.context.database.transaction() as session:
        case = session.get_one(Case, web.case_id)
        case.state = str(State.AT_SYNDICATE)
        model = make_review(session, case)
        review = session.query(Review).filter_by(model_id=model.id).one()
        review.report_sha256 = web.context.storage.keep(raw)
    return web


def ask(web: Web, path: str, **headers: str) -> Any:
    return web.client.get(path, headers=headers)


def bearer(web: Web) -> dict[str, str]:
    return {"authorization": f"Bearer {web.token('cases:read')}"}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("program", [True, False])
def test_every_form_is_a_download_named_by_the_case(reviewed: Web, form: str, *, program: bool) -> None:
    headers = bearer(reviewed) if program else {}
    if not program:
        reviewed.log_in("engineer")
    answer = ask(reviewed, f"{'/api/v1' if program else ''}/cases/{reviewed.case_id}/report.{form}", **headers)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == FORMS[form]
    assert answer.headers["content-disposition"].startswith("attachment; filename=")
    assert answer.headers["content-disposition"].endswith(f'.{form}"')
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.slow
def test_they_are_what_they_say(reviewed: Web) -> None:
    reviewed.log_in("engineer")
    base = f"/cases/{reviewed.case_id}/report"
    book = openpyxl.load_workbook(io.BytesIO(ask(reviewed, f"{base}.xlsx?lang=en").content))
    assert book.sheetnames[0] == "Summary"
    for version, asked in (("2.1", ""), ("2.1", "?version=2.1"), ("3.0", "?version=3.0")):
        archive = zipfile.ZipFile(io.BytesIO(ask(reviewed, f"{base}.bcf{asked}").content))
        assert f'VersionId="{version}"'.encode() in archive.read("bcf.version")
    summary = PdfReader(io.BytesIO(ask(reviewed, f"{base}.pdf").content))
    assert json.loads(summary.attachments["report.json"][0])["model"] == "planted-violations.ifc"
    assert 'dir="rtl"' in ask(reviewed, f"{base}.html").text


def test_the_page_may_run_its_own_script_and_no_other(reviewed: Web) -> None:
    reviewed.log_in("engineer")
    for path in ("report", "report.html"):
        policy = ask(reviewed, f"/cases/{reviewed.case_id}/{path}").headers["content-security-policy"]
        assert f"script-src {script_source()};" in f"{policy};"
        assert "default-src 'self'" in policy


def test_the_case_s_page_offers_them(reviewed: Web) -> None:
    reviewed.log_in("engineer")
    page = ask(reviewed, f"/cases/{reviewed.case_id}", accept="text/html").text
    for path in ("report", "report.html", "report.xlsx", "report.pdf", "report.bcf", "report.bcf?version=3.0"):
        assert f'href="/cases/{reviewed.case_id}/{path}"' in page


@pytest.mark.parametrize("form", FORMS)
def test_nobody_else_gets_them(reviewed: Web, form: str) -> None:
    path = f"/cases/{reviewed.case_id}/report.{form}"
    assert ask(reviewed, path).status_code == 401
    assert ask(reviewed, f"/api/v1{path}").status_code == 401
    with reviewed.context.database.transaction() as session:
        make_actor(session, Role.ENGINEER, "other")
    reviewed.log_in("other")
    assert ask(reviewed, path).status_code == 404


@pytest.mark.parametrize("wrong", ["report.exe", "report.bcf?version=2.0"])
def test_another_form_or_version_is_refused(reviewed: Web, wrong: str) -> None:
    reviewed.log_in("engineer")
    assert ask(reviewed, f"/cases/{reviewed.case_id}/{wrong}").status_code == 422
