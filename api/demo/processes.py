"""The processes of the demonstration: the server and the sandbox switch, stopped by the id they were started with."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from permits.settings import Settings

PATIENCE = 60.0


def free_port(wanted: int) -> int:
    """`wanted`, or another free port of 127.0.0.1 where it is taken."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise OSError("no free port")


@contextmanager
def running(arguments: list[str], *, ready: str, log: Path, settings: Settings) -> Iterator["subprocess.Popen[bytes]"]:
    """A `rukhsa` process that answers at `ready`; ended with the block."""
    environment = {
        **os.environ, "RUKHSA_DATA_DIR": str(settings.data_dir), "RUKHSA_DATABASE_URL": settings.database_url,
        "RUKHSA_BASE_URL": settings.base_url,
    }  # fmt: skip
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "api.cli", *arguments], stdout=output, stderr=output, env=environment
        )
    try:
        _await(ready, process, log)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _await(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} ended with {process.returncode}; see {log}")
        try:
            httpx.get(address, timeout=2).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"no answer from {address}; see {log}")
