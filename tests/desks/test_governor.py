"""The governor's page: who sees it, what it shows of an empty office, and where charts put their bars."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import box

from dashboards.components.charts import FOOT, HEIGHT, SIDE, WIDTH, Series, bar_chart, place, zone_map
from dashboards.pages.governor import Governor
from dashboards.visitor import Visitor
from permits import audit
from permits.audit import AuditEvent
from permits.errors import Forbidden, Unauthenticated
from permits.i18n import translate
from permits.jobs import Context
from permits.people.accounts import close_login, find_user, open_login
from permits.people.actor import SYSTEM, Role
from tests.factories import make_actor, make_zone


def arrived(context: Context, role: Role) -> tuple[Visitor, str]:
    with context.database.transaction() as session:
        make_actor(session, role)
        user = find_user(session, login=str(role))
        assert user
        sid, login = open_login(session, user=user, minutes=5)
        return Visitor(context, login.ref), sid


@pytest.mark.parametrize("role", Role)
def test_only_the_governor_opens_it(context: Context, role: Role) -> None:
    visitor, _ = arrived(context, role)
    if role is Role.GOVERNOR:
        assert Governor(visitor)
    else:
        with pytest.raises(Forbidden):
            Governor(visitor)


def test_after_the_login_has_ended_no_other_month_is_shown(context: Context) -> None:
    visitor, sid = arrived(context, Role.GOVERNOR)
    page = Governor(visitor)
    with context.database.transaction() as session:
        close_login(session, sid=sid)
    with pytest.raises(Unauthenticated):
        page.fill()


def test_a_month_before_the_office_began_says_what_to_do(context: Context) -> None:
    visitor, _ = arrived(context, Role.GOVERNOR)
    with context.database.transaction() as session:
        make_zone(session)
        audit.record(session, AuditEvent.INSTALLED, actor=SYSTEM, subject="office")
    page = Governor(visitor)
    assert translate("ar", "governor-first-month") in page.content.object
    page.month.value = page.month.options[-1]
    assert translate("ar", "governor-none") in page.content.object


def test_arabic_begins_at_the_right() -> None:
    series = [Series("a", [1, 4], ["1", "4"]), Series("b", [2, None], ["2", "–"])]
    bars, ticks = place(["m1", "m2"], series, right_to_left=True)
    assert [tick.text for tick in sorted(ticks, key=lambda tick: -tick.x)] == ["m1", "m2"]
    first, second = (next(bar for bar in bars if bar.text == text) for text in ("1", "2"))
    assert first.x > second.x
    assert len(bars) == 3
    told = bar_chart("k", "<b>", ["m1", "m2"], series, "ar")
    assert "m1: a 1 · b 2" in told
    assert "<b>" not in told


@given(st.lists(st.lists(st.one_of(st.none(), st.floats(0, 1e9)), min_size=4, max_size=4), min_size=1, max_size=3))
def test_bars_stay_in_the_picture_and_are_as_tall_as_their_values(values: list[list[Any]]) -> None:
    series = [Series(str(n), row, ["x"] * 4) for n, row in enumerate(values)]
    for right_to_left in (True, False):
        bars, _ = place(["a", "b", "c", "d"], series, right_to_left=right_to_left)
        assert all(bar.x >= 0 and bar.x + bar.width <= WIDTH + 1e-6 for bar in bars)
        assert all(bar.y >= 0 and bar.y + bar.height <= HEIGHT - FOOT + 1e-6 for bar in bars)
        assert len(bars) == sum(value is not None for row in values for value in row)


def test_a_zone_is_drawn_with_north_up() -> None:
    drawn = zone_map(box(1000, 2000, 1100, 2050), [(1000, 2000), (1100, 2050)])
    (left, low), (right, high) = drawn.points
    assert left < right
    assert low > high
    assert all(0 < value < SIDE for point in drawn.points for value in point)
    assert drawn.path.startswith("M")
