"""The small language of a tariff's formulas over named quantities with units; here it is parsed to a tree.

    rate * value_m2 * floor_area
    if(floor_area > threshold, band(floor_area, rates), least)
    days(first_day, last_day) * daily * area

It knows + - *, min, max, clamp, ceil, floor, `if` with one comparison, `band` over a table of the act, the days
and months between two dates, and a division that says how it is rounded: divide(a, b, 0.01). There is no bare
division, because its result has no exact decimal.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

_TOKEN = re.compile(
    r"\s*(?:(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})|(?P<number>[0-9]+(?:\.[0-9]+)?)|(?P<name>[a-z][a-z0-9_]*)"
    r"|(?P<sign>[-+*(),]|[<>]=?|[!=]=))"
)
COMPARISONS = ("<", "<=", ">", ">=", "==", "!=")
FUNCTIONS = {
    "min": 2, "max": 2, "clamp": 3, "ceil": 1, "floor": 1, "days": 2, "months": 2, "begun_months": 2,
    "divide": 3, "divide_up": 3, "divide_down": 3,
}  # fmt: skip
_DEEPEST = 50


class FormulaError(ValueError):
    """A formula that cannot be parsed, whose units do not fit, or that names an unknown quantity."""


@dataclass(frozen=True)
class Number:
    value: Decimal


@dataclass(frozen=True)
class Day:
    value: date


@dataclass(frozen=True)
class Name:
    name: str


@dataclass(frozen=True)
class Operation:
    sign: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True)
class Call:
    function: str
    arguments: "tuple[Node, ...]"


@dataclass(frozen=True)
class If:
    """`left sign right` chooses between two results."""

    sign: str
    left: "Node"
    right: "Node"
    then: "Node"
    otherwise: "Node"


@dataclass(frozen=True)
class Band:
    """The table of the act, by its name, looked up at a value."""

    at: "Node"
    table: str


Node = Number | Day | Name | Operation | Call | If | Band


def parse(text: str) -> Node:
    """Parse a formula; raises FormulaError with the place of the fault."""
    parser = _Parser(text)
    node = parser.sum()
    if parser.word is not None:
        raise FormulaError(f"unexpected {parser.word!r} in {text!r}")
    return node


class _Parser:
    """Recursive descent: sum = product (± product)*, product = atom (* atom)*."""

    def __init__(self, text: str) -> None:
        self.text = text.strip()
        self.position = 0
        self.depth = 0
        self.kind: str | None = None
        self.word: str | None = None
        self._advance()

    def _advance(self) -> None:
        if self.position == len(self.text):
            self.kind = self.word = None
            return
        match = _TOKEN.match(self.text, self.position)
        if match is None:
            raise FormulaError(f"unreadable at {self.position} in {self.text!r}")
        self.position = match.end()
        self.kind, self.word = match.lastgroup, match[match.lastgroup or 0]

    def _take(self, wanted: str) -> bool:
        if self.word != wanted:
            return False
        self._advance()
        return True

    def _expect(self, wanted: str) -> None:
        if not self._take(wanted):
            raise FormulaError(f"{wanted!r} expected, found {self.word!r} in {self.text!r}")

    def sum(self) -> Node:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise FormulaError(f"nested too deep: {self.text[:80]!r}")
        node = self._product()
        while self.word in {"+", "-"}:
            sign = self.word
            self._advance()
            node = Operation(sign, node, self._product())
        self.depth -= 1
        return node

    def _product(self) -> Node:
        node = self._atom()
        while self._take("*"):
            node = Operation("*", node, self._atom())
        return node

    def _atom(self) -> Node:
        kind, word = self.kind, self.word
        if word is None:
            raise FormulaError(f"unfinished: {self.text!r}")
        self._advance()
        if kind == "number":
            return Number(Decimal(word))
        if kind == "date":
            return Day(_day(word))
        if kind == "name":
            return self._called(word) if self._take("(") else Name(word)
        if word == "(":
            node = self.sum()
            self._expect(")")
            return node
        raise FormulaError(f"unexpected {word!r} in {self.text!r}")

    def _called(self, function: str) -> Node:
        if function == "if":
            return self._if()
        if function == "band":
            return self._band()
        arguments = [self.sum()]
        while self._take(","):
            arguments.append(self.sum())
        self._expect(")")
        if FUNCTIONS.get(function) != len(arguments):
            raise FormulaError(f"no function {function} of {len(arguments)} arguments")
        if function.startswith("divide") and not (isinstance(arguments[2], Number) and arguments[2].value > 0):
            raise FormulaError(f"{function} says as a number to what it rounds")
        return Call(function, tuple(arguments))

    def _if(self) -> Node:
        left, sign = self.sum(), self.word
        if sign not in COMPARISONS:
            raise FormulaError(f"a comparison expected, found {sign!r} in {self.text!r}")
        self._advance()
        right = self.sum()
        self._expect(",")
        then = self.sum()
        self._expect(",")
        otherwise = self.sum()
        self._expect(")")
        return If(sign, left, right, then, otherwise)

    def _band(self) -> Node:
        at = self.sum()
        self._expect(",")
        table = self.word
        if table is None or self.kind != "name":
            raise FormulaError(f"the name of a table expected, found {table!r} in {self.text!r}")
        self._advance()
        self._expect(")")
        return Band(at, table)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise FormulaError(f"no such day: {text!r}") from error


def children(node: Node) -> tuple[Node, ...]:
    """The parts of a node."""
    match node:
        case Operation(_, left, right):
            return left, right
        case Call(_, arguments):
            return arguments
        case If(_, left, right, then, otherwise):
            return left, right, then, otherwise
        case Band(at, _):
            return (at,)
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it."""
    yield node
    for child in children(node):
        yield from walk(child)


def names(node: Node) -> frozenset[str]:
    """Every quantity a formula names."""
    return frozenset(part.name for part in walk(node) if isinstance(part, Name))


def tables(node: Node) -> frozenset[str]:
    """Every table a formula looks up."""
    return frozenset(part.table for part in walk(node) if isinstance(part, Band))
