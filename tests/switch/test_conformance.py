"""Our own biller holds to what we ask of any, on both databases; and a biller that does not is found out."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from api.sandbox_switch.client import Biller
from permits.db import utcnow
from permits.jobs import Context
from permits.money.tables import Bill
from tests.conftest import ROOT
from tests.money.books import SECRET, Town, make_bill, open_books
from tests.money.collecting import in_parts
from tests.money.serving import biller_app, serving
from tests.switch.checks import CHECKS
from tests.switch.conformance import outcomes
from tests.switch.desk import Desk


@pytest.fixture
def town(context: Context) -> Town:
    return open_books(context)


@pytest.fixture
def address(context: Context, town: Town) -> Iterator[str]:
    with serving(biller_app(context)) as address:
        yield address


def _bills(context: Context, town: Town, whole: int, parts: int) -> list[str]:
    """References of so many bills, and of one that has expired."""
    bills = [make_bill(context, town) for _ in range(whole + parts + 1)]
    for bill in bills[:parts]:
        in_parts(context, bill)
    with context.database.transaction() as session:
        session.get_one(Bill, bills[-1].id).expires_at = utcnow() - timedelta(hours=2)
    return [bill.reference for bill in bills]


@pytest.mark.parametrize("name", CHECKS)
def test_our_biller_conforms(context: Context, town: Town, address: str, name: str) -> None:
    desk = Desk(Biller(address, "bank-1", SECRET))
    desk.sort(_bills(context, town, whole=1, parts=1))
    CHECKS[name](desk)


def test_what_cannot_be_tried_is_said_and_what_does_not_hold_fails(address: str) -> None:
    found = outcomes(Desk(Biller(address, "bank-1", SECRET)))
    assert found["a_part_is_taken_where_parts_are"] == "not run: no bill of the kind parts"
    assert found["an_unknown_reference_is_not_owed"] == "passed"
    found = outcomes(Desk(Biller(address, "nobody", SECRET)))
    assert found["an_unknown_reference_is_not_owed"].startswith("failed: AssertionError 401")


@pytest.mark.slow
def test_as_a_program(context: Context, town: Town, address: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(SECRET.hex(), encoding="ascii")
    arguments = ["--biller", address, "--key-id", "bank-1", "--secret-file", str(secret), "--bill"]
    references = _bills(context, town, whole=len(CHECKS), parts=2)
    done = subprocess.run(
        [sys.executable, "-m", "tests.switch.conformance", *arguments, *references],
        capture_output=True, text=True, check=False, cwd=ROOT, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1] == f"checks={len(CHECKS)} failed=0"
    assert "not run" not in done.stdout
