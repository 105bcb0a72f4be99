"""The page, the BCF file and the command line show one report."""

import io
import itertools
import json
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
import zipfile
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from api.cli import main
from bim.bcf import Topic, write
from bim.findings import Outcome
from bim.guide.pack import guide_in_force
from bim.packs import code_in_force
from permits.review.topics import bcf_of
from permits.review.wording import Clauses, with_unit
from tests.review.test_samples import SAMPLES, checked

DAY = date(2026, 11, 1)
CLAUSES = Clauses(guide_in_force(DAY), code_in_force(DAY))
ZONE = str(SAMPLES / "zone" / "zone.gpkg")


def model(name: str) -> str:
    return str(SAMPLES / "models" / name)


def test_a_negative_number_keeps_its_sign_before_it_among_arabic_letters() -> None:
    assert with_unit(-0.5, "m", "ar") == "\u2066-0.500\u2069 م"
    assert with_unit(0.5, "m", "ar") == "0.500 م"


def test_the_bcf_has_a_topic_for_each_failure_and_selects_its_elements() -> None:
    report = checked("planted-violations.ifc")
    raw = bcf_of(report, language="en", clauses=CLAUSES)
    assert raw == bcf_of(report, language="en", clauses=CLAUSES)
    archive = zipfile.ZipFile(io.BytesIO(raw))
    markups = [ET.fromstring(archive.read(n)) for n in archive.namelist() if n.endswith("markup.bcf")]  # noqa: S314 - our own
    assert len(markups) == len(report.of(Outcome.FAIL, Outcome.UNDECIDED))
    assert ET.fromstring(archive.read("bcf.version")).get("VersionId") == "2.1"  # noqa: S314 - our own
    views = [ET.fromstring(archive.read(n)) for n in archive.namelist() if n.endswith(".bcfv")]  # noqa: S314 - our own
    selected = {c.get("IfcGuid") for view in views for c in view.iter("Component")}
    assert selected == {e for f in report.of(Outcome.FAIL) for e in f.elements}
    assert all(view.find("PerspectiveCamera/CameraViewPoint/X") is not None for view in views)


def test_the_camera_of_a_topic_looks_at_its_elements() -> None:
    report = checked("planted-violations.ifc")
    archive = zipfile.ZipFile(io.BytesIO(bcf_of(report, language="en", clauses=CLAUSES)))
    for name in (n for n in archive.namelist() if n.endswith(".bcfv")):
        view = ET.fromstring(archive.read(name))  # noqa: S314 - our own
        boxes = np.array([report.boxes[str(c.get("IfcGuid"))] for c in view.iter("Component")])
        eye, along = (
            np.array([float(str(view.findtext(f"PerspectiveCamera/{part}/{axis}"))) for axis in "XYZ"])
            for part in ("CameraViewPoint", "CameraDirection")
        )
        middle = (boxes[:, :3].min(axis=0) + boxes[:, 3:].max(axis=0)) / 2
        ahead = middle - eye
        assert np.linalg.norm(np.cross(ahead, along)) < 0.01
        assert ahead @ along > 0
        for box in boxes:  # every corner lies in the cone of the view
            for corner in itertools.product(*zip(box[:3], box[3:], strict=True)):
                to = np.array(corner) - eye
                assert to @ along / np.linalg.norm(to) > np.cos(np.radians(30.01))


def test_without_shapes_the_camera_looks_at_origins_and_is_left_out_where_nothing_is_known() -> None:
    raw = write([Topic("k", "t", "d", ("x" * 22,))], project="p", author="me", on=DAY)
    archive = zipfile.ZipFile(io.BytesIO(raw))
    (name,) = [n for n in archive.namelist() if n.endswith(".bcfv")]
    assert b"Camera" not in archive.read(name)
    near = write([Topic("k", "t", "d", ("x" * 22,), box=(1, 1, 1, 1, 1, 1))], project="p", author="me", on=DAY)
    assert b"<PerspectiveCamera>" in zipfile.ZipFile(io.BytesIO(near)).read(name)


def test_a_topic_escapes_its_texts() -> None:
    raw = write([Topic("k", "a < b", "c & d", ("x" * 22,))], project='"p"', author="me", on=DAY)
    archive = zipfile.ZipFile(io.BytesIO(raw))
    (name,) = [n for n in archive.namelist() if n.endswith("markup.bcf")]
    assert ET.fromstring(archive.read(name)).findtext("Topic/Title") == "a < b"  # noqa: S314 - our own


def test_the_command_line_writes_what_is_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outputs = {kind: tmp_path / f"report.{kind}" for kind in ("json", "html", "bcf")}
    options = [f"--{kind}={path}" for kind, path in outputs.items()]
    arguments = ["--layers", ZONE, "--plot", "410", "--on", "2026-11-01", "--lang", "en", *options]
    assert main(["check", model("planted-violations.ifc"), *arguments]) == 1
    printed = capsys.readouterr().out
    assert "Does not comply" in printed
    assert "SET-01 Front setback (front)" in printed
    assert "4.600 m / 5.000" in printed
    assert json.loads(outputs["json"].read_bytes())["summary"]["verdict"] == "fail"
    assert outputs["html"].read_text(encoding="utf-8").startswith("<!doctype html>")
    assert zipfile.is_zipfile(outputs["bcf"])


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


def test_help_is_quick_and_loads_nothing_heavy() -> None:
    start = time.process_time()
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
    assert time.process_time() - start < 1.0


def test_without_a_command_there_is_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "en"][:0]) == 0
    assert "check" in capsys.readouterr().out
