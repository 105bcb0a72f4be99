"""Waiting for what another process does."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
PATIENCE = 120.0


def wait_for(what: str, seen: Callable[[], T | None]) -> T:
    """What `seen` finds as soon as it finds anything; RuntimeError where it does not in time."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if (found := seen()) is not None:
            return found
        time.sleep(0.2)
    raise RuntimeError(f"{what}: not in time")
