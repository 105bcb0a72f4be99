"""Where a case is, by its number alone."""

import re

import pytest

from permits.cases.tables import Case
from permits.cases.workflow import WORKFLOWS, Clock, State
from permits.errors import NotFound
from permits.i18n import LANGUAGES, translate
from permits.jobs import Context
from permits.notices.status import status_of
from permits.people.actor import Role
from tests.api.conftest import Web, web  # noqa: F401 - a fixture
from tests.factories import make_actor, make_case, make_zone
from tests.money.books import make_bill, open_books

TOLD = [state for state in State if state is not State.DRAFT]


@pytest.mark.parametrize("state", TOLD)
def test_every_state_says_whose_turn_it_is_and_what_comes_next(context: Context, state: State) -> None:
    with context.database.transaction() as session:
        make_zone(session)
        case = make_case(session, make_actor(session, Role.ENGINEER), state)
        found = status_of(session, number=case.number)
    assert (found.state, found.plot, found.bill, found.permit) == (state, "7", None, "")
    rows = [row.clock for table in WORKFLOWS.values() for row in table if row.target is state]
    assert {found.turn} == set(rows)
    for language in LANGUAGES:
        assert translate(language, f"status-next-{state.replace('_', '-')}")
        assert translate(language, f"status-turn-{found.turn}")


@pytest.mark.parametrize(
    "typed", ["DM-01-2026-000007", "dm-01-2026-000007 ", "DM-٠١-٢٠٢٦-٠٠٠٠٠٧", "DM-01 -2026- 000007"]
)
def test_a_number_is_found_as_people_type_it(context: Context, typed: str) -> None:
    with context.database.transaction() as session:
        make_zone(session)
        case = make_case(session, make_actor(session, Role.ENGINEER), State.IN_REVIEW)
        case.number = "DM-01-2026-000007"
        session.flush()
        assert status_of(session, number=typed).turn is Clock.OFFICE


def test_a_draft_and_a_number_of_nobody_are_told_alike(context: Context) -> None:
    with context.database.transaction() as session:
        make_zone(session)
        draft = make_case(session, make_actor(session, Role.ENGINEER))
        for number in (draft.number, "DM-01-2026-999999", "' OR 1=1 --"):
            with pytest.raises(NotFound):
                status_of(session, number=number)


def test_a_bill_says_what_is_left_and_by_which_reference(context: Context) -> None:
    bill = make_bill(context, open_books(context))
    with context.database.reading() as session:
        case = session.get_one(Case, bill.demand.subject_id)
        found = status_of(session, number=case.number)
    assert found.bill is not None
    assert (found.bill.reference, found.bill.left) == (bill.reference, bill.piastres)


def test_the_page_names_nobody_and_needs_no_login(web: Web) -> None:  # noqa: F811 - the fixture
    with web.context.database.transaction() as session:
        case = make_case(session, web.engineer, State.RETURNED)
        number, title, name = case.number, case.title, web.engineer.name
    page = web.client.get("/status", params={"number": number}, headers={"accept": "text/html"})
    assert page.status_code == 200
    assert "راجع مهندسك" in page.text
    assert title not in page.text
    assert name not in page.text
    unknown = web.client.get("/status", params={"number": "<script>x</script>"}, headers={"accept": "text/html"})
    assert unknown.status_code == 404
    assert "<script>x" not in unknown.text
    assert re.search("لا إضبارة بالرقم", unknown.text)
