"""The approved building is divided by floors: a sheet of the register for each section of its model."""

from api.demo.office import Office
from api.demo.saying import say
from api.demo.waiting import wait_for
from permits.divisions import dividing
from permits.divisions.tables import CaseDivision
from permits.people.actor import Role
from permits.register.opening import successors
from permits.register.shares import WHOLE
from permits.register.sheets import sheet_of_plot
from permits.register.verify import verify
from permits.register.versions import state_of


def open_section_sheets(office: Office, *, zone: str, plot: str, case_id: str) -> None:
    """Have the model of a case divided and enter it; a plot that is divided already stays as it is."""
    context = office.context
    with context.database.transaction() as session:
        registrar = office.actor(session, Role.REGISTRAR)
        if successors(session, sheet_of_plot(session, zone=zone, plot=plot).id):
            say("قُسّم العقار في مرة سابقة", "The property was divided before")
            return
        dividing.ask_division(session, actor=registrar, case_id=case_id)
    wait_for("the division", lambda: _state(office, case_id) != "asked" or None)
    with context.database.transaction() as session:
        opened = dividing.enter_division(session, actor=registrar, storage=context.storage, case_id=case_id)
        total = sum(state_of(session, section).land_shares or 0 for section in opened)
        faults = verify(session).faults
    if total != WHOLE or faults:
        raise RuntimeError(f"the sections hold {total} of {WHOLE} shares: {faults}")
    say(
        f"أُفرز البناء طابقياً: {len(opened)} صحيفة لمقاسمه، وحصصها في الأرض {total} سهماً",
        f"The building was divided: {len(opened)} sheets of its sections, whose land shares are {total}",
    )


def _state(office: Office, case_id: str) -> str:
    with office.context.database.reading() as session:
        return session.get_one(CaseDivision, case_id).state
