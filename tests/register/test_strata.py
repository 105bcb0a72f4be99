"""The sheets of a building's sections from the table that its judged model gives."""

from dataclasses import replace
from fractions import Fraction

import pytest
from sqlalchemy.orm import Session

from bim.findings import Outcome
from permits.errors import Invalid
from permits.register.acts.strata import division_of
from permits.register.opening import enter_strata
from permits.register.verify import verify
from permits.register.versions import state_of
from tests.register.offices import deed, held, people, register
from tests.strata.test_samples import divided

MODEL = "complies.ifc"


@pytest.mark.slow
def test_every_section_of_the_model_gets_its_sheet(passing: Session) -> None:
    found = divided(MODEL)
    who = people(passing, "ليلى", "كريم")
    sheet = register(passing, "4711", {who["ليلى"]: Fraction(1, 7), who["كريم"]: Fraction(6, 7)})
    opened = enter_strata(passing, deed=deed(), sheet_id=sheet.id, division=division_of(found))
    states = [state_of(passing, section) for section in opened]
    assert [section.section for section in opened] == [row.number for row in found.sections]
    assert [state.land_shares for state in states] == [row.shares for row in found.sections]
    assert sum(state.land_shares or 0 for state in states) == 2400
    assert all(held(passing, section) == {"ليلى": "1/7", "كريم": "6/7"} for section in opened)
    assert {"stair", "roof"} <= set(state_of(passing, sheet).common)
    assert verify(passing).faults == ()


def test_a_table_that_is_not_whole_opens_nothing() -> None:
    found = divided(MODEL)
    first, *others = found.sections
    for broken in (replace(first, number=""), replace(first, shares=None), replace(first, gross=None)):
        with pytest.raises(Invalid, match="section-incomplete"):
            division_of(replace(found, sections=(broken, *others)))
    for outcome in (Outcome.FAIL, Outcome.UNDECIDED):
        judged = (replace(found.findings[0], outcome=outcome), *found.findings[1:])
        with pytest.raises(Invalid, match="strata-not-approved"):
            division_of(replace(found, findings=judged))
