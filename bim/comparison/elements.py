"""Which elements of two models are the same, and what became of the others."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bim.comparison.signature import Signature


class Change(StrEnum):
    """What became of an element."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    RESHAPED = "reshaped"
    INFORMATION = "information"
    """Its attributes, properties, material or class."""


@dataclass(frozen=True)
class ElementChange:
    """One element and all that changed; `old` is None where it was added, `new` where it was removed."""

    old: Signature | None
    new: Signature | None
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Elements:
    """`same` gives old GlobalIds by the new ones; `rekeyed` of them got another GlobalId."""

    changes: tuple[ElementChange, ...]
    same: Mapping[str, str]
    rekeyed: int


Signatures = Mapping[str, Signature]
_KEYS: tuple[Callable[[Signature], Hashable], ...] = (
    lambda s: (s.class_name, s.origin, s.shape, s.name),
    lambda s: (s.class_name, s.origin, s.shape),
    lambda s: (s.class_name, s.storey, s.name, s.shape),
    lambda s: (s.class_name, s.storey, s.name, s.origin),
)
"""How elements without a common GlobalId are matched, the surest first; each match must be the only one."""


def compare(old: Signatures, new: Signatures) -> Elements:
    """Match by GlobalId and class; what is left over by place, shape, type and name."""
    pairs = {key: key for key, signature in old.items() if key in new and new[key].class_name == signature.class_name}
    kept = len(pairs)
    for key in _KEYS:
        pairs |= _matched(_left(old, pairs.keys()), _left(new, set(pairs.values())), key)
    changes = [ElementChange(old[a], new[b], _changes(old[a], new[b])) for a, b in pairs.items()]
    changes += [ElementChange(s, None, (Change.REMOVED,)) for s in _left(old, pairs.keys()).values()]
    changes += [ElementChange(None, s, (Change.ADDED,)) for s in _left(new, set(pairs.values())).values()]
    told = sorted((change for change in changes if change.changes), key=_order)
    return Elements(tuple(told), {b: a for a, b in pairs.items()}, len(pairs) - kept)


def _left(signatures: Signatures, taken: object) -> Signatures:
    return {key: s for key, s in signatures.items() if key not in taken}  # type: ignore[operator]  # sets and key views


def _matched(old: Signatures, new: Signatures, key: Callable[[Signature], Hashable]) -> dict[str, str]:
    """Pairs that are alone on both sides with their key; equal ones in equal number are paired in order."""
    groups = [_grouped(old, key), _grouped(new, key)]
    found: dict[str, str] = {}
    for value, ids in groups[0].items():
        others = groups[1].get(value, [])
        if len(ids) == len(others):
            found |= dict(zip(ids, others, strict=True))
    return found


def _grouped(signatures: Signatures, key: Callable[[Signature], Hashable]) -> dict[Hashable, list[str]]:
    found: dict[Hashable, list[str]] = defaultdict(list)
    for name, signature in signatures.items():
        found[key(signature)].append(name)
    return found


def _changes(old: Signature, new: Signature) -> tuple[Change, ...]:
    told = (
        (Change.MOVED, old.origin != new.origin),
        (Change.RESHAPED, old.shape != new.shape),
        (Change.INFORMATION, old.content != new.content),
    )
    return tuple(change for change, holds in told if holds)


def _order(change: ElementChange) -> tuple[str, str, str]:
    element = change.new or change.old
    assert element is not None  # noqa: S101 - a change is of an element
    return change.changes[0].value, element.class_name, element.id
