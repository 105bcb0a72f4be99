"""Work for a confined child: wait in the geometry for a thread that has died, or be busy there for a while."""

import threading
import time
from collections.abc import Callable
from typing import Any

from bim.orders import Go, Task
from bim.report import ModelInfo, Report
from tests.fuzz.account import DAY

BUSY = 3.0


def prepare(_job: Task) -> None:
    """Nothing is needed beforehand."""


def inspect(job: Task, _go: Go, _prepared: Any, progress: Callable[[str, float], None]) -> Report:
    """By the name of the model: "dead" waits for ever, "busy" takes its time."""
    progress("geometry", 0.0)
    if job.model.stem == "dead":
        threading.Event().wait()
    started = time.process_time()
    while time.process_time() - started < BUSY:
        sum(range(1000))
    return Report(ModelInfo("m", "", 0), DAY)
