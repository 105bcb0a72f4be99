"""The sandbox switch as a process of its own, as it is used."""

import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.money.books import SECRET

_RUN = "import argparse; from api.cli import switch; p = argparse.ArgumentParser(); switch.add_arguments(p); "
_RUN += "raise SystemExit(switch.run(p.parse_args()))"


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(what: Callable[[], Any], seconds: float = 20) -> Any:
    """The first true answer of `what`; an AssertionError when it does not come."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if found := what():
                return found
        except httpx.HTTPError:
            pass
        time.sleep(0.05)
    raise AssertionError("waited in vain")


@dataclass
class SwitchProcess:
    """One switch over one database file; it can be killed and started again."""

    folder: Path
    biller: str
    port: int
    dialect: str = "rest"
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Start and wait until it answers."""
        secret = self.folder / "secret"
        secret.write_text(SECRET.hex(), encoding="ascii")
        options = {
            "--port": self.port, "--biller": self.biller, "--key-id": "bank-1", "--secret-file": secret,
            "--provider": "bank", "--database": self.folder / "switch.db", "--first-wait": "0.1",
            "--dialect": self.dialect,
        }  # fmt: skip
        arguments = [str(part) for pair in options.items() for part in pair]
        self.process = subprocess.Popen([sys.executable, "-c", _RUN, *arguments], cwd=Path(__file__).parents[2])
        wait_for(lambda: self.call("GET", "/ledger").is_success)

    def kill(self) -> None:
        """kill -9."""
        assert self.process is not None
        self.process.kill()
        self.process.wait(10)

    def call(self, method: str, path: str, **more: Any) -> httpx.Response:
        """One request to the switch."""
        with httpx.Client(trust_env=False, timeout=10) as client:
            return client.request(method, f"http://127.0.0.1:{self.port}{path}", **more)

    def pay(self, reference: str, **more: Any) -> dict[str, Any]:
        """Pay a bill, which the bank must allow."""
        answer = self.call("POST", "/pay", json={"reference": reference, **more})
        assert answer.is_success, answer.text
        content: dict[str, Any] = answer.json()
        return content

    def state(self, payment: str) -> str:
        """How far the delivery of a payment is."""
        return str(self.call("GET", f"/payments/{payment}").json()["state"])
