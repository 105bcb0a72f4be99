"""How the sides of a day differ: pure reckoning on new piastres, whatever the day brings.

`ours` and every difference of the stage "theirs" make their side; what was announced to the bank and every difference
of the stage "bank" make the bank's. Both hold for any input.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class BreakKind(StrEnum):
    """Why two sides differ; the text of each is `break-<kind>`."""

    MISSING_HERE = "missing_here"
    MISSING_THERE = "missing_there"
    AMOUNT_DIFFERS = "amount_differs"
    DUPLICATE = "duplicate"
    DATE_SHIFT = "date_shift"
    UNANNOUNCED_AT_BANK = "unannounced_at_bank"
    NOT_AT_BANK = "not_at_bank"
    AMOUNT_DIFFERS_AT_BANK = "amount_differs_at_bank"
    CASH_SHORT = "cash_short"
    CASH_OVER = "cash_over"


class Stage(StrEnum):
    """Which two sides: theirs less ours, or the bank's less what was announced."""

    THEIRS = "theirs"
    BANK = "bank"


@dataclass(frozen=True)
class Difference:
    """One difference; `found` where the other half is known already, so that nobody must explain it.

    `key` names the same matter on every day on which it shows.
    """

    kind: BreakKind
    stage: Stage
    key: str
    subject: str
    piastres: int
    found: bool = False


@dataclass(frozen=True)
class FileRow:
    """A row of a provider's file; `again` where this or another file had the transaction before."""

    id: str
    transaction: str
    piastres: int
    again: bool


@dataclass(frozen=True)
class Announced:
    """What was announced to the bank on a day, and what the bank has of it so far, in new piastres."""

    kind: str
    id: str
    reference: str
    piastres: int
    arrived: int
    lines: int


@dataclass(frozen=True)
class Sides:
    """A day of a party: what we took, what they say, what was announced to the bank, what the bank has.

    `awaiting` where their file has not come; their side is then nought.
    """

    ours: int
    theirs: int
    announced: int
    bank: int
    differences: tuple[Difference, ...]
    awaiting: bool = False

    def off(self, stage: Stage) -> int:
        """The sum of the differences of a stage."""
        return sum(one.piastres for one in self.differences if one.stage == stage)

    @property
    def agrees(self) -> bool:
        """Whether the differences account for every piastre."""
        return (self.ours + self.off(Stage.THEIRS), self.announced + self.off(Stage.BANK)) == (self.theirs, self.bank)


def against_file(
    ours: Mapping[str, int], rows: Sequence[FileRow], *, others: Mapping[str, int], delivered: Collection[str]
) -> list[Difference]:  # fmt: skip
    """Ours of a day by transaction against the provider's rows of it.

    `others` are payments of other days that the file names; `delivered` are transactions that other files brought.
    """
    found, named = list[Difference](), set[str]()
    for row in rows:
        if row.again:
            found.append(_theirs(BreakKind.DUPLICATE, f"again:{row.id}", row.transaction, row.piastres))
            continue
        named.add(row.transaction)
        if row.transaction in ours:
            off = row.piastres - ours[row.transaction]
            found += _unequal(row.transaction, off)
        elif row.transaction in others:
            mine = others[row.transaction]
            found.append(_shifted(row.transaction, mine))
            found += _unequal(row.transaction, row.piastres - mine)
        else:
            key = f"payment:{row.transaction}"
            found.append(_theirs(BreakKind.MISSING_HERE, key, row.transaction, row.piastres))
    for transaction in sorted(set(ours) - named):
        if transaction in delivered:
            found.append(_shifted(transaction, -ours[transaction]))
        else:
            key = f"payment:{transaction}"
            found.append(_theirs(BreakKind.MISSING_THERE, key, transaction, -ours[transaction]))
    return found


def _theirs(kind: BreakKind, key: str, subject: str, piastres: int) -> Difference:
    return Difference(kind, Stage.THEIRS, key, subject, piastres)


def _unequal(transaction: str, off: int) -> list[Difference]:
    return [_theirs(BreakKind.AMOUNT_DIFFERS, f"amount:{transaction}", transaction, off)] if off else []


def _shifted(transaction: str, piastres: int) -> Difference:
    return Difference(BreakKind.DATE_SHIFT, Stage.THEIRS, f"payment:{transaction}", transaction, piastres, found=True)


def taken_back(payment: str, transaction: str, piastres: int) -> Difference:
    """A payment of a closed day was taken back before it was delivered: ours is less by it, no file brings it."""
    key = f"reversal:{payment}"
    return Difference(BreakKind.DATE_SHIFT, Stage.THEIRS, key, transaction, piastres, found=True)


def counted(shift: str, difference: int) -> list[Difference]:
    """What the count of a cash desk's shift was over or short."""
    if not difference:
        return []
    kind = BreakKind.CASH_OVER if difference > 0 else BreakKind.CASH_SHORT
    return [_theirs(kind, f"shift:{shift}", shift, difference)]


def unannounced(entry: str, piastres: int, *, found: bool) -> Difference:
    """A movement at the bank that nobody announced; `found` once its money was given to somebody."""
    return Difference(BreakKind.UNANNOUNCED_AT_BANK, Stage.THEIRS, f"line:{entry}", entry, piastres, found)


def at_bank(announced: Sequence[Announced], late: Mapping[tuple[str, str], int]) -> list[Difference]:
    """What was announced against what came; `late` came for what was announced on days that are closed."""
    found = []
    for one in announced:
        off = one.arrived - one.piastres
        kind = BreakKind.AMOUNT_DIFFERS_AT_BANK if one.lines else BreakKind.NOT_AT_BANK
        if off:
            found.append(Difference(kind, Stage.BANK, f"bank:{one.kind}:{one.id}", one.reference, off))
    for (kind_of, awaited), piastres in Counter(late).items():
        key = f"bank:{kind_of}:{awaited}"
        found.append(Difference(BreakKind.DATE_SHIFT, Stage.BANK, key, awaited, piastres, found=True))
    return found
