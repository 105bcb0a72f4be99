"""The city model of permits in force: structurally sound CityJSON, told what it lacks, for staff and syndicate."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from api.main import create_app
from permits.cases.fee import issue_bill
from permits.db import utcnow
from permits.documents.city import Unshown, city_model
from permits.documents.issue import issue_permit
from permits.documents.tables import Permit
from permits.errors import Forbidden, NotFound
from permits.jobs import Context
from permits.people.actor import SYSTEM, Actor, Role
from permits.review.check import check_model
from tests.cli.conftest import Command, rukhsa
from tests.factories import PASSWORD, make_actor, make_client
from tests.money.books import LAYERS, Town, make_case, open_books
from tests.money.test_payments import notice_of, tell

__all__ = ["rukhsa"]
SAMPLES = Path(__file__).parents[2] / "sample_models"


@pytest.fixture(scope="module")
def judged() -> bytes:
    """The report of the building that complies."""
    return check_model(SAMPLES / "models" / "complies.ifc", layers=LAYERS, plot="103", on=date(2026, 11, 1)).to_json()


@pytest.fixture
def town(context: Context) -> Town:
    return open_books(context)


def permit_of(context: Context, town: Town, raw: bytes, **changed: Any) -> str:
    """A permit issued on a report; its number."""
    content = {**json.loads(raw), **changed}
    with context.database.transaction() as session:
        case = make_case(session, context, town, content)
        bill = issue_bill(session, actor=SYSTEM, storage=context.storage, governorate="01", case_id=case.id)
    tell(context, notice_of(bill, case.id[-12:]))
    issue_permit(context, case_id=case.id)
    with context.database.reading() as session:
        return session.scalars(select(Permit).where(Permit.case_id == case.id)).one().number


def model_of(context: Context, zone: str, actor: Actor = SYSTEM) -> Any:
    with context.database.reading() as session:
        return city_model(session, actor=actor, storage=context.storage, zone=zone)


def check_structure(document: Any) -> int:
    """Every index in range, every shell closed and oriented; the number of solids."""
    solids = [solid for one in document["CityObjects"].values() for solid in one["geometry"]]
    for solid in solids:
        (shell,) = solid["boundaries"]
        directed = Counter(pair for face in shell for ring in face for pair in pairwise([*ring, ring[0]]))
        assert set(directed.values()) == {1}
        assert {(b, a) for a, b in directed} == set(directed)
        assert all(0 <= at < len(document["vertices"]) for pair in directed for at in pair)
        assert all(len(set(ring)) == len(ring) >= 3 for face in shell for ring in face)
        assert len(solid["semantics"]["values"][0]) == len(shell)
    used = {at for solid in solids for face in solid["boundaries"][0] for ring in face for at in ring}
    assert used == set(range(len(document["vertices"])))
    return len(solids)


@pytest.mark.slow
def test_a_permit_is_a_building_with_its_storeys(context: Context, town: Town, judged: bytes) -> None:
    number = permit_of(context, town, judged)
    city = model_of(context, town.zone)
    document = json.loads(city.document)
    assert (city.permits, city.unshown) == ((number,), ())
    volumes = [v for v in json.loads(judged)["volumes"] if v["kind"] in ("storey", "projection")]
    assert check_structure(document) == sum(len(v["rings"]) for v in volumes) > 3
    building = document["CityObjects"][number]
    told = building["attributes"]
    assert building["type"] == "Building"
    assert (told["permitNumber"], told["plot"], told["use"], told["fictitious"]) == (
        number,
        town.plot,
        "residential",
        True,
    )
    assert told["storeysAboveGround"] == 4
    heights = [document["transform"]["translate"][2] + 0.001 * vertex[2] for vertex in document["vertices"]]
    assert max(heights) == pytest.approx(max(v["top"] for v in volumes), abs=0.002)
    assert told["measuredHeight"] == pytest.approx(max(heights) - 690.72, abs=0.05)  # above the reference level of 103
    assert document["metadata"]["referenceSystem"].endswith("/22770")


UNSHOWN: list[tuple[str, Callable[[dict[str, Any]], dict[str, Any]]]] = [
    ("no_volumes", lambda _: {"volumes": []}),
    ("not_placed", lambda _: {"placement": None}),
    ("other_grid", lambda report: {"placement": {**report["placement"], "grid": "EPSG:22780"}}),
]


@pytest.mark.parametrize(("reason", "change"), UNSHOWN, ids=[name for name, _ in UNSHOWN])
def test_what_cannot_be_shown_is_told(
    context: Context, town: Town, judged: bytes, reason: str, change: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    number = permit_of(context, town, judged, **change(json.loads(judged)))
    city = model_of(context, town.zone)
    document = json.loads(city.document)
    assert city.unshown == (Unshown(number, reason),)
    assert document["CityObjects"][number]["geometry"] == []
    assert document["CityObjects"][number]["attributes"]["solidsMissing"] == reason
    assert check_structure(document) == 0


def test_revoked_permits_and_other_zones_are_left_out(context: Context, town: Town, judged: bytes) -> None:
    first, second = permit_of(context, town, judged), permit_of(context, town, judged)
    with context.database.transaction() as session:
        session.scalars(select(Permit).where(Permit.number == first)).one().revoked_at = utcnow()
    assert model_of(context, town.zone).permits == (second,)
    with pytest.raises(NotFound):
        model_of(context, "nowhere")
    with pytest.raises(Forbidden):
        model_of(context, town.zone, replace(SYSTEM, roles=frozenset({Role.ENGINEER})))


def test_staff_and_syndicate_ask_for_it_and_no_engineer(context: Context, town: Town, judged: bytes) -> None:
    number = permit_of(context, town, judged)
    with context.database.transaction() as session:
        for role in (Role.REVIEWER, Role.ENGINEER):
            make_actor(session, role)
        make_client(session)
    client = TestClient(create_app(context, work=False), base_url="http://testserver")
    path = f"/zones/{town.zone}/city.json"
    assert client.get(path).status_code == 401
    statuses = {}
    for who in ("engineer", "reviewer"):
        client.cookies.clear()
        client.post("/login", data={"login": who, "password": PASSWORD})
        answer = client.get(path)
        statuses[who] = answer.status_code
    assert statuses == {"engineer": 403, "reviewer": 200}
    assert answer.headers["content-type"] == "application/city+json"
    assert list(answer.json()["CityObjects"]) == [number]
    client.cookies.clear()
    for scope, status in (("cases:read", 200), ("models:read", 403)):
        form = {"grant_type": "client_credentials", "client_id": "s", "client_secret": PASSWORD, "scope": scope}
        bearer = {"authorization": f"Bearer {client.post('/oauth/token', data=form).json()['access_token']}"}
        assert client.get(f"/api/v1{path}", headers=bearer).status_code == status
    client.close()


def test_the_command_writes_it_and_says_what_it_lacks(
    context: Context, town: Town, judged: bytes, rukhsa: Command, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    shown, bare = permit_of(context, town, judged), permit_of(context, town, judged, volumes=[])
    capsys.readouterr()
    out = tmp_path / "zone.city.json"
    assert rukhsa("office", "city-model", town.zone, "--out", str(out)) == 0
    said = capsys.readouterr().out
    assert bare in said
    assert shown not in said
    assert "من دون مجسّم" in said
    document = json.loads(out.read_bytes())
    assert list(document["CityObjects"]) == [shown, bare]
    assert check_structure(document) > 3
    assert rukhsa("office", "city-model", "nowhere", "--out", str(tmp_path / "no")) == 2
    assert not (tmp_path / "no").exists()
