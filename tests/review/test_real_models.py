"""Models of other people's tools give a report or a clear refusal, and their measures are right."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from bim import confined
from bim.findings import Reason
from bim.inspect import inspect, prepare
from bim.orders import Job, Kernel, Limits
from bim.packs import code_in_force
from bim.refusals import RefusedError
from bim.report import Report
from permits.review.check import check_model
from permits.review.guides import judging
from tests.bim.files import SHARED, shared

DAY = date(2026, 11, 1)
GHERKIN = sorted((SHARED / "conformance" / "gherkin").rglob("*.ifc"))
MODELS = sorted((SHARED / "ifc").glob("*.ifc"))
SMALL = [path for path in GHERKIN if path.stat().st_size < 60_000][::60][:12]
GUIDE, CODE = judging(DAY), code_in_force(DAY)
CLAUSES = {*GUIDE.entries, *CODE.entries}
KERNEL: Kernel = "hybrid-cgal-simple-opencascade"
KNOWN_REFUSALS = {"dangling_reference", "schema_unsupported", "entities_lost", "unreadable"}


@cache
def report(path: Path) -> Report:
    return check_model(path, layers=None, plot=None, on=DAY)


def judged_or_refused(path: Path) -> None:
    answered(report(path))


def answered(found: Report | RefusedError) -> None:
    refusal: RefusedError | Reason | None = found if isinstance(found, RefusedError) else found.refusal
    if refusal is not None:
        assert refusal.code in KNOWN_REFUSALS
        return
    assert isinstance(found, Report)
    assert {f.rule for f in found.findings} == CLAUSES
    assert [f for f in found.findings if f.reason and f.reason.code in ("rule_error", "no_answer")] == []
    assert Report.from_json(found.to_json()).to_json() == found.to_json()


@pytest.mark.skipif(not SMALL, reason=f"third-party data {SHARED} is absent; set RUKHSA_SHARED")
@pytest.mark.parametrize("path", SMALL, ids=lambda path: path.stem)
def test_a_sample_of_the_conformance_files(path: Path) -> None:
    judged_or_refused(path)


def judged_here(path: Path, folder: Path) -> Report | RefusedError:
    """What the child does, without the child: its start takes thirty times as long as such a small file."""
    try:
        go = confined.scan(path, path)
        job = Job(path, folder / "result", Limits(), None, GUIDE, CODE, DAY, KERNEL, "")
        return inspect(job, go, lambda: prepare(job), confined.silent)
    except RefusedError as refused:
        return refused


@pytest.mark.slow
@pytest.mark.skipif(not GHERKIN, reason=f"third-party data {SHARED} is absent; set RUKHSA_SHARED")
def test_every_conformance_file(tmp_path: Path) -> None:
    for path in GHERKIN:
        answered(judged_here(path, tmp_path))


@pytest.mark.slow
@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_every_real_model(path: Path) -> None:
    judged_or_refused(path)


def storey_areas(found: Report) -> list[float]:
    names = [storey.id for storey in found.storeys]
    areas = {m.storey: m.value for m in found.measures if m.name == "storey_area"}
    return [areas[name] for name in names if name in areas]


@pytest.mark.slow
def test_the_declared_floor_area_of_the_fzk_house() -> None:
    """Its ground storey declares a gross floor area of 119.82 m2, its attic is cut by the roof at 1.2 m."""
    found = report(shared("ifc/AC20-FZK-Haus.ifc"))
    ground, attic = storey_areas(found)
    assert ground == pytest.approx(119.82, rel=0.002)
    assert attic == pytest.approx(101.0, rel=0.005)


@pytest.mark.slow
def test_the_duplex_has_two_floors_and_a_foundation_that_is_none() -> None:
    found = report(shared("ifc/Duplex_A_20110907_georeferenced.ifc"))
    assert [s.kind for s in found.storeys] == ["not_counted", "ground", "typical", "not_counted"]
    (footprint,) = [m.value for m in found.measures if m.name == "footprint_area"]
    assert footprint == pytest.approx(156.2, rel=0.005)
    assert found.placement is not None
    assert found.placement.method == "ePset_MapConversion"


def test_a_glass_front_is_bridged_or_said_to_be_open() -> None:
    found = report(shared("ifc/Ifc4_SampleHouse.ifc"))
    (footprint,) = [m for m in found.measures if m.name == "footprint_area"]
    assert footprint.method == "section_1.2m_bridged"
    assert footprint.value == pytest.approx(84.44, rel=0.02)
