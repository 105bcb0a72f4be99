"""Open data over everything that the demonstration tells: no name, title, national number or reference is in it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from permits.calendar import today
from permits.cases.tables import Case
from permits.db import utcnow
from permits.documents.tables import Permit
from permits.figures.month import Month
from permits.figures.open_data import publish
from permits.money.tables import Bill, Demand, Payment
from permits.people.tables import User
from permits.register.tables import Party, PartyIdentity
from tests.browser.conftest import Served

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_told_office_is_published_without_anybody(told: Served) -> None:
    context, later = told.office.context, Month.of(today()).ends + timedelta(days=1)
    with context.database.reading() as session:
        found = publish(session, office=context.settings.office, least=1, now=max(later, utcnow()))
        cases = session.scalars(select(Case)).all()
        secrets = {value for case in cases for value in (case.number, case.title, case.id)}
        secrets |= {value for user in session.scalars(select(User)) for value in (user.name_ar, user.name_en)}
        secrets |= {party.name_ar for party in session.scalars(select(Party))}
        secrets |= {permit.number for permit in session.scalars(select(Permit))}
        secrets |= {bill.reference for bill in session.scalars(select(Bill))}
        secrets |= {demand.payer for demand in session.scalars(select(Demand))}
        secrets |= {payment.provider_txn for payment in session.scalars(select(Payment))}
        national = set(session.scalars(select(PartyIdentity.number)))
    text = "".join(part.decode("utf-8-sig") for part in (found.figures_csv, found.permits_csv, found.permits_geojson))
    assert f"{Month.of(today())},2,2," in text
    assert len(secrets) > 20
    assert not [secret for secret in secrets | national if len(secret) > 3 and secret in text]
