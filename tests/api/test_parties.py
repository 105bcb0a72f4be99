"""Persons of the register through the API: read, tried, entered once, each for the role and scope that it needs."""

from fractions import Fraction
from typing import Any

import pytest

from permits.calendar import today
from permits.people.actor import Role
from permits.people.clients import Scope
from permits.register.parties import Identity, IdentityKind, identify
from permits.register.verify import verify
from tests.api.conftest import Web
from tests.api.test_programs import Program
from tests.extracts.counter import BUYER, NUMBERS, OWNER
from tests.register.offices import REGISTRAR, people, register

BOTH = (Scope.SHEETS_READ, Scope.SHEETS_WRITE)
NAME = "شركاء المثال"
GROUP: dict[str, Any] = {
    "name": NAME,
    "members": [
        {"identity": NUMBERS[OWNER], "part": "1/4"}, {"identity": NUMBERS[BUYER], "name": BUYER, "part": "3/4"},
    ],
}  # fmt: skip


def wish(**changes: Any) -> dict[str, Any]:
    made = {"act": "signal", "after": 0, "reason": "قرار قضائي", "document": "ق-7/2026", "day": today().isoformat()}
    return {**made, "kind": "no-disposal", **changes}


@pytest.fixture
def owner(web: Web) -> str:
    """A person with a document and a sheet."""
    with web.context.database.transaction() as session:
        party = people(session, OWNER)[OWNER]
        document = Identity(IdentityKind.NATIONAL_NUMBER, NUMBERS[OWNER])
        identify(session, actor=REGISTRAR, party_id=party, identity=document)
        register(session, "100", {party: Fraction(1)})
        return party


@pytest.mark.parametrize("path", ["parties/{owner}/acts", "parties/{owner}/acts/preview", "groups", "groups/preview"])
def test_nothing_is_entered_without_the_scope_to_write_or_by_another_than_a_registrar(
    web: Web, owner: str, path: str
) -> None:
    body = GROUP if path.startswith("groups") else wish()
    refused = [(Program(web, Role.REGISTRAR, *(one for one in Scope if one is not Scope.SHEETS_WRITE)), "scope-needed")]
    refused += [(Program(web, role, *BOTH), "role-needed") for role in (Role.CASHIER, Role.SYNDICATE, Role.ADMIN)]
    for program, code in refused:
        answer = program.post(f"/api/v1/{path.format(owner=owner)}", body)
        assert (answer.status_code, answer.json()["title"]) == (403, code)
    told = Program(web, Role.REGISTRAR, *BOTH).get(f"/api/v1/parties/{owner}").json()
    assert (told["signals"], told["journal"]) == ([], [])


@pytest.mark.parametrize("path", ["parties?words=x", "parties/{owner}"])
def test_persons_are_read_by_a_registrars_program_alone(web: Web, owner: str, path: str) -> None:
    answer = Program(web, Role.CASHIER, *BOTH).get(f"/api/v1/{path.format(owner=owner)}")
    assert (answer.status_code, answer.json()["title"]) == (403, "role-needed")


def test_a_signal_is_tried_placed_once_and_lifted_once(web: Web, owner: str) -> None:
    program, path = Program(web, Role.REGISTRAR, *BOTH), f"/api/v1/parties/{owner}"
    (found,) = program.get(f"/api/v1/parties?words={NUMBERS[OWNER]}").json()["parties"]
    assert found == {"party": owner, "name": OWNER, "kind": "natural"}
    before = program.get(path).json()
    assert (before["identity"], len(before["sheets"]), before["journal"]) == (NUMBERS[OWNER], 1, [])
    tried = program.post(f"{path}/acts/preview", wish()).json()
    assert (tried["before"], [one["kind"] for one in tried["after"]]) == ([], ["no-disposal"])
    assert program.get(path).json() == before
    placed = program.post(f"{path}/acts", wish())
    assert (placed.status_code, placed.json()["party"]) == (201, owner)
    again = program.post(f"{path}/acts", wish())
    assert (again.status_code, again.json()["title"]) == (409, "person-changed-since")
    (signal,) = program.get(path).json()["signals"]
    assert (signal["kind"], signal["detail"]) == ("no-disposal", "ق-7/2026")
    lifted = wish(act="lift", kind="", signal=signal["id"], after=placed.json()["number"])
    assert program.post(f"{path}/acts/preview", lifted).json()["after"] == []
    assert program.post(f"{path}/acts", lifted).status_code == 201
    assert program.post(f"{path}/acts", lifted).json()["title"] == "person-changed-since"
    after = program.get(path).json()
    assert (after["signals"], [one["act"] for one in after["journal"]]) == ([], ["annotated", "lifted"])
    undo = wish(act="reversal", kind="", entry=after["journal"][-1]["number"], after=after["journal"][-1]["number"])
    assert program.post(f"{path}/acts", undo).status_code == 201
    assert [one["kind"] for one in program.get(path).json()["signals"]] == ["no-disposal"]
    with web.context.database.reading() as session:
        assert verify(session).faults == ()


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"kind": "mortgage"}, 422, "signal-kind-unknown"), ({"day": "2999-01-01"}, 422, "day-to-come"),
        ({"reason": "  "}, 422, "reason-needed"), ({"act": "lift", "signal": "none"}, 404, "signal-unknown"),
        ({"act": "reversal", "entry": 1}, 404, "entry-unknown"), ({"act": "theft"}, 422, None),
        ({"colour": "red"}, 422, None), ({"after": 7}, 409, "person-changed-since"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(
    web: Web, owner: str, changes: dict[str, Any], status: int, code: str | None
) -> None:
    program, path = Program(web, Role.REGISTRAR, *BOTH), f"/api/v1/parties/{owner}"
    seen = program.get(path).json()
    answer = program.post(f"{path}/acts", wish(**changes))
    assert (answer.status_code, answer.json().get("title")) == (status, code)
    assert program.get(path).json() == seen
    assert program.post("/api/v1/parties/none/acts", wish()).status_code == 404


def test_a_signal_of_another_is_not_lifted_from_this_person(web: Web, owner: str) -> None:
    program = Program(web, Role.REGISTRAR, *BOTH)
    with web.context.database.transaction() as session:
        other = people(session, BUYER)[BUYER]
    assert program.post(f"/api/v1/parties/{other}/acts", wish()).status_code == 201
    (signal,) = program.get(f"/api/v1/parties/{other}").json()["signals"]
    answer = program.post(f"/api/v1/parties/{owner}/acts", wish(act="lift", signal=signal["id"]))
    assert (answer.status_code, answer.json()["title"]) == (404, "signal-unknown")
    assert program.get(f"/api/v1/parties/{other}").json()["signals"] == [signal]


def test_a_group_is_tried_formed_once_and_has_its_members(web: Web, owner: str) -> None:
    program = Program(web, Role.REGISTRAR, *BOTH)
    tried = program.post("/api/v1/groups/preview", GROUP).json()["members"]
    assert {one["name"]: (one["known"], one["part"]) for one in tried} == {OWNER: (True, "1/4"), BUYER: (False, "3/4")}
    assert program.get(f"/api/v1/parties?words={NAME}").json() == {"parties": []}
    assert program.get(f"/api/v1/parties?words={NUMBERS[BUYER]}").json() == {"parties": []}
    formed = program.post("/api/v1/groups", GROUP)
    assert formed.status_code == 201
    again = program.post("/api/v1/groups", GROUP)
    assert (again.status_code, again.json()["title"]) == (409, "group-known")
    told = program.get(f"/api/v1/parties/{formed.json()['party']}").json()
    assert (told["kind"], told["name"]) == ("group", NAME)
    assert {one["name"]: one["part"] for one in told["members"]} == {OWNER: "1/4", BUYER: "3/4"}
    halves = {**GROUP, "name": "أخرى", "members": [GROUP["members"][0], {**GROUP["members"][1], "part": "1/2"}]}
    assert program.post("/api/v1/groups", halves).json()["title"] == "group-not-whole"
    assert program.post("/api/v1/groups", {**GROUP, "members": GROUP["members"][:1]}).status_code == 422
