"""A kernel that waits for a thread that has died is ended long before the wall limit, and one at work is not."""

from pathlib import Path

import pytest

from bim import confined
from bim.confined import Attempt
from bim.launch import Child
from bim.orders import Go, Limits, Task
from bim.refusals import RefusedError
from tests.bim.files import step


def attempt(tmp_path: Path, name: str) -> tuple[Attempt, Go]:
    path = tmp_path / f"{name}.ifc"
    path.write_bytes(step("#1=IFCPERSON($,$,$,$,$,$,$,$);"))
    task = Task(path, tmp_path / "result", Limits(wall=60.0))
    return Attempt(Child("tests.hostile.sleeper"), task), confined.scan(path, path)


@pytest.mark.slow
def test_a_child_that_waits_in_vain_is_ended_like_a_crash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined, "IDLE", 1.5)
    waiting, go = attempt(tmp_path, "dead")
    assert confined.run(waiting, lambda: go) is None
    assert waiting.child.process.returncode in confined.CRASHES
    with pytest.raises(RefusedError, match="reader_crashed"):
        confined.explain(waiting)


@pytest.mark.slow
def test_a_child_at_work_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined, "IDLE", 1.0)
    busy, go = attempt(tmp_path, "busy")
    assert confined.run(busy, lambda: go) is not None


@pytest.mark.slow
def test_a_child_elsewhere_than_in_the_geometry_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined, "IDLE", 0.2)
    waiting, go = attempt(tmp_path, "dead")
    waiting.job = Task(waiting.job.model, waiting.job.result, Limits(wall=3.0))
    monkeypatch.setattr(confined, "_heard", lambda *_: None)
    with pytest.raises(RefusedError, match="time_limit"):
        confined.run(waiting, lambda: go)
