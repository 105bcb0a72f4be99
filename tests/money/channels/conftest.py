"""What the tests of channels share."""

from pathlib import Path

import pytest

from permits.jobs import Context
from permits.money.tables import Bill, DemandLine


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs a second process, or a serving biller, meets PostgreSQL with the slow tests."""
    for item in items:
        served = {"shop", "biller"} & set(getattr(item, "fixturenames", ()))
        if Path(__file__).parent in item.path.parents and served and item.get_closest_marker("postgres"):
            item.add_marker(pytest.mark.slow)


def with_cleaning(context: Context, bill: Bill) -> None:
    """Let a third of a bill's demand be for another beneficiary."""
    part = bill.piastres // 3
    with context.database.transaction() as session:
        for to, piastres in (("municipality", -part), ("cleaning", part)):
            session.add(DemandLine(demand_id=bill.demand_id, code="shifted", beneficiary=to, piastres=piastres))
