"""Small counts are not published: below `least` a count is told as "fewer than", and none can be reckoned from others.

A count of nought names nobody and is published. Where the sum of counts is known, hiding one of them hides nothing: the
rest would tell it. So more are withheld, the smallest first, until what is hidden is several counts which together are
`least` or more; or all of them, if the sum itself is hidden or they do not suffice.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
FEWER, WITHHELD = "<", "-"
_SEVERAL = 2


@dataclass(frozen=True)
class Told:
    """A count as it is published: itself, or hidden as fewer than `least`, or withheld for the sake of another."""

    count: int | None
    text: str


def told(count: int, least: int) -> Told:
    """One count on its own."""
    return Told(None, f"{FEWER}{least}") if 0 < count < least else Told(count, str(count))


def told_together(counts: Mapping[Key, int], least: int, *, sum_known: bool) -> dict[Key, Told]:
    """Counts whose sum is published too (`sum_known`), or is not."""
    found = {key: told(count, least) for key, count in counts.items()}
    if not sum_known:
        return found
    hidden = {key for key, one in found.items() if one.count is None}
    open_ones = sorted((key for key in counts if counts[key] and key not in hidden), key=lambda key: counts[key])
    while hidden and open_ones and not _enough([counts[key] for key in hidden], least):
        key = open_ones.pop(0)
        hidden.add(key)
        found[key] = Told(None, WITHHELD)
    return found


def _enough(hidden: list[int], least: int) -> bool:
    return len(hidden) >= _SEVERAL and sum(hidden) >= least
