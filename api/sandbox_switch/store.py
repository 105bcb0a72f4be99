"""The switch's own books: payments with their state of delivery, and double entry, in one SQLite file."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_SCHEMA = """
CREATE TABLE IF NOT EXISTS payments (
    id TEXT PRIMARY KEY, reference TEXT NOT NULL, piastres INTEGER NOT NULL CHECK (piastres > 0),
    day TEXT NOT NULL, fault TEXT NOT NULL, body TEXT NOT NULL, state TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0, next_at REAL NOT NULL, answer TEXT NOT NULL DEFAULT ''
);
CREATE TABLE IF NOT EXISTS entries (payment TEXT NOT NULL, account TEXT NOT NULL, piastres INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS settlements (day TEXT PRIMARY KEY, content TEXT NOT NULL);
"""
TAKEN, ANSWERED, ACKNOWLEDGED, REFUSED, UNTOLD = "taken", "answered", "acknowledged", "refused", "untold"
OPEN = (TAKEN, ANSWERED)


@dataclass(frozen=True)
class Payment:
    """One payment: `body` is the message as it is told, the same bytes each time; money in piastres.

    `state` is taken, answered, acknowledged, refused (the biller would not have it) or untold (by fault).
    """

    id: str
    reference: str
    piastres: int
    day: str
    fault: str
    body: str
    state: str
    attempts: int = 0
    next_at: float = 0.0
    answer: str = ""


class Store:
    """One connection behind one lock; every change is on the disk before the call returns."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.RLock()
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=FULL")
        self._connection.executescript(_SCHEMA)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def take(self, payment: Payment) -> None:
        """Take the payer's money and remember to tell it."""
        with self._transaction() as books:
            books.execute(
                "INSERT INTO payments (id, reference, piastres, day, fault, body, state, next_at) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (payment.id, payment.reference, payment.piastres, payment.day, payment.fault, payment.body,
                 payment.state, payment.next_at),
            )  # fmt: skip
            _move(books, payment.id, "payer", "held", payment.piastres)

    def tried(self, payment_id: str, *, state: str, next_at: float, answer: str = "") -> None:
        """Note an attempt and what came of it."""
        with self._transaction() as books:
            books.execute(
                "UPDATE payments SET state = ?, attempts = attempts + 1, next_at = ?, "
                "answer = CASE WHEN ? = '' THEN answer ELSE ? END WHERE id = ?",
                (state, next_at, answer, answer, payment_id),
            )

    def due(self, now: float) -> list[Payment]:
        """What is still to be told or confirmed, the longest waiting first."""
        marks = ", ".join("?" * len(OPEN))
        return self._payments(f"state IN ({marks}) AND next_at <= ? ORDER BY next_at", (*OPEN, now))

    def payments(self) -> list[Payment]:
        """Every payment in the order it was taken."""
        return self._payments("1 ORDER BY rowid")

    def payment(self, payment_id: str) -> Payment | None:
        """One payment."""
        return next(iter(self._payments("id = ?", (payment_id,))), None)

    def _payments(self, where: str, values: tuple[object, ...] = ()) -> list[Payment]:
        with self._lock:
            rows = self._connection.execute(f"SELECT * FROM payments WHERE {where}", values).fetchall()  # noqa: S608 - our own conditions
        return [Payment(**dict(row)) for row in rows]

    def balances(self) -> dict[str, int]:
        """Every account in piastres; they sum to nought."""
        with self._lock:
            rows = self._connection.execute("SELECT account, SUM(piastres) FROM entries GROUP BY account ORDER BY 1")
            return {row[0]: row[1] for row in rows}

    def settled(self, day: str) -> str | None:
        """The file of a day that was cut."""
        with self._lock:
            row = self._connection.execute("SELECT content FROM settlements WHERE day = ?", (day,)).fetchone()
        return row["content"] if row else None

    def settle(self, day: str, content: str, delivered: list[tuple[str, int]]) -> None:
        """Keep the file of a day and deliver its money."""
        with self._transaction() as books:
            books.execute("INSERT INTO settlements (day, content) VALUES (?, ?)", (day, content))
            for payment_id, piastres in delivered:
                _move(books, payment_id, "held", "biller", piastres)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()


def _move(books: sqlite3.Connection, payment: str, source: str, target: str, piastres: int) -> None:
    rows = [(payment, source, -piastres), (payment, target, piastres)]
    books.executemany("INSERT INTO entries (payment, account, piastres) VALUES (?, ?, ?)", rows)
