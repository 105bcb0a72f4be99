"""The registrar's use cases on both databases: acts, two times, reversal, signals, lineage, the verifier."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from permits import audit
from permits.calendar import today
from permits.db import Database
from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.money.money import Epoch, Money
from permits.people.actor import Actor, Role
from permits.register.acts import Act
from permits.register.acts.inheritance import Heir
from permits.register.acts.parcels import Piece
from permits.register.acts.strata import Division, Section
from permits.register.acts.transfers import Correction
from permits.register.dealings import enter_correction, enter_expropriation, enter_inheritance, transfer
from permits.register.deed import Deed
from permits.register.entering import reverse
from permits.register.journal import journal_of
from permits.register.marking import lift_signal, mortgage, place_signal, release, signal_about
from permits.register.opening import (
    enter_merge,
    enter_split,
    enter_strata,
    predecessors,
    successors,
    transfer_to_permanent,
)
from permits.register.parties import register_group
from permits.register.persons import lift_from_person, place_on_person, signals_on_persons
from permits.register.sheets import extract_facts, owners
from permits.register.signals import SignalKind
from permits.register.state import SheetStatus
from permits.register.tables import JournalEntry, Sheet, Source
from permits.register.verify import verify
from permits.register.versions import state_of
from tests.register.offices import FIRST, REGISTRAR, deed, held, people, register

F = Fraction
SOLD = date(2021, 3, 1)


@pytest.fixture
def session(passing: Session) -> Iterator[Session]:
    yield passing
    assert verify(passing).faults == ()


@pytest.fixture
def who(session: Session) -> dict[str, str]:
    return people(session, "ليلى", "كريم", "سمير", "رنا", "المدينة")


@pytest.fixture
def sheet(session: Session, who: dict[str, str]) -> Sheet:
    return register(session, "4711", {who["ليلى"]: F(1, 2), who["كريم"]: F(1, 2)})


def sell(session: Session, sheet: Sheet, seller: str, buyer: str, share: F, on: date = SOLD) -> JournalEntry:
    return transfer(
        session, deed=deed(on=on), act=Act.SALE, sheet_id=sheet.id, taken={seller: share}, given={buyer: share}
    )


def test_a_sale_keeps_its_document_and_the_past(session: Session, who: dict[str, str], sheet: Sheet) -> None:
    entry = sell(session, sheet, who["ليلى"], who["سمير"], F(1, 7))
    assert held(session, sheet) == {"ليلى": "5/14", "كريم": "1/2", "سمير": "1/7"}
    assert held(session, sheet, SOLD - timedelta(days=1)) == {"ليلى": "1/2", "كريم": "1/2"}
    assert held(session, sheet, SOLD) == held(session, sheet)
    assert entry.data["before"] == {who["ليلى"]: "1/2", who["سمير"]: "0"}
    assert entry.data["after"] == {who["ليلى"]: "5/14", who["سمير"]: "1/7"}
    source = session.get_one(Source, entry.source_id)
    assert (source.number, source.day) == ("77", SOLD.isoformat())
    rests = {owner.name_ar: owner.entry for owner in owners(session, sheet=sheet)}
    assert rests == {"ليلى": entry.number - 1, "كريم": entry.number - 1, "سمير": entry.number}
    assert [row.event for row in audit.timeline(session, sheet.id)] == ["sheet-opened", "act-entered"]


def test_as_it_was_and_as_we_knew_it_then(session: Session, who: dict[str, str], sheet: Sheet) -> None:
    """A sale of 2021 entered today: the past of today's knowledge differs from what was known before."""
    opened = journal_of(session, sheet.id)[0]
    sold = sell(session, sheet, who["ليلى"], who["سمير"], F(1, 2))
    late = SOLD + timedelta(days=30)
    then, now = (
        {owner.name_ar for owner in owners(session, sheet=sheet, on=late, known=entry.at)} for entry in (opened, sold)
    )
    assert (then, now) == ({"ليلى", "كريم"}, {"سمير", "كريم"})
    before = extract_facts(session, sheet=sheet, number="X", as_of=late, language="ar", known=opened.at)
    assert [entry.act for entry in before.entries] == ["first-registration"]
    with pytest.raises(NotFound, match="sheet-not-yet-open"):
        state_of(session, sheet, on=FIRST - timedelta(days=1))
    with pytest.raises(NotFound, match="sheet-not-yet-open"):
        state_of(session, sheet, known=opened.at - timedelta(microseconds=1))


def test_a_mistake_is_reversed_by_a_new_entry(session: Session, who: dict[str, str], sheet: Sheet) -> None:
    before = state_of(session, sheet)
    first = sell(session, sheet, who["ليلى"], who["سمير"], F(1, 2))
    second = sell(session, sheet, who["سمير"], who["رنا"], F(1, 3), SOLD + timedelta(days=5))
    with pytest.raises(Conflict, match="entry-built-upon"):
        reverse(session, deed=deed(), number=first.number, reason="خطأ في الاسم")
    undone = reverse(session, deed=deed(), number=second.number, reason="خطأ في الاسم")
    reverse(session, deed=deed(), number=first.number, reason="خطأ في الاسم")
    assert state_of(session, sheet) == before
    assert held(session, sheet, SOLD) == {"ليلى": "1/2", "كريم": "1/2"}
    known = {owner.name_ar for owner in owners(session, sheet=sheet, on=SOLD, known=second.at)}
    assert known == {"سمير", "كريم"}
    for number in (first.number, undone.number):
        with pytest.raises(Conflict, match="entry-not-reversible"):
            reverse(session, deed=deed(), number=number, reason="مرة أخرى")
    again = sell(session, sheet, who["ليلى"], who["رنا"], F(1, 2), SOLD - timedelta(days=30))
    assert again.number == 6
    assert held(session, sheet) == {"رنا": "1/2", "كريم": "1/2"}


def test_the_day_of_an_act_is_neither_to_come_nor_before_the_last(
    session: Session, who: dict[str, str], sheet: Sheet
) -> None:
    sell(session, sheet, who["ليلى"], who["سمير"], F(1, 4))
    with pytest.raises(Invalid, match="day-before-last-act"):
        sell(session, sheet, who["ليلى"], who["سمير"], F(1, 4), SOLD - timedelta(days=1))
    with pytest.raises(Invalid, match="day-to-come"):
        sell(session, sheet, who["ليلى"], who["سمير"], F(1, 4), today() + timedelta(days=1))
    with pytest.raises(Invalid, match="document-needed"):
        transfer(session, deed=Deed(REGISTRAR), act=Act.SALE, sheet_id=sheet.id, taken={}, given={})
    with pytest.raises(NotFound, match="party-unknown"):
        sell(session, sheet, who["ليلى"], "nobody", F(1, 4))
    engineer = Deed(Actor("e", "e", frozenset({Role.ENGINEER})), deed().document)
    with pytest.raises(Forbidden):
        transfer(session, deed=engineer, act=Act.SALE, sheet_id=sheet.id, taken={}, given={})
    sell(session, sheet, who["ليلى"], who["سمير"], F(1, 4))
    assert held(session, sheet) == {"كريم": "1/2", "سمير": "1/2"}


def test_inheritance_expropriation_and_correction(session: Session, who: dict[str, str], sheet: Sheet) -> None:
    heirs = (Heir(who["رنا"], F(1, 8)), Heir(who["كريم"], F(7, 8)))
    entry = enter_inheritance(session, deed=deed(on=SOLD), sheet_id=sheet.id, deceased=who["ليلى"], heirs=heirs)
    assert held(session, sheet) == {"رنا": "1/16", "كريم": "15/16"}
    assert [heir["part"] for heir in entry.data["heirs"]] == ["1/8", "7/8"]
    enter_correction(session, deed=deed(), sheet_id=sheet.id, correction=Correction(area=Decimal("612.40")))
    assert state_of(session, sheet).area == Decimal("612.40")
    assert state_of(session, sheet, on=SOLD).area == Decimal("600.00")
    enter_expropriation(session, deed=deed(), sheet_id=sheet.id, authority=who["المدينة"])
    assert held(session, sheet) == {"المدينة": "1"}


def test_signals_block_warn_and_are_lifted(session: Session, who: dict[str, str], sheet: Sheet) -> None:
    lawsuit = signal_about(SignalKind.LAWSUIT, "أساس 12/2021")
    place_signal(session, deed=deed(on=SOLD), sheet_id=sheet.id, signal=lawsuit)
    sold = sell(session, sheet, who["ليلى"], who["سمير"], F(1, 7))
    assert sold.data["warned"] == ["lawsuit: أساس 12/2021"]
    attachment = signal_about(SignalKind.ATTACHMENT, "تنفيذ 9", party=who["كريم"])
    place_signal(session, deed=deed(on=SOLD), sheet_id=sheet.id, signal=attachment)
    with pytest.raises(Conflict, match="signal-blocks"):
        sell(session, sheet, who["كريم"], who["سمير"], F(1, 4))
    sell(session, sheet, who["ليلى"], who["سمير"], F(1, 7))
    lift_signal(session, deed=deed(), sheet_id=sheet.id, signal_id=attachment.id)
    sell(session, sheet, who["كريم"], who["سمير"], F(1, 4), today())
    assert [mark.kind for mark in state_of(session, sheet, on=SOLD).signals] == ["lawsuit", "attachment"]
    assert [mark.kind for mark in state_of(session, sheet).signals] == ["lawsuit"]


def test_a_prohibition_lies_on_the_person_and_on_groups_of_the_person(
    session: Session, who: dict[str, str], sheet: Sheet
) -> None:
    signal = signal_about(SignalKind.NO_DISPOSAL, "قرار 5")
    place_on_person(session, deed=deed(), party_id=who["ليلى"], signal=signal)
    (placed,) = signals_on_persons(session, [who["ليلى"]])[who["ليلى"]]
    assert state_of(session, sheet).signals == ()
    with pytest.raises(Conflict, match="signal-blocks"):
        sell(session, sheet, who["ليلى"], who["سمير"], F(1, 4))
    group = register_group(
        session, actor=REGISTRAR, name_ar="ورثة", members={who["ليلى"]: F(1, 3), who["رنا"]: F(2, 3)}
    )
    other = register(session, "4712", {group.id: F(1)})
    with pytest.raises(Conflict, match="signal-blocks"):
        sell(session, other, group.id, who["سمير"], F(1))
    with pytest.raises(Conflict, match="signal-known"):
        place_on_person(session, deed=deed(), party_id=who["ليلى"], signal=signal)
    lift_from_person(session, deed=deed(), signal_id=placed.id)
    sell(session, sheet, who["ليلى"], who["سمير"], F(1, 4))
    sell(session, other, group.id, who["سمير"], F(1))


def test_a_mortgage_is_kept_in_new_piastres_with_its_epoch(
    session: Session, who: dict[str, str], sheet: Sheet
) -> None:  # fmt: skip
    old, new = Money(Decimal(5_000_000), Epoch.OLD), Money(Decimal("70000.00"))
    mortgage(session, deed=deed("رهن 1"), sheet_id=sheet.id, creditor="مصرف", amount=old)
    mortgage(session, deed=deed("رهن 2"), sheet_id=sheet.id, creditor="مصرف", amount=new, party=who["ليلى"])
    first, second = state_of(session, sheet).signals
    assert (first.piastres, first.epoch, first.rank) == (5_000_000, "SYP-old", 1)
    assert (second.piastres, second.epoch, second.rank, second.party) == (7_000_000, "SYP", 2, who["ليلى"])
    release(session, deed=deed(), sheet_id=sheet.id, signal_id=first.id)
    assert [mark.rank for mark in state_of(session, sheet).signals] == [2]
    forbidden = signal_about(SignalKind.NO_DISPOSAL, "قرار 5")
    place_on_person(session, deed=deed(), party_id=who["كريم"], signal=forbidden)
    mortgage(session, deed=deed("رهن 3"), sheet_id=sheet.id, creditor="مصرف", amount=new, party=who["ليلى"])
    for whose in (None, who["كريم"]):
        with pytest.raises(Conflict, match="signal-blocks"):
            mortgage(session, deed=deed("رهن 4"), sheet_id=sheet.id, creditor="مصرف", amount=new, party=whose)


def test_a_split_is_reversed_with_its_sheets(session: Session, who: dict[str, str], sheet: Sheet) -> None:
    pieces = [Piece("4711/1", Decimal("200.00")), Piece("4711/2", Decimal("400.00"))]
    children = enter_split(session, deed=deed(), sheet_id=sheet.id, pieces=pieces)
    assert [held(session, child) for child in children] == [{"ليلى": "1/2", "كريم": "1/2"}] * 2
    assert (state_of(session, sheet).status, sheet.active) == (SheetStatus.CLOSED, False)
    assert [child.id for child in successors(session, sheet.id)] == [child.id for child in children]
    with pytest.raises(Conflict, match="sheet-not-open"):
        sell(session, sheet, who["ليلى"], who["سمير"], F(1, 4), today())
    number = journal_of(session, children[0].id)[0].number
    reverse(session, deed=deed(), number=number, reason="خطأ في المساحة")
    assert sheet.active
    assert not any(child.active for child in children)
    assert successors(session, sheet.id) == []
    again = enter_split(session, deed=deed(), sheet_id=sheet.id, pieces=pieces)
    enter_correction(session, deed=deed(), sheet_id=again[0].id, correction=Correction(description="أرض"))
    number = journal_of(session, again[1].id)[0].number
    with pytest.raises(Conflict, match="entry-built-upon"):
        reverse(session, deed=deed(), number=number, reason="خطأ")


def test_parcels_merge_by_area(session: Session, who: dict[str, str], sheet: Sheet) -> None:
    other = register(session, "4712", {who["رنا"]: F(1)}, area="200.00")
    merged = enter_merge(session, deed=deed(), sheet_ids=[sheet.id, other.id], parcel="4799")
    assert held(session, merged) == {"ليلى": "3/8", "كريم": "3/8", "رنا": "1/4"}
    assert [parent.parcel for parent in predecessors(session, merged.id)] == ["4711", "4712"]
    assert (sheet.active, other.active, merged.active) == (False, False, True)


def test_sections_hold_2400_and_the_parcel_what_is_common(
    session: Session, who: dict[str, str], sheet: Sheet
) -> None:  # fmt: skip
    sections = (
        Section("1", "dwelling", Decimal("110.20"), 1300, {who["ليلى"]: F(1)}),
        Section("2", "shop", Decimal("80.00"), 1100),
    )
    opened = enter_strata(session, deed=deed(), sheet_id=sheet.id, division=Division(sections, ("درج",)))
    assert [(s.section, state_of(session, s).land_shares) for s in opened] == [("1", 1300), ("2", 1100)]
    assert (state_of(session, sheet).common, sheet.active) == (("درج",), True)
    sell(session, opened[0], who["ليلى"], who["رنا"], F(1, 3), today())
    assert held(session, opened[0]) == {"ليلى": "2/3", "رنا": "1/3"}
    place_signal(session, deed=deed(), sheet_id=sheet.id, signal=signal_about(SignalKind.VIOLATION, "ضبط 3"))
    with pytest.raises(Conflict, match="sheet-not-open"):
        sell(session, sheet, who["كريم"], who["رنا"], F(1, 3), today())


def test_the_temporary_sheet_points_to_the_permanent_one(
    session: Session, who: dict[str, str], sheet: Sheet
) -> None:  # fmt: skip
    place_signal(session, deed=deed(on=SOLD), sheet_id=sheet.id, signal=signal_about(SignalKind.PERMIT, "P-1"))
    permanent = transfer_to_permanent(session, deed=deed(), sheet_id=sheet.id, parcel="9001")
    assert (permanent.register, permanent.parcel, held(session, permanent)) == (
        "permanent",
        "9001",
        held(session, sheet),
    )
    assert [mark.detail for mark in state_of(session, permanent).signals] == ["P-1"]
    assert state_of(session, sheet).status is SheetStatus.TRANSFERRED
    assert [after.id for after in successors(session, sheet.id)] == [permanent.id]
    with pytest.raises(Conflict, match="sheet-not-open"):
        place_signal(session, deed=deed(), sheet_id=sheet.id, signal=signal_about(SignalKind.LAWSUIT, "1"))
    with pytest.raises(Conflict, match="sheet-permanent"):
        transfer_to_permanent(session, deed=deed(), sheet_id=permanent.id)


def test_one_sheet_speaks_for_a_property(session: Session, who: dict[str, str], sheet: Sheet) -> None:
    with pytest.raises(Conflict, match="sheet-exists"):
        register(session, "4711", {who["ليلى"]: F(1)})
    with pytest.raises(Invalid, match="sheet-not-whole"):
        register(session, "4713", {who["ليلى"]: F(1, 2)})
    reverse(session, deed=deed(), number=journal_of(session, sheet.id)[0].number, reason="فُتحت خطأً")
    assert not sheet.active
    assert held(session, register(session, "4711", {who["ليلى"]: F(1)})) == {"ليلى": "1"}


@pytest.mark.parametrize("table", ["journal_entries", "sources", "sheet_lineage"])
def test_what_is_entered_is_not_edited(database: Database, table: str) -> None:
    with database.transaction() as session:
        who = people(session, "ليلى")
        sheet = register(session, "1", {who["ليلى"]: F(1)})
        pieces = [Piece("2", Decimal(200)), Piece("3", Decimal(400))]
        enter_split(session, deed=deed(), sheet_id=sheet.id, pieces=pieces)
    with pytest.raises(DatabaseError, match="append-only"), database.transaction() as session:
        session.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - one of three fixed names


def test_the_verifier_sees_what_no_use_case_does(database: Database) -> None:
    with database.transaction() as session:
        who = people(session, "ليلى")
        register(session, "1", {who["ليلى"]: F(1)})
        session.execute(text("UPDATE sheet_shares SET numerator = '2', denominator = '3'"))
        session.execute(text("UPDATE sheet_versions SET state = 'closed'"))
        session.add(JournalEntry(number=9, act="sale", valid_on="2020-01-01", actor_id="x", data={}))
        session.flush()
        found = verify(session)
    assert {fault.code for fault in found.faults} == {"sheet-not-whole", "sheet-state", "journal-gap"}
    assert [fault.value for fault in found.faults if fault.code == "sheet-not-whole"] == ["2020-01-05: 2/3"]
    with database.reading() as session:
        assert session.scalar(select(JournalEntry.number).where(JournalEntry.number == 9)) == 9
