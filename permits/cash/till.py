"""The till of a desk: what its entries, one after another, amount to. The desk and the office reckon it alike.

Amounts are integers of new piastres. `float` is the money that lies in the drawer before a shift; it is no income and
is not booked. A taking belongs to the shift in which it was written and can be voided until that shift is closed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from permits.calendar import DAMASCUS
from permits.cash.entries import GENESIS, Entry
from permits.errors import Conflict, Invalid
from permits.money.money import Money, round_to_note


@dataclass(frozen=True)
class Block:
    """Receipt numbers given to a desk: `prefix` and six digits, from `first` to `last`."""

    prefix: str
    first: int
    last: int

    def number(self, ordinal: int) -> str:
        """A number as it is printed."""
        return f"{self.prefix}{ordinal:06d}"


@dataclass(frozen=True)
class Taking:
    """Cash taken for a bill: `piastres` is what the bill is given, `rounding` what the notes make more or less of it.

    `number` is the receipt that the payer holds; `book` names the paper book it was torn from. `known` tells whether
    the bill was in the desk's snapshot.
    """

    seq: int
    number: str
    reference: str
    piastres: int
    rounding: int
    paid_at: datetime
    known: bool
    book: str | None = None

    @property
    def cash(self) -> int:
        """What came into the drawer."""
        return self.piastres + self.rounding


@dataclass(frozen=True)
class ClosedShift:
    """A shift that was counted: `difference` is over where positive, short where negative."""

    number: int
    cashier: str
    float_piastres: int
    counted: int
    difference: int
    takings: tuple[Taking, ...]


@dataclass(frozen=True)
class Deposit:
    """Money brought to the bank with a slip."""

    seq: int
    slip: str
    piastres: int


@dataclass
class Shift:
    """The shift that is open; what was voided is no more among its takings."""

    number: int
    cashier: str
    float_piastres: int
    takings: dict[int, Taking] = field(default_factory=dict)

    @property
    def expected(self) -> int:
        """What should lie in the drawer."""
        return self.float_piastres + sum(taking.cash for taking in self.takings.values())


Event = ClosedShift | Deposit | None


@dataclass
class Till:
    """A desk after its entries so far; `apply` refuses what cannot come next and then changes nothing."""

    seq: int = 0
    head: bytes = GENESIS
    at: datetime | None = None
    note: int = 0
    snapshot: bytes = b""
    acknowledged: int = 0
    blocks: list[Block] = field(default_factory=list)
    spent: int = 0
    shift: Shift | None = None
    shifts: int = 0
    undeposited: int = 0
    slips: set[str] = field(default_factory=set)
    papers: set[str] = field(default_factory=set)
    voids: dict[str, str] = field(default_factory=dict)
    takings: dict[int, Taking] = field(default_factory=dict)

    def apply(self, entry: Entry, digest: bytes) -> Event:
        """Take the next entry, whose hash is `digest`; Conflict or Invalid where it cannot follow."""
        if entry.seq != self.seq + 1 or entry.previous != self.head:
            raise Conflict("cash-chain-broken", seq=entry.seq)
        if self.at and entry.at < self.at:
            raise Conflict("cash-clock-behind", last=self.at.isoformat(timespec="seconds"))
        try:
            event = _STEPS[entry.kind](self, entry, entry.body)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise Invalid("cash-entry-unreadable", seq=entry.seq) from error
        self.seq, self.head, self.at = entry.seq, digest, entry.at
        return event

    def next_number(self) -> str:
        """The receipt number that comes next; Conflict where every block is spent."""
        block, ordinal = self._next()
        return block.number(ordinal)

    def free_numbers(self) -> int:
        """How many receipt numbers are left."""
        return sum(block.last - block.first + 1 for block in self.blocks) - self.spent

    def _next(self) -> tuple[Block, int]:
        left = self.spent
        for block in self.blocks:
            size = block.last - block.first + 1
            if left < size:
                return block, block.first + left
            left -= size
        raise Conflict("cash-numbers-spent")

    def _open_shift(self) -> Shift:
        if self.shift is None:
            raise Conflict("cash-shift-needed")
        return self.shift


def rounding_of(piastres: int, note: int) -> int:
    """What rounding to the smallest note (in piastres) adds or takes away."""
    return round_to_note(Money.of_piastres(piastres), Money.of_piastres(note).amount).difference.piastres


def count_of(notes: Mapping[int, int]) -> int:
    """The piastres of counted notes: value in piastres and how many of it."""
    if any(type(n) is not int or type(c) is not int or n <= 0 or c < 0 for n, c in notes.items()):
        raise Invalid("cash-count")
    return sum(note * count for note, count in notes.items())


def _snapshot(till: Till, _: Entry, body: Mapping[str, Any]) -> Event:
    given = [Block(prefix, first, last) for prefix, first, last in body["blocks"]]
    note, acknowledged, sha256 = int(body["note"]), int(body["acknowledged"]), bytes(body["sha256"])
    if note <= 0 or acknowledged < till.acknowledged or acknowledged > till.seq or any(b.first > b.last for b in given):
        raise Conflict("cash-snapshot-older")
    till.blocks += [block for block in given if block not in till.blocks]
    till.note, till.acknowledged, till.snapshot = note, acknowledged, sha256
    return None


def _opened(till: Till, _: Entry, body: Mapping[str, Any]) -> Event:
    if till.shift:
        raise Conflict("cash-shift-open", shift=till.shift.number)
    if not till.note:
        raise Conflict("cash-no-snapshot")
    if not body["cashier"].strip():
        raise Invalid("cash-cashier-needed")
    till.shift = Shift(till.shifts + 1, body["cashier"].strip(), count_of(body["notes"]))
    till.shifts += 1
    return None


def _check_money(till: Till, body: Mapping[str, Any]) -> None:
    piastres, rounding = body["piastres"], body["rounding"]
    if type(piastres) is not int or piastres <= 0 or piastres + rounding <= 0:
        raise Invalid("payment-amount")
    if rounding != rounding_of(piastres, till.note):
        raise Invalid("cash-rounding-differs")


def _taken(till: Till, entry: Entry, body: Mapping[str, Any]) -> Event:
    shift = till._open_shift()
    _check_money(till, body)
    if body["number"] != till.next_number():
        raise Conflict("cash-number-order", number=till.next_number())
    if body["tendered"] < body["piastres"] + body["rounding"]:
        raise Invalid("cash-tendered-short")
    if body["change"] != body["tendered"] - body["piastres"] - body["rounding"]:
        raise Invalid("cash-change-differs")
    _keep(till, shift, _taking(entry, body, body["number"], entry.at, None))
    till.spent += 1
    return None


def _booked(till: Till, entry: Entry, body: Mapping[str, Any]) -> Event:
    shift = till._open_shift()
    _check_money(till, body)
    day = date.fromisoformat(body["on"])
    paid_at = datetime.combine(day, time(), DAMASCUS)
    if paid_at > entry.at:
        raise Invalid("cash-book-day")
    if not 0 < len(body["book"].strip()) <= 30 or type(body["page"]) is not int or body["page"] <= 0:
        raise Invalid("cash-book-number")
    number = f"{body['book'].strip()}/{body['page']:06d}"
    if number in till.papers:
        raise Conflict("cash-book-twice", number=number)
    till.papers.add(number)
    _keep(till, shift, _taking(entry, body, number, paid_at, body["book"].strip()))
    return None


def _taking(entry: Entry, body: Mapping[str, Any], number: str, paid_at: datetime, book: str | None) -> Taking:
    return Taking(
        entry.seq, number, str(body["reference"]), body["piastres"], body["rounding"], paid_at, bool(body["known"]),
        book,
    )  # fmt: skip


def _keep(till: Till, shift: Shift, taking: Taking) -> None:
    shift.takings[taking.seq] = taking
    till.takings[taking.seq] = taking


def _voided(till: Till, _: Entry, body: Mapping[str, Any]) -> Event:
    shift, reason = till._open_shift(), _reason(body)
    taking = shift.takings.get(body["of"])
    if taking is None:
        raise Conflict("cash-not-voidable")
    del shift.takings[taking.seq], till.takings[taking.seq]
    till.papers.discard(taking.number)
    till.voids[taking.number] = reason
    return None


def _spoiled(till: Till, _: Entry, body: Mapping[str, Any]) -> Event:
    reason, count = _reason(body), body["count"]
    if body["number"] != till.next_number() or type(count) is not int or not 0 < count <= till.free_numbers():
        raise Conflict("cash-number-order", number=till.next_number())
    for _unused in range(count):
        till.voids[till.next_number()] = reason
        till.spent += 1
    return None


def _reason(body: Mapping[str, Any]) -> str:
    if not body["reason"].strip():
        raise Invalid("reason-needed")
    return str(body["reason"].strip())


def _closed(till: Till, _: Entry, body: Mapping[str, Any]) -> Event:
    shift, counted = till._open_shift(), count_of(body["notes"])
    if body["difference"] != counted - shift.expected:
        raise Invalid("cash-difference-wrong")
    till.shift = None
    till.undeposited += counted - shift.float_piastres
    return ClosedShift(
        shift.number, shift.cashier, shift.float_piastres, counted, body["difference"], tuple(shift.takings.values())
    )


def _deposited(till: Till, entry: Entry, body: Mapping[str, Any]) -> Event:
    slip, piastres = body["slip"].strip(), body["piastres"]
    if not 0 < len(slip) <= 80:
        raise Invalid("cash-slip-needed")
    if slip in till.slips:
        raise Conflict("cash-slip-twice", slip=slip)
    if type(piastres) is not int or not 0 < piastres <= till.undeposited:
        raise Invalid("cash-deposit-amount", most=till.undeposited)
    till.slips.add(slip)
    till.undeposited -= piastres
    return Deposit(entry.seq, slip, piastres)


_STEPS: dict[str, Callable[[Till, Entry, Mapping[str, Any]], Event]] = {
    "snapshot": _snapshot, "opened": _opened, "taken": _taken, "booked": _booked, "voided": _voided,
    "spoiled": _spoiled, "closed": _closed, "deposited": _deposited,
}  # fmt: skip
