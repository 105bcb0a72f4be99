"""Tables of an act: a value per band, a rate per band that counts what lies in it, or a value per class.

A band reaches up to and including its `to`; the last one has no end. A flat table gives the value of the band
in which the quantity lies, so it jumps at every edge; a marginal one sums the parts that lie in each band at
the rate of that band, so it does not.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from pydantic import model_validator

from gis.site import SheetStatus
from permits.money.exact import EXACT
from permits.money.strict import Number, Strict


class Row(Strict):
    """One row: `to` the edge of a band, or `at` the number of a class."""

    to: Number | None = None
    at: Number | None = None
    value: Number


class Table(Strict):
    """A table of the act; `of` is the unit of what is looked up, `gives` that of a row's value."""

    kind: Literal["flat", "marginal", "choice"]
    of: str
    gives: str
    status: SheetStatus
    rows: tuple[Row, ...]

    @model_validator(mode="after")
    def _ordered(self) -> "Table":
        if self.kind == "choice":
            classes = [row.at for row in self.rows]
            if None in classes or any(row.to is not None for row in self.rows) or len(set(classes)) < len(classes):
                raise ValueError("every row of a choice is one class, written once")
            return self
        if any(row.at is not None for row in self.rows) or not self.rows or self.rows[-1].to is not None:
            raise ValueError("bands have edges, and the last one has no end")
        edges = [Decimal(0), *(row.to for row in self.rows[:-1])]
        if any(low is None or high is None or low >= high for low, high in pairwise(edges)):
            raise ValueError("the edges of bands rise")
        return self


@dataclass(frozen=True)
class BandUse:
    """A row that a computation used: what was looked up, the row's edges and value, and the part that lay in it."""

    table: str
    kind: str
    at: Decimal
    above: Decimal
    to: Decimal | None
    value: Decimal
    part: Decimal
    row: int


@dataclass(frozen=True)
class Jump:
    """An edge of a flat table at which the value changes at once; `falls` where more costs less."""

    table: str
    at: Decimal
    of: str
    below: Decimal
    above: Decimal
    gives: str

    @property
    def falls(self) -> bool:
        """Whether the value beyond the edge is lower."""
        return self.above < self.below


def uses(name: str, table: Table, at: Decimal) -> Iterator[BandUse]:
    """The rows that `at` touches, in order; none where a choice has no such class."""
    if table.kind == "choice":
        found = [(i, row) for i, row in enumerate(table.rows) if row.at == at]
        yield from (BandUse(name, table.kind, at, at, at, row.value, at, i) for i, row in found)
        return
    above = Decimal(0)
    for i, row in enumerate(table.rows):
        last = row.to is None or at <= row.to
        if table.kind == "marginal" or last:
            end = at if last or row.to is None else row.to
            yield BandUse(name, table.kind, at, above, row.to, row.value, EXACT.subtract(end, above), i)
        if last or row.to is None:
            return
        above = row.to


def worth(use: BandUse) -> Decimal:
    """What one used row gives."""
    return EXACT.multiply(use.part, use.value) if use.kind == "marginal" else use.value


def jumps_of(name: str, table: Table) -> Iterator[Jump]:
    """The edges at which a flat table jumps."""
    if table.kind == "flat":
        for row, following in pairwise(table.rows):
            if row.to is not None and row.value != following.value:
                yield Jump(name, row.to, table.of, row.value, following.value, table.gives)
