"""Announcements over real HTTP to the sandbox as a process: every fault, and kill -9 in between."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.demo.processes import free_port
from permits.adapters.national_http import NationalHttp
from permits.adapters.national_register import NationalUnheard
from permits.documents.keys import public_keys
from permits.jobs import Context
from permits.register.national.announcing import announce_entries
from permits.register.national.desk import again, open_announcements
from tests.register.national.scenes import announcements, sold, states
from tests.register.offices import REGISTRAR, ZONE
from tests.resilience.plant import Program, fetch

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]


@dataclass
class Sandbox:
    """The sandbox and the way to it."""

    address: str
    program: Program

    def national(self) -> NationalHttp:
        """The product's own adapter, soon impatient."""
        return NationalHttp(self.address, seconds=1.0)

    def plan(self, *faults: str) -> None:
        """The faults of the next announcements."""
        httpx.post(f"{self.address}/faults", json=list(faults), trust_env=False).raise_for_status()

    def entries(self) -> list[dict[str, Any]]:
        """Its books."""
        found: list[dict[str, Any]] = json.loads(fetch(f"{self.address}/entries") or b"null")
        return found

    def again(self) -> None:
        """Start it, new or after its death."""
        self.program.start()
        self.program.wait_ready()


@pytest.fixture
def sandbox(context: Context, tmp_path: Path) -> Iterator[Sandbox]:
    """`rukhsa sandbox-register` with the public keys of this office."""
    keys, port = tmp_path / "keys.json", free_port(0)
    keys.write_text(public_keys(context.settings), encoding="utf-8")
    address = f"http://127.0.0.1:{port}"
    arguments = [
        "sandbox-register", "--port", str(port), "--office", context.settings.office, "--keys", str(keys),
        "--database", str(tmp_path / "national.db"), "--slow", "2",
    ]  # fmt: skip
    ready = lambda: fetch(f"{address}/entries") is not None  # noqa: E731 - one question
    found = Sandbox(address, Program("sandbox", arguments, ready, {}, tmp_path / "sandbox.log"))
    found.again()
    yield found
    found.program.end()


def announce_until_heard(context: Context, sandbox: Sandbox) -> int:
    """Announce as the jobs of the hours do; how many hours it took."""
    for hour in range(1, 10):
        try:
            announce_entries(context, sandbox.national())
        except NationalUnheard:
            continue
        return hour
    raise AssertionError("never heard")


def agrees(context: Context, sandbox: Sandbox, *sheets: str) -> None:
    """Every entry is there once, with our hash, in each sheet's order."""
    ours = [(one.sheet_id, one.number, one.content["state"]) for one in announcements(context, sheets)]
    theirs = [(one["sheet"], one["number"], one["state"]) for one in sandbox.entries()]
    assert sorted(theirs) == sorted(ours)
    for sheet in sheets:
        numbers = [number for of, number, _ in theirs if of == sheet]
        assert numbers == sorted(numbers)
        assert set(states(context, sheet).values()) == {"taken"}


@pytest.mark.parametrize(
    ("faults", "hours"),
    [
        ([], 1), (["down"], 2), (["slow"], 2), (["cut"], 2), (["garbled"], 2), (["twice"], 1),
        (["", "", "out-of-order"], 1), (["", "", "", "cut", "down", "slow"], 4),
    ],
)  # fmt: skip
def test_every_fault_of_the_line_is_overcome(context: Context, sandbox: Sandbox, faults: list[str], hours: int) -> None:
    sheets = sold(context, "1", 2), sold(context, "2", 1)
    sandbox.plan(*faults)
    assert announce_until_heard(context, sandbox) == hours
    agrees(context, sandbox, *sheets)


@pytest.mark.parametrize(("fault", "state"), [("refuses", "refused"), ("newer", "differing")])
def test_what_it_does_not_take_waits_for_the_registrar(
    context: Context, sandbox: Sandbox, fault: str, state: str
) -> None:  # fmt: skip
    sheet = sold(context, "1", 1)
    sandbox.plan(fault)
    assert announce_until_heard(context, sandbox) == 1
    assert states(context, sheet) == {1: state, 2: "waiting"}
    with context.database.transaction() as session:
        (one,) = open_announcements(session, actor=REGISTRAR)
        again(session, REGISTRAR, one.announcement.id)
    assert announce_until_heard(context, sandbox) == 1
    agrees(context, sandbox, sheet)


def test_killed_after_it_took_an_entry_it_has_it_once(context: Context, sandbox: Sandbox) -> None:
    sheets = sold(context, "1", 2), sold(context, "2", 1)
    sandbox.plan("", "killed")
    with pytest.raises(NationalUnheard):
        announce_entries(context, sandbox.national())
    assert sandbox.program.wait(10) == -9
    with pytest.raises(NationalUnheard):
        announce_entries(context, sandbox.national())
    sandbox.again()
    assert len(sandbox.entries()) == 2
    assert announce_until_heard(context, sandbox) == 1
    agrees(context, sandbox, *sheets)


def test_killed_by_kill_9_between_two_runs_it_goes_on(context: Context, sandbox: Sandbox) -> None:
    sheet = sold(context, "1", 1)
    announce_entries(context, sandbox.national())
    other = sold(context, "2", 1)
    sandbox.program.kill()
    with pytest.raises(NationalUnheard):
        announce_entries(context, sandbox.national())
    sandbox.again()
    assert announce_until_heard(context, sandbox) == 1
    agrees(context, sandbox, sheet, other)


def test_it_is_asked_what_it_holds_and_refuses_a_stranger(context: Context, sandbox: Sandbox) -> None:
    sold(context, "1", 0)
    announce_entries(context, sandbox.national())
    held = sandbox.national().ask(ZONE["ar"], "1")
    assert held is not None
    assert [one["number"] for one in json.loads(held)] == [1]
    assert sandbox.national().ask(ZONE["ar"], "2") is None
    settings = context.settings.model_copy(update={"office": "HO-01"})
    stranger = Context(context.database, context.storage, settings)
    sold(stranger, "2", 0)
    announce_entries(stranger, sandbox.national())
    with context.database.reading() as session:
        (one,) = open_announcements(session, actor=REGISTRAR)
    assert one.announcement.code == "office-unknown"
