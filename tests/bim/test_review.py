"""The child process: whatever happens to it, the parent answers, soon and with a code."""

import hashlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import psutil
import pytest

from bim.findings import Outcome, Reason
from bim.guide.pack import guide_in_force
from bim.launch import Child
from bim.orders import Limits
from bim.packs import code_in_force
from bim.refusals import CancelledError, StoppedError
from bim.report import Report
from bim.review import review
from tests.bim.files import ROOT, shared, step
from tests.bim.models import Model

DAY = date(2026, 6, 1)
SAMPLE = ROOT / "sample_models" / "models" / "complies.ifc"


def run(model: Path, **options: Any) -> Report:
    return review(model, site=None, guide=guide_in_force(DAY), code=code_in_force(DAY), on=DAY, **options)


def children() -> list[psutil.Process]:
    return [p for p in psutil.Process().children() if "bim.child" in command(p)]


def command(process: psutil.Process) -> list[str]:
    """The command line of a process; empty for one that ended while we looked."""
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:  # a zombie too
        return []


def signal_in(stage: str, number: signal.Signals, times: int) -> tuple[Callable[[str, float], None], list[int]]:
    """A progress listener that sends the child a signal when it reaches `stage`."""
    sent: list[int] = []

    def listen(reached: str, share: float) -> None:
        pids = [child.pid for child in children() if child.pid not in sent]
        if reached == stage and len(sent) < times and pids:
            sent.append(pids[0])
            os.kill(pids[0], number)

    return listen, sent


def test_a_refused_file_is_a_report_with_its_reason(tmp_path: Path) -> None:
    path = tmp_path / "half.ifc"
    path.write_bytes(step("#1=IFCPERSON($,$,$,$,$,$,$,$);", tail=""))
    report = run(path)
    assert report.verdict == "refused"
    assert report.refusal is not None
    assert (report.refusal.code, report.refusal.values) == ("half_file", {"line": 9})
    assert children() == []


@pytest.mark.parametrize("name", ["nowhere.ifc", "folder"])
def test_no_file_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    report = run(tmp_path / name)
    assert report.refusal is not None
    assert report.refusal.code == "no_file"


def test_entities_of_no_known_class_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "odd.ifc"
    path.write_bytes(step("#1=IFCPERSON($,$,$,$,$,$,$,$);", "#2=IFCNOSUCHTHING($);"))
    report = run(path)
    assert report.refusal is not None
    assert report.refusal.code in ("entities_lost", "unreadable")


def test_an_archive_is_reviewed_like_its_model(tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "complies.ifczip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(SAMPLE, "complies.ifc")
    report = run(path, geometry=False)
    assert report.refusal is None
    assert report.model.name == "complies.ifczip"
    assert report.model.schema == "IFC4"


@pytest.mark.slow
def test_progress_passes_through_the_stages_in_order() -> None:
    stages: list[str] = []
    run(SAMPLE, on_progress=lambda stage, _share: stages.append(stage))
    assert list(dict.fromkeys(stages)) == ["scan", "open", "guide", "geometry", "measure", "rules"]


def test_cancelling_ends_the_child() -> None:
    model = shared("ifc/revit2012_janesville_restaurant.ifc")
    asked: list[bool] = []

    def cancelled() -> bool:
        if not asked and children():
            asked.append(True)
        return bool(asked)

    with pytest.raises(CancelledError):
        run(model, cancelled=cancelled)
    assert asked
    assert children() == []


def test_the_clock_limit_is_a_refusal() -> None:
    report = run(shared("ifc/Office_A_20110811.ifc"), limits=Limits(wall=0.3))
    assert report.refusal is not None
    assert report.refusal.code == "time_limit"
    assert children() == []


@pytest.mark.slow
def test_the_processor_limit_is_a_refusal() -> None:
    report = run(shared("ifc/revit2012_janesville_restaurant.ifc"), limits=Limits(cpu=1))
    assert report.refusal is not None
    assert report.refusal.code == "time_limit"


@pytest.mark.parametrize("megabytes", [50, 150, 250, pytest.param(300, marks=pytest.mark.slow)])
@pytest.mark.parametrize(
    ("model", "geometry"), [("revit2012_janesville_restaurant", False), ("Office_A_20110811", True)]
)
def test_too_little_memory_is_told_as_that(model: str, geometry: bool, megabytes: int) -> None:
    report = run(shared(f"ifc/{model}.ifc"), limits=Limits(memory=megabytes << 20), geometry=geometry)
    assert report.refusal == Reason("memory_limit", {"limit": megabytes << 20})


def test_a_child_that_is_told_to_end_blames_no_model() -> None:
    listen, sent = signal_in("open", signal.SIGTERM, 1)
    with pytest.raises(StoppedError):
        run(SAMPLE, on_progress=listen)
    assert len(sent) == 1


def test_a_killed_child_is_a_refusal() -> None:
    listen, sent = signal_in("open", signal.SIGKILL, 1)
    report = run(shared("ifc/revit2012_janesville_restaurant.ifc"), on_progress=listen, geometry=False)
    assert sent
    assert report.refusal is not None
    assert report.refusal.code == "reader_crashed"


@pytest.mark.slow
def test_a_crash_of_the_first_kernel_is_answered_by_the_second() -> None:
    listen, sent = signal_in("geometry", signal.SIGSEGV, 1)
    report = run(SAMPLE, on_progress=listen)
    assert len(sent) == 1
    assert report.refusal is None
    assert any(measure.name == "footprint_area" for measure in report.measures)


@pytest.mark.slow
def test_a_crash_of_both_kernels_leaves_geometry_undecided() -> None:
    listen, sent = signal_in("geometry", signal.SIGSEGV, 2)
    report = run(SAMPLE, on_progress=listen)
    assert len(sent) == 2
    (clear,) = [f for f in report.findings if f.rule == "HGT-02"]
    assert clear.outcome is Outcome.UNDECIDED
    assert clear.reason is not None
    assert clear.reason.code == "geometry_crashed"


@pytest.mark.slow
def test_the_child_dies_with_its_parent(tmp_path: Path) -> None:
    model = shared("ifc/revit2012_janesville_restaurant.ifc")
    program = (
        "import sys; from pathlib import Path; from tests.bim.test_review import run;"
        f"run(Path({str(model)!r}), on_progress=lambda *a: print(*a, flush=True))"
    )
    parent = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE)
    assert parent.stdout is not None
    while not parent.stdout.readline().startswith(b"open"):
        pass
    (child,) = psutil.Process(parent.pid).children()
    parent.kill()
    parent.wait()
    parent.stdout.close()
    _, alive = psutil.wait_procs([child], timeout=5)
    assert alive == []


def test_the_parent_does_not_load_the_kernel() -> None:
    program = "import sys, permits.review.check; sys.exit(bool({'ifcopenshell', 'shapely'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0


def test_a_child_started_before_is_used_and_ended() -> None:
    with Child() as child:
        report = run(SAMPLE, geometry=False, child=child)
        assert child.process.returncode == 0
    assert report.refusal is None
    assert children() == []


def test_a_child_started_before_ends_where_no_review_comes() -> None:
    with pytest.raises(ValueError, match="no review"), Child() as child:
        raise ValueError("no review")
    assert child.process.returncode == -signal.SIGKILL


def test_a_child_that_has_ended_by_itself_is_still_accounted_for() -> None:
    """Between its end and our notice a signal may be sent to it."""
    with Child() as child:
        child.look()
        child.send(signal.SIGTERM)
        stat = Path(f"/proc/{child.process.pid}/stat")
        while b") Z " not in stat.read_bytes():
            time.sleep(0.01)
        child.send(signal.SIGABRT)
        child.end()
        assert child.process.returncode == -signal.SIGTERM
        assert child.seen > 0


@pytest.mark.slow
def test_the_memory_of_a_child_is_its_own() -> None:
    """A process has the peak of its parent on its account, and a crash must not be taken for lack of memory."""
    large = b"x" * (700 << 20)
    with Child() as child:
        until = time.monotonic() + 10
        while child.work() < 0.1 and time.monotonic() < until:
            child.look()
            time.sleep(0.02)
        child.send(signal.SIGSEGV)
        child.end()
    assert child.peak > len(large) > child.seen > 5 << 20


def test_a_file_that_the_scan_refuses_is_never_parsed(tmp_path: Path) -> None:
    path = tmp_path / "half.ifc"
    path.write_bytes(SAMPLE.read_bytes()[:-40])
    stages: list[str] = []
    report = run(path, on_progress=lambda stage, _share: stages.append(stage))
    assert report.refusal is not None
    assert report.refusal.code == "half_file"
    assert stages == ["scan"]


def test_a_model_without_storeys_or_shapes_gets_a_report(tmp_path: Path) -> None:
    model = Model()
    path = tmp_path / "bare.ifc"
    model.file.write(str(path))
    report = run(path)
    assert report.refusal is None
    assert report.verdict == "fail"
    assert not [f for f in report.findings if f.reason and f.reason.code == "rule_error"]


@pytest.mark.slow
def test_a_reference_to_a_wrong_class_is_refused_or_undecided_but_no_failure_of_ours(tmp_path: Path) -> None:
    raw = SAMPLE.read_bytes()
    storey = re.search(rb"#(\d+)=IFCBUILDINGSTOREY", raw)
    shape = re.search(rb"IFCPRODUCTDEFINITIONSHAPE\(\$,\$,\((#\d+)", raw)
    assert storey is not None
    assert shape is not None
    path = tmp_path / "broken.ifc"
    path.write_bytes(
        raw.replace(b"((" + shape[1] + b")", b"((#" + storey[1] + b")").replace(
            shape[1] + b")", b"#" + storey[1] + b")"
        )
    )
    report = run(path)
    assert report.verdict in ("refused", "fail", "undecided")
    if report.refusal is not None:
        assert report.refusal.code in ("invalid_model", "unreadable")


def test_a_refusal_names_the_file_by_its_hash(tmp_path: Path) -> None:
    half = tmp_path / "half.ifc"
    half.write_bytes(SAMPLE.read_bytes()[:50_000])
    report = run(half)
    assert report.refusal
    assert (report.model.sha256, report.model.size) == (hashlib.sha256(half.read_bytes()).hexdigest(), 50_000)
