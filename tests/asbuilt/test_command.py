"""`rukhsa compare --as-built`: what it prints, writes and refuses."""

import json
import re
from pathlib import Path

import pytest

from api.cli import main
from tests.asbuilt.test_golden import BUILT, PERMITTED, SAMPLES

ZONE = SAMPLES / "zone" / "zone.gpkg"


def run(old: Path, new: Path, *more: str, language: str = "ar") -> int:
    return main(["compare", "--as-built", str(old), str(new), "--on", "2026-11-01", "--lang", language, *more])


@pytest.mark.slow
def test_deviations_are_exit_1_and_written_in_every_form(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = {kind: tmp_path / f"out.{kind}" for kind in ("json", "html", "geojson")}
    options = [part for kind, path in out.items() for part in (f"--{kind}", str(path))]
    assert run(PERMITTED, BUILT, "--layers", str(ZONE), "--plot", "103", *options) == 1
    said = capsys.readouterr().out
    assert said.count("ABT-05") == 3
    assert "زيادة \u2068265.76 م²\u2069" in said
    page = out["html"].read_text(encoding="utf-8")
    assert 'dir="rtl"' in page
    assert page.count("<svg") == 3
    assert "افتراضية" in page
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", page)
    assert json.loads(out["json"].read_bytes())["verdict"] == "fail"
    kinds = {feature["properties"]["kind"] for feature in json.loads(out["geojson"].read_text())["features"]}
    assert kinds == {"plot", "permitted", "built", "outside"}


@pytest.mark.slow
def test_no_deviation_is_exit_0_in_english_too(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert run(PERMITTED, PERMITTED, "--layers", str(ZONE), "--plot", "103", "--html", str(page), language="en") == 0
    assert "No deviations" in capsys.readouterr().out
    assert 'dir="ltr"' in page.read_text(encoding="utf-8")


def test_a_refused_model_is_exit_2_and_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    half = tmp_path / "half.ifc"
    half.write_bytes(BUILT.read_bytes()[:5000])
    assert run(PERMITTED, half) == 2
    assert "half.ifc" in capsys.readouterr().err
    assert run(half, BUILT) == 2
    assert run(PERMITTED, tmp_path / "absent.ifc") == 2


@pytest.mark.slow
def test_no_map_is_made_of_models_without_a_grid(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    model, out = SAMPLES / "models" / "cannot-be-judged.ifc", tmp_path / "out.geojson"
    assert run(model, model, "--geojson", str(out)) == 2
    assert not out.exists()
    assert "خريطة" in capsys.readouterr().err


def test_a_resubmission_has_no_page_of_deviations(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", str(PERMITTED), str(BUILT), "--html", str(tmp_path / "x.html"), "--lang", "en"]) == 2
    assert "--as-built" in capsys.readouterr().err
