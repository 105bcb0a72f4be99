"""The file that a cash desk takes along: downloaded by whoever may, on record, and nobody else's."""

from pathlib import Path

import pytest

from permits import audit
from permits.cash.desk import counter
from permits.cash.overview import see_desks
from permits.errors import Forbidden
from permits.people.actor import Actor, Role
from tests.api.conftest import Web
from tests.cash.centre import CODE, begin, bring, close, found
from tests.factories import make_actor

PATH = f"/cash-desks/{CODE}/hand-out"
ADMIN = Actor("a", "a", frozenset({Role.ADMIN}))


@pytest.mark.parametrize("role", [Role.CASHIER, Role.APPROVER, Role.REGISTRAR, Role.ENGINEER, Role.OWNER])
def test_nobody_else_downloads_it(web: Web, tmp_path: Path, role: Role) -> None:
    found(web.context, tmp_path / "desk")
    with web.context.database.transaction() as session:
        make_actor(session, role, "other")
    csrf = web.log_in("other")
    assert web.client.post(PATH, data={"csrf": csrf}).status_code == 403
    with web.context.database.reading() as session:
        assert "cash-snapshot-made" not in [row.event for row in audit.timeline(session, f"cash:{CODE}")]


def test_the_administrator_downloads_what_the_desk_takes_in(web: Web, tmp_path: Path) -> None:
    desk = found(web.context, tmp_path / "desk")
    with web.context.database.transaction() as session:
        admin = make_actor(session, Role.ADMIN)
    csrf = web.log_in("admin")
    assert web.client.post(PATH, data={"csrf": "forged"}).status_code == 403
    answer = web.client.post(PATH, data={"csrf": csrf})
    assert answer.headers["content-disposition"] == f'attachment; filename="{CODE}.cose"'
    assert answer.headers["cache-control"] == "no-store"
    counter.import_snapshot(desk, answer.content)
    assert counter.till_of(desk).free_numbers() == 5
    with web.context.database.reading() as session:
        made = [row for row in audit.timeline(session, f"cash:{CODE}") if row.event == "cash-snapshot-made"]
        assert [row.actor for row in made] == [admin.id]
    assert web.client.post("/cash-desks/C99/hand-out", data={"csrf": csrf}).status_code == 404


def test_the_administrator_sees_numbers_and_the_last_package(web: Web, tmp_path: Path) -> None:
    desk = found(web.context, tmp_path / "desk", numbers=9)
    begin(web.context, desk)
    counter.spoil(desk, count=2, reason="طابعة")
    close(desk)
    for brought in (False, True):
        with web.context.database.reading() as session:
            (seen,) = see_desks(session, actor=ADMIN)
        assert (seen.code, seen.centre.code, seen.given, seen.used) == (CODE, "C07", 9, 2 if brought else 0)
        assert (seen.brought is not None) is brought
        bring(web.context, counter.export(desk))
    with web.context.database.reading() as session:
        for role in set(Role) - {Role.ADMIN}:
            with pytest.raises(Forbidden):
                see_desks(session, actor=Actor("x", "x", frozenset({role})))
