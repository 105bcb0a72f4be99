"""An office that collects for extracts: a payable subject with nothing behind it, and as many bills as wanted."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from permits.calendar import today
from permits.db import new_id
from permits.jobs import Context
from permits.money import subjects
from permits.money.assessment import Assessment, Input, assess
from permits.money.bills import Part as BillPart
from permits.money.bills import issue
from permits.money.demands import Owed, Service, allow_parts, open_demand
from permits.money.tariff import Tariff, find_tariff, read_tariff
from permits.people.actor import SYSTEM

KIND = "soak"
EXTRACT = Service("soak-extract", 990)
_BATCH = 100


def register() -> None:
    """Make the kind known; the server of the soak does so too."""
    nothing: Callable[..., None] = lambda *_: None  # noqa: E731 - three callbacks that have nothing to do
    subjects.register(KIND, subjects.Subject(nothing, nothing, nothing))


def _fee(tariff: Tariff, pages: int, on: date) -> Assessment:
    given = [
        Input(name, Decimal(value), unit, "declared")
        for name, value, unit in (
            ("pages", pages, "page"),
            ("copies", 1, "copy"),
            ("sheets", 1, "sheet"),
            ("posted", 0, "1"),
        )
    ]
    return assess(tariff, on=on, inputs=given)


def make_bills(context: Context, count: int) -> list[tuple[str, int]]:
    """So many bills by the use cases, a transaction for each batch: reference and new piastres."""
    tariff = read_tariff(find_tariff("demo-extracts"))
    fees = [_fee(tariff, 1 + pages, today()) for pages in range(97)]
    made: list[tuple[str, int]] = []
    while len(made) < count:
        with context.database.transaction() as session:
            for number in range(len(made), min(len(made) + _BATCH, count)):
                owed = Owed(EXTRACT, "01", KIND, new_id(), "طالب البيان", fees[number % len(fees)])
                demand = open_demand(session, actor=SYSTEM, owed=owed)
                (bill,) = issue(session, actor=SYSTEM, demand=demand, parts=[BillPart(demand.payer, demand.piastres)])
                if number % 2:
                    allow_parts(session, actor=SYSTEM, demand_id=demand.id)
                made.append((bill.reference, bill.piastres))
    return made
