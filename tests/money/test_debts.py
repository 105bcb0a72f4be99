"""What is in arrears on a property is told when a permit is asked for on it."""

from datetime import timedelta

from sqlalchemy.orm import Session

from permits.calendar import today
from permits.cases.applicants import register_conditions
from permits.cases.debts import debts_on
from permits.cases.tables import Case
from permits.jobs import Context
from permits.money.tables import Bill
from permits.register.gate import Condition, Debt
from permits.register.sheets import sheet_of_plot
from tests.money.books import Town, make_bill, make_case


def _line(session: Session, case: Case) -> Condition:
    return next(line for line in register_conditions(session, case=case) if line.code == "debts")


def test_a_bill_past_its_day_is_in_arrears_on_the_property(context: Context, town: Town) -> None:
    bill = make_bill(context, town)
    with context.database.transaction() as session:
        sheet = sheet_of_plot(session, zone=town.zone, plot=town.plot)
        assert debts_on(session, sheet) == ()  # it may still be paid in time
        session.get_one(Bill, bill.id).due_on = (today() - timedelta(days=1)).isoformat()
        session.flush()
        assert debts_on(session, sheet) == (Debt(bill.piastres, bill.reference),)
        told = _line(session, make_case(session, context, town))
        assert (told.outcome, told.values, told.evidence) == (
            "unmet", {"piastres": str(bill.piastres)}, (bill.reference,)
        )  # fmt: skip


def test_arrears_on_another_property_are_not_this_one_s(context: Context, town: Town) -> None:
    bill = make_bill(context, town)
    with context.database.transaction() as session:
        session.get_one(Bill, bill.id).due_on = (today() - timedelta(days=1)).isoformat()
        session.flush()
        sheet = sheet_of_plot(session, zone=town.zone, plot=town.plot)
        sheet.parcel = "another"
        assert debts_on(session, sheet) == ()
        session.rollback()
