"""What a property sheet holds at one moment, as a value: acts are functions from one such value to the next.

Areas are square metres, shares exact fractions of the sheet, amounts integers of new piastres.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from permits.errors import Conflict, Invalid
from permits.register.shares import SharesError, require_whole

Holdings = Mapping[str, Fraction]
"""The share of each party (its id); a party holds one share of a sheet."""


class SheetStatus(StrEnum):
    """Whether acts may still be entered on a sheet."""

    OPEN = "open"
    DIVIDED = "divided"
    CLOSED = "closed"
    TRANSFERRED = "transferred"


ACTIVE = frozenset({SheetStatus.OPEN, SheetStatus.DIVIDED})
"""The sheet that speaks for its property: a divided one keeps its common parts and takes signals."""


@dataclass(frozen=True)
class Signal:
    """A signal (إشارة) on a sheet, or on the share of one party in it.

    `detail` names the document, `piastres`, `epoch` and `rank` are those of a mortgage, `expires` an ISO day.
    """

    id: str
    kind: str
    detail: str
    party: str | None = None
    beneficiary: str = ""
    piastres: int | None = None
    epoch: str | None = None
    rank: int | None = None
    expires: str | None = None


@dataclass(frozen=True)
class SheetState:
    """A sheet; `land_shares` is what the section of a building holds of the land, of 2400.

    `common` names the common parts of a building on the sheet of its parcel.
    """

    tenure: str
    area: Decimal
    holdings: Holdings = field(default_factory=dict)
    signals: tuple[Signal, ...] = ()
    status: SheetStatus = SheetStatus.OPEN
    description: str = ""
    land_shares: int | None = None
    common: tuple[str, ...] = ()

    def share_of(self, party: str) -> Fraction:
        """What a party holds, nothing if it is no owner."""
        return self.holdings.get(party, Fraction(0))

    def need_open(self) -> None:
        """Raise Conflict unless acts on ownership may be entered."""
        if self.status is not SheetStatus.OPEN:
            raise Conflict("sheet-not-open", state=str(self.status))

    def held_by(self, holdings: Holdings) -> "SheetState":
        """The same sheet with other owners; raises Invalid unless they hold exactly the whole."""
        require_held(holdings)
        return replace(self, holdings=holdings)


def require_held(holdings: Holdings) -> None:
    """Raise Invalid unless every share is positive and together they are exactly the sheet."""
    try:
        require_whole(holdings.values())
    except SharesError as error:
        raise Invalid("sheet-not-whole", total=str(error.total)) from error
