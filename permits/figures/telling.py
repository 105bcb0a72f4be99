"""Figures told to people: one line to a figure with its meaning, and a month beside the one before in words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from permits.cases.workflow import Clock
from permits.documents.sheet import digits, shown_money
from permits.figures.figures import Figures
from permits.figures.spread import Share, Spread
from permits.i18n import translate
from permits.money.money import format_amount

NOT_KNOWN = "–"


@dataclass(frozen=True)
class Line:
    """A figure over several months: its code, its name, what it means, and each month's value as it is shown."""

    code: str
    name: str
    meaning: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class _Kind:
    code: str
    show: Callable[[Figures, str], str]


def number(value: Fraction | int, language: str) -> str:
    """A number with at most one decimal, in the digits of amounts of money."""
    whole = Fraction(value)
    places = 0 if whole.denominator == 1 else 1
    return format_decimal(f"{float(whole):.{places}f}", language)


def format_decimal(text: str, language: str) -> str:
    """A written number grouped by thousands, in the reader's digits."""
    return format_amount(Decimal(text), arabic=language == "ar", places=0)


def days(found: Spread | None, language: str) -> str:
    """Median and 90th percentile."""
    if found is None:
        return NOT_KNOWN
    return translate(language, "figure-days", median=number(found.median, language), most=number(found.p90, language))


def share(found: Share, language: str) -> str:
    """A share with what it is of."""
    if found.percent is None:
        return NOT_KNOWN
    part, whole = (number(one, language) for one in (found.part, found.whole))
    return translate(language, "figure-share", percent=digits(str(found.percent), language), part=part, whole=whole)


def _turns(figures: Figures, language: str) -> str:
    lying = figures.procedure.lying
    said = [f"{translate(language, f'status-turn-{clock}')} {number(lying.turns[clock], language)}" for clock in Clock
            if lying.turns.get(clock)]  # fmt: skip
    return "، ".join(said) if language == "ar" else ", ".join(said)


def _lying(figures: Figures, language: str) -> str:
    count, said = number(figures.procedure.lying.count, language), _turns(figures, language)
    return f"{count} ({said})" if said else count


def _digital(figures: Figures, language: str) -> str:
    percent = figures.digital_money.percent
    if percent is None:
        return NOT_KNOWN
    of_money = translate(language, "figure-of-money", percent=digits(str(percent), language))
    return f"{share(figures.digital, language)} · {of_money}"


def _area(figures: Figures, language: str) -> str:
    found = figures.building
    said = translate(language, "figure-area", area=format_decimal(f"{found.floor_area:.0f}", language))
    return f"{said} {translate(language, 'figure-unmeasured', count=found.unmeasured)}" if found.unmeasured else said


LINES = (
    _Kind("received", lambda f, language: number(f.procedure.received, language)),
    _Kind("issued", lambda f, language: number(f.procedure.issued, language)),
    _Kind("refused", lambda f, language: number(f.procedure.refused, language)),
    _Kind("withdrawn", lambda f, language: number(f.procedure.withdrawn, language)),
    _Kind("office-days", lambda f, language: days(f.procedure.office, language)),
    _Kind("total-days", lambda f, language: days(f.procedure.total, language)),
    _Kind("first-right", lambda f, language: share(f.procedure.first_right, language)),
    _Kind("backlog", _lying),
    _Kind("backlog-age", lambda f, language: days(f.procedure.lying.age, language)),
    _Kind("overrides", lambda f, language: share(f.overrides, language)),
    _Kind("billed", lambda f, language: shown_money(f.billed.piastres, language)),
    _Kind("collected", lambda f, language: shown_money(f.collected.piastres, language)),
    _Kind("arrears", lambda f, language: shown_money(f.arrears.piastres, language)),
    _Kind("digital", _digital),
    _Kind("floor-area", _area),
    _Kind("sections", lambda f, language: number(f.building.sections, language)),
)
"""Every figure of the table, in its order; its name is `figure-<code>` and its meaning `figure-<code>-means`."""

COUNTED = ("received", "issued", "refused")
"""The counts that are compared in words."""


def lines(months: Sequence[Figures], language: str) -> list[Line]:
    """The table: a line to a figure, a value to a month."""
    return [
        Line(
            kind.code, translate(language, f"figure-{kind.code}"), translate(language, f"figure-{kind.code}-means"),
            tuple(kind.show(month, language) for month in months),
        )
        for kind in LINES
    ]  # fmt: skip


def month_name(figures: Figures, language: str) -> str:
    """The month by its Syrian name and its year."""
    month = figures.month
    return f"{translate(language, f'month-{month.number}')} {digits(str(month.year), language)}"


def compared(now: Figures, before: Figures, language: str) -> list[str]:
    """A month beside the one before, in sentences."""

    def plain(value: Fraction | int) -> str:
        return number(value, language)

    said = [
        _sentence(f"figure-{code}", getattr(now.procedure, code), getattr(before.procedure, code), plain, language)
        for code in COUNTED
    ]
    spreads = ((now.procedure.office, before.procedure.office, "office"),
               (now.procedure.total, before.procedure.total, "total"))  # fmt: skip
    said += [
        _sentence(f"figure-median-{name}", one.median, other.median, plain, language)
        for one, other, name in spreads
        if one and other
    ]
    said.append(_sentence("figure-backlog", now.procedure.lying.count, before.procedure.lying.count, plain, language))
    for code in ("billed", "collected", "arrears"):
        mine, theirs = getattr(now, code).piastres, getattr(before, code).piastres
        said.append(_sentence(f"figure-{code}", mine, theirs, lambda sum_: shown_money(int(sum_), language), language))
    return said


def _sentence(
    name: str, mine: Fraction | int, theirs: Fraction | int, show: Callable[[Fraction | int], str], language: str
) -> str:
    by = abs(Fraction(mine) - Fraction(theirs))
    way = "same" if not by else "more" if mine > theirs else "less"
    difference = show(by if by.denominator > 1 else int(by))
    return translate(language, f"figures-{way}", figure=translate(language, name), now=show(mine), by=difference)
