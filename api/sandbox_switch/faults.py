"""The faults a payment can be made to have, each a thing that happens to real switches."""

from enum import StrEnum


class Fault(StrEnum):
    """What goes wrong with one payment."""

    NONE = "none"
    DUPLICATE = "duplicate"
    """Told three times, though it was answered."""
    CUT = "cut"
    """The connection is cut before the first answer is read; told again."""
    WRONG_SIGNATURE = "wrong_signature"
    """First signed with a wrong secret, then rightly."""
    WRONG_AMOUNT = "wrong_amount"
    """One pound less than what is owed is taken."""
    OTHER_CONTENT = "other_content"
    """Told, then told again under the same number with other content."""
    UNTOLD = "untold"
    """Never told; only the settlement file has it."""
    UNSETTLED = "unsettled"
    """Told, but left out of the settlement file."""
    SETTLED_SHORT = "settled_short"
    """One pound less in the settlement file than was told."""
