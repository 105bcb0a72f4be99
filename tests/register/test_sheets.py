"""Sheets open from the cadastre, hold exact shares, remember every act and can be extracted as of any day."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from shapely import box
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from gis.zone import Parcel, Share
from permits.calendar import today
from permits.documents.sheet import fingerprint
from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.jobs import Context
from permits.people.actor import SYSTEM, Actor, Role
from permits.register.permit_marks import annotate_permit
from permits.register.sheets import (
    current_sheet,
    extract_facts,
    open_sheets,
    owners,
    sheet_of_plot,
)
from permits.register.tables import JournalEntry, Sheet
from tests.money.books import Town, open_books

PARCEL = Parcel(
    "4711", {"ar": "منطقة", "en": "zone"}, 612.4, "ملك", "12", box(0, 0, 1, 1),
    (Share({"ar": "ليلى", "en": "Layla"}, 1, 7), Share({"ar": "كريم", "en": "Karim"}, 6, 7)),
)  # fmt: skip
REGISTRAR = Actor("r", "r", frozenset({Role.REGISTRAR}))


@pytest.fixture
def town(context: Context) -> Town:
    return open_books(context)


def test_a_sheet_opens_once_with_its_owners_and_its_entry(context: Context, town: Town) -> None:
    with context.database.transaction() as session:
        (sheet,) = open_sheets(session, actor=REGISTRAR, parcels=[PARCEL])
        assert open_sheets(session, actor=REGISTRAR, parcels=[PARCEL]) == []
        held = owners(session, sheet=sheet)
        assert [(owner.name_ar, owner.share) for owner in held] == [("ليلى", Fraction(1, 7)), ("كريم", Fraction(6, 7))]
        entries = session.scalars(select(JournalEntry).where(JournalEntry.sheet_id == sheet.id)).all()
        assert [(entry.act, entry.data["owners"]) for entry in entries] == [
            ("opened", [["ليلى", "1", "7"], ["كريم", "6", "7"]])
        ]


def test_shares_that_are_no_whole_open_nothing(context: Context, town: Town) -> None:
    broken = replace(PARCEL, number="4712", shares=PARCEL.shares[:1])
    with pytest.raises(Invalid, match="shares-not-whole"), context.database.transaction() as session:
        open_sheets(session, actor=REGISTRAR, parcels=[PARCEL, broken])
    with context.database.reading() as session:
        assert session.scalar(select(Sheet).where(Sheet.parcel == "4711")) is None


def test_journal_numbers_have_no_gap_and_no_entry_is_changed(context: Context, town: Town) -> None:
    with context.database.transaction() as session:
        open_sheets(session, actor=REGISTRAR, parcels=[PARCEL, replace(PARCEL, number="4712")])
    with context.database.reading() as session:
        numbers = session.scalars(select(JournalEntry.number).order_by(JournalEntry.number)).all()
        assert list(numbers) == list(range(1, len(numbers) + 1))
    with pytest.raises(DatabaseError, match="append-only"), context.database.transaction() as session:
        session.execute(text("UPDATE journal_entries SET act = 'lifted'"))


def test_a_permit_is_annotated_once(context: Context, town: Town) -> None:
    expires = today() + timedelta(days=100)
    with context.database.transaction() as session:
        marks = [
            annotate_permit(session, actor=SYSTEM, zone=town.zone, plot=town.plot, permit="P-1", expires=expires)
            for _ in range(2)
        ]
        assert marks[0].id == marks[1].id
        sheet = sheet_of_plot(session, zone=town.zone, plot=town.plot)
        acts = session.scalars(select(JournalEntry.act).where(JournalEntry.sheet_id == sheet.id))
        assert sorted(acts) == ["annotated", "opened"]


def test_an_extract_says_what_the_sheet_held_on_its_day(context: Context, town: Town) -> None:
    day = today()
    with context.database.transaction() as session:
        sheet = sheet_of_plot(session, zone=town.zone, plot=town.plot)
        facts = extract_facts(session, sheet=sheet, number="X", as_of=day, language="ar")
        assert sum(owner.share for owner in facts.owners) == 1
        assert facts.annotations == ()
        annotate_permit(session, actor=SYSTEM, zone=town.zone, plot=town.plot, permit="P-1", expires=day)
        later = extract_facts(session, sheet=sheet, number="X", as_of=day, language="ar")
        assert [mark.detail for mark in later.annotations] == ["P-1"]
        with pytest.raises(NotFound, match="sheet-not-yet-open"):
            extract_facts(session, sheet=sheet, number="X", as_of=day - timedelta(days=2), language="ar")


def test_the_same_sheet_gives_the_same_extract(context: Context, town: Town) -> None:
    day = today()
    with context.database.reading() as session:
        sheet = sheet_of_plot(session, zone=town.zone, plot=town.plot)
        first, second = (extract_facts(session, sheet=sheet, number="X", as_of=day, language="en") for _ in range(2))
        assert fingerprint(first) == fingerprint(second)


def test_who_may_open_and_what_is_not_there(context: Context, town: Town) -> None:
    with context.database.transaction() as session:
        with pytest.raises(Forbidden):
            open_sheets(session, actor=Actor("e", "e", frozenset({Role.ENGINEER})), parcels=[PARCEL])
        with pytest.raises(NotFound, match="sheet-unknown"):
            sheet_of_plot(session, zone=town.zone, plot="no such plot")
        sheet = sheet_of_plot(session, zone=town.zone, plot=town.plot)
        twin = replace(PARCEL, number=sheet.parcel)
        open_sheets(session, actor=REGISTRAR, parcels=[twin])
        with pytest.raises(Conflict, match="sheet-ambiguous"):
            sheet_of_plot(session, zone=town.zone, plot=town.plot)


def test_a_desk_reads_the_sheet_as_of_a_day(context: Context, town: Town) -> None:
    day = today()
    with context.database.transaction() as session:
        given = {"actor": REGISTRAR, "zone": town.zone, "plot": town.plot, "language": "ar"}
        assert current_sheet(session, **given) == current_sheet(session, on=day, **given)
        with pytest.raises(NotFound, match="sheet-not-yet-open"):
            current_sheet(session, on=day - timedelta(days=2), **given)
        with pytest.raises(Invalid, match="sheet-day-to-come"):
            current_sheet(session, on=day + timedelta(days=1), **given)
