"""A reviewer's correction of an edge role: kept, told, audited, unchangeable, and lost where its edge is."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from shapely.affinity import translate
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from gis.site import EdgeRole
from gis.zone import Plot
from permits import audit, schema
from permits.db import Database
from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.jobs import Context
from permits.land.edge_roles import correct_edge_role, corrections_of, edge_roles, newest_correction
from permits.land.tables import EdgeRoleCorrection
from permits.people.actor import Actor, Role
from tests.factories import make_actor
from tests.land.test_versions import LAYERS, bring, edited

PLOT = {"zone": "FZ-1", "plot": "103"}


@pytest.fixture
def reviewer(context: Context) -> Actor:
    bring(context, LAYERS)
    with context.database.transaction() as session:
        return make_actor(session, Role.REVIEWER)


def place_of(context: Context, role: EdgeRole) -> int:
    with context.database.reading() as session:
        edges = edge_roles(session, storage=context.storage, **PLOT).edges
    return next(at for at, edge in enumerate(edges) if edge.role is role)


def correct(context: Context, actor: Actor, edge: int, role: str, reason: str = "شارع مستقبلي") -> EdgeRoleCorrection:
    with context.database.transaction() as session:
        return correct_edge_role(
            session, actor=actor, storage=context.storage, edge=edge, role=role, reason=reason, **PLOT
        )


def test_a_correction_is_kept_with_who_when_why(context: Context, reviewer: Actor) -> None:
    rear = place_of(context, EdgeRole.REAR)
    correct(context, reviewer, rear, "front", "  شارع مستقبلي ")
    with context.database.reading() as session:
        shown = edge_roles(session, storage=context.storage, **PLOT)
        (act,) = audit.timeline(session, "plot:FZ-1:103")
        assert newest_correction(session, **PLOT) == 1
        assert newest_correction(session, zone="FZ-1", plot="104") == 0
    assert (shown.edges[rear].role, shown.edges[rear].corrected) == (EdgeRole.FRONT, True)
    (told,) = shown.corrections
    assert (told.edge, told.named, told.role) == (rear, EdgeRole.REAR, EdgeRole.FRONT)
    assert (told.reason, told.name_ar) == ("شارع مستقبلي", "اسم reviewer")
    assert (act.event, act.actor) == ("edge-role-corrected", reviewer.id)
    assert json.loads(act.data)["role"] == "front"


def test_a_later_one_replaces_it_and_both_stay(context: Context, reviewer: Actor) -> None:
    rear = place_of(context, EdgeRole.REAR)
    correct(context, reviewer, rear, "front")
    correct(context, reviewer, rear, "rear", "أُلغي الشارع")
    with context.database.reading() as session:
        shown = edge_roles(session, storage=context.storage, **PLOT)
        assert len(corrections_of(session, **PLOT)) == 2
    assert not any(edge.corrected for edge in shown.edges)
    assert [told.role for told in shown.corrections] == [EdgeRole.FRONT, EdgeRole.REAR]


def test_what_cannot_be_is_refused(context: Context, reviewer: Actor) -> None:
    front, rear = place_of(context, EdgeRole.FRONT), place_of(context, EdgeRole.REAR)
    refused = [
        (rear, "front", " ", Invalid, "reason-needed"), (rear, "roof", "x", Invalid, "edge-role-invalid"),
        (9, "front", "x", Invalid, "edge-role-invalid"), (-1, "front", "x", Invalid, "edge-role-invalid"),
        (rear, "rear", "x", Conflict, "edge-role-same"), (front, "side", "x", Conflict, "edge-role-no-front"),
    ]  # fmt: skip
    for edge, role, reason, kind, code in refused:
        with pytest.raises(kind, match=code):
            correct(context, reviewer, edge, role, reason)
    with context.database.transaction() as session, pytest.raises(NotFound):
        correct_edge_role(
            session, actor=reviewer, storage=context.storage, zone="FZ-1", plot="nil", edge=0, role="side", reason="x"
        )
    with context.database.reading() as session:
        assert corrections_of(session, **PLOT) == ()


@pytest.mark.parametrize("role", [Role.ENGINEER, Role.ADMIN, Role.CASHIER, Role.SYNDICATE])
def test_nobody_else_corrects(context: Context, reviewer: Actor, role: Role) -> None:
    with context.database.transaction() as session:
        other = make_actor(session, role)
    with pytest.raises(Forbidden):
        correct(context, other, 0, "rear")


@pytest.mark.parametrize(("metres", "there"), [(0.03, True), (1.0, False)])
def test_it_survives_an_import_where_its_edge_is_still_there(
    context: Context, reviewer: Actor, tmp_path: Path, metres: float, there: bool
) -> None:
    rear = place_of(context, EdgeRole.REAR)
    correct(context, reviewer, rear, "front")

    def shift(plots: tuple[Plot, ...]) -> tuple[Plot, ...]:
        return tuple(replace(p, polygon=translate(p.polygon, metres, 0.0)) if p.number == "103" else p for p in plots)

    bring(context, edited(tmp_path, shift))
    with context.database.reading() as session:
        shown = edge_roles(session, storage=context.storage, **PLOT)
    assert any(edge.corrected for edge in shown.edges) is there
    assert (shown.lost == ()) is there
    assert (shown.corrections[0].edge is not None) is there


@pytest.mark.parametrize(
    "verb", ["UPDATE edge_role_corrections SET role = 'side'", "DELETE FROM edge_role_corrections"]
)
def test_a_correction_is_never_changed(context: Context, reviewer: Actor, verb: str) -> None:
    correct(context, reviewer, place_of(context, EdgeRole.REAR), "front")
    with pytest.raises(DatabaseError, match="append-only"), context.database.transaction() as session:
        session.execute(text(verb))


@pytest.mark.slow
def test_down_to_before_and_up_again(database: Database, context: Context, reviewer: Actor) -> None:
    correct(context, reviewer, place_of(context, EdgeRole.REAR), "front")
    schema.downgrade(database, "0004")
    schema.upgrade(database)
    with database.reading() as session:
        assert corrections_of(session, **PLOT) == ()
