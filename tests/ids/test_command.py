"""`rukhsa ids`: its exit codes, what it writes, and that neither a document nor a model can hurt the parent."""

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import psutil
import pytest

from api.cli import main
from api.docs.texts import patterns
from bim.ids.check import check
from bim.ids.document import Attribute, Document, Entity, Info, Requirement, Restriction, Specification
from bim.ids.errors import IdsError
from bim.ids.report import IdsReport
from bim.ids.write import write
from bim.orders import Limits
from bim.refusals import CancelledError, RefusedError
from permits.i18n import LANGUAGES
from tests.ids.bench50 import ANY, BENCH, asks
from tests.ids.samples import ROOT, attribute, document, restriction, specification

MODEL = ROOT / "sample_models" / "models" / "complies.ifc"
SATISFIED = Document(Info("Walls"), (asks("walls", "IFCWALL", Attribute("GlobalId", Restriction(length=22))),))


@pytest.fixture
def satisfied(tmp_path: Path) -> Path:
    return _written(tmp_path, SATISFIED)


@pytest.fixture
def unsatisfied(tmp_path: Path) -> Path:
    return _written(tmp_path, BENCH)


def _written(folder: Path, asked: Document | bytes) -> Path:
    path = folder / "asked.ids"
    path.write_bytes(asked if isinstance(asked, bytes) else write(asked))
    return path


def test_a_model_that_satisfies_is_exit_0(satisfied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ids", str(satisfied), str(MODEL), "--lang", "en"]) == 0
    assert capsys.readouterr().out.startswith("complies.ifc: Walls: satisfied\n")


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_that_does_not_is_exit_1_and_a_json(
    unsatisfied: Path, tmp_path: Path, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.json"
    assert main(["ids", str(unsatisfied), str(MODEL), "--lang", language, "--json", str(out)]) == 1
    body = json.loads(out.read_bytes())
    assert body["satisfied"] is False
    assert len(body["verdicts"]) == 50
    failures = [failure for verdict in body["verdicts"] for failure in verdict["failures"]]
    assert {len(failure["global_id"]) for failure in failures} == {22}
    assert {"absent", "value"} <= {failure["reason"] for failure in failures}
    assert IdsReport.from_json(out.read_bytes()).to_json() == out.read_bytes()
    assert failures[0]["global_id"] in capsys.readouterr().out


def test_a_required_specification_that_applies_to_nothing_fails_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    required = Specification("tanks", ("IFC4",), (Entity("IFCTANK"),), (), "required")
    assert main(["ids", str(_written(tmp_path, Document(Info("T"), (required,)))), str(MODEL), "--lang", "en"]) == 1
    assert "has none" in capsys.readouterr().out


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refused_document_is_exit_2_with_its_place(
    tmp_path: Path, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _written(tmp_path, document(specification(attribute("Colour"))))
    assert main(["ids", str(path), str(MODEL), "--lang", language]) == 2
    told = capsys.readouterr().err
    assert "/ids/specifications/specification[1]/requirements/attribute[1]/name" in told
    assert "Colour" in told


def test_a_refused_model_is_exit_2(satisfied: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    half = tmp_path / "half.ifc"
    half.write_bytes(MODEL.read_bytes()[:-40])
    assert main(["ids", str(satisfied), str(half), "--lang", "en"]) == 2
    assert main(["ids", str(satisfied), str(tmp_path / "none.ifc"), "--lang", "en"]) == 2
    assert main(["ids", str(tmp_path / "none.ids"), str(MODEL), "--lang", "en"]) == 2
    assert "There is no such IDS file." in capsys.readouterr().err


def test_an_archive_is_as_good(satisfied: Path, tmp_path: Path) -> None:
    packed = tmp_path / "model.ifczip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(MODEL, "model.ifc")
    assert check(packed, satisfied).satisfied


def test_a_reference_to_a_wrong_class_refuses_the_model(unsatisfied: Path, tmp_path: Path) -> None:
    raw = MODEL.read_bytes()
    point = re.search(rb"(#\d+)=IFCCARTESIANPOINT", raw)
    assert point is not None
    broken = re.sub(rb"IFCUNITASSIGNMENT\(\([^)]*\)", b"IFCUNITASSIGNMENT((" + point[1] + b")", raw)
    assert broken != raw
    path = tmp_path / "broken.ifc"
    path.write_bytes(broken)
    with pytest.raises(RefusedError) as refused:
        check(path, unsatisfied)
    assert refused.value.code == "invalid_model"


@pytest.mark.slow
def test_a_pattern_that_never_ends_is_stopped_in_the_child(tmp_path: Path) -> None:
    endless = asks("endless", "IFCWALL", Attribute("GlobalId", Restriction(patterns=("((.+)+)+!",))))
    path = _written(tmp_path, Document(Info("T"), (endless,)))
    with pytest.raises(RefusedError) as refused:
        check(MODEL, path, limits=Limits(wall=3.0))
    assert refused.value.code == "time_limit"
    assert [child for child in psutil.Process().children() if "bim.child" in child.cmdline()] == []


@pytest.mark.slow
def test_a_pattern_that_never_ends_while_it_is_read_is_stopped_too(tmp_path: Path) -> None:
    pattern = restriction('<xs:pattern value="((.+)+)+!"/>')
    name = f"<entity><name>{pattern}</name></entity>"
    path = _written(tmp_path, document(specification(applicability=name)))
    with pytest.raises(RefusedError) as refused:
        check(MODEL, path, limits=Limits(wall=3.0))
    assert refused.value.code == "time_limit"


def test_it_stops_when_asked_to(unsatisfied: Path) -> None:
    with pytest.raises(CancelledError):
        check(MODEL, unsatisfied, cancelled=lambda: True)


def test_the_parent_loads_no_kernel() -> None:
    program = "import sys, bim.ids.check; sys.exit(bool({'ifcopenshell', 'shapely'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0


def _codes() -> set[str]:
    """Every code with which our sources refuse a document."""
    text = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "bim" / "ids").glob("*.py"))
    found = re.findall(r'(?:IdsError\(|refuse\()\s*"([a-z_]+)"|_one_of\(.*"([a-z_]+)"\)', text)
    return {code for codes in found for code in codes if code}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_its_text(language: str) -> None:
    texts = {key.removeprefix("ids-error-") for key in patterns(language) if key.startswith("ids-error-")}
    assert len(texts) > 35
    assert _codes() == texts
    misses = set(re.findall(r'Miss\("([a-z_]+)"', _source("facets.py") + _source("judge.py")))
    assert len(misses) > 8
    assert {f"ids-reason-{code.replace('_', '-')}" for code in misses} <= set(patterns(language))


def _source(name: str) -> str:
    return (ROOT / "bim" / "ids" / name).read_text(encoding="utf-8")


def test_a_refusal_keeps_its_class_through_the_child(tmp_path: Path) -> None:
    with pytest.raises(IdsError) as refused:
        check(MODEL, _written(tmp_path, b"<html/>"))
    assert (refused.value.code, refused.value.line) == ("not_ids", 1)


def test_what_is_prohibited_is_told_by_its_elements(tmp_path: Path) -> None:
    none = Specification("no walls", ("IFC4",), (Entity("IFCWALL"),), (), "prohibited")
    named = asks("no names", "IFCDOOR", Requirement(Attribute("Name", ANY), "prohibited"))
    report = check(MODEL, _written(tmp_path, Document(Info("T"), (none, named))))
    assert [verdict.status for verdict in report.verdicts] == ["fail", "fail"]
    assert {failure.requirement for failure in report.verdicts[0].failures} == {None}
    assert {failure.reason for verdict in report.verdicts for failure in verdict.failures} == {"prohibited"}
