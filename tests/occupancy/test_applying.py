"""Applying for a place: what is refused at once, what is measured, who sees it."""

import contextlib
import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Polygon
from shapely.geometry import mapping

from gis.crs import ground_scale, to_display
from permits import audit
from permits.errors import Forbidden, Invalid, NotFound, RukhsaError
from permits.jobs import Context
from permits.occupancy import applying
from permits.occupancy.checks import from_json
from permits.people.actor import Actor, Role
from permits.shapes import ground_area, read_shape
from tests.occupancy.street import ENGINEER, REVIEWER, applied, open_street, spot, wish

GRID = "EPSG:22770"


def test_an_application_is_numbered_measured_and_checked(context: Context) -> None:
    open_street(context)
    first, second = (applied(context, wish(spot(u, 0.5))) for u in (65, 75))
    assert [found.number[-8:] for found in (first, second)] == ["A-000001", "A-000002"]
    assert first.state == "applied"
    assert Decimal(first.area) == Decimal("2.50")
    found = {check.code: str(check.outcome) for check in from_json(first.checks)}
    assert found == {"area": "met", "inside": "met", "clear-width": "met", "conflict": "met", "corner": "met",
                     "entrance": "undecided", "frontage": "met"}  # fmt: skip
    with context.database.reading() as session:
        assert [row.event for row in audit.timeline(session, first.id)] == ["occupancy-applied"]


def test_the_area_is_that_of_the_ground(context: Context) -> None:
    shape = Polygon(spot(0, 100, length=100, off=-100))
    scale = ground_scale(shape.centroid.x, shape.centroid.y, GRID)
    assert scale < 1
    assert ground_area(shape, GRID) == Decimal(repr(shape.area / scale**2)).quantize(Decimal("0.01"))
    assert ground_area(shape, GRID) > Decimal("10000")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "castle"}, "occupancy-kind-unknown"),
        ({"street_class": "9"}, "occupancy-class-unknown"),
        ({"holder": "  "}, "occupancy-holder-needed"),
        ({"plot": "nowhere"}, "plot-unknown"),
        ({"zone": "nowhere"}, "zone-unknown"),
        ({"shape": "[[0,0],[1,1],[0,1],[1,0]]"}, "shape-unsound"),
        ({"shape": "[[0,0],[0.1,0],[0.1,0.1]]"}, "shape-size"),
        ({"shape": "hello"}, "shape-unreadable"),
        ({"shape": '{"type":"Point","coordinates":[36,33]}'}, "shape-unreadable"),
        ({"shape": '{"type":"Polygon","coordinates":[[[200000,170000],[1,1],[2,2]]]}'}, "shape-unreadable"),
        ({"shape": "[[0,0],[NaN,0],[1,1]]"}, "shape-unreadable"),
    ],
)
def test_what_cannot_be_is_refused(context: Context, change: dict[str, str], code: str) -> None:
    open_street(context)
    with pytest.raises(RukhsaError) as refused:
        applied(context, replace(wish(spot(65, 0.5)), **change))
    assert refused.value.code == code


@pytest.mark.parametrize(("start", "days"), [(1, 0), (1, 366), (-1, 5)])
def test_days_that_cannot_be_are_refused(context: Context, start: int, days: int) -> None:
    open_street(context)
    with pytest.raises(Invalid, match="occupancy-days"):
        applied(context, wish(spot(65, 0.5), start=start, days=days))


def test_everybody_sees_his_own_and_staff_all(context: Context) -> None:
    open_street(context)
    mine = applied(context, wish(spot(65, 0.5)))
    stranger = Actor("other", "other", frozenset({Role.ENGINEER}))
    with context.database.reading() as session:
        assert applying.list_occupancies(session, actor=stranger) == []
        assert [one.id for one in applying.list_occupancies(session, actor=ENGINEER)] == [mine.id]
        assert applying.get_occupancy(session, actor=REVIEWER, occupancy_id=mine.id).id == mine.id
        with pytest.raises(NotFound):
            applying.get_occupancy(session, actor=stranger, occupancy_id=mine.id)
    with pytest.raises(Forbidden):
        applied(context, wish(spot(65, 0.5)), Actor("s", "s", frozenset({Role.SYNDICATE})))


@given(u=st.floats(40, 200), depth=st.floats(0.3, 5), length=st.floats(1, 30))
def test_wgs84_and_grid_corners_are_one_shape(u: float, depth: float, length: float) -> None:
    corners = spot(u, depth, length=length)
    shown = json.dumps(mapping(to_display(Polygon(corners), GRID)))
    feature = json.dumps({"type": "Feature", "properties": {}, "geometry": json.loads(shown)})
    by_grid = read_shape(json.dumps(corners), GRID)
    for text in (shown, feature, json.dumps({"type": "FeatureCollection", "features": [json.loads(feature)]})):
        assert read_shape(text, GRID).hausdorff_distance(by_grid) < 0.003


@given(st.one_of(st.text(), st.recursive(
    st.none() | st.floats() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8
).map(json.dumps)))  # fmt: skip
def test_whatever_is_given_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(Invalid):
        assert read_shape(text, GRID).is_valid
