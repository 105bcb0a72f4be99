"""The statement of an account of ours, as a strict text that is read whole or not at all.

rukhsa-statement/1;<account>;<first day>;<last day>
<the bank's entry>;<day>;<piastres, out negative>;<reference and particulars>;<counterparty>
…
total;<lines>;<sum>;<opening>;<closing>;<sha256 of everything before this hash>
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from permits.errors import Invalid

FORMAT = "rukhsa-statement/1"
_LONGEST = {"account": 40, "entry": 60, "reference": 200, "counterparty": 120}


@dataclass(frozen=True)
class Movement:
    """One line, in new piastres: in positive, out negative."""

    entry: str
    day: date
    piastres: int
    reference: str
    counterparty: str


@dataclass(frozen=True)
class Statement:
    """A read statement, its trailer checked: opening and the lines make the closing balance."""

    account: str
    first_day: date
    last_day: date
    opening: int
    closing: int
    lines: tuple[Movement, ...]


def parse_statement(content: bytes) -> Statement:
    """Read a file whole or not at all: raises Invalid naming the first fault."""
    try:
        text = content.decode("utf-8")
        *rows, rest = text.split("\n")
        head, *body, trailer = rows
        name, account, first, last = head.split(";")
        word, count, total, opening, closing, digest = trailer.split(";")
        lines = tuple(_movement(row) for row in body)
        read = Statement(_text("account", account), _day(first), _day(last), _whole(opening), _whole(closing), lines)
        said = (name, word, _whole(count), _whole(total), rest)
    except ValueError as error:
        raise Invalid("statement-unreadable") from error
    if hashlib.sha256(content[: content.rindex(b";") + 1]).hexdigest() != digest:
        raise Invalid("statement-hash")
    moved = sum(line.piastres for line in lines)
    if said != (FORMAT, "total", len(lines), moved, "") or read.opening + moved != read.closing:
        raise Invalid("statement-trailer")
    _check_lines(read)
    return read


def _check_lines(read: Statement) -> None:
    days = [read.first_day, *(line.day for line in read.lines), read.last_day]
    if days != sorted(days):
        raise Invalid("statement-days")
    entries = [line.entry for line in read.lines]
    if len(set(entries)) != len(entries):
        raise Invalid("statement-entry-twice")


def _movement(row: str) -> Movement:
    entry, day, piastres, reference, counterparty = row.split(";")
    if _whole(piastres) == 0:
        raise ValueError(row)
    return Movement(
        _text("entry", entry), _day(day), _whole(piastres), _text("reference", reference, empty=True),
        _text("counterparty", counterparty, empty=True),
    )  # fmt: skip


def _text(name: str, text: str, *, empty: bool = False) -> str:
    if len(text) > _LONGEST[name] or not (text.strip() or empty) or not (text.isprintable() or empty):
        raise ValueError(name)
    return text


def _day(text: str) -> date:
    day = date.fromisoformat(text)
    if day.isoformat() != text:
        raise ValueError(text)
    return day


def _whole(text: str) -> int:
    """An integer in the one way it is written."""
    if len(text) > 18 or str(int(text)) != text:
        raise ValueError(text)
    return int(text)


def write_statement(
    account: str, days: tuple[date, date], opening: int, lines: Sequence[Movement]
) -> bytes:  # fmt: skip
    """The file of these movements, for whoever turns a bank's own format into ours."""
    rows = [f"{FORMAT};{account};{days[0]};{days[1]}"]
    rows += [";".join((m.entry, str(m.day), str(m.piastres), m.reference, m.counterparty)) for m in lines]
    moved = sum(line.piastres for line in lines)
    body = "".join(f"{row}\n" for row in rows) + f"total;{len(lines)};{moved};{opening};{opening + moved};"
    return f"{body}{hashlib.sha256(body.encode()).hexdigest()}\n".encode()
