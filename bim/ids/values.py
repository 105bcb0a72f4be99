"""Whether a value of a model is what a simple value or a restriction of IDS asks for."""

import math
import re
from collections.abc import Callable
from functools import cache

from bim.ids.document import Restriction, Value
from bim.ids.pattern import compiled

Found = str | int | float | bool
"""A value as it stands in a model, measures in SI units; dates and durations are strings."""

Matcher = Callable[[Found], bool]
TOLERANCE = 1e-6
"""Of two floating point numbers, relative and absolute at once."""

NUMBERS = ("xs:double", "xs:integer")
DATES = ("xs:date", "xs:dateTime", "xs:time")
FORMATS = {
    "xs:anyURI": re.compile(r"\S+"),
    "xs:boolean": re.compile("true|false|0|1"),
    "xs:date": re.compile(r"\d{4}-\d{2}-\d{2}(Z|[+-]\d{2}:\d{2})?", re.ASCII),
    "xs:dateTime": re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?", re.ASCII),
    "xs:double": re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?|NaN|\+?INF|-INF"),
    "xs:duration": re.compile(r"[-+]?P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?", re.ASCII),
    "xs:integer": re.compile(r"[+-]?\d+", re.ASCII),
    "xs:string": re.compile(r".*", re.DOTALL),
    "xs:time": re.compile(r"\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?", re.ASCII),
}
"""How a value is written, by the XML base type (IDS documentation, DataTypes)."""


def written_as(text: str, base: str) -> bool:
    """Whether `text` is written as values of the base type are."""
    return FORMATS[base].fullmatch(text) is not None


def same_number(found: float, asked: float) -> bool:
    """Equal within the tolerance of IDS 1.0, its ends included as nearly as floating point can tell them."""
    return found == asked or abs(found - asked) <= TOLERANCE * (abs(asked) + 1) + 2 * math.ulp(asked)


@cache
def matcher(value: Value) -> Matcher:
    """The function that says whether a found value, which must not be empty, is what `value` asks for."""
    return _simple(value) if isinstance(value, str) else _restricted(value)


def _simple(text: str) -> Matcher:
    number = _number(text)
    flag = {"true": True, "1": True, "false": False, "0": False}.get(text)

    def matches(found: Found) -> bool:
        if isinstance(found, str):
            return found == text
        if isinstance(found, bool):
            return flag is not None and found == flag
        if number is None:
            return False
        return same_number(found, number) if isinstance(found, float) else found == number

    return matches


def _number(text: str) -> float | None:
    if not written_as(text, "xs:double"):
        return None
    return float(text.replace("INF", "inf"))


def _restricted(restriction: Restriction) -> Matcher:
    tests: list[Matcher] = []
    if restriction.enumeration:
        choices = frozenset(restriction.enumeration)
        others = [_simple(text) for text in restriction.enumeration]
        tests.append(lambda found: found in choices if isinstance(found, str) else any(o(found) for o in others))
    if restriction.patterns:
        patterns = [compiled(text) for text in restriction.patterns]
        tests.append(lambda found: isinstance(found, str) and any(p.fullmatch(found) for p in patterns))
    tests += _lengths(restriction)
    tests += _bounds(restriction)
    if len(tests) == 1:
        return tests[0]
    return lambda found: all(test(found) for test in tests)


def _lengths(restriction: Restriction) -> list[Matcher]:
    low, high = restriction.min_length, restriction.max_length
    if restriction.length is not None:
        low = max(low or 0, restriction.length)
        high = restriction.length if high is None else min(high, restriction.length)
    if low is None and high is None:
        return []
    least, most = low or 0, high
    return [lambda found: isinstance(found, str) and len(found) >= least and (most is None or len(found) <= most)]


def _bounds(restriction: Restriction) -> list[Matcher]:
    """Bounds are strict: the tolerance is of equality alone."""
    return [
        _bound(text, restriction.base, holds)
        for text, holds in (
            (restriction.min_inclusive, lambda order: order >= 0),
            (restriction.max_inclusive, lambda order: order <= 0),
            (restriction.min_exclusive, lambda order: order > 0),
            (restriction.max_exclusive, lambda order: order < 0),
        )
        if text is not None
    ]


def _bound(text: str, base: str, holds: Callable[[int], bool]) -> Matcher:
    if base in DATES:
        # Dates and times of one writing sort as text.
        return lambda found: isinstance(found, str) and written_as(found, base) and holds(_order(found, text))
    limit = _number(text)
    if limit is None or limit != limit:
        return lambda _found: False

    def matches(found: Found) -> bool:
        if isinstance(found, bool | str):
            return False
        return holds(_order(found, limit)) if found == found else False

    return matches


def _order(one: str | float, other: str | float) -> int:
    return (one > other) - (one < other)  # type: ignore[operator] # both texts, or both numbers


def bounded(value: Value | None) -> tuple[bool, bool]:
    """Whether the value is a range with a lower and with an upper end."""
    if not isinstance(value, Restriction):
        return False, False
    low = value.min_inclusive is not None or value.min_exclusive is not None
    high = value.max_inclusive is not None or value.max_exclusive is not None
    return low, high
