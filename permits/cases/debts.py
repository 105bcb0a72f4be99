"""What is in arrears on a property: bills past their day of the other cases on its plots (براءة الذمة)."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits.calendar import today
from permits.cases.tables import Case
from permits.land.tables import Plot
from permits.money.bills import left_of, overdue
from permits.money.tables import CASE, Demand
from permits.register.gate import Debt
from permits.register.tables import Sheet


def debts_on(session: Session, sheet: Sheet) -> tuple[Debt, ...]:
    """Each bill by its reference with what is left of it, the first due first."""
    on_plots = (Case.zone == Plot.zone) & (Case.plot == Plot.number)
    query = select(Demand.id).join(Case, Demand.subject_id == Case.id).join(Plot, on_plots)
    demands = set(session.scalars(query.where(Demand.subject_kind == CASE, Plot.parcel == sheet.parcel)))
    due = [bill for bill in overdue(session, on=today()) if bill.demand_id in demands] if demands else []
    return tuple(Debt(left_of(session, bill), bill.reference) for bill in due)
