"""The faults a payment can be made to have, each a thing that happens to real switches."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

POUND = 100


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
    TIMEOUT = "timeout"
    """The biller has committed and answers, but the answer is not waited for; told again."""
    FLOOD = "flood"
    """Told ten times more, though it was answered."""
    AT_ONCE = "at_once"
    """Told over four connections at the same moment."""
    EARLY_ACKNOWLEDGEMENT = "early_acknowledgement"
    """Confirmed before it was ever told; then told and confirmed."""
    LATE = "late"
    """Told only after payments that were made later."""
    BEFORE_INQUIRY = "before_inquiry"
    """Told first; what is owed is asked only then."""
    CLOCK_BEHIND = "clock_behind"
    """Paid and first told by a clock that is a day slow, beyond the replay window; then by the right time."""
    PART = "part"
    """Half of what is owed is taken."""
    EXCESS = "excess"
    """One pound more than what is owed is taken."""
    CUT_BODY = "cut_body"
    """The connection is cut in the middle of the first message's body; told again."""
    OUTAGE = "outage"
    """Nothing at all is told for three hours, then everything at once."""
    SETTLED_TWICE = "settled_twice"
    """Twice in the settlement file."""
    REVERSED = "reversed"
    """Taken back by the provider as soon as it was confirmed, before its day is settled."""
    REVERSED_LATE = "reversed_late"
    """Taken back by the provider after its day was settled."""


MAGIC: Mapping[int, Fault] = MappingProxyType({number: fault for number, fault in enumerate(Fault) if number})
"""The fault that the last two digits of an amount ask for, in piastres: .01 is told three times and so on."""

OUTAGE_HOURS = 3


def of_amount(piastres: int) -> Fault:
    """The fault of a magic amount, none for an ordinary one."""
    return MAGIC.get(piastres % POUND, Fault.NONE)


def taken(owed: int, fault: Fault) -> int:
    """What is taken of the payer where `owed` is, in piastres."""
    changed = {Fault.WRONG_AMOUNT: owed - POUND, Fault.PART: owed // 2, Fault.EXCESS: owed + POUND}
    return changed.get(fault, owed)
