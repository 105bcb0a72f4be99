"""Messages that nobody's signature vouches for: kept in the audit chain without letting strangers fill it.

Anybody can send a forged message, as often as he likes. So the first one under a key is an entry at once,
and those of the minute after it are counted in memory, to be told by one entry when the minute is over and
the next message of anybody arrives. Key ids that we never agreed on count as one.
"""

import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.people.accounts import NOBODY

PAUSE = timedelta(minutes=1)
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Refused:
    """Messages refused under one key since it was last told of; `code` is that of the last one."""

    key_id: str
    code: str
    times: int


@dataclass
class _Count:
    told_at: datetime | None = None
    times: int = 0
    code: str = ""


@dataclass
class Tally:
    """The refusals of one server process that are not yet in the chain."""

    _counts: dict[str, _Count] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, *, key_id: str, code: str) -> None:
        """Count one refusal; with the code "biller-key-unknown" the key id is whatever a stranger wrote."""
        with self._lock:
            count = self._counts.setdefault(UNKNOWN if code == "biller-key-unknown" else key_id, _Count())
            count.times, count.code = count.times + 1, code

    def due(self, now: datetime) -> list[Refused]:
        """What may be told now, at most once a minute for a key; told is counted no more."""
        with self._lock:
            return [self._told(key, count, now) for key, count in self._counts.items() if _is_due(count, now)]

    def _told(self, key: str, count: _Count, now: datetime) -> Refused:
        refused = Refused(key, count.code, count.times)
        count.told_at, count.times = now, 0
        return refused


def _is_due(count: _Count, now: datetime) -> bool:
    return count.times > 0 and (count.told_at is None or now - count.told_at >= PAUSE)


def record(session: Session, refused: list[Refused]) -> None:
    """Keep them in the chain."""
    for entry in refused:
        audit.record(
            session, AuditEvent.PAYMENT_REFUSED, actor=NOBODY, subject=f"biller-key:{entry.key_id}",
            code=entry.code, times=entry.times,
        )  # fmt: skip
