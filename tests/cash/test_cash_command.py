"""`rukhsa cash`: a day of a centre without network, from the key to the agreement with the books."""

from pathlib import Path

import pytest

from api.cli import main
from permits.jobs import Context
from permits.money.money import format_piastres
from tests.cli.conftest import Command
from tests.cli.conftest import rukhsa as rukhsa  # the command with the settings of the test's office
from tests.money.books import make_bill, open_books

ISOLATES = {0x2068: None, 0x2069: None}
"""The marks that keep numbers apart in Arabic text."""


def test_a_day_without_network(
    context: Context, rukhsa: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bill = make_bill(context, open_books(context))
    keys, request, taken, package = (str(tmp_path / name) for name in ("keys", "request", "snapshot", "package"))
    folder = ["--folder", str(tmp_path / "desk"), "--lang", "en"]

    def desk(*action: str) -> str:
        assert rukhsa("cash", *action, *folder) == 0
        return capsys.readouterr().out.translate(ISOLATES)

    def office(*action: str) -> str:
        assert rukhsa("cash", *action, "--lang", "en") == 0
        return capsys.readouterr().out.translate(ISOLATES)

    office("keys", keys)
    desk("init", "C07-1", "--keys", keys, "--out", request)
    office("centre", "C07", "--name-ar", "مركز الوعر", "--name-en", "Al-Waer")
    office("desk", request, "--centre", "C07", "--until", "2099-12-31")
    assert "DM-01-C07-1-000001 to DM-01-C07-1-000010" in office("block", "C07-1", "10")
    office("hand-out", "C07-1", "--out", taken)
    assert "1 bills" in desk("snapshot", taken)
    desk("open", "50x4", "--cashier", "سعاد المثال")
    shown = desk("take", bill.reference, "--qr", str(tmp_path / "qr.svg"))
    assert format_piastres(bill.piastres, arabic=False) in shown
    assert "<svg" in (tmp_path / "qr.svg").read_text(encoding="utf-8")
    token = shown.splitlines()[-1]
    assert "genuine" in office("verify", token, "--keys", keys)
    assert "DM-01-C07-1-000001" in desk("print", "DM-01-C07-1-000001")
    desk("take", "0110100000099935", "20")
    desk("void", "DM-01-C07-1-000002", "--reason", "خطأ")
    desk("spoil", "1", "--reason", "ورق تالف")
    assert "6 entries, 6 not yet at the office" in desk("status")
    desk("close", "50x4", "5x1000000")
    desk("deposit", "B-77", "100")
    desk("export", package)
    assert "1 shifts, 1 payments, 0 conflicts" in office("import", package)
    assert "0 entries" in office("import", package)
    assert "agree" in office("agreement", "C07-1")
    assert "No conflict" in office("conflicts")


def test_a_refusal_is_told_in_arabic(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cash", "status", "--folder", str(tmp_path / "none"), "--lang", "ar"]) == 2
    assert "لا يوجد صندوق" in capsys.readouterr().err


def test_a_code_that_is_no_receipt(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keys = tmp_path / "keys.json"
    keys.write_text('{"keys": []}', encoding="utf-8")
    assert main(["cash", "verify", "abc", "--keys", str(keys), "--lang", "en"]) == 2
    assert "not the code" in capsys.readouterr().out
