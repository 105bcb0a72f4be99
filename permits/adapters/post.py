"""The post (البريد) as an outside party: letters go out under tracking numbers, proofs of them come in.

No service of the Syrian post is known to us; `PostFolder` exchanges files, which people or any transfer carry.
"""

import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Protocol

from permits.settings import keep_once

DELIVERED, RETURNED = "delivered", "returned"


class PostFault(ValueError):
    """A file of proofs that is not ours to read; `code` is "proofs-unreadable" or "letters-differ"."""

    def __init__(self, code: str, name: str) -> None:
        super().__init__(f"{code}: {name}")
        self.code, self.name = code, name


@dataclass(frozen=True)
class Letter:
    """A letter as the post needs it."""

    tracking: str
    order: str
    name: str
    address: str
    copies: int


@dataclass(frozen=True)
class Proof:
    """What became of a letter: `outcome` is delivered or returned, `note` who took it or why it came back."""

    tracking: str
    order: str
    outcome: str
    note: str


class Post(Protocol):
    """What a carrier does for us; both may be asked again without harm."""

    def send(self, day: date, letters: Sequence[Letter]) -> str:
        """Tell the letters of a day; the name under which they were told."""
        ...

    def proofs(self) -> Iterator[Proof]:
        """Everything that the carrier has told so far."""
        ...


@dataclass(frozen=True)
class PostFolder:
    """A folder with `out` for our lists and `in` for the carrier's, both CSV in UTF-8 with the names of the fields."""

    folder: Path

    def send(self, day: date, letters: Sequence[Letter]) -> str:
        """Write the list of a day once; another list of the same day has another name by its hash."""
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow([field.name for field in fields(Letter)])
        writer.writerows(astuple(letter) for letter in letters)
        content = text.getvalue().encode("utf-8-sig")
        out = self.folder / "out"
        out.mkdir(parents=True, exist_ok=True)
        path = out / f"letters-{day.isoformat()}-{hashlib.sha256(content).hexdigest()[:8]}.csv"
        keep_once(path, content)
        return path.name

    def proofs(self) -> Iterator[Proof]:
        """The rows of every file in `in`, in the order of their names; raises PostFault for one that is none."""
        for path in sorted((self.folder / "in").glob("*.csv")):
            yield from _read(path)


def _read(path: Path) -> Iterator[Proof]:
    names = [field.name for field in fields(Proof)]
    try:
        rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""), strict=True)
        if rows.fieldnames is None or list(rows.fieldnames) != names:
            raise PostFault("proofs-unreadable", path.name)
        found = list(rows)
    except (csv.Error, UnicodeDecodeError) as error:
        raise PostFault("proofs-unreadable", path.name) from error
    for row in found:
        values = [row[name] for name in names]
        if None in row or not all(isinstance(value, str) for value in values):
            raise PostFault("proofs-unreadable", path.name)
        yield Proof(*(str(value).strip() for value in values))
