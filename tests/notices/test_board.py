"""The public board: what stands, what ended, what was revoked, and nobody's name."""

import json
from datetime import date

import pytest
from shapely import box
from sqlalchemy.orm import Session

from permits.cases.workflow import State
from permits.db import new_id
from permits.documents.tables import Permit, RevokedDocument
from permits.errors import NotFound
from permits.jobs import Context
from permits.notices.board import Standing, notices_map, notices_of
from permits.occupancy.tables import Occupancy, OccupancyLicence
from permits.people.actor import Actor, Role
from tests.api.conftest import Web, web  # noqa: F401 - a fixture
from tests.factories import make_actor, make_case, make_zone

HOLDER = "ليلى بنت سامي المثال"


def permit(session: Session, engineer: Actor, number: str, first: str, last: str, document: str | None = "d") -> Permit:
    case = make_case(session, engineer, State.PERMIT_ISSUED)
    row = Permit(
        id=new_id(), case_id=case.id, number=number, issued_on=first, expires_on=last, token="t",
        facts={"use": "residential", "floors": 4, "owners": [HOLDER], "title": case.title}, fingerprint="f",
        document_sha256=document,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def licence(session: Session, number: str, first: str, last: str) -> None:
    row = Occupancy(
        number=f"O-{number}", state="licensed", zone="Z", plot="7", kind="tables", street_class="2", holder=HOLDER,
        first_day=first, last_day=last, polygon=box(0, -3, 5, -1), area="10.00", applied_by="x", applied_on=first,
    )  # fmt: skip
    session.add(row)
    session.flush()
    session.add(
        OccupancyLicence(
            occupancy_id=row.id, number=number, issued_on=first, token="t", facts={}, fingerprint="f",
            document_sha256="d",
        )
    )  # fmt: skip
    session.flush()


def revoked(session: Session, number: str, on: str) -> None:
    session.add(
        RevokedDocument(
            number=number, subject="s", on_day=on, reason="court_order", note="", asked_by="a", decided_by="b"
        )
    )
    session.flush()


def test_each_document_has_its_standing_of_the_day(context: Context) -> None:
    with context.database.transaction() as session:
        make_zone(session)
        engineer = make_actor(session, Role.ENGINEER)
        permit(session, engineer, "P-1", "2026-01-01", "2026-06-30")
        permit(session, engineer, "P-2", "2026-02-01", "2029-02-01")
        permit(session, engineer, "P-3", "2026-03-01", "2029-03-01", document=None)
        licence(session, "L-1", "2026-05-01", "2026-05-31")
        revoked(session, "P-2", "2026-05-20")

        def standing(day: str) -> dict[str, Standing]:
            found = notices_of(session, zone="Z", on=date.fromisoformat(day))
            return {notice.number: notice.standing for notice in found}

        assert standing("2026-04-30") == {"L-1": "coming", "P-2": "in_force", "P-1": "in_force"}
        assert standing("2026-05-20") == {"L-1": "in_force", "P-2": "revoked", "P-1": "in_force"}
        assert standing("2026-07-01") == {"L-1": "ended", "P-2": "revoked", "P-1": "ended"}
        assert list(standing("2026-07-01")) == ["L-1", "P-2", "P-1"]
        with pytest.raises(NotFound):
            notices_of(session, zone="nowhere", on=date(2026, 5, 1))


def test_the_map_has_what_the_list_has_and_no_name(context: Context) -> None:
    with context.database.transaction() as session:
        make_zone(session)
        permit(session, make_actor(session, Role.ENGINEER), "P-1", "2026-01-01", "2029-01-01")
        licence(session, "L-1", "2026-05-01", "2026-05-31")
        drawn = notices_map(session, zone="Z", notices=notices_of(session, zone="Z", on=date(2026, 5, 5)))
    assert [one["properties"]["number"] for one in drawn["features"]] == ["L-1", "P-1"]
    assert HOLDER not in json.dumps(drawn, ensure_ascii=False)


def test_the_board_is_public_and_filtered(web: Web) -> None:  # noqa: F811 - the fixture
    with web.context.database.transaction() as session:
        permit(session, web.engineer, "P-9", "2026-01-01", "2099-01-01")
    html = {"accept": "text/html"}
    assert "P-9" in web.client.get("/notices", headers=html).text
    ended = web.client.get("/notices", params={"standing": "ended"}, headers=html).text
    assert "P-9" not in ended
    assert "لم يصدر شيء" in ended
    assert web.client.get("/notices", params={"zone": "nowhere"}, headers=html).status_code == 404
    shown = web.client.get("/notices/Z.geojson")
    assert shown.headers["content-type"] == "application/geo+json"
    assert shown.json()["features"][0]["properties"]["standing"] == "in_force"
