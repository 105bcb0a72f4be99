"""The entries of a desk's queue, each signed and naming the hash of the one before, and the package they travel in.

rukhsa-cash/1;<desk>;<number of the first entry>
<entry, base64url>
…
end;<entries>;<sha256 of everything above>

A package that breaks off is good up to its last whole line; one whose end does not fit is damaged.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cwt.cose_key_interface import COSEKeyInterface

from permits.cash.sealed import BadSeal, Sealed, bytes_of, peek, seal, text_of, unseal
from permits.errors import Invalid

FORMAT = "rukhsa-cash/1"
KIND = "cash-entry"
GENESIS = bytes(32)


@dataclass(frozen=True)
class Entry:
    """One step at a desk: `seq` counts from 1, `previous` is the hash of the entry before, `at` is aware."""

    desk: str
    seq: int
    previous: bytes
    at: datetime
    kind: str
    body: Mapping[str, Any]


@dataclass(frozen=True)
class Package:
    """What was read of a package; `whole` is false where it broke off."""

    desk: str
    signed: tuple[bytes, ...]
    whole: bool


def sign_entry(entry: Entry, key: Mapping[str, str]) -> bytes:
    """The entry as it is kept and sent."""
    content = {
        "seq": entry.seq, "previous": entry.previous, "at": entry.at.isoformat(), "kind": entry.kind,
        "body": dict(entry.body),
    }  # fmt: skip
    return seal(KIND, content, key)


def entry_hash(signed: bytes) -> bytes:
    """What the next entry names."""
    return hashlib.sha256(b"\x00" + signed).digest()


def read_entry(signed: bytes) -> Entry:
    """An entry that is not verified: of one's own queue; raises BadSeal."""
    return _entry(peek(KIND, signed))


def verify_entry(signed: bytes, *, desk: str, key: COSEKeyInterface) -> Entry:
    """An entry that this desk signed; raises BadSeal."""
    return _entry(unseal(KIND, signed, {desk: key}))


def _entry(sealed: Sealed) -> Entry:
    raw = sealed.content
    try:
        at = datetime.fromisoformat(raw["at"])
        entry = Entry(sealed.kid, raw["seq"], raw["previous"], at, raw["kind"], raw["body"])
        right = type(entry.seq) is int and isinstance(entry.previous, bytes) and isinstance(entry.body, dict)
    except (KeyError, TypeError, ValueError) as error:
        raise BadSeal("unreadable") from error
    if not right or at.tzinfo is None:
        raise BadSeal("unreadable")
    return entry


def write_package(desk: str, first: int, signed: Iterable[bytes]) -> str:
    """The entries as a text that can be carried on a stick."""
    rows = [text_of(one) for one in signed]
    text = "\n".join([f"{FORMAT};{desk};{first}", *rows]) + "\n"
    return text + f"end;{len(rows)};{hashlib.sha256(text.encode()).hexdigest()}\n"


def read_package(text: str) -> Package:
    """Read a package, or what there is of it; Invalid for what is none or was changed on its way."""
    *lines, rest = text.split("\n")
    if not lines or lines[0].split(";")[0] != FORMAT or lines[0].count(";") != 2:
        raise Invalid("cash-package-unreadable")
    whole = len(lines) > 1 and lines[-1].startswith("end;")
    rows = lines[1:-1] if whole else lines[1:]
    if whole:
        above = "\n".join(lines[:-1]) + "\n"
        if rest or lines[-1] != f"end;{len(rows)};{hashlib.sha256(above.encode()).hexdigest()}":
            raise Invalid("cash-package-damaged")
    try:
        return Package(lines[0].split(";")[1], tuple(bytes_of(row) for row in rows), whole)
    except BadSeal as error:
        raise Invalid("cash-package-damaged") from error
