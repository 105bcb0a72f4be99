"""A building with its permit is divided by a job, and a registrar enters the sections."""

import pytest

from bim.findings import Outcome
from permits import audit
from permits.cases.tables import Case, Model
from permits.divisions import dividing
from permits.divisions.tables import CaseDivision
from permits.documents.issue import issue_permit
from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.jobs import Context
from permits.money.providers import create_biller_key
from permits.people.actor import SYSTEM, Actor, Role
from permits.people.tables import User
from permits.register.opening import successors
from permits.register.sheets import sheet_of_plot
from permits.register.verify import verify
from permits.register.versions import state_of
from tests.money.books import SECRET, Town, make_bill
from tests.money.test_payments import notice_of, tell
from tests.occupancy.street import LAYERS, open_street

REGISTRAR = Actor("registrar", "registrar", frozenset({Role.REGISTRAR}))
MODELS = LAYERS.parents[1] / "models"
TOWN = Town("FZ-1", "103")


@pytest.fixture
def case_id(context: Context) -> str:
    """A case with its permit; its model is the sample that complies."""
    open_street(context)
    with context.database.transaction() as session:
        session.add(User(id="engineer", login="e", name_ar="م", name_en="e", password="x", roles=["engineer"]))
        create_biller_key(session, actor=SYSTEM, key_id="bank-1", provider="bank", secret=SECRET)
    bill = make_bill(context, TOWN)
    tell(context, notice_of(bill))
    issue_permit(context, case_id=str(bill.case_id))
    return str(bill.case_id)


def _model(context: Context, case_id: str, sha256: str) -> None:
    with context.database.transaction() as session:
        session.query(Model).filter_by(case_id=case_id).one().sha256 = sha256


def _ask(context: Context, case_id: str) -> CaseDivision:
    with context.database.transaction() as session:
        return dividing.ask_division(session, actor=REGISTRAR, case_id=case_id)


def _row(context: Context, case_id: str) -> CaseDivision:
    with context.database.reading() as session:
        return session.get_one(CaseDivision, case_id)


@pytest.mark.slow
def test_sections_of_the_approved_model_get_their_sheets_once(context: Context, case_id: str) -> None:
    _model(context, case_id, context.storage.keep(MODELS / "complies.ifc"))
    assert _ask(context, case_id).state == "asked"
    for _ in range(2):
        dividing.run_division(context, case_id=case_id)
        assert _row(context, case_id).state == "ready"
    assert _ask(context, case_id).state == "ready"
    with context.database.transaction() as session:
        opened = dividing.enter_division(session, actor=REGISTRAR, storage=context.storage, case_id=case_id)
        assert sum(state_of(session, sheet).land_shares or 0 for sheet in opened) == 2400
        parcel = sheet_of_plot(session, zone=TOWN.zone, plot=TOWN.plot)
        assert [one.id for one in successors(session, parcel.id)] == [one.id for one in opened]
        assert verify(session).faults == ()
        events = [row.event for row in audit.timeline(session, case_id)]
        assert events[-3:] == ["division-asked", "division-ready", "division-entered"]
    with pytest.raises(Conflict, match="division-entered"), context.database.transaction() as session:
        dividing.enter_division(session, actor=REGISTRAR, storage=context.storage, case_id=case_id)
    with context.database.reading() as session:
        found = dividing.division_of_case(session, actor=REGISTRAR, storage=context.storage, case_id=case_id)
    assert found is not None
    assert found.of(Outcome.FAIL) == []


def test_a_model_that_cannot_be_read_is_told_and_may_be_asked_again(context: Context, case_id: str) -> None:
    _model(context, case_id, context.storage.keep_bytes(b"no model"))
    _ask(context, case_id)
    dividing.run_division(context, case_id=case_id)
    refused = _row(context, case_id)
    assert (refused.state, refused.why) == ("refused", "not_step")
    with pytest.raises(NotFound, match="division-unknown"), context.database.transaction() as session:
        dividing.enter_division(session, actor=REGISTRAR, storage=context.storage, case_id=case_id)
    assert _ask(context, case_id).state == "asked"


@pytest.mark.slow
def test_a_division_whose_checks_do_not_pass_is_not_entered(context: Context, case_id: str) -> None:
    _model(context, case_id, context.storage.keep(MODELS / "cannot-be-judged.ifc"))
    _ask(context, case_id)
    dividing.run_division(context, case_id=case_id)
    with pytest.raises(Invalid, match="strata-not-approved"), context.database.transaction() as session:
        dividing.enter_division(session, actor=REGISTRAR, storage=context.storage, case_id=case_id)


def test_only_the_registrar_divides_and_only_with_a_permit(context: Context, case_id: str) -> None:
    reviewer = Actor("r", "r", frozenset({Role.REVIEWER}))
    with pytest.raises(Forbidden), context.database.transaction() as session:
        dividing.ask_division(session, actor=reviewer, case_id=case_id)
    with context.database.transaction() as session:
        session.get_one(Case, case_id).state = "awaiting_payment"
    with pytest.raises(Conflict, match="wrong-state"):
        _ask(context, case_id)
