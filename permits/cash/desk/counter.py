"""The steps at the counter: each is checked against the till, signed, on the disk, and only then told.

Everything here works with the desk's folder alone: its key, its queue, and what the office last sent.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from permits.cash.desk.store import DeskStore
from permits.cash.entries import Entry, entry_hash, read_entry, sign_entry, write_package
from permits.cash.sealed import BadSeal, bytes_of, is_desk_code
from permits.cash.snapshot import read_snapshot
from permits.cash.till import Till, count_of, rounding_of
from permits.cash.token import CashClaims, read_certificate, sign_receipt
from permits.db import utcnow
from permits.documents.token import cose_keys, new_key, public_set, read_private_key
from permits.errors import Conflict, Expired, Invalid, NotFound
from permits.money.reference import BadReference, parse_reference
from permits.settings import keep_once

KEY, QUEUE, OFFICE = "desk.jwk", "desk.db", "office-keys.json"


@dataclass(frozen=True)
class Desk:
    """An open desk: its key (the private JWK) and its file."""

    key: Mapping[str, str]
    store: DeskStore
    office_keys: str
    clock: Callable[[], datetime] = field(default=utcnow)

    @property
    def code(self) -> str:
        """The desk's code, which is its key's id."""
        return self.key["kid"]


@dataclass(frozen=True)
class Slip:
    """What the printer gets of a taking; new piastres. `token` is the text of the QR code."""

    seq: int
    number: str
    reference: str
    payer: str
    piastres: int
    rounding: int
    tendered: int
    change: int
    taken_at: datetime
    token: str


def init_desk(folder: Path, *, code: str, office_keys: str) -> str:
    """Make a desk: its key never leaves the folder. Returns the public key set that the office registers."""
    if not is_desk_code(code):
        raise Invalid("cash-code")
    cose_keys(office_keys)
    folder.mkdir(parents=True, exist_ok=True)
    keep_once(folder / KEY, json.dumps(new_key(code)).encode())
    keep_once(folder / OFFICE, office_keys.encode())
    key = read_private_key(folder / KEY)
    if key["kid"] != code:
        raise Conflict("cash-desk-exists", desk=key["kid"])
    return public_set([key])


def open_desk(folder: Path, *, clock: Callable[[], datetime] = utcnow) -> Desk:
    """The desk in a folder; NotFound where there is none."""
    if not (folder / KEY).exists():
        raise NotFound("cash-desk-unknown", desk=folder.name)
    office_keys = (folder / OFFICE).read_text(encoding="utf-8")
    return Desk(read_private_key(folder / KEY), DeskStore(folder / QUEUE), office_keys, clock)


def till_of(desk: Desk) -> Till:
    """The till as the queue has it."""
    till = Till()
    for signed, digest in desk.store.entries():
        till.apply(read_entry(signed), digest)
    return till


def _append(desk: Desk, till: Till, kind: str, body: Mapping[str, Any]) -> Entry:
    """Write the next entry within the caller's `writing`."""
    entry = Entry(desk.code, till.seq + 1, till.head, desk.clock(), kind, body)
    signed = sign_entry(entry, desk.key)
    digest = entry_hash(signed)
    till.apply(entry, digest)
    desk.store.append(entry.seq, signed, digest)
    return entry


def _step(desk: Desk, kind: str, body: Mapping[str, Any]) -> Entry:
    with desk.store.writing():
        return _append(desk, till_of(desk), kind, body)


def import_snapshot(desk: Desk, signed: bytes) -> int:
    """Take the office's snapshot along; the number of its bills. The same one again changes nothing."""
    try:
        snapshot = read_snapshot(signed, cose_keys(desk.office_keys))
        certificate = read_certificate(snapshot.certificate, cose_keys(desk.office_keys))
    except BadSeal as error:
        raise Invalid("cash-snapshot-refused", reason=error.code) from error
    if snapshot.desk != desk.code or certificate.desk != desk.code or certificate.key != bytes_of(desk.key["x"]):
        raise Conflict("cash-snapshot-foreign", desk=snapshot.desk)
    with desk.store.writing():
        till, digest = till_of(desk), entry_hash(signed)
        if till.snapshot == digest:
            return len(snapshot.bills)
        known = desk.store.entries(after=snapshot.acknowledged - 1)[:1] if snapshot.acknowledged else []
        if snapshot.acknowledged and [digest for _, digest in known] != [snapshot.head]:
            raise Conflict("cash-desk-forked", seq=snapshot.acknowledged)
        if desk.clock() < snapshot.made_at:
            raise Conflict("cash-clock-behind", last=snapshot.made_at.isoformat(timespec="seconds"))
        blocks = [[block.prefix, block.first, block.last] for block in snapshot.blocks]
        body = {"sha256": digest, "acknowledged": snapshot.acknowledged, "note": snapshot.note, "blocks": blocks}
        desk.store.replace_bills(snapshot.bills)
        desk.store.keep_paper("certificate", snapshot.certificate)
        _append(desk, till, "snapshot", body)
    return len(snapshot.bills)


def open_shift(desk: Desk, *, cashier: str, notes: Mapping[int, int]) -> int:
    """Begin a shift with the float counted by note (piastres: how many); the float in piastres."""
    _step(desk, "opened", {"cashier": cashier, "notes": dict(notes)})
    return count_of(notes)


def take(desk: Desk, *, reference: str, piastres: int | None = None, tendered: int | None = None) -> Slip:
    """Take cash for a bill: `piastres` of it (all that is left of a known one), `tendered` in notes (the exact sum).

    What is rounded to the smallest note stands beside the amount. An unknown bill is taken as it is dictated.
    """
    with desk.store.writing():
        till = till_of(desk)
        number, bill = _reference(reference), desk.store.bill(_reference(reference))
        settled = _settled(till, number, bill, piastres, desk.clock())
        rounding = rounding_of(settled, till.note) if till.note else 0
        paid = settled + rounding if tendered is None else tendered
        body = {
            "number": till.next_number() if till.shift else "", "reference": number, "known": bill is not None,
            "piastres": settled, "rounding": rounding, "tendered": paid, "change": paid - settled - rounding,
        }  # fmt: skip
        entry = _append(desk, till, "taken", body)
    return _slip(desk, entry, bill[3] if bill else "")


def _slip(desk: Desk, entry: Entry, payer: str) -> Slip:
    body = entry.body
    claims = CashClaims(body["number"], body["reference"], body["piastres"], body["rounding"], entry.at)
    token = sign_receipt(claims, key=desk.key, certificate=desk.store.paper("certificate") or b"")
    return Slip(
        entry.seq, claims.number, claims.reference, payer, claims.piastres, claims.rounding, body["tendered"],
        body["change"], entry.at, token,
    )  # fmt: skip


def print_again(desk: Desk, *, number: str) -> Slip:
    """The receipt of a taking that stands, as after a jam or a power cut before it was printed."""
    till = till_of(desk)
    for taking in till.takings.values():
        if taking.number == number and taking.book is None:
            (signed, _), *_ = desk.store.entries(after=taking.seq - 1)
            bill = desk.store.bill(taking.reference)
            return _slip(desk, read_entry(signed), bill[3] if bill else "")
    raise NotFound("cash-number-unknown", number=number)


def _reference(text: str) -> str:
    try:
        return str(parse_reference(text))
    except BadReference as error:
        raise Invalid("bill-reference-misread", reason=error.code) from error


def _settled(
    till: Till, reference: str, bill: tuple[int, int, str, str] | None, piastres: int | None, now: datetime
) -> int:
    """What the bill is given, within what the desk knows of it."""
    if bill is None:
        if piastres is None:
            raise Invalid("cash-amount-needed")
        return piastres
    since = [t for t in till.takings.values() if t.reference == reference and t.seq > till.acknowledged]
    left = bill[0] - sum(taking.piastres for taking in since)
    least, expires = min(bill[1], left), datetime.fromisoformat(bill[2])
    if now > expires:
        raise Expired("cash-bill-expired", reference=reference)
    if left <= 0:
        raise Conflict("cash-bill-paid", reference=reference)
    if piastres is not None and not least <= piastres <= left:
        raise Invalid("cash-amount-range", least=least, left=left)
    return left if piastres is None else piastres


def book_entry(desk: Desk, *, book: str, page: int, on: date, reference: str, piastres: int) -> int:
    """Type in a receipt that was written by hand in a paper book; the entry's number. Its cash joins this shift."""
    with desk.store.writing():
        till, number = till_of(desk), _reference(reference)
        rounding = rounding_of(piastres, till.note) if till.note else 0
        body = {
            "book": book, "page": page, "on": on.isoformat(), "reference": number, "piastres": piastres,
            "rounding": rounding, "known": desk.store.bill(number) is not None,
        }  # fmt: skip
        return _append(desk, till, "booked", body).seq


def void(desk: Desk, *, number: str, reason: str) -> None:
    """Take back a taking of the open shift; its number stays used up, with the reason."""
    with desk.store.writing():
        till = till_of(desk)
        of = [t.seq for t in till.takings.values() if t.number == number]
        _append(desk, till, "voided", {"of": of[0] if of else 0, "reason": reason})


def spoil(desk: Desk, *, count: int, reason: str) -> None:
    """Void the next `count` receipt numbers, unused."""
    with desk.store.writing():
        till = till_of(desk)
        _append(desk, till, "spoiled", {"number": till.next_number(), "count": count, "reason": reason})


def close_shift(desk: Desk, *, notes: Mapping[int, int]) -> int:
    """Close the shift with its count by note; over (positive) or short (negative), in piastres."""
    with desk.store.writing():
        till = till_of(desk)
        difference = count_of(notes) - till.shift.expected if till.shift else 0
        _append(desk, till, "closed", {"notes": dict(notes), "difference": difference})
    return difference


def deposit(desk: Desk, *, slip: str, piastres: int) -> None:
    """Bring money of closed shifts to the bank, under the number of its deposit slip."""
    _step(desk, "deposited", {"slip": slip, "piastres": piastres})


def export(desk: Desk) -> str:
    """The package of every entry that the office has not acknowledged."""
    after = till_of(desk).acknowledged
    return write_package(desk.code, after + 1, [signed for signed, _ in desk.store.entries(after=after)])
