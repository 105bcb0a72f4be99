"""Our own biller holds to what we ask of any, on both databases; and a biller that does not is found out."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from api.cli.switch import DIALECTS
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


QUICK = {
    "a_bill_is_asked_for_and_paid", "a_duplicate_gets_the_same_answer", "changed_content_is_a_conflict",
    "what_is_not_rightly_signed_is_refused", "a_payment_can_be_taken_back", "what_cannot_be_read_is_refused",
}  # fmt: skip
"""What is asked in the second dialect every time; the rest of it with the slow tests: the use cases are the same."""

ASKED = [("rest", name) for name in CHECKS] + [
    pytest.param("mfep", name, marks=[] if name in QUICK else [pytest.mark.slow]) for name in CHECKS
]


@pytest.mark.parametrize(("dialect", "name"), ASKED)
def test_our_biller_conforms(context: Context, town: Town, address: str, dialect: str, name: str) -> None:
    desk = Desk(DIALECTS[dialect](address, "bank-1", SECRET))
    desk.sort(_bills(context, town, whole=1, parts=1))
    CHECKS[name](desk)


def test_what_cannot_be_tried_is_said_and_what_does_not_hold_fails(address: str) -> None:
    found = outcomes(Desk(Biller(address, "bank-1", SECRET)))
    assert found["a_part_is_taken_where_parts_are"] == "not run: no bill of the kind parts"
    assert found["an_unknown_reference_is_not_owed"] == "passed"
    found = outcomes(Desk(Biller(address, "nobody", SECRET)))
    assert found["an_unknown_reference_is_not_owed"].startswith("failed: AssertionError 401")


@pytest.mark.slow
@pytest.mark.parametrize("dialect", DIALECTS)
def test_as_a_program(context: Context, town: Town, address: str, tmp_path: Path, dialect: str) -> None:
    secret = tmp_path / "secret"
    secret.write_text(SECRET.hex(), encoding="ascii")
    options = {"--biller": address, "--key-id": "bank-1", "--secret-file": str(secret), "--dialect": dialect}
    arguments = [*(part for pair in options.items() for part in pair), "--bill"]
    references = _bills(context, town, whole=len(CHECKS), parts=2)
    done = subprocess.run(
        [sys.executable, "-m", "tests.switch.conformance", *arguments, *references],
        capture_output=True, text=True, check=False, cwd=ROOT, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1] == f"checks={len(CHECKS)} failed=0"
    assert "not run" not in done.stdout
