"""The sandbox's own books: entries by office and sheet, in one SQLite file."""

import sqlite3
import threading
from dataclasses import astuple, fields
from pathlib import Path
from typing import Any

from api.sandbox_register.reading import Entry

_SCHEMA = """
CREATE TABLE IF NOT EXISTS entries (
    office TEXT NOT NULL, sheet TEXT NOT NULL, zone TEXT NOT NULL, parcel TEXT NOT NULL, section TEXT NOT NULL,
    number INTEGER NOT NULL, before INTEGER, act TEXT NOT NULL, valid_on TEXT NOT NULL, state TEXT NOT NULL,
    PRIMARY KEY (office, sheet, number)
);
CREATE TABLE IF NOT EXISTS faults (id INTEGER PRIMARY KEY, fault TEXT NOT NULL);
"""
_COLUMNS = ", ".join(field.name for field in fields(Entry))


class Store:
    """One connection behind one lock; what is answered as taken is on the disk."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.RLock()
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=FULL")
        self._connection.executescript(_SCHEMA)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def take(self, entry: Entry) -> dict[str, Any]:
        """Keep an entry if it is the next of its sheet; the answer of the dialect."""
        with self._lock:
            known = self._entries("office = ? AND sheet = ? ORDER BY number", (entry.office, entry.sheet))
            answer = judged(entry, known)
            if answer["outcome"] == "taken":
                marks = ", ".join("?" * len(fields(Entry)))
                self._connection.execute(f"INSERT INTO entries ({_COLUMNS}) VALUES ({marks})", astuple(entry))  # noqa: S608 - our own names
            return answer

    def lose(self, sheet: str) -> None:
        """Forget the last entry of a sheet, as a register restored from an older copy does."""
        with self._lock:
            self._connection.execute(
                "DELETE FROM entries WHERE sheet = ? AND number = (SELECT MAX(number) FROM entries WHERE sheet = ?)",
                (sheet, sheet),
            )

    def holds(self, zone: str, parcel: str) -> list[Entry]:
        """The entries of a parcel's sheets."""
        return self._entries("zone = ? AND parcel = ? ORDER BY office, sheet, number", (zone, parcel))

    def all(self) -> list[Entry]:
        """Every entry in the order it was taken."""
        return self._entries("1 ORDER BY rowid")

    def plan(self, faults: list[str]) -> None:
        """The faults of the next announcements, one each."""
        with self._lock:
            self._connection.executemany("INSERT INTO faults (fault) VALUES (?)", [(fault,) for fault in faults])

    def next_fault(self) -> str:
        """The fault of this announcement, "" for none; it is used up."""
        with self._lock:
            row = self._connection.execute("SELECT id, fault FROM faults ORDER BY id LIMIT 1").fetchone()
            if row is None:
                return ""
            self._connection.execute("DELETE FROM faults WHERE id = ?", (row[0],))
            return str(row[1])

    def _entries(self, where: str, values: tuple[object, ...] = ()) -> list[Entry]:
        with self._lock:
            rows = self._connection.execute(f"SELECT {_COLUMNS} FROM entries WHERE {where}", values).fetchall()  # noqa: S608 - our own conditions
        return [Entry(*row) for row in rows]


def judged(entry: Entry, known: list[Entry]) -> dict[str, Any]:
    """The answer to an entry by what is known of its sheet, in order; a sheet that is not known begins with any."""
    same = next((one for one in known if one.number == entry.number), None)
    if same is not None:
        return {"outcome": "taken-before"} if same == entry else {"outcome": "differs", "state": same.state}
    last = known[-1] if known else None
    if entry.before == (last.number if last else None):
        return {"outcome": "taken"}
    if entry.before is None or (last is not None and entry.before < last.number):
        return {"outcome": "differs", "state": last.state if last else ""}
    return {"outcome": "out-of-order", "awaited": entry.before}
