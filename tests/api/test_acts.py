"""Acts of the register through the API: read, tried, entered once, each for the role and the scope that it needs."""

from fractions import Fraction
from typing import Any

import pytest

from permits.calendar import today
from permits.people.actor import Role
from permits.people.clients import Scope
from permits.register.verify import verify
from tests.api.conftest import Web
from tests.api.test_programs import Program
from tests.extracts.counter import BUYER, NUMBERS, OWNER
from tests.register.offices import people, register

BOTH = (Scope.SHEETS_READ, Scope.SHEETS_WRITE)


def wish(**changes: Any) -> dict[str, Any]:
    made = {"act": "sale", "after": 1, "reason": "عقد بيع", "document": "9/2026", "day": today().isoformat()}
    return {**made, "share": "1/4", "identity": NUMBERS[BUYER], "name": BUYER, **changes}


@pytest.fixture
def sheet(web: Web) -> str:
    """A sheet of one owner."""
    with web.context.database.transaction() as session:
        return register(session, "100", {people(session, OWNER)[OWNER]: Fraction(1)}).id


@pytest.mark.slow
@pytest.mark.parametrize("path", ["acts", "acts/preview"])
def test_nothing_is_entered_without_the_scope_to_write_or_by_another_than_a_registrar(
    web: Web, sheet: str, path: str
) -> None:
    reader = Program(web, Role.REGISTRAR, *(one for one in Scope if one is not Scope.SHEETS_WRITE))
    cashier = Program(web, Role.CASHIER, *BOTH)
    for program, code in ((reader, "scope-needed"), (cashier, "role-needed")):
        answer = program.post(f"/api/v1/sheets/{sheet}/{path}", wish())
        assert (answer.status_code, answer.json()["title"]) == (403, code)


@pytest.mark.slow
def test_an_act_is_tried_entered_and_not_entered_twice(web: Web, sheet: str) -> None:
    program, path = Program(web, Role.REGISTRAR, *BOTH), f"/api/v1/sheets/{sheet}"
    before = program.get(path).json()
    sale = wish(party=before["owners"][0]["party"], after=before["journal"][-1]["number"])
    (tried,) = program.post(f"{path}/acts/preview", sale).json()["sheets"]
    told = {one["name"]: (one["before"], one["after"]) for one in tried["owners"]}
    assert told == {OWNER: ("1", "3/4"), BUYER: ("0", "1/4")}
    assert program.get(path).json() == before
    entered = program.post(f"{path}/acts", sale)
    assert (entered.status_code, entered.json()["sheet"]) == (201, sheet)
    again = program.post(f"{path}/acts", sale)
    assert (again.status_code, again.json()["title"]) == (409, "sheet-changed-since")
    after = program.get(path).json()
    assert {one["name"]: one["of_2400"] for one in after["owners"]} == {OWNER: "1800", BUYER: "600"}
    assert after["journal"][-1]["number"] == entered.json()["number"]
    with web.context.database.reading() as session:
        assert verify(session).faults == ()


def test_a_split_leads_from_the_old_sheet_to_the_new(web: Web, sheet: str) -> None:
    program, path = Program(web, Role.REGISTRAR, *BOTH), f"/api/v1/sheets/{sheet}"
    before = program.get(path).json()
    half = f"{float(before['area']) / 2:.2f}"
    split = wish(act="split", after=before["journal"][-1]["number"], share="", identity="", name="")
    pieces = [{"parcel": "101", "area": half}, {"parcel": "102", "area": half}]
    assert program.post(f"{path}/acts", {**split, "pieces": pieces}).status_code == 201
    after = program.get(path).json()
    assert (len(after["became"]), after["acts"]) == (2, ["reversal"])
    assert program.get(f"/api/v1/sheets/{after['became'][0]}").json()["made_of"] == [sheet]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"share": "5/4"}, "share-not-held"), ({"share": "ربع"}, "registry-share-unreadable"),
        ({"day": "2999-01-01"}, "day-to-come"), ({"act": "theft"}, None), ({"colour": "red"}, None),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(web: Web, sheet: str, changes: dict[str, Any], code: str | None) -> None:
    program, path = Program(web, Role.REGISTRAR, *BOTH), f"/api/v1/sheets/{sheet}"
    seen = program.get(path).json()
    sale = wish(party=seen["owners"][0]["party"], after=seen["journal"][-1]["number"])
    answer = program.post(f"{path}/acts", {**sale, **changes})
    assert answer.status_code in (409, 422)
    assert answer.json().get("title") == code  # what the form itself refuses has no code of ours
    assert program.get(path).json() == seen


@pytest.mark.slow
def test_a_sheet_that_is_none(web: Web) -> None:
    program = Program(web, Role.REGISTRAR, *BOTH)
    assert program.get("/api/v1/sheets/none").status_code == 404
    assert program.post("/api/v1/sheets/none/acts", wish(party="x")).status_code == 404
