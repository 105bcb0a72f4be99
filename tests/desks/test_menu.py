"""The menu: every entry leads to a page, and each role finds its own desk."""

import pytest

from dashboards.app import PAGES
from dashboards.menu import DESKS, menu_of
from permits.i18n import LANGUAGES, translate
from permits.people.actor import STAFF, Actor, Role

OPENED_FROM_ANOTHER = {"/desk/case", "/desk/occupancy", "/desk/asset"}
"""Pages of one thing, reached from its list."""


def test_every_entry_leads_to_a_page_and_every_page_is_found() -> None:
    assert {desk.path for desk in DESKS} == set(PAGES) - OPENED_FROM_ANOTHER
    assert all(translate(language, desk.name) for desk in DESKS for language in LANGUAGES)


@pytest.mark.parametrize("role", sorted(STAFF))
def test_a_role_finds_the_desks_where_it_works(role: Role) -> None:
    found = {desk.path for desk in menu_of(Actor("a", "a", frozenset({role})))}
    assert "/desk" in found
    assert ("/desk/cash" in found) == (role in (Role.CASHIER, Role.APPROVER))
    assert ("/desk/accounts" in found) == (role is Role.ACCOUNTANT)
    assert ("/desk/land" in found) == (role is Role.ADMIN)


def test_whoever_works_at_no_desk_finds_none() -> None:
    assert menu_of(Actor("a", "a", frozenset({Role.ENGINEER}))) == []
