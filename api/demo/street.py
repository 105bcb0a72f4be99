"""A café asks for a place on the pavement, pays for it, and gets a licence that an inspector checks offline."""

import json
from datetime import timedelta

from sqlalchemy import func, select

from api.demo.office import Office
from api.demo.paying import Pay
from api.demo.saying import say
from api.demo.verifying import verify_offline
from api.demo.waiting import wait_for
from permits.calendar import today
from permits.occupancy import applying, assessing, billing
from permits.occupancy.applying import Wish
from permits.occupancy.licensing import licence_of
from permits.occupancy.tables import Occupancy, OccupancyLicence
from permits.people.actor import Role
from sample_models.land import point_on_grid

DAYS = 10
PLACE = [(65.0, 19.5), (70.0, 19.5), (70.0, 20.0), (65.0, 20.0)]
"""Corners on the sample zone's plan, in metres: half a metre deep, five long, on the avenue's pavement."""
VISITED = {"entrance": "كشف حسي: المدخل على الجهة الأخرى"}


def license_tables(office: Office, pay: Pay, *, zone: str, plot: str) -> str:
    """The number of a new licence for the days that no earlier one holds."""
    context = office.context
    with context.database.transaction() as session:
        first = today() + timedelta(days=1 + DAYS * (session.scalar(select(func.count(Occupancy.id))) or 0))
        shape = json.dumps([point_on_grid(*corner) for corner in PLACE])
        last = first + timedelta(days=DAYS - 1)
        wish = Wish(zone, "tables", "1", "مقهى النموذج (وهمي)", first, last, shape, plot)
        engineer, reviewer = office.actor(session, Role.ENGINEER), office.actor(session, Role.REVIEWER)
        asked = applying.apply(
            session, actor=engineer, storage=context.storage, office=context.settings.office, wish=wish
        )  # fmt: skip
        assessing.assess(
            session, actor=reviewer, storage=context.storage, governorate=context.settings.governorate,
            occupancy_id=asked.id, accepted=VISITED,
        )  # fmt: skip
        bill = billing.bill_of(session, occupancy_id=asked.id)
        session.flush()
        session.expunge_all()
    if bill is None:
        raise RuntimeError("the occupancy has no bill")
    say("طلب مقهى إشغال رصيف وحُسب رسمه", "A café asked for a place on the pavement, and its fee was assessed")
    pay(bill)
    licence = _licence(office, asked.id)
    verify_offline(context, licence.token, first)
    say(
        f"صدر ترخيص الإشغال {licence.number} وتحقّق رمزه بلا شبكة",
        f"Occupancy licence {licence.number} was issued, and its code verified offline",
    )
    return licence.number


def _licence(office: Office, occupancy_id: str) -> OccupancyLicence:
    def seen() -> OccupancyLicence | None:
        with office.context.database.reading() as session:
            return licence_of(session, occupancy_id=occupancy_id)

    return wait_for("the licence", seen)
