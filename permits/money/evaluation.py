"""Formulas worked out in exact decimals, remembering which branch and which band was taken."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction

from permits.money.bands import BandUse, Table, uses, worth
from permits.money.exact import EXACT, Rounding, plain, rounded
from permits.money.expression import Band, Call, Day, FormulaError, If, Name, Node, Number, Operation

Value = Decimal | date
_COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne,
}  # fmt: skip
_DIVISIONS: dict[str, Rounding] = {"divide": "half_up", "divide_up": "up", "divide_down": "down"}


class EvaluationError(FormulaError):
    """Numbers that a formula cannot take; `code` is "dates", "zero" or "choice"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass
class Trace:
    """What a computation went through: the branches of each `if`, the rows of each table."""

    branches: set[tuple[Node, bool]] = field(default_factory=set)
    bands: list[BandUse] = field(default_factory=list)


def evaluate(
    node: Node, values: Mapping[str, Value], tables: Mapping[str, Table] | None = None, trace: Trace | None = None
) -> Decimal:
    """Work the formula out; EvaluationError, or decimal.Inexact when the digits do not hold the result."""
    return _Evaluator(values, tables or {}, trace or Trace()).value(node)


class _Evaluator:
    def __init__(self, values: Mapping[str, Value], tables: Mapping[str, Table], trace: Trace) -> None:
        self.values, self.tables, self.trace = values, tables, trace

    def value(self, node: Node) -> Decimal:
        """A date is its day number, so that dates compare and count."""
        match node:
            case Number(value):
                return value
            case Day(day):
                return Decimal(day.toordinal())
            case Name(name):
                found = self.values[name]
                return Decimal(found.toordinal()) if isinstance(found, date) else found
            case Operation(sign, left, right):
                work = {"+": EXACT.add, "-": EXACT.subtract, "*": EXACT.multiply}[sign]
                return work(self.value(left), self.value(right))
            case If(sign, left, right, then, otherwise):
                taken = _COMPARE[sign](self.value(left), self.value(right))
                self.trace.branches.add((node, taken))
                return self.value(then if taken else otherwise)
            case Band(at, table):
                return self._band(self.value(at), table)
            case Call(function, arguments):
                return _apply(function, [self.value(argument) for argument in arguments])

    def _band(self, at: Decimal, name: str) -> Decimal:
        used = tuple(uses(name, self.tables[name], at))
        if not used:
            raise EvaluationError("choice")
        self.trace.bands.extend(used)
        total = Decimal(0)
        for use in used:
            total = EXACT.add(total, worth(use))
        return total

    def taken(self, node: If) -> Node:
        """The branch that the numbers choose."""
        return node.then if _COMPARE[node.sign](self.value(node.left), self.value(node.right)) else node.otherwise


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
        case "max", _:
            return max(values)
        case _, [above, below, step]:
            if not below:
                raise EvaluationError("zero")
            return rounded(Fraction(above) / Fraction(below), step, _DIVISIONS[function])
        case _, [start, end]:
            return _between(function, int(start), int(end))
    raise FormulaError(f"no function {function} of {len(values)} arguments")


def _between(function: str, start: int, end: int) -> Decimal:
    if end < start:
        raise EvaluationError("dates")
    if function == "days":
        return Decimal(end - start)
    first, last = date.fromordinal(start), date.fromordinal(end)
    return Decimal(months_between(first, last, begun=function == "begun_months"))


def months_between(first: date, last: date, *, begun: bool = False) -> int:
    """Complete months from a day to another, or with `begun` those that have begun; `last` is not before `first`."""
    months = (last.year - first.year) * 12 + last.month - first.month
    complete = months - (add_months(first, months) > last)
    return complete + (begun and add_months(first, complete) < last)


def add_months(day: date, months: int) -> date:
    """The same day of a later month; its last day where the month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (following - date.resolution).day))


def substituted(node: Node, values: Mapping[str, Value], tables: Mapping[str, Table] | None = None) -> str:
    """The formula with numbers in place of names, and of tables: "0.01 * 1500000 * 480", a formula of its own."""
    return _Writer(values, tables or {}).text(node)


class _Writer:
    def __init__(self, values: Mapping[str, Value], tables: Mapping[str, Table]) -> None:
        self.values, self.tables = values, tables
        self.evaluator = _Evaluator(values, tables, Trace())

    def text(self, node: Node) -> str:
        match node:
            case Number(value):
                return f"{value:f}"
            case Day(day):
                return day.isoformat()
            case Name(name):
                found = self.values[name]
                return found.isoformat() if isinstance(found, date) else f"{found:f}"
            case Operation("*", left, right):
                return f"{self._grouped(left)} * {self._grouped(right)}"
            case Operation("-", left, (Operation() | Band()) as right):
                return f"{self.text(left)} - {self._grouped(right)}"
            case Operation(sign, left, right):
                return f"{self.text(left)} {sign} {self.text(right)}"
            case If(sign, left, right, _, _):
                return f"if({self.text(left)} {sign} {self.text(right)}, {self._branches(node)})"
            case Band(at, table):
                return self._band(self.evaluator.value(at), table)
            case Call(function, arguments):
                return f"{function}({', '.join(map(self.text, arguments))})"

    def _branches(self, node: If) -> str:
        """The branch that is not taken is not worked out: it may have no value."""
        taken = self.text(self.evaluator.taken(node))
        return f"{taken}, 0" if self.evaluator.taken(node) is node.then else f"0, {taken}"

    def _band(self, at: Decimal, name: str) -> str:
        used = tuple(uses(name, self.tables[name], at))
        if used[0].kind != "marginal":
            return plain(used[0].value)
        terms = [f"{plain(use.part)} * {plain(use.value)}" for use in used]
        return " + ".join(terms)

    def _grouped(self, node: Node) -> str:
        text = self.text(node)
        wide = isinstance(node, Operation) and node.sign != "*"
        return f"({text})" if wide or (isinstance(node, Band) and " + " in text) else text
