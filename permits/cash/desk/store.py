"""The desk's own SQLite file: the queue, append-only, on the disk before anybody is told of a step.

WAL with `synchronous=FULL`: what was committed outlives a power cut. The bills of the newest snapshot lie beside the
queue to be looked up; they are a copy of the office's word and may be replaced.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from permits.cash.snapshot import PayableBill
from permits.db import canonical

_SCHEMA = """
CREATE TABLE IF NOT EXISTS entries (seq INTEGER PRIMARY KEY, signed BLOB NOT NULL, hash BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS papers (name TEXT PRIMARY KEY, content BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS bills (reference TEXT PRIMARY KEY, left INTEGER NOT NULL, least INTEGER NOT NULL,
    expires_at TEXT NOT NULL, payer TEXT NOT NULL);
CREATE TRIGGER IF NOT EXISTS entries_in_order BEFORE INSERT ON entries BEGIN
    SELECT RAISE(ABORT, 'entries is append-only') WHERE NEW.seq IS NULL
        OR NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM entries);
END;
CREATE TRIGGER IF NOT EXISTS entries_no_update BEFORE UPDATE ON entries BEGIN
    SELECT RAISE(ABORT, 'entries is append-only'); END;
CREATE TRIGGER IF NOT EXISTS entries_no_delete BEFORE DELETE ON entries BEGIN
    SELECT RAISE(ABORT, 'entries is append-only'); END;
"""


class DeskStore:
    """One desk's file; use it from one thread."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(path, isolation_level=None, timeout=30)
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            self._connection.execute(f"PRAGMA {pragma}").close()
        self._connection.executescript(_SCHEMA)

    def close(self) -> None:
        """Give the file back."""
        self._connection.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One step: nobody else writes meanwhile, and at the end it is on the disk, or nothing of it is."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def entries(self, *, after: int = 0) -> list[tuple[bytes, bytes]]:
        """Signed entries with their hashes, oldest first."""
        query = "SELECT signed, hash FROM entries WHERE seq > ? ORDER BY seq"
        return list(self._connection.execute(query, (after,)))

    def append(self, seq: int, signed: bytes, digest: bytes) -> None:
        """Put an entry at the end of the queue; an sqlite3.Error where it is not the next."""
        self._connection.execute("INSERT INTO entries VALUES (?, ?, ?)", (seq, signed, digest))

    def keep_paper(self, name: str, content: bytes) -> None:
        """Keep what the office sent, in place of the former one of that name."""
        self._connection.execute("INSERT OR REPLACE INTO papers VALUES (?, ?)", (name, content))

    def paper(self, name: str) -> bytes | None:
        """What the office sent under a name."""
        row = self._connection.execute("SELECT content FROM papers WHERE name = ?", (name,)).fetchone()
        return None if row is None else bytes(row[0])

    def replace_bills(self, bills: Sequence[PayableBill]) -> None:
        """The bills of a new snapshot, in place of the old ones."""
        self._connection.execute("DELETE FROM bills")
        rows = [(b.reference, b.left, b.least, b.expires_at.isoformat(), b.payer) for b in bills]
        self._connection.executemany("INSERT INTO bills VALUES (?, ?, ?, ?, ?)", rows)

    def keep_bill(self, b: PayableBill) -> None:
        """One bill as the office has it now, in place of what the snapshot said."""
        row = (b.reference, b.left, b.least, b.expires_at.isoformat(), b.payer)
        self._connection.execute("INSERT OR REPLACE INTO bills VALUES (?, ?, ?, ?, ?)", row)

    def bill(self, reference: str) -> tuple[int, int, str, str] | None:
        """What is left, the least part, the expiry and the payer of a bill that the desk took along."""
        query = "SELECT left, least, expires_at, payer FROM bills WHERE reference = ?"
        row: tuple[int, int, str, str] | None = self._connection.execute(query, (reference,)).fetchone()
        return row

    def durability(self) -> str:
        """How the file is kept, for whoever asks about durability."""
        names = ("journal_mode", "synchronous")
        return canonical({name: str(self._connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in names})
