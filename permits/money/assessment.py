"""What a case owes, and why: every line keeps its formula, its inputs with their provenance, and its rounding.

`assess` is pure. The same tariff file, days and inputs give the same bytes and the same hash, so that years
later anyone can work the fee out again and see that it is the one that was asked for.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from types import MappingProxyType

from permits.money.act import Deciding, Item
from permits.money.adjustments import Account, Note, When, cash_rounding
from permits.money.charges import charge, known_inputs
from permits.money.evaluation import Trace
from permits.money.exact import plain
from permits.money.expression import names
from permits.money.lines import BIGGEST, Assessment, AssessmentError, Input, Line, Part, read_assessment
from permits.money.tariff import Tariff, chosen_by

__all__ = [
    "Assessment", "AssessmentError", "Input", "Line", "Note", "Part", "When", "assess", "plain", "read_assessment",
]  # fmt: skip

_NOBODY: Mapping[str, str] = MappingProxyType({})
_NOW = When()


def assess(
    tariff: Tariff, *, on: date, inputs: Sequence[Input], items: Sequence[str] = ("*",),
    exempt: Mapping[str, str] = _NOBODY, when: When = _NOW, note: Note | None = None, trace: Trace | None = None,
) -> Assessment:  # fmt: skip
    """Work out every fee of `tariff` in force on a day; raises AssessmentError.

    `on` is the day of the application, `items` are patterns of the codes charged, `exempt` the evidence by the
    code of each exemption claimed; with `note` the total is what is paid in cash.
    """
    given = sorted(one.name for one in inputs)
    if doubled := [name for name, following in pairwise(given) if name == following]:
        raise AssessmentError("twice", doubled[0])
    charged = _charged(tariff, on, items, when)
    known = known_inputs(tariff, inputs)
    if missing := frozenset[str]().union(*(names(item.tree) for item in charged)) - set(known):
        raise AssessmentError("missing", min(missing))
    account = Account(tariff, tuple(charge(tariff, item, known, trace) for item in charged))
    account.surcharge(on)
    account.exempt(exempt, on)
    if when.due and when.paid:
        account.forgive(account.penalize(when.due, when.paid), when, when.paid)
    lines = account.lines
    if note and (difference := cash_rounding(sum(line.piastres for line in lines), note)):
        lines.append(difference)
    total = sum(line.piastres for line in lines)
    if total > BIGGEST:
        raise AssessmentError("range", tariff.act.id)
    return Assessment(
        act=tariff.act.id, act_ar=tariff.act.ar, act_en=tariff.act.en, tariff_sha256=tariff.sha256, on=on,
        currency=tariff.currency, lines=tuple(lines), total=total, decided=when.decided, due=when.due, paid=when.paid,
    )  # fmt: skip


def _charged(tariff: Tariff, on: date, items: Sequence[str], when: When) -> tuple[Item, ...]:
    """The items of the day that are asked for, each in the version its own day tells; never none."""
    days: dict[Deciding, date] = {"application": on, "decision": when.decided or on, "payment": when.paid or on}
    in_force = tariff.items_on(on, days)
    charged = tuple(item for item in in_force if chosen_by(items, item.code))
    if not charged:
        raise AssessmentError("not_in_force", tariff.act.id)
    return charged
