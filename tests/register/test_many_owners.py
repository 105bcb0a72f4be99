"""A sheet of two thousand co-owners opens at once: a fixed number of queries, whatever the number of owners."""

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction

from sqlalchemy import event

from permits.calendar import today
from permits.db import Database
from permits.register.sheets import extract_facts
from permits.register.tables import Sheet
from tests.register.offices import people, register


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """The statements that are sent meanwhile."""
    sent: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        sent.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield sent
    event.remove(database.engine, "before_cursor_execute", note)


def test_two_thousand_owners_open_at_once(database: Database) -> None:
    ids = []
    with database.transaction() as session:
        for count in (2, 2000):
            who = people(session, *(f"مالك {number}" for number in range(count)))
            ids.append(register(session, str(count), dict.fromkeys(who.values(), Fraction(1, count))).id)
    sent = []
    for sheet_id, count in zip(ids, (2, 2000), strict=True):
        with database.reading() as session, counted(database) as statements:
            sheet = session.get_one(Sheet, sheet_id)
            facts = extract_facts(session, sheet=sheet, number="", as_of=today(), language="ar")
        assert (len(facts.owners), sum(owner.share for owner in facts.owners)) == (count, 1)
        sent.append(len(statements))
    assert sent[0] == sent[1]
