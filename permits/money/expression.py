"""The small language of a tariff's formulas: + - *, min, max, clamp, ceil, floor over named quantities with units.

    0.01-rate * value_m2 * floor_area   is written   rate * value_m2 * floor_area

A formula is parsed to a tree, its unit is checked before any number is known (m2 x SYP/m2 = SYP), and it
is worked out in exact decimals. There is no division: a law divides by nothing that has no exact decimal.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal, Inexact

_EXACT = Context(prec=60, traps=[Inexact])
_TOKEN = re.compile(r"\s*(?:(?P<number>[0-9]+(?:\.[0-9]+)?)|(?P<name>[a-z][a-z0-9_]*)|(?P<sign>[-+*(),]))")
FUNCTIONS = {"min": 2, "max": 2, "clamp": 3, "ceil": 1, "floor": 1}

Unit = tuple[tuple[str, int], ...]
"""Dimensions with their exponents, sorted by name: SYP/m2 is (("SYP", 1), ("m2", -1)); () is a plain number."""

PLAIN: Unit = ()


class FormulaError(ValueError):
    """A formula that cannot be parsed, whose units do not fit, or that names an unknown quantity."""


@dataclass(frozen=True)
class Number:
    value: Decimal


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


Node = Number | Name | Operation | Call


def parse_unit(text: str) -> Unit:
    """Read "m2", "SYP/m2", "SYP/m2/day" or "1"; the first part is above the line, all others below."""
    above, *below = text.split("/")
    if not above or not all(below):
        raise FormulaError(f"not a unit: {text!r}")
    exponents = {} if above == "1" else {above: 1}
    for part in below:
        exponents[part] = exponents.get(part, 0) - 1
    return _unit(exponents)


def _unit(exponents: Mapping[str, int]) -> Unit:
    return tuple(sorted((name, power) for name, power in exponents.items() if power))


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
        node = self._product()
        while self.word in {"+", "-"}:
            sign = self.word
            self._advance()
            node = Operation(sign, node, self._product())
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
        if kind == "name":
            return self._call(word) if self._take("(") else Name(word)
        if word == "(":
            node = self.sum()
            self._expect(")")
            return node
        raise FormulaError(f"unexpected {word!r} in {self.text!r}")

    def _call(self, function: str) -> Node:
        arguments = [self.sum()]
        while self._take(","):
            arguments.append(self.sum())
        self._expect(")")
        if FUNCTIONS.get(function) != len(arguments):
            raise FormulaError(f"no function {function} of {len(arguments)} arguments")
        return Call(function, tuple(arguments))


def names(node: Node) -> frozenset[str]:
    """Every quantity a formula names."""
    match node:
        case Name(name):
            return frozenset({name})
        case Operation(_, left, right):
            return names(left) | names(right)
        case Call(_, arguments):
            return frozenset[str]().union(*(names(argument) for argument in arguments))
        case Number():
            return frozenset()


def unit_of(node: Node, units: Mapping[str, Unit]) -> Unit:
    """The unit of the result; raises FormulaError where units do not fit or a name is unknown."""
    match node:
        case Number():
            return PLAIN
        case Name(name):
            if name not in units:
                raise FormulaError(f"unknown quantity {name!r}")
            return units[name]
        case Operation("*", left, right):
            product = dict(unit_of(left, units))
            for dimension, power in unit_of(right, units):
                product[dimension] = product.get(dimension, 0) + power
            return _unit(product)
        case Operation(_, left, right):
            return _common_unit((left, right), units)
        case Call(_, arguments):
            return _common_unit(arguments, units)


def _common_unit(nodes: tuple[Node, ...], units: Mapping[str, Unit]) -> Unit:
    found = {unit_of(node, units) for node in nodes}
    if len(found) > 1:
        raise FormulaError(f"units do not fit: {sorted(found)}")
    return found.pop()


def evaluate(node: Node, values: Mapping[str, Decimal]) -> Decimal:
    """Work the formula out exactly; decimal.Inexact when sixty digits do not hold the result."""
    match node:
        case Number(value):
            return value
        case Name(name):
            return values[name]
        case Operation(sign, left, right):
            a, b = evaluate(left, values), evaluate(right, values)
            work = {"+": _EXACT.add, "-": _EXACT.subtract, "*": _EXACT.multiply}[sign]
            return work(a, b)
        case Call(function, arguments):
            return _apply(function, [evaluate(argument, values) for argument in arguments])


def _apply(function: str, values: list[Decimal]) -> Decimal:
    match function, values:
        case "ceil", [value]:
            return value.to_integral_value(rounding=ROUND_CEILING)
        case "floor", [value]:
            return value.to_integral_value(rounding=ROUND_FLOOR)
        case "clamp", [value, low, high]:
            return min(max(value, low), high)
        case "min", _:
            return min(values)
        case _:
            return max(values)


def substituted(node: Node, values: Mapping[str, Decimal]) -> str:
    """The formula with numbers in place of names: "0.01 * 1500000 * 480"."""
    match node:
        case Number(value):
            return f"{value:f}"
        case Name(name):
            return f"{values[name]:f}"
        case Operation("*", left, right):
            return f"{_grouped(left, values)} * {_grouped(right, values)}"
        case Operation("-", left, Operation() as right):
            return f"{substituted(left, values)} - {_grouped(right, values)}"
        case Operation(sign, left, right):
            return f"{substituted(left, values)} {sign} {substituted(right, values)}"
        case Call(function, arguments):
            return f"{function}({', '.join(substituted(argument, values) for argument in arguments)})"


def _grouped(node: Node, values: Mapping[str, Decimal]) -> str:
    text = substituted(node, values)
    return f"({text})" if isinstance(node, Operation) and node.sign != "*" else text
