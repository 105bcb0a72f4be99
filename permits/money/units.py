"""Units of formulas, checked before any number is known: m2 x SYP/m2 = SYP, and metres are never added to pounds."""

from collections.abc import Mapping, Sequence

from permits.money.bands import Table
from permits.money.expression import Band, Call, Day, FormulaError, If, Name, Node, Number, Operation

Unit = tuple[tuple[str, int], ...]
"""Dimensions with their exponents, sorted by name: SYP/m2 is (("SYP", 1), ("m2", -1)); () is a plain number."""

PLAIN: Unit = ()
DATE: Unit = (("date", 1),)
_BETWEEN = {"days": "day", "months": "month", "begun_months": "month"}


def parse_unit(text: str) -> Unit:
    """Read "m2", "SYP/m2", "SYP/m2/day", "date" or "1"; the first part is above the line, all others below."""
    above, *below = text.split("/")
    if not above or not all(below):
        raise FormulaError(f"not a unit: {text!r}")
    return _product((((above, 1),) if above != "1" else PLAIN), tuple((part, 1) for part in below), -1)


def _product(left: Unit, right: Sequence[tuple[str, int]], sense: int = 1) -> Unit:
    """`left` times `right`, or over it with `sense` -1."""
    exponents = dict(left)
    for dimension, power in right:
        exponents[dimension] = exponents.get(dimension, 0) + sense * power
    return tuple(sorted((name, power) for name, power in exponents.items() if power))


def _is_nought(node: Node) -> bool:
    return isinstance(node, Number) and not node.value


def unit_of(node: Node, units: Mapping[str, Unit], tables: Mapping[str, Table] | None = None) -> Unit:
    """The unit of the result; raises FormulaError where units do not fit or a name is unknown."""
    return _Checker(units, tables or {}).unit(node)


class _Checker:
    def __init__(self, units: Mapping[str, Unit], tables: Mapping[str, Table]) -> None:
        self.units, self.tables = units, tables

    def unit(self, node: Node) -> Unit:
        match node:
            case Number():
                return PLAIN
            case Day():
                return DATE
            case Name(name):
                if name not in self.units:
                    raise FormulaError(f"unknown quantity {name!r}")
                return self.units[name]
            case Operation("*", left, right):
                return self._undated(_product(self.unit(left), self.unit(right)), left, right)
            case Operation(_, left, right):
                return self._undated(self._common(left, right), left, right)
            case If(_, left, right, then, otherwise):
                self._common(left, right)
                return self._common(then, otherwise)
            case Band(at, table):
                return self._band(at, table)
            case Call(function, arguments):
                return self._call(function, arguments)

    def _call(self, function: str, arguments: tuple[Node, ...]) -> Unit:
        if function in _BETWEEN:
            if any(self.unit(argument) != DATE for argument in arguments):
                raise FormulaError(f"{function} counts between two dates")
            return ((_BETWEEN[function], 1),)
        if function.startswith("divide"):
            above, below, _ = arguments
            return self._undated(_product(self.unit(above), self.unit(below), -1), above, below)
        unit = self._common(*arguments)
        return unit if function in {"min", "max"} else self._undated(unit, *arguments)

    def _band(self, at: Node, name: str) -> Unit:
        if name not in self.tables:
            raise FormulaError(f"unknown table {name!r}")
        table = self.tables[name]
        if self.unit(at) != parse_unit(table.of):
            raise FormulaError(f"units do not fit: table {name!r} is one of {table.of}")
        gives = parse_unit(table.gives)
        return _product(gives, parse_unit(table.of)) if table.kind == "marginal" else gives

    def _undated(self, unit: Unit, *nodes: Node) -> Unit:
        if any("date" in dict(self.unit(node)) for node in nodes):
            raise FormulaError("units do not fit: dates are only compared and counted between")
        return unit

    def _common(self, *nodes: Node) -> Unit:
        """The one unit of several nodes; nought is nought in every unit."""
        found = {self.unit(node) for node in nodes if not _is_nought(node)}
        if len(found) > 1:
            raise FormulaError(f"units do not fit: {sorted(found)}")
        return found.pop() if found else PLAIN
