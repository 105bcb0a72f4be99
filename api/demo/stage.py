"""What the demonstration is played on: the office's server and the switch that plays the banks, each a process."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from api.context import open_context
from api.demo.office import SWITCH_KEY, Office, set_up
from api.demo.processes import free_port, running
from permits.settings import Settings


@dataclass(frozen=True)
class Stage:
    """The office, the addresses of both processes, and the office's own."""

    office: Office
    server: str
    switch: str
    process: "subprocess.Popen[bytes]"


@contextmanager
def staged(settings: Settings, *, switch_port: int) -> Iterator[Stage]:
    """Both run at 127.0.0.1 while the block lasts, the office at its base address."""
    server, switch_port = settings.base_url, free_port(switch_port)
    switch, logs = f"http://127.0.0.1:{switch_port}", settings.data_dir / "logs"
    office = set_up(open_context(settings))
    serve = ["serve", "--port", server.rsplit(":", 1)[-1]]
    pay = [
        "sandbox-switch", "--port", str(switch_port), "--biller", server, "--key-id", SWITCH_KEY,
        "--secret-file", str(office.switch_secret), "--database", str(settings.data_dir / "sandbox-switch.db"),
    ]  # fmt: skip
    with (
        running(serve, ready=f"{server}/livez", log=logs / "server.log", settings=settings) as process,
        running(pay, ready=f"{switch}/", log=logs / "switch.log", settings=settings),
    ):
        yield Stage(office, server, switch, process)
