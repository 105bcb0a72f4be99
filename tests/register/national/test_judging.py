"""What the sandbox answers to an entry by what it knows of the sheet."""

import re
from dataclasses import replace
from typing import Any

import pytest

from api.sandbox_register.reading import Entry, Refused, read
from api.sandbox_register.store import judged
from permits.documents.token import cose_keys, new_key, public_set
from permits.register.national.envelope import envelope
from tests.conftest import ROOT

ONE = Entry("DM-01", "s", "z", "1", "", 1, None, "sale", "2026-01-01", "aa")
TWO = replace(ONE, number=4, before=1, state="bb")
THREE = replace(ONE, number=7, before=4, state="cc")


@pytest.mark.parametrize(
    ("entry", "known", "answer"),
    [
        (ONE, [], {"outcome": "taken"}),
        (TWO, [ONE], {"outcome": "taken"}),
        (ONE, [ONE, TWO], {"outcome": "taken-before"}),
        (replace(ONE, state="xx"), [ONE, TWO], {"outcome": "differs", "state": "aa"}),
        (THREE, [ONE], {"outcome": "out-of-order", "awaited": 4}),
        (THREE, [], {"outcome": "out-of-order", "awaited": 4}),
        (replace(THREE, before=1), [ONE, TWO], {"outcome": "differs", "state": "bb"}),
        (replace(ONE, number=9), [ONE, TWO], {"outcome": "differs", "state": "bb"}),
        (replace(TWO, number=3), [ONE, TWO], {"outcome": "differs", "state": "bb"}),
    ],
)
def test_an_entry_is_judged_by_what_is_known(entry: Entry, known: list[Entry], answer: dict[str, Any]) -> None:
    assert judged(entry, known) == answer


KEY, OTHER = new_key("k-a"), new_key("k-b")
CONTENT = {
    "format": "register-announcement", "version": 1, "office": "DM-01", "entry": 4, "before": 1, "act": "sale",
    "valid_on": "2026-01-01", "state": "bb", "sheet": {"id": "s", "zone": "z", "parcel": "1", "section": ""},
}  # fmt: skip


def test_an_envelope_is_read_with_the_key_of_its_office_alone() -> None:
    offices = {"DM-01": cose_keys(public_set([KEY])), "HO-01": cose_keys(public_set([OTHER]))}
    signed = envelope(CONTENT, KEY)
    assert read(signed, offices) == TWO
    forged = bytearray(signed)
    forged[-1] ^= 1
    wrong = [
        (envelope(CONTENT, OTHER), "unknown-key"), (bytes(forged), "bad-signature"), (signed[:-1], "unreadable"),
        (signed.replace(b'"entry":4', b'"entry":5'), "bad-signature"), (b"", "unreadable"), (b"\xa0", "unreadable"),
        (envelope({**CONTENT, "office": "AL-01"}, KEY), "office-unknown"),
        (envelope({**CONTENT, "version": 2}, KEY), "unreadable"),
    ]  # fmt: skip
    for bad, code in wrong:
        with pytest.raises(Refused, match=code):
            read(bad, offices)


def test_the_sandbox_shares_nothing_with_the_product() -> None:
    home = ROOT / "api" / "sandbox_register"
    own = {*home.glob("*.py"), ROOT / "api" / "cli" / "sandbox_register.py"}
    assert len(own) > 4
    assert [path.name for path in own if re.search(r"^(from|import) (permits|bim|gis)\b", path.read_text(), re.M)] == []
    others = {path for floor in ("api", "permits", "dashboards") for path in (ROOT / floor).rglob("*.py")} - own
    importing = r"^\s*(from|import) api(\.cli)?\.sandbox_register\b"
    assert [path.name for path in others if re.search(importing, path.read_text(encoding="utf-8"), re.M)] == []
