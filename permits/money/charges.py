"""One fee of an act, worked out: inputs accepted in the unit of the formula, bounds, rounding, parts."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, Inexact

from permits.money.act import Beneficiary, InputSpec, Item
from permits.money.evaluation import EvaluationError, Trace, evaluate, substituted
from permits.money.exact import EXACT, plain, rounded
from permits.money.expression import names
from permits.money.lines import BIGGEST, AssessmentError, Input, Line, Part
from permits.money.money import Epoch, Money, split
from permits.money.tariff import Tariff
from permits.money.units import parse_unit

_DIGITS = 15
_PLACES = 30
_YEARS = range(1900, 2201)


def known_inputs(tariff: Tariff, inputs: Sequence[Input]) -> dict[str, Input]:
    """Every quantity a formula may name: the act's own numbers, then what the case brings."""
    known = {
        name: Input(name, param.value, param.unit, "tariff", tariff.act.id, param.status)
        for name, param in tariff.params.items()
    }
    for given in inputs:
        known[given.name] = _accepted(tariff, given)
    return known


def _accepted(tariff: Tariff, given: Input) -> Input:
    """An input in the unit its formula expects; money of the other epoch is converted exactly."""
    spec = tariff.settable.get(given.name)
    if spec is None:
        raise AssessmentError("unknown", given.name)
    if isinstance(given.value, date):
        if spec.unit != "date" or given.unit != "date":
            raise AssessmentError("unit", given.name)
        if given.value.year not in _YEARS:
            raise AssessmentError("range", given.name)
        return given
    if not given.value.is_finite() or given.value < 0:
        raise AssessmentError("negative", given.name)
    if given.value.adjusted() >= _DIGITS or int(given.value.as_tuple().exponent) < -_PLACES:
        raise AssessmentError("range", given.name)
    written = Decimal(plain(_converted(given, given.value, spec)))  # 480 and 480.0 must not make two hashes
    if spec.choices and str(written) not in spec.choices:
        raise AssessmentError("choice", given.name)
    return Input(given.name, written, spec.unit, given.source, given.reference, given.status)


def _converted(given: Input, value: Decimal, spec: InputSpec) -> Decimal:
    if spec.unit == "date":
        raise AssessmentError("unit", given.name)
    if parse_unit(given.unit) == parse_unit(spec.unit):
        return value
    currency, *per = given.unit.split("/")
    expected, *expected_per = spec.unit.split("/")
    if per == expected_per and {currency, expected} == {Epoch.OLD, Epoch.NEW}:
        return Money(value, Epoch(currency)).to(Epoch(expected)).amount
    raise AssessmentError("unit", given.name)


def charge(tariff: Tariff, item: Item, known: Mapping[str, Input], trace: Trace | None = None) -> Line:
    """The line of one fee; raises AssessmentError."""
    used = tuple(known[name] for name in sorted(names(item.tree)))
    values = {given.name: given.value for given in used}
    seen = Trace()
    try:
        exact = evaluate(item.tree, values, tariff.tables, seen)
        steps = substituted(item.tree, values, tariff.tables)
    except EvaluationError as error:
        raise AssessmentError(error.code, item.code) from error
    except Inexact as error:
        raise AssessmentError("range", item.code) from error
    if exact < 0:
        raise AssessmentError("negative", item.code)
    if trace is not None:
        trace.branches |= seen.branches
        trace.bands += seen.bands
    limit, bounded = _bounded(item, exact)
    amount = rounded(exact if bounded is None else bounded, item.round_to)
    piastres = piastres_of(amount, tariff.currency, item.code)
    return Line(
        code=item.code, ar=item.ar, en=item.en, formula=item.formula, inputs=used, steps=steps, exact=exact,
        rounded=amount, rounding=EXACT.subtract(amount, exact if bounded is None else bounded), piastres=piastres,
        clause=item.clause.ar, clause_en=item.clause.en, status=item.status,
        parts=parts_of(item.split, piastres), limit=limit, bounded=bounded,
        bands=tuple(seen.bands), refundable=item.refundable,
    )  # fmt: skip


def _bounded(item: Item, exact: Decimal) -> tuple[str, Decimal | None]:
    if item.minimum is not None and exact < item.minimum:
        return "minimum", item.minimum
    if item.maximum is not None and exact > item.maximum:
        return "maximum", item.maximum
    return "", None


def piastres_of(amount: Decimal, currency: Epoch, code: str) -> int:
    """New piastres of an amount that was rounded; AssessmentError where no database would hold it."""
    piastres = Money(amount, currency).piastres
    if abs(piastres) > BIGGEST:
        raise AssessmentError("range", code)
    return piastres


def parts_of(beneficiaries: Sequence[Beneficiary], piastres: int) -> tuple[Part, ...]:
    """What each beneficiary gets; the parts sum to the whole."""
    amounts = split(piastres, [beneficiary.share for beneficiary in beneficiaries])
    return tuple(Part(beneficiary.to, amount) for beneficiary, amount in zip(beneficiaries, amounts, strict=True))
