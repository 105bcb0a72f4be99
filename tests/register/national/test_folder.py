"""The whole way by files: announced, acknowledged by somebody, and the next entry after it."""

import json
from pathlib import Path

import pytest

from permits.adapters.national_register import NationalUnheard
from permits.jobs import Context
from permits.register.national.announcing import run_announcing
from tests.register.national.scenes import said, sold, states


def carried(folder: Path) -> list[Path]:
    """Every envelope that was ever written."""
    return sorted(folder.glob("out/*/*.cose"), key=lambda path: path.stat().st_mtime_ns)


def test_a_sheet_goes_on_as_its_acknowledgements_come(context: Context, tmp_path: Path) -> None:
    folder = tmp_path / "national"
    settings = context.settings.model_copy(update={"national_register": str(folder)})
    office = Context(context.database, context.storage, settings)
    sheet = sold(context, "1", 2)
    (folder / "in").mkdir(parents=True)
    for number in (1, 2, 3):
        run_announcing(office, hour=str(number))
        run_announcing(office, hour=f"{number} again")
        told = [said(path.read_bytes()) for path in carried(folder)]
        assert [one["entry"] for one in told] == list(range(1, number + 1))
        answer = {"sheet": told[-1]["sheet"]["id"], "entry": number, "outcome": "taken"}
        (folder / "in" / f"{number}.json").write_text(json.dumps(answer), encoding="utf-8")
    (folder / "in" / "0.json").write_text("half a fi", encoding="utf-8")
    with pytest.raises(NationalUnheard, match=r"0\.json"):
        run_announcing(office, hour="4")
    assert states(context, sheet) == {1: "taken", 2: "taken", 3: "taken"}
