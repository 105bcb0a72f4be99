"""Bad input at the portal: a clear message in the reader's language, a proper status, an entry where it matters."""

import base64

import pytest

from permits import audit
from permits.cases.tables import Case, Upload
from tests.api.conftest import Web
from tests.factories import PASSWORD

REPORTS = ("/report", *(f"/report.{form}" for form in ("json", "html", "xlsx", "pdf", "bcf")))


def _headers(csrf: str, **more: str) -> dict[str, str]:
    return {"X-CSRF": csrf, "Tus-Resumable": "1.0.0", **{k.replace("_", "-"): v for k, v in more.items()}}


def _metadata(case_id: str, name: str = "m.ifc") -> str:
    facts = {"case": case_id, "filename": name}
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in facts.items())


def _announce(web: Web, csrf: str, length: int) -> str:
    answer = web.client.post(
        "/files", headers=_headers(csrf, Upload_Length=str(length), Upload_Metadata=_metadata(web.case_id))
    )
    assert answer.status_code == 201
    return str(answer.headers["location"])


def test_wrong_password(web: Web) -> None:
    answer = web.client.post("/login", data={"login": "engineer", "password": "wrong"})
    assert answer.status_code == 401
    assert "كلمة المرور" in answer.text
    assert web.client.post("/login", data={"login": "engineer", "password": PASSWORD}, follow_redirects=False)


@pytest.mark.parametrize(("language", "text"), [("ar", "لا يوجد مقسم"), ("en", "There is no plot")])
def test_unknown_plot(web: Web, language: str, text: str) -> None:
    csrf = web.log_in("engineer")
    form = {"csrf": csrf, "zone": "Z", "plot": "999", "title": "x"}
    page = web.client.post(f"/cases?lang={language}", data=form, headers={"accept": "text/html"})
    assert page.status_code == 404
    assert text in page.text
    program = web.client.post(f"/cases?lang={language}", data=form)
    assert program.headers["content-type"] == "application/problem+json"
    assert program.json()["type"] == "urn:rukhsa:plot-unknown"
    with web.context.database.reading() as session:
        assert session.query(Case).count() == 1


def test_a_case_of_another_engineer_does_not_exist(web: Web) -> None:
    from permits.people.actor import Role
    from tests.factories import make_actor

    with web.context.database.transaction() as session:
        make_actor(session, Role.ENGINEER, "other")
    web.log_in("other")
    for path in ("", *REPORTS, "/model", "/permit.pdf", "/review", "/fee"):
        assert web.client.get(f"/cases/{web.case_id}{path}").status_code == 404


def test_what_is_not_there_yet_says_so(web: Web) -> None:
    web.log_in("engineer")
    for path in (*REPORTS, "/model", "/permit.pdf"):
        answer = web.client.get(f"/cases/{web.case_id}{path}", headers={"accept": "text/html"})
        assert answer.status_code == 404
        assert "بعد" in answer.text


def test_submitting_without_a_reviewed_model(web: Web) -> None:
    csrf = web.log_in("engineer")
    answer = web.client.post(f"/cases/{web.case_id}/submit", data={"csrf": csrf})
    assert (answer.status_code, answer.json()["title"]) == (409, "no-finished-review")


def test_upload_lies_and_limits(web: Web) -> None:
    csrf = web.log_in("engineer")
    too_large = _headers(csrf, Upload_Length="900000000000", Upload_Metadata=_metadata(web.case_id))
    assert web.client.post("/files", headers=too_large).status_code == 413
    empty = _headers(csrf, Upload_Length="0", Upload_Metadata=_metadata(web.case_id))
    assert web.client.post("/files", headers=empty).status_code == 422
    garbled = _headers(csrf, Upload_Length="5", Upload_Metadata="case ***")
    assert web.client.post("/files", headers=garbled).status_code == 422
    unknown = _headers(csrf, Upload_Length="5", Upload_Metadata=_metadata("nothing"))
    assert web.client.post("/files", headers=unknown).status_code == 404
    with web.context.database.reading() as session:
        assert session.query(Upload).count() == 0


def test_upload_in_pieces_with_a_wrong_offset_and_a_repeated_end(web: Web) -> None:
    csrf = web.log_in("engineer")
    place = _announce(web, csrf, 10)

    def send(offset: int, piece: bytes) -> int:
        return web.client.patch(place, content=piece, headers=_headers(csrf, Upload_Offset=str(offset))).status_code

    assert send(0, b"ISO-1") == 204
    assert send(0, b"again") == 409
    assert web.client.head(place, headers=_headers(csrf)).headers["upload-offset"] == "5"
    assert send(5, b"more than announced") == 422
    assert send(5, b"0303-") == 204
    assert web.client.head(place, headers=_headers(csrf)).headers["upload-offset"] == "10"
    assert send(10, b"") == 204
    with web.context.database.reading() as session:
        events = [row.event for row in audit.timeline(session, web.case_id)]
    assert events.count("model-uploaded") == 1
    assert "upload-refused" in events
    assert not list((web.context.settings.data_dir / "uploads").iterdir())


def test_an_upload_whose_end_was_cut_by_a_power_failure_is_finished_when_asked_about(web: Web) -> None:
    csrf = web.log_in("engineer")
    place = _announce(web, csrf, 4)
    folder = web.context.settings.data_dir / "uploads"
    folder.mkdir(parents=True)
    (folder / place.rsplit("/", 1)[-1]).write_bytes(b"abcd")  # flushed, then the power went
    assert web.client.head(place, headers=_headers(csrf)).headers["upload-offset"] == "4"
    with web.context.database.reading() as session:
        assert [row.event for row in audit.timeline(session, web.case_id)].count("model-uploaded") == 1
