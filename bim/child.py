"""The process that parses, tessellates and judges: limited in memory and time, and dying with its parent.

What it does is the module named by its second argument, with `prepare(job)` for what can be loaded while the
parent still scans the file and `inspect(job, go, prepared, progress)`, which gives bytes or what has `to_json`.
It gets a pickled `Task` on standard input, then a `Go`, and parses nothing before that; it writes progress as JSON
lines and leaves its result in a file.
"""

import contextlib
import ctypes
import gc
import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import IO, Any

from bim.orders import Go, Limits, Task, receive
from bim.refusals import RefusedError

_PR_SET_PDEATHSIG = 1
NEAR = 0.75
"""A process that fails with more than this share of its memory limit in use has failed for want of memory."""


def die_with(parent: int) -> None:
    """Have this process killed when its parent ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        raise SystemExit(3)


def memory() -> tuple[int, int]:
    """Bytes that this process has mapped, which the limit counts, and those of them that it uses; 0 off Linux."""
    if sys.platform != "linux":
        return 0, 0
    mapped, used, *_ = Path("/proc/self/statm").read_text(encoding="ascii").split()
    return int(mapped) * resource.getpagesize(), int(used) * resource.getpagesize()


def confine(limits: Limits) -> None:
    """Set the limits of this process; what it loaded already counts, and may be too much already."""
    if limits.memory <= memory()[0]:
        raise MemoryError
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu, limits.cpu + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def reporter(stream: IO[str]) -> Callable[[str, float], None]:
    """A progress function that writes a line where the share grew by a percent or the stage changed."""
    last: list[Any] = ["", -1.0]

    def progress(stage: str, share: float) -> None:
        if stage != last[0] or share - last[1] >= 0.01:
            last[:] = [stage, share]
            stream.write(json.dumps([stage, round(share, 3)]) + "\n")
            stream.flush()

    return progress


def main() -> int:
    """Run the job of standard input."""
    die_with(int(sys.argv[1]))
    gc.disable()  # a short life that leaves few cycles, and very many objects to look through for them
    # Native code may print; the protocol gets a descriptor of its own.
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    work = import_module(sys.argv[2])  # the heavy libraries, while the parent loads its own

    job: Task = receive(sys.stdin.buffer)
    try:
        confine(job.limits)
        result = _do(work, job, out)
    except MemoryError:
        result = _no_memory(job)
    return _write(job, result)


def _no_memory(job: Task) -> dict[str, Any]:
    return {"refusal": "memory_limit", "values": {"limit": job.limits.memory}, "of": "model"}


def _do(work: ModuleType, job: Task, out: IO[str]) -> bytes | dict[str, Any]:
    mapped, used = memory()
    out.write(f"{mapped - used}\n")
    with ThreadPoolExecutor(1) as pool:  # the parser lets other threads run, so the rest loads beside it
        prepared = pool.submit(work.prepare, job)
        go: Go = receive(sys.stdin.buffer)
        try:
            found = work.inspect(job, go, prepared.result, reporter(out))
            raw: bytes = found if isinstance(found, bytes) else found.to_json()
        except RefusedError as refused:
            if memory()[0] > NEAR * job.limits.memory:  # the library tells a failed allocation as any error
                return _no_memory(job)
            return {"refusal": refused.code, "values": dict(refused.values), "of": refused.of}
    return raw


def _write(job: Task, result: bytes | dict[str, Any]) -> int:
    job.result.write_bytes(result if isinstance(result, bytes) else json.dumps(result).encode())
    return 0


if __name__ == "__main__":
    code = 0
    with contextlib.suppress(BrokenPipeError, EOFError):  # the parent needs us no more
        code = main()
    os._exit(code)  # the result is written; taking a large model apart would only cost time
