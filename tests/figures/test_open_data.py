"""Open data: files without a login, small counts withheld, nobody named."""

import csv
import io
import json
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from permits.audit import AuditRow
from permits.calendar import today
from permits.cases.tables import CaseTurn
from permits.cases.workflow import State, clock_of
from permits.db import new_id, utcnow
from permits.documents.tables import Permit
from permits.figures.month import Month
from permits.figures.open_data import FIGURES, PERMITS, Published, publish
from permits.jobs import Context
from permits.people.actor import Actor, Role
from tests.api.conftest import Web, web  # noqa: F401 - a fixture
from tests.factories import make_actor, make_case, make_zone

THIS = Month.of(today())
NEXT = THIS.ends + timedelta(days=2)
OWNER, TITLE = "ليلى بنت سامي المثال", "بناء سكني"


def issue(session: Session, engineer: Actor, count: int, use: str = "residential") -> None:
    """Cases of this month with their permits."""
    for number in range(count):
        case = make_case(session, engineer, State.DRAFT)
        for hour, state in enumerate((State.AT_SYNDICATE, State.PERMIT_ISSUED)):
            at = utcnow() + timedelta(seconds=hour)
            case.state, case.changed_at = str(state), at
            session.add(CaseTurn(case_id=case.id, state=str(state), clock=str(clock_of(state)), at=at))
        session.add(
            Permit(
                id=new_id(), case_id=case.id, number=f"P-{use}-{number}", issued_on=today().isoformat(),
                expires_on="2099-01-01", token="t", fingerprint="f", document_sha256="d",
                facts={"use": use, "floors": 4, "floor_area": "100.50", "owners": [OWNER], "title": TITLE},
            )
        )  # fmt: skip
    session.flush()


def table(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def of(context: Context, *, least: int = 5) -> Published:
    with context.database.reading() as session:
        return publish(session, office="DM-01", least=least, now=NEXT)


@pytest.fixture
def busy(context: Context) -> Context:
    """Six residential permits and two others in one zone."""
    with context.database.transaction() as session:
        make_zone(session)
        engineer = make_actor(session, Role.ENGINEER)
        issue(session, engineer, 6)
        issue(session, engineer, 2, "commercial")
        session.add(_act())
    return context


def _act() -> AuditRow:
    at = utcnow().isoformat(timespec="microseconds")
    return AuditRow(seq=1, at=at, event="installed", actor="system", subject="office", data="{}", hash="0" * 64)


def test_months_are_published_when_they_have_ended(busy: Context) -> None:
    with busy.database.reading() as session:
        assert publish(session, office="DM-01", least=5, now=utcnow()).months == ()
    found = of(busy)
    assert found.months == (str(THIS),)
    (row,) = table(found.figures_csv)
    assert tuple(row) == FIGURES
    assert (row["month"], row["received"], row["issued"], row["backlog"]) == (str(THIS), "8", "8", "0")
    assert (row["refused"], row["billed_syp"], row["first_right_percent"]) == ("0", "0.00", "")


def test_small_counts_are_withheld_with_a_second_one(busy: Context) -> None:
    rows = table(of(busy).permits_csv)
    assert [tuple(row) for row in rows] == [PERMITS, PERMITS]
    assert {row["use"]: (row["permits"], row["floor_area_m2"]) for row in rows} == {
        "commercial": ("<5", ""), "residential": ("-", "")
    }  # fmt: skip
    open_rows = table(of(busy, least=1).permits_csv)
    assert {row["use"]: row["permits"] for row in open_rows} == {"commercial": "2", "residential": "6"}
    assert open_rows[0]["floor_area_m2"] == "201"


def test_the_map_has_a_feature_to_zone_and_month(busy: Context) -> None:
    drawn = json.loads(of(busy).permits_geojson)
    (feature,) = drawn["features"]
    assert feature["geometry"]["type"] == "Polygon"
    assert (feature["properties"]["permits"], feature["properties"]["floor_area_m2"]) == ("8", "804")
    few = json.loads(of(busy, least=9).permits_geojson)["features"][0]["properties"]
    assert (few["permits"], few["floor_area_m2"]) == ("<9", "")


def test_nobody_is_named(busy: Context) -> None:
    found = of(busy, least=1)
    text = (found.figures_csv + found.permits_csv + found.permits_geojson).decode("utf-8")
    with busy.database.reading() as session:
        numbers = [permit.number for permit in session.scalars(select(Permit))]
    assert not any(secret in text for secret in (OWNER, TITLE, "اسم engineer", *numbers))


def test_files_are_public_and_kept(web: Web) -> None:  # noqa: F811 - the fixture
    web.client.cookies.clear()
    for name, kind in (
        ("figures.csv", "text/csv"),
        ("permits.csv", "text/csv"),
        ("permits.geojson", "application/geo+json"),
    ):
        answer = web.client.get(f"/open/{name}")
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith(kind)
        assert "max-age" in answer.headers["cache-control"]
        again = web.client.get(f"/open/{name}", headers={"if-none-match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
    page = web.client.get("/open", headers={"accept": "text/html"})
    assert page.status_code == 200
    assert "معاني الأعمدة" in page.text
    assert all(column in page.text for column in (*FIGURES, *PERMITS))
    assert "What the columns mean" in web.client.get("/open?lang=en").text


def test_a_page_beside_it_is_not_public(web: Web) -> None:  # noqa: F811 - the fixture
    web.client.cookies.clear()
    assert web.client.get("/desk/governor", headers={"accept": "text/html"}, follow_redirects=False).status_code == 303
