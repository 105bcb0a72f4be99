"""How plots stand: what is told of a plot, and who may ask."""

import json
from datetime import date, datetime, time
from typing import Any

import pytest
import shapely

from gis.envelope import envelope
from gis.geojson import features_text
from gis.planning import site_for
from permits.calendar import DAMASCUS
from permits.cases.workflow import State
from permits.documents.tables import Permit, RevokedDocument
from permits.errors import Forbidden, NotFound
from permits.jobs import Context
from permits.land.plan import plan
from permits.land.zones import count_plots, import_zone, map_of, map_text
from permits.people.actor import STAFF, SYSTEM, Actor, Role
from permits.planning.dossier import dossier_of
from permits.planning.shade import shade_of
from permits.planning.states import PlotState, counts_of, plot_states
from tests.factories import make_actor, make_case, make_zone
from tests.land.test_quality import LAYERS
from tests.notices.test_board import permit

ON = date(2026, 11, 22)
WORKED_ON = {
    State.AT_SYNDICATE, State.IN_REVIEW, State.AWAITING_APPROVAL, State.AWAITING_PAYMENT, State.PAID, State.RETURNED,
}  # fmt: skip


def actor(role: Role) -> Actor:
    return Actor("a", "a", frozenset({role}))


@pytest.mark.parametrize("state", list(State))
def test_a_plot_is_under_way_while_somebody_works_on_its_case(context: Context, state: State) -> None:
    with context.database.transaction() as session:
        make_zone(session)
        make_case(session, make_actor(session, Role.ENGINEER), state)
        found = plot_states(session, actor=actor(Role.PLANNER), zone="Z", on=ON)
    assert found == ({"7": PlotState.UNDER_WAY} if state in WORKED_ON else {})


@pytest.mark.parametrize(
    ("last", "revoked", "expected"),
    [
        ("2029-01-01", None, PlotState.PERMITTED),
        ("2026-11-22", None, PlotState.PERMITTED),
        ("2026-11-21", None, PlotState.ENDED),
        ("2029-01-01", "2026-11-22", PlotState.ENDED),
        ("2029-01-01", "2026-11-23", PlotState.PERMITTED),
    ],
)
def test_a_permit_colours_its_plot(context: Context, last: str, revoked: str | None, expected: PlotState) -> None:
    with context.database.transaction() as session:
        make_zone(session)
        permit(session, make_actor(session, Role.ENGINEER), "P-1", "2026-01-01", last)
        if revoked:
            session.add(
                RevokedDocument(
                    number="P-1", subject="s", on_day=revoked, reason="court_order", note="", asked_by="a",
                    decided_by="b",
                )
            )  # fmt: skip
        session.flush()
        assert plot_states(session, actor=actor(Role.PLANNER), zone="Z", on=ON) == {"7": expected}


def test_a_standing_permit_outweighs_a_case_and_a_case_an_ended_one(context: Context) -> None:
    with context.database.transaction() as session:
        make_zone(session)
        engineer = make_actor(session, Role.ENGINEER)
        first = permit(session, engineer, "P-1", "2026-01-01", "2026-06-01")
        make_case(session, engineer, State.IN_REVIEW)
        assert plot_states(session, actor=actor(Role.ADMIN), zone="Z", on=ON) == {"7": PlotState.UNDER_WAY}
        session.get_one(Permit, first.id).expires_on = "2027-06-01"
        session.flush()
        assert plot_states(session, actor=actor(Role.ADMIN), zone="Z", on=ON) == {"7": PlotState.PERMITTED}


def test_every_plot_is_counted_once() -> None:
    counts = counts_of({"1": PlotState.PERMITTED, "2": PlotState.UNDER_WAY, "3": PlotState.UNDER_WAY}, 10)
    assert list(counts.values()) == [7, 0, 2, 1]


@pytest.mark.parametrize("role", sorted(Role))
def test_only_staff_may_ask(context: Context, role: Role) -> None:
    with context.database.transaction() as session:
        make_zone(session)
        if role in STAFF:
            assert plot_states(session, actor=actor(role), zone="Z", on=ON) == {}
            return
        with pytest.raises(Forbidden):
            plot_states(session, actor=actor(role), zone="Z", on=ON)
        with pytest.raises(Forbidden):
            dossier_of(session, actor=actor(role), storage=context.storage, zone="Z", plot="7", on=ON)


def test_a_dossier_holds_all_of_a_plot_and_no_draft(context: Context) -> None:
    with context.database.transaction() as session:
        make_zone(session)
        import_zone(session, actor=SYSTEM, storage=context.storage, layers=LAYERS)
        engineer = make_actor(session, Role.ENGINEER)
        for state in (State.DRAFT, State.REFUSED):
            case = make_case(session, engineer, state)
            case.zone, case.plot = "FZ-1", "103"
        session.flush()
        asked: dict[str, Any] = {"actor": actor(Role.PLANNER), "storage": context.storage, "zone": "FZ-1", "on": ON}
        known = dossier_of(session, plot="103", **asked)
        assert [case.state for case in known.cases] == [State.REFUSED]
        assert known.registered
        assert [sheet.valid_from for sheet in known.sheets] == sorted(sheet.valid_from for sheet in known.sheets)
        with pytest.raises(NotFound):
            dossier_of(session, plot="none", **asked)


def test_the_fast_map_is_the_map(context: Context) -> None:
    with context.database.transaction() as session:
        import_zone(session, actor=SYSTEM, storage=context.storage, layers=LAYERS)
        slow, fast = map_of(session, "FZ-1"), json.loads(map_text(session, "FZ-1"))
        assert count_plots(session, "FZ-1") == sum(f["properties"]["kind"] == "plot" for f in fast["features"])
    assert [f["properties"] for f in slow["features"]] == [f["properties"] for f in fast["features"]]
    for one, other in zip(slow["features"], fast["features"], strict=True):
        shapes = [shapely.geometry.shape(f["geometry"]) for f in (one, other)]
        assert shapely.hausdorff_distance(*shapes) < 2e-7
    assert features_text([], [], "EPSG:22770") == ""


def test_the_shadow_falls_away_from_the_sun_and_none_falls_at_night(context: Context) -> None:
    site = site_for(LAYERS, "103", on=ON)
    allowed = envelope(site)
    noon = shade_of(site, allowed, day=date(2026, 12, 21), hour=time(12))
    assert noon.sun.at == datetime(2026, 12, 21, 12, tzinfo=DAMASCUS)
    assert noon.ground.centroid.y > site.polygon.centroid.y  # the sun is in the south
    assert all(area > 0 for area in noon.on_neighbours.values())
    night = shade_of(site, allowed, day=date(2026, 12, 21), hour=time(4))
    assert night.low
    assert night.ground is None
    assert "fill-opacity" in plan(site, allowed, "ar", shade=noon.ground)
    assert "fill-opacity" not in plan(site, allowed, "ar", shade=night.ground)
