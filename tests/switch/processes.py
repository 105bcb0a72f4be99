"""The sandbox switch as a process of its own, as it is used."""

import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.money.books import SECRET
from tests.resilience.plant import Program, fetch


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
    program: Program | None = None

    def start(self) -> None:
        """Start and wait until it answers."""
        secret = self.folder / "secret"
        secret.write_text(SECRET.hex(), encoding="ascii")
        options = {
            "--port": self.port, "--biller": self.biller, "--key-id": "bank-1", "--secret-file": secret,
            "--provider": "bank", "--database": self.folder / "switch.db", "--first-wait": "0.1",
            "--dialect": self.dialect,
        }  # fmt: skip
        arguments = ["sandbox-switch", *(str(part) for pair in options.items() for part in pair)]
        ledger = f"http://127.0.0.1:{self.port}/ledger"
        self.program = Program("switch", arguments, lambda: fetch(ledger) is not None, {}, self.folder / "switch.log")
        self.program.start()
        self.program.wait_ready()

    def kill(self) -> None:
        """kill -9."""
        assert self.program is not None
        self.program.kill()

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
