"""`rukhsa fee` computes with the code that bills, and explains itself in both languages."""

import argparse
import hashlib
import json
from pathlib import Path

import pytest

from api.cli import fee

INPUTS = ["--input", "floor_area=480", "--input", "balcony_area=٣٦", "--input", "value_m2=15,000@SYP/m2"]


def _run(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    fee.add_arguments(parser)
    return fee.run(parser.parse_args(arguments))


@pytest.mark.parametrize(
    ("language", "total", "step"),
    [
        (
            "en",
            "Total: 93,650.00 new SYP",
            "floor_rate * value_m2 * floor_area = 0.01 * 1500000 * 480 = 7200000 old SYP",
        ),
        ("ar", "المجموع: ٩٣٬٦٥٠٫٠٠ ل.س جديدة", "0.04 * 1500000 * 36 = 2160000 ل.س قديمة"),
    ],
)
def test_the_computation_is_printed(capsys: pytest.CaptureFixture[str], language: str, total: str, step: str) -> None:
    assert _run("law-37-2021", "--on", "2026-03-01", *INPUTS, "--lang", language) == 0
    shown = capsys.readouterr().out.replace("\u2068", "").replace("\u2069", "")
    assert total in shown
    assert step in shown


def test_the_same_command_writes_the_same_computation(tmp_path: Path) -> None:
    for name in ("a.json", "b.json"):
        assert _run("law-37-2021", "--on", "2026-03-01", *INPUTS, "--json", str(tmp_path / name)) == 0
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    assert json.loads((tmp_path / "a.json").read_bytes())["total"] == 9_365_000


OCCUPY = ["pavement-occupancy", "--on", "2026-11-22", "--input", "area=12.3", "--input", "first_day=2026-12-01",
          "--input", "last_day=2026-12-10", "--input", "street_class=1"]  # fmt: skip


def test_a_service_is_charged_with_its_exemption(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "fee.json"
    assert _run(*OCCUPY, "--exempt", "EX.RESTORATION=decision 3", "--lang", "en", "--json", str(out)) == 0
    shown = capsys.readouterr().out.replace("\u2068", "").replace("\u2069", "")
    for said in ("(EX.RESTORATION/OCC.AREA): -184.50", "granted on: decision 3", "Cash rounding", "230.00"):
        assert said in shown
    written = json.loads(out.read_bytes())
    assert (written["service"], written["total"]) == ("pavement-occupancy", 23_140)
    assert hashlib.sha256(out.read_bytes()).hexdigest() in shown


def test_lateness_is_told_by_its_days(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(*OCCUPY, "--due", "2026-12-01", "--paid", "2027-06-15", "--lang", "en") == 0
    shown = capsys.readouterr().out
    assert "OCC.LATE/OCC.AREA" in shown
    assert "min(0.01 * 6, 0.1) * 369" in shown


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ([*OCCUPY, "--exempt", "EX.RESTORATION"], "evidence"),
        ([*OCCUPY, "--input", "first_day=soon"], "Invalid isoformat"),
        (["law-0-0000", "--on", "2026-03-01"], "no tariff"),
        (["law-37-2021", "--on", "2026-03-01"], "missing"),
        (["law-37-2021", "--on", "2020-03-01"], "not_in_force"),
        (["law-37-2021", "--on", "2026-03-01", "--input", "floor_area=wide"], "not an amount"),
        (["law-37-2021", "--on", "2026-03-01", "--input", "colour=1"], "unknown"),
    ],
)
def test_what_cannot_be_computed_says_why(
    capsys: pytest.CaptureFixture[str], arguments: list[str], complaint: str
) -> None:
    assert _run(*arguments) == 2
    assert complaint in capsys.readouterr().err
