"""Rents in the books: each due is demanded once whatever days the job runs on, paid like any bill, and corrected."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from permits.adapters.storage import LocalStorage
from permits.assets import contracts, rents
from permits.assets.figures import income
from permits.assets.tables import AssetContract, ContractDue
from permits.cash.desk import counter
from permits.db import Database, utcnow
from permits.errors import Conflict, NotFound
from permits.jobs import Context
from permits.money import ledger
from permits.money.assessment import read_assessment
from permits.money.bills import bills_of, overdue
from permits.money.payments import Notice, notify
from permits.money.tables import Bill, Credit, Demand
from permits.people.actor import SYSTEM, Actor, Role
from permits.registry import register_jobs
from permits.settings import Settings
from tests.assets.council import REGISTRAR, agreed, listed, signed
from tests.cash.centre import begin, close, found, sync
from tests.conftest import AUDIT_KEY
from tests.money.books import BANK, OFFICE

CITIZEN = Actor("someone", "someone", frozenset({Role.ENGINEER}))


@pytest.fixture(autouse=True)
def known() -> None:
    register_jobs()


def let(context: Context, *, end: date = date(2029, 1, 1), every: int = 3, number: str = "A-1") -> AssetContract:
    return signed(context, listed(context, number), agreed(end=end, every=every))


def bills(context: Context, contract: AssetContract) -> list[Bill]:
    with context.database.reading() as session:
        return list(bills_of(session, kind=rents.KIND, subject_id=contract.id))


def dues(context: Context, contract: AssetContract) -> list[ContractDue]:
    with context.database.reading() as session:
        query = select(ContractDue).where(ContractDue.contract_id == contract.id).order_by(ContractDue.number)
        return list(session.scalars(query))


def pay(context: Context, bill: Bill) -> str:
    """The switch tells that it was paid."""
    notice = Notice(bill.reference, bill.reference, bill.piastres, utcnow(), date(2026, 11, 20), "mobile")
    with context.database.transaction() as session:
        return notify(session, actor=BANK, office=OFFICE, notice=notice, payload=bill.reference.encode()).state


def test_a_due_becomes_a_bill_that_names_what_it_is_for(context: Context) -> None:
    contract = let(context, end=date(2028, 1, 1))
    rents.run_demanding(context, day="2027-01-01")
    rents.run_demanding(context, day="2027-01-01")
    guarantee, rent = bills(context, contract)
    assert (guarantee.piastres, rent.piastres, rent.payer, rent.due_on) == (
        50_000, 150_000, "شركة النموذج", "2027-01-01",
    )  # fmt: skip
    (line,) = read_assessment(rent.assessment).lines
    assert (line.code, line.piastres, [part.beneficiary for part in line.parts]) == (
        "RNT.RENT", 150_000, ["municipality"],
    )  # fmt: skip
    told = {one.name: (str(one.value), one.reference) for one in line.inputs}
    assert told["first_day"] == ("2027-01-01", contract.number)
    assert told["end_day"] == ("2027-04-01", contract.number)
    assert told["area"] == ("100", f"whole of {contract.asset_id}")
    assert told["due"] == ("1500", f"{contract.number}/2")
    assert told["index_rate"] == ("0.05", "1")
    with context.database.reading() as session:
        assert ledger.balances(session) == {
            "receivable": 200_000, "revenue:deposits": -50_000, "revenue:municipality": -150_000,
        }  # fmt: skip


def test_two_jobs_at_once_demand_once(context: Context) -> None:
    contract = let(context, end=date(2028, 1, 1))
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: rents.run_demanding(context, day="2027-12-31"), range(2)))
    assert [bill.piastres for bill in bills(context, contract)] == [50_000, 150_000, 150_000, 150_000, 150_000]


def test_one_due_that_cannot_be_demanded_keeps_no_other_back(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    first, second = let(context, end=date(2028, 1, 1)), let(context, end=date(2028, 1, 1), number="A-2")
    whole, bad = rents.assessment_of, dues(context, first)[1].id

    def broken(contract: AssetContract, row: ContractDue, piastres: int) -> object:
        if row.id == bad:
            raise ValueError(row.id)
        return whole(contract, row, piastres)

    with monkeypatch.context() as patched:
        patched.setattr(rents, "assessment_of", broken)
        with pytest.raises(ExceptionGroup) as told:
            rents.run_demanding(context, day="2027-01-01")
    assert len(told.value.exceptions) == 1
    assert (len(bills(context, first)), len(bills(context, second))) == (1, 2)
    rents.run_demanding(context, day="2027-01-02")
    assert len(bills(context, first)) == 2


def test_a_rent_is_paid_through_the_switch_or_in_cash(context: Context, tmp_path: Path) -> None:
    contract = let(context, end=date(2028, 1, 1))
    rents.run_demanding(context, day="2027-04-01")
    _, first, second = bills(context, contract)
    assert pay(context, first) == "accepted"
    desk = found(context, tmp_path / "desk")
    begin(context, desk)
    slip = counter.take(desk, reference=second.reference)
    close(desk)
    sync(context, desk)
    desk.store.close()
    assert slip.payer == "شركة النموذج"
    assert [bill.state for bill in bills(context, contract)] == ["issued", "paid", "paid"]
    with context.database.reading() as session:
        (year,) = income(session, actor=REGISTRAR, on=date(2027, 5, 1))
        assert (year.piastres, year.demanded, year.collected, year.arrears) == (600_000, 300_000, 300_000, 0)


def test_arrears_are_the_overdue_bills_of_a_contract(context: Context) -> None:
    contract = let(context)
    rents.run_demanding(context, day="2028-01-01")
    pay(context, bills(context, contract)[1])
    with context.database.reading() as session:
        late = [bill.reference for bill in overdue(session, on=date(2027, 4, 2))]
        assert late == [bills(context, contract)[i].reference for i in (0, 2)]
        years = {row.year: row for row in income(session, actor=REGISTRAR, on=date(2027, 4, 2))}
    assert (years[2027].demanded, years[2027].collected, years[2027].arrears) == (600_000, 150_000, 150_000)
    assert (years[2028].piastres, years[2028].demanded, years[2028].arrears) == (630_000, 157_500, 0)


def test_an_ended_contract_stops(context: Context) -> None:
    """Later periods are not demanded, what was demanded of them is cancelled, and what was paid comes back."""
    contract = let(context, end=date(2028, 1, 1))
    rents.run_demanding(context, day="2027-10-01")
    paid = bills(context, contract)[3]
    pay(context, paid)
    with context.database.transaction() as session:
        rents.end(session, actor=REGISTRAR, contract_id=contract.id, on=date(2027, 5, 1), reason="بالتراضي")
    assert [bill.state for bill in bills(context, contract)] == ["issued", "issued", "issued", "paid", "withdrawn"]
    rents.run_demanding(context, day="2028-01-01")
    assert len(bills(context, contract)) == 5
    with context.database.reading() as session:
        (credit,) = session.scalars(select(Credit))
        assert (credit.piastres, credit.account) == (paid.piastres, ledger.OVERPAID)
        (year,) = income(session, actor=REGISTRAR, on=date(2027, 5, 2))
        assert (year.piastres, year.demanded, year.collected) == (300_000, 300_000, 0)
        assert ledger.unbalanced(session) == []


def test_a_contract_ended_without_the_books_is_corrected_by_the_next_job(context: Context) -> None:
    contract = let(context, end=date(2028, 1, 1))
    rents.run_demanding(context, day="2027-07-01")
    with context.database.transaction() as session:
        contracts.end_contract(
            session, actor=REGISTRAR, contract_id=contract.id, on=date(2027, 5, 1), reason="بالتراضي"
        )
    rents.run_demanding(context, day="2027-07-02")
    rents.run_demanding(context, day="2027-07-03")
    assert [bill.state for bill in bills(context, contract)] == ["issued", "issued", "issued", "withdrawn"]


def test_a_correction_is_an_adjusting_demand(context: Context) -> None:
    contract = let(context, end=date(2028, 1, 1))
    rents.run_demanding(context, day="2027-01-01")
    due_id = dues(context, contract)[1].id
    for piastres in (160_000, 140_000):
        with context.database.transaction() as session:
            rents.correct_due(session, actor=SYSTEM, due_id=due_id, piastres=piastres, reason="قرار المجلس")
    with context.database.reading() as session:
        rows = session.scalars(select(Demand).where(Demand.adjusts.is_not(None)).order_by(Demand.id)).all()
        assert [row.piastres for row in rows] == [10_000, -20_000]
        (year,) = income(session, actor=REGISTRAR, on=date(2027, 1, 1))
        assert (year.piastres, year.demanded) == (600_000, 140_000)
        assert ledger.balance(session, ledger.RECEIVABLE) == 190_000
    with context.database.transaction() as session, pytest.raises(NotFound):
        rents.correct_due(session, actor=SYSTEM, due_id=dues(context, contract)[2].id, piastres=1, reason="لم يطالب به")
    with context.database.transaction() as session, pytest.raises(Conflict, match="due-demanded"):
        contracts.demanded(session, actor=SYSTEM, due_id=due_id, reference="another")


def test_staff_see_a_rent_and_nobody_else(context: Context) -> None:
    contract = let(context)
    with context.database.reading() as session:
        assert rents.SUBJECT.see(session, REGISTRAR, contract.id) is not None
        with pytest.raises(NotFound):
            rents.SUBJECT.see(session, CITIZEN, contract.id)


@pytest.fixture(scope="module")
def office(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Context:
    """One office for every example: contracts on properties of their own do not meet."""
    import shutil

    folder = tmp_path_factory.mktemp("office")
    shutil.copy(sqlite_template, folder / "rukhsa.db")
    database = Database(f"sqlite:///{folder / 'rukhsa.db'}", AUDIT_KEY)
    return Context(database, LocalStorage(folder / "objects"), Settings(data_dir=folder, database_url=database.url))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    first=st.dates(date(2026, 2, 1), date(2028, 12, 31)), days=st.integers(1, 1500),
    every=st.sampled_from((1, 3, 6, 12)), runs=st.lists(st.integers(-40, 1600), max_size=8),
)  # fmt: skip
def test_what_is_demanded_is_the_schedule_whatever_days_the_job_runs_on(
    office: Context, first: date, days: int, every: int, runs: list[int]
) -> None:
    with office.database.reading() as session:
        number = f"H-{session.scalar(select(func.count()).select_from(AssetContract))}"
    end = first + timedelta(days=days)
    contract = signed(office, listed(office, number, area="33.33"), agreed(first, end, every=every))
    last = max(end, date.fromisoformat(contract.signed_on))
    for day in [*(first + timedelta(days=run) for run in runs), last]:
        rents.run_demanding(office, day=day.isoformat())
    demanded = [bill.piastres for bill in bills(office, contract)]
    assert sorted(demanded) == sorted(due.piastres for due in dues(office, contract))
