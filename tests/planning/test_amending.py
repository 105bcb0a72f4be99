"""Planning sheets changed from a day on: by two people, with a reference, and with nothing of before lost."""

from datetime import timedelta
from typing import Any

import pytest

from gis.errors import BrokenRow
from gis.planning import site_for
from permits.calendar import today
from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.jobs import Context
from permits.land.tables import Zone
from permits.land.versions import latest
from permits.land.zones import import_zone
from permits.people.actor import SYSTEM, Actor, Role
from permits.planning import amending
from permits.planning.sheets import sheets_of_plot
from permits.planning.tables import SheetAmendment
from permits.registry import register_jobs
from tests.factories import make_actor
from tests.land.test_quality import LAYERS

DAY = today() + timedelta(days=30)
GIVEN: dict[str, Any] = {
    "zone": "FZ-1", "plots": ["103", "104"], "changes": {"setback_front": "6.5"}, "valid_from": DAY.isoformat(),
    "legal_act": "قرار وهمي 7", "clause": "3", "status": "fictitious",
}  # fmt: skip


@pytest.fixture
def two(context: Context) -> tuple[Actor, Actor]:
    """The demonstration's zone, and two planners."""
    with context.database.transaction() as session:
        import_zone(session, actor=SYSTEM, storage=context.storage, layers=LAYERS)
        return make_actor(session, Role.PLANNER), make_actor(session, Role.PLANNER, "planner-2")


def proposed(context: Context, actor: Actor, **other: Any) -> str:
    with context.database.transaction() as session:
        return amending.propose(session, actor=actor, storage=context.storage, **{**GIVEN, **other}).id


def approved(context: Context, row: str) -> None:
    """As `decide` leaves it, without the queue."""
    with context.database.transaction() as session:
        one = session.get_one(SheetAmendment, row)
        one.state, one.decided_by = "approved", one.asked_by


def test_the_new_sheet_holds_from_its_day_and_the_old_one_before(context: Context, two: tuple[Actor, Actor]) -> None:
    with context.database.reading() as session:
        before = context.storage.path(session.get_one(Zone, "FZ-1").layers_sha256)
    row = proposed(context, two[0])
    approved(context, row)
    amending.run_amendment(context, amendment_id=row)
    with context.database.reading() as session:
        layers = context.storage.path(session.get_one(Zone, "FZ-1").layers_sha256)
        version, done = latest(session, "FZ-1"), session.get_one(SheetAmendment, row)
        sheets = sheets_of_plot(session, storage=context.storage, zone="FZ-1", plot="103")
    assert version
    assert (version.number, version.changes["sheets"]) == (2, 2)
    assert done.state == "in_force"
    eve, old = DAY - timedelta(days=1), site_for(before, "103", on=today()).sheet
    assert site_for(layers, "103", on=eve).sheet.setbacks == old.setbacks
    new = site_for(layers, "103", on=DAY).sheet
    assert (new.setbacks["front"], new.legal_act, str(new.status)) == (6.5, "قرار وهمي 7", "fictitious")
    assert new.max_floors == old.max_floors
    assert [sheet.valid_from for sheet in sheets] == sorted({old.valid_from, DAY} | {s.valid_from for s in sheets})
    assert site_for(layers, "105", on=DAY).sheet == site_for(before, "105", on=DAY).sheet
    amending.run_amendment(context, amendment_id=row)
    with context.database.reading() as session:
        again = latest(session, "FZ-1")
        assert again
        assert again.number == 2


@pytest.mark.parametrize(
    ("other", "error"),
    [
        ({"valid_from": today().isoformat()}, Invalid),
        ({"valid_from": "soon"}, Invalid),
        ({"legal_act": " "}, Invalid),
        ({"plots": []}, Invalid),
        ({"plots": ["none"]}, NotFound),
        ({"changes": {}}, Invalid),
        ({"changes": {"number": "1"}}, Invalid),
        ({"changes": {"setback_front": "near"}}, Invalid),
        ({"changes": {"setback_front": "-1"}}, amending.ContradictoryError),
        ({"changes": {"coverage": "1.2"}}, amending.ContradictoryError),
        ({"changes": {"setback_front": "nan"}}, BrokenRow),
        ({"changes": {"basement": "deep"}}, BrokenRow),
        ({"status": "sure"}, BrokenRow),
    ],
)
def test_what_makes_no_sense_is_not_proposed(
    context: Context, two: tuple[Actor, Actor], other: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        proposed(context, two[0], **other)
    with context.database.reading() as session:
        assert amending.amendments(session, actor=two[0], zone="FZ-1") == []


def test_two_people_stand_for_a_change(context: Context, two: tuple[Actor, Actor]) -> None:
    register_jobs()
    row = proposed(context, two[0])
    with context.database.transaction() as session:
        with pytest.raises(Conflict):
            amending.decide(session, actor=two[0], amendment_id=row, approve=True)
        with pytest.raises(Conflict):
            amending.take_back(session, actor=two[1], amendment_id=row)
        with pytest.raises(Invalid):
            amending.decide(session, actor=two[1], amendment_id=row, approve=False)
        refused = amending.decide(session, actor=two[1], amendment_id=row, approve=False, note="السند ناقص")
        assert refused.state == "refused"
        with pytest.raises(Conflict):
            amending.decide(session, actor=two[1], amendment_id=row, approve=True)
    other = proposed(context, two[0])
    with context.database.transaction() as session:
        assert amending.take_back(session, actor=two[0], amendment_id=other).state == "withdrawn"


def test_a_second_change_on_the_same_day_fails_and_leaves_the_land(context: Context, two: tuple[Actor, Actor]) -> None:
    rows = [proposed(context, two[0]), proposed(context, two[1])]
    for row in rows:
        approved(context, row)
        amending.run_amendment(context, amendment_id=row)
    with context.database.reading() as session:
        states = [session.get_one(SheetAmendment, row).state for row in rows]
        version = latest(session, "FZ-1")
    assert states == ["in_force", "failed"]
    assert version
    assert version.number == 2


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.PLANNER, Role.ADMIN}))
def test_rights(context: Context, role: Role) -> None:
    actor = Actor("a", "a", frozenset({role}))
    with context.database.transaction() as session:
        for act in (
            lambda: amending.propose(session, actor=actor, storage=context.storage, **GIVEN),
            lambda: amending.decide(session, actor=actor, amendment_id="x", approve=True),
            lambda: amending.take_back(session, actor=actor, amendment_id="x"),
            lambda: amending.amendments(session, actor=actor, zone="FZ-1"),
        ):
            with pytest.raises(Forbidden):
                act()
