"""The demonstration, told twice on the same data by the program itself."""

import os
import subprocess
import sys

import pytest

from permits.jobs import Context

EVENTS = (
    "three times; it is booked once, with one receipt",
    "8 sheets of its sections, whose land shares are 2400",
    "in cash offline; receipt DM-01-C07-1-000001 verifies",
    "was lost, so it was told again",
    "Occupancy licence DM-01-2",
    "verified offline, and is the same byte for byte",
    "the bank's statement agree: 3 payments",
    "Council property: 5 properties",
    "The audit chain is sound",
)


@pytest.mark.slow
def test_a_demonstration_ends_well_and_can_be_told_again(context: Context) -> None:
    settings = context.settings
    environment = {
        **os.environ, "RUKHSA_DATA_DIR": str(settings.data_dir), "RUKHSA_DATABASE_URL": settings.database_url
    }  # fmt: skip
    command = [sys.executable, "-m", "api.cli", "demo", "--no-serve", "--port", "0"]
    told = [
        subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)
        for _ in range(2)
    ]
    assert [one.returncode for one in told] == [0, 0], told[-1].stderr[-2000:]
    assert [event for event in EVENTS if event not in told[0].stdout] == []
    assert "The property was divided before" in told[1].stdout
