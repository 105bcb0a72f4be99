"""Signed messages to the biller over HTTP."""

import hashlib
import hmac
import http.client
import ssl
import time
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote, urlsplit

import httpx

PAYMENTS = "/biller/v1/payments"
CONFIRMATIONS = "/biller/card/v1/confirmations"


@cache
def trusted() -> ssl.SSLContext:
    """Whom we trust; to read it anew for each message would take longer than the message."""
    return ssl.create_default_context()


def place(body: bytes) -> str:
    """Where a payment is told: one that was made on our own page names its attempt."""
    return CONFIRMATIONS if b'"attempt": ' in body else PAYMENTS


@dataclass(frozen=True)
class Biller:
    """Where the biller is, and the key that was agreed on with it."""

    address: str
    key_id: str
    secret: bytes

    def inquire(self, reference: str) -> httpx.Response:
        """What is owed under a reference."""
        return self._send("GET", f"/biller/v1/bills/{quote(reference, safe='')}", b"")

    def notify(self, body: bytes, *, secret: bytes | None = None, slow: int = 0) -> httpx.Response:
        """Tell a payment; with another `secret` the signature is wrong, with a `slow` clock seconds behind."""
        return self._send("POST", place(body), body, secret=secret, slow=slow)

    def confirm(self, body: bytes) -> httpx.Response:
        """Tell what became of an attempt on our own page."""
        return self._send("POST", CONFIRMATIONS, body)

    def acknowledge(self, payment: str) -> httpx.Response:
        """Tell the biller that its answer came through."""
        return self._send("POST", f"{PAYMENTS}/{quote(payment, safe='')}/acknowledgement", b"")

    def reverse(self, payment: str, body: bytes) -> httpx.Response:
        """Tell that a payment was taken back."""
        return self._send("POST", f"{PAYMENTS}/{quote(payment, safe='')}/reversal", body)

    def notify_and_hang_up(self, body: bytes, *, sent: float = 1.0) -> None:
        """Tell a payment, or only a part of the body, and cut the connection without reading the answer."""
        path = place(body)
        target = urlsplit(self.address)
        kind = http.client.HTTPSConnection if target.scheme == "https" else http.client.HTTPConnection
        connection = kind(target.hostname or "", target.port, timeout=10)
        headers = self._headers("POST", path, body) | {"Content-Length": str(len(body))}
        connection.request("POST", target.path.rstrip("/") + path, body[: int(len(body) * sent)], headers)
        connection.close()

    def _send(
        self, method: str, path: str, body: bytes, *, secret: bytes | None = None, slow: int = 0
    ) -> httpx.Response:  # fmt: skip
        headers = self._headers(method, path, body, secret, slow)
        with httpx.Client(trust_env=False, timeout=10, verify=trusted()) as client:
            return client.request(method, self.address.rstrip("/") + path, content=body, headers=headers)

    def _headers(
        self, method: str, path: str, body: bytes, secret: bytes | None = None, slow: int = 0
    ) -> dict[str, str]:  # fmt: skip
        stamp = str(int(time.time()) - slow)
        signed = f"{stamp}\n{method} {path}\n".encode() + body
        signature = hmac.new(secret or self.secret, signed, hashlib.sha256).hexdigest()
        return {"X-Key-Id": self.key_id, "X-Timestamp": stamp, "X-Signature": signature}
