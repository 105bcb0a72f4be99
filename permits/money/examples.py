"""The worked examples of a tariff are its tests: each is worked out, and nothing of the act may be without one."""

from collections.abc import Iterator
from decimal import Decimal

from permits.money.act import Example, Item
from permits.money.adjustments import When
from permits.money.assessment import assess
from permits.money.evaluation import Trace
from permits.money.expression import Band, If, walk
from permits.money.lines import Assessment, Input
from permits.money.tariff import Tariff


def work_out(tariff: Tariff, example: Example, trace: Trace | None = None) -> Assessment:
    """The assessment of an example; raises AssessmentError where its inputs do not do."""
    units = tariff.units
    given = [Input(name, value, units.get(name, "1"), "declared") for name, value in example.inputs.items()]
    when = When(decided=example.decided, due=example.due, paid=example.paid)
    return assess(
        tariff, on=example.day, inputs=given, items=example.items, exempt=example.exempt, when=when, trace=trace
    )


def amounts(assessment: Assessment) -> dict[str, Decimal]:
    """The lines as an example writes them."""
    return {line.key: line.rounded for line in assessment.lines}


def uncovered(tariff: Tariff) -> tuple[str, ...]:
    """What no example shows: a fee that is not nought, a branch, a row of a table, a bound, a provision."""
    trace, shown, limits = Trace(), set[str](), set[tuple[str, str]]()
    for example in tariff.examples:
        for line in work_out(tariff, example, trace).lines:
            shown |= {line.code} if line.piastres else set()
            limits.add((line.code, line.limit))
    missing = [one.code for one in tariff.provisions if one.code not in shown]
    for item in tariff.items:
        missing += [f"{item.code}: {what}" for what in _unseen(tariff, item, trace)]
        missing += [
            f"{item.code}: {limit}"
            for limit in ("minimum", "maximum")
            if getattr(item, limit) is not None and (item.code, limit) not in limits
        ]
    return tuple(dict.fromkeys(missing))


def _unseen(tariff: Tariff, item: Item, trace: Trace) -> Iterator[str]:
    seen = {(use.table, use.row) for use in trace.bands}
    for node in walk(item.tree):
        if isinstance(node, If):
            yield from (f"if is {taken}" for taken in (True, False) if (node, taken) not in trace.branches)
        if isinstance(node, Band):
            rows = range(len(tariff.tables[node.table].rows))
            yield from (f"row {row + 1} of {node.table}" for row in rows if (node.table, row) not in seen)
