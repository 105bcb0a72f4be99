"""The page, the BCF file and the command line show one report."""

import hashlib
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader

from api.cli import main
from permits.review.wording import with_unit
from tests.review.test_samples import SAMPLES

ZONE = str(SAMPLES / "zone" / "zone.gpkg")


def model(name: str) -> str:
    return str(SAMPLES / "models" / name)


def test_a_negative_number_keeps_its_sign_before_it_among_arabic_letters() -> None:
    assert with_unit(-0.5, "m", "ar") == "\u2066-0.500\u2069 م"
    assert with_unit(0.5, "m", "ar") == "0.500 م"


KINDS = ("json", "html", "xlsx", "pdf", "bcf")


@pytest.mark.slow
def test_the_command_line_writes_what_is_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outputs = {kind: tmp_path / f"report.{kind}" for kind in KINDS}
    options = [f"--{kind}={path}" for kind, path in outputs.items()]
    arguments = ["--layers", ZONE, "--plot", "410", "--on", "2026-11-01", "--lang", "en", *options]
    assert main(["check", model("planted-violations.ifc"), *arguments, "--bcf-version", "3.0"]) == 1
    printed = capsys.readouterr().out
    assert "Does not comply" in printed
    assert "SET-01 Front setback (front)" in printed
    assert "4.600 m / 5.000" in printed
    assert json.loads(outputs["json"].read_bytes())["summary"]["verdict"] == "fail"
    assert outputs["html"].read_text(encoding="utf-8").startswith("<!doctype html>")
    assert b'VersionId="3.0"' in zipfile.ZipFile(outputs["bcf"]).read("bcf.version")
    assert "xl/workbook.xml" in zipfile.ZipFile(outputs["xlsx"]).namelist()
    summary = json.loads(PdfReader(outputs["pdf"]).attachments["report.json"][0])
    assert summary["report_sha256"] == hashlib.sha256(outputs["json"].read_bytes()).hexdigest()


@pytest.mark.parametrize("kind", KINDS)
def test_a_refused_model_has_every_form_too(kind: str, tmp_path: Path) -> None:
    out = tmp_path / f"report.{kind}"
    assert main(["check", __file__, f"--{kind}={out}", "--lang=ar"]) == 2
    assert out.stat().st_size > 300


@pytest.mark.slow
def test_a_model_that_complies_exits_with_nothing_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", model("complies.ifc"), "--layers", ZONE, "--plot", "103", "--on", "2026-11-01"]) == 0
    assert main(["check", model("complies.ifc"), "--layers", ZONE, "--plot", "103", "--no-geometry"]) == 0
    assert "geometry" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([__file__], "STEP"),
        (["nowhere.ifc"], "no such file"),
        ([model("complies.ifc"), "--layers", ZONE, "--plot", "9999"], "9999"),
        ([model("complies.ifc"), "--layers", __file__, "--plot", "103"], "zone file"),
        ([model("complies.ifc"), "--layers", ZONE, "--plot", "103", "--on", "1999-01-01"], "1999"),
        ([model("complies.ifc"), "--guide", "nowhere"], "nowhere"),
    ],
)
def test_refused_input_exits_with_two(arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", *arguments, "--lang=en"]) == 2
    captured = capsys.readouterr()
    assert says in captured.out + captured.err


def test_help_loads_nothing_heavy() -> None:
    program = (
        "import sys; from api.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'ifcopenshell', 'shapely', 'numpy', 'fastapi', 'sqlalchemy', 'panel'} & set(sys.modules)\n"
        "sys.exit(', '.join(heavy) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "check" in done.stdout


def test_without_a_command_there_is_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "en"][:0]) == 0
    assert "check" in capsys.readouterr().out
