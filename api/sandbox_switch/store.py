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
CREATE TABLE IF NOT EXISTS scripts (id INTEGER PRIMARY KEY, since INTEGER NOT NULL, content TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS sessions (
    attempt TEXT PRIMARY KEY, secret TEXT NOT NULL UNIQUE, content TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'open', payment TEXT NOT NULL DEFAULT ''
);
CREATE TABLE IF NOT EXISTS refunds (number TEXT PRIMARY KEY, payment TEXT NOT NULL, piastres INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS payments_due ON payments (state, next_at);
"""
TAKEN, ANSWERED, ACKNOWLEDGED, REFUSED, UNTOLD = "taken", "answered", "acknowledged", "refused", "untold"
TAKEN_BACK, REVERSED = "taken_back", "reversed"
OPEN = (TAKEN, ANSWERED, TAKEN_BACK)


@dataclass(frozen=True)
class Payment:
    """One payment: `body` is the message as it is told, the same bytes each time; money in piastres.

    `state` is taken, answered, acknowledged, refused (the biller would not have it), untold (by fault), taken_back
    (reversed, which the biller is still to be told) or reversed.
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

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else reads or writes until the block ends."""
        with self._lock:
            yield

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

    def count(self) -> int:
        """How many payments were taken."""
        with self._lock:
            return int(self._connection.execute("SELECT COUNT(*) FROM payments").fetchone()[0])

    def standing(self) -> dict[str, int]:
        """How many payments are in each state."""
        with self._lock:
            rows = self._connection.execute("SELECT state, COUNT(*) FROM payments GROUP BY state ORDER BY state")
            return {row[0]: row[1] for row in rows}

    def days(self) -> list[str]:
        """The settlement days of all payments, in order."""
        with self._lock:
            return [row[0] for row in self._connection.execute("SELECT DISTINCT day FROM payments ORDER BY day")]

    def follow(self, content: str) -> None:
        """Follow a script from the next payment on."""
        with self._transaction() as books:
            books.execute("INSERT INTO scripts (since, content) SELECT COUNT(*), ? FROM payments", (content,))

    def script(self) -> tuple[str, int]:
        """The newest script, with how many payments were taken before it; an empty one where there is none."""
        with self._lock:
            row = self._connection.execute("SELECT content, since FROM scripts ORDER BY id DESC LIMIT 1").fetchone()
        return (row["content"], row["since"]) if row else ("", 0)

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
        """Keep the file of a day and deliver its money; what is delivered again is the switch's own."""
        given = set()
        with self._transaction() as books:
            books.execute("INSERT INTO settlements (day, content) VALUES (?, ?)", (day, content))
            for payment_id, piastres in delivered:
                _move(books, payment_id, "own" if payment_id in given else "held", "biller", piastres)
                given.add(payment_id)

    def take_back(self, payment: Payment, body: str, source: str) -> None:
        """The payer has his money again, out of the account `source`; remember to tell it."""
        with self._transaction() as books:
            books.execute(
                "UPDATE payments SET state = ?, body = ?, attempts = 0, next_at = 0 WHERE id = ?",
                (TAKEN_BACK, body, payment.id),
            )
            _move(books, payment.id, source, "payer", payment.piastres)

    def open_session(self, attempt: str, secret: str, content: str) -> None:
        """Open the page of an attempt, unless there is one."""
        with self._transaction() as books:
            books.execute(
                "INSERT INTO sessions (attempt, secret, content) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                (attempt, secret, content),
            )

    def session(self, attempt: str) -> dict[str, str] | None:
        """The page of an attempt: attempt, secret, content, state, payment."""
        return self._session("attempt", attempt)

    def session_by(self, secret: str) -> dict[str, str] | None:
        """The page at an address."""
        return self._session("secret", secret)

    def _session(self, column: str, value: str) -> dict[str, str] | None:
        with self._lock:
            row = self._connection.execute(f"SELECT * FROM sessions WHERE {column} = ?", (value,)).fetchone()  # noqa: S608 - one of two names
        return dict(row) if row else None

    def end_session(self, attempt: str, state: str, payment: str) -> None:
        """Note what the payer did on it."""
        with self._transaction() as books:
            books.execute("UPDATE sessions SET state = ?, payment = ? WHERE attempt = ?", (state, payment, attempt))

    def refund(self, payment: Payment, number: str, piastres: int) -> bool:
        """Pay so much back of what the biller has, once for a number; False where it is more than was paid."""
        with self._transaction() as books:
            if books.execute("SELECT 1 FROM refunds WHERE number = ?", (number,)).fetchone():
                return True
            paid_back = "SELECT COALESCE(SUM(piastres), 0) FROM refunds WHERE payment = ?"
            if piastres <= 0 or books.execute(paid_back, (payment.id,)).fetchone()[0] + piastres > payment.piastres:
                return False
            books.execute("INSERT INTO refunds VALUES (?, ?, ?)", (number, payment.id, piastres))
            _move(books, payment.id, "biller", "payer", piastres)
            return True

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()


def _move(books: sqlite3.Connection, payment: str, source: str, target: str, piastres: int) -> None:
    rows = [(payment, source, -piastres), (payment, target, piastres)]
    books.executemany("INSERT INTO entries (payment, account, piastres) VALUES (?, ?, ?)", rows)
