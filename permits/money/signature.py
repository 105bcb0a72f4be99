"""The signature of a provider's message: HMAC-SHA-256 over its time, its address and its raw body.

signature = HEX(HMAC(secret, timestamp + "\\n" + METHOD + " " + path + "\\n" + body))
"""

import hashlib
import hmac
from datetime import datetime

WINDOW_SECONDS = 300
"""How far a message's time may lie from ours, either way."""


def sign(secret: bytes, *, timestamp: str, method: str, path: str, body: bytes) -> str:
    """The signature of a message; `timestamp` is in seconds since 1970, written in digits."""
    head = f"{timestamp}\n{method.upper()} {path}\n".encode()
    return hmac.new(secret, head + body, hashlib.sha256).hexdigest()


def fault(
    secret: bytes, *, timestamp: str, method: str, path: str, body: bytes, signature: str, now: datetime
) -> str | None:
    """None for a good message, otherwise "signature-stale" or "signature-wrong"; compared in constant time."""
    expected = sign(secret, timestamp=timestamp, method=method, path=path, body=body)
    if not hmac.compare_digest(expected.encode(), signature.encode()):
        return "signature-wrong"
    seconds = int(timestamp) if timestamp.isascii() and timestamp.isdigit() else 0
    return None if abs(now.timestamp() - seconds) <= WINDOW_SECONDS else "signature-stale"
