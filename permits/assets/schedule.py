"""The dues of a contract worked out: periods, indexation, rent and guarantee by the tariff; no database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from permits.money.evaluation import add_months, months_between
from permits.money.lines import Input
from permits.services.fees import ServiceFee, assess_service

SERVICE = "council-rent"
RENT, GUARANTEE = "rent", "guarantee"


@dataclass(frozen=True)
class Let:
    """What is let: square metres, from `first_day` until the day before `end_day`, rent every so many months.

    `index_rate` is what each further whole year adds to the rent, compounding.
    """

    contract: str
    area: Decimal
    signed_on: date
    first_day: date
    end_day: date
    every_months: int
    index_rate: Fraction


@dataclass(frozen=True)
class DatedDue:
    """What is owed on a day; `piastres` are new ones, `factor` the indexation in it."""

    kind: str
    first_day: date
    end_day: date
    due_day: date
    piastres: int
    factor: Fraction
    fee_sha256: str


def periods(first_day: date, end_day: date, every_months: int) -> Iterator[tuple[date, date]]:
    """Each period's first day and the day after its last; the last one may be shorter."""
    start, count = first_day, 0
    while start < end_day:
        count += 1
        end = min(add_months(first_day, count * every_months), end_day)
        yield start, end
        start = end


def schedule(let: Let) -> list[DatedDue]:
    """Every due of a contract by its day: the guarantee when it is signed, each rent on the first day of its period.

    The rates are those in force when it was signed. A period's rent is what the rent from the first day on grows by,
    so that without indexation all of them are that of the whole term, whatever the lengths of the months. The hash
    is that of the fee up to the end of the period. Raises AssessmentError.
    """
    dues, before = list[DatedDue](), 0
    for start, end in periods(let.first_day, let.end_day, let.every_months):
        fee = _fee(let, end)
        if not dues and (guarantee := _sum(fee, refundable=True)):
            whole = DatedDue(GUARANTEE, let.first_day, let.end_day, let.signed_on, guarantee, Fraction(1), fee.sha256)
            dues.append(whole)
        factor = (1 + let.index_rate) ** (months_between(let.first_day, start) // 12)
        rent = _sum(fee, refundable=False)
        dues.append(DatedDue(RENT, start, end, start, _half_up((rent - before) * factor), factor, fee.sha256))
        before = rent
    return dues


def _fee(let: Let, end: date) -> ServiceFee:
    inputs = [
        Input("area", let.area, "m2", "measure", let.contract, "confirmed"),
        Input("first_day", let.first_day, "date", "declared", let.contract, "confirmed"),
        Input("end_day", end, "date", "declared", let.contract, "confirmed"),
    ]
    return assess_service(SERVICE, let.signed_on, inputs)


def _sum(fee: ServiceFee, *, refundable: bool) -> int:
    lines = (line for assessment in fee.assessments for line in assessment.lines)
    return sum(line.piastres for line in lines if line.refundable is refundable)


def _half_up(value: Fraction) -> int:
    """Whole piastres; a half is rounded up."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)
