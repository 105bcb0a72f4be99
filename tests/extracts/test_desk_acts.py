"""The rarer acts on the registrar's form: what each closes and opens is told before it is entered, and then is so."""

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import func, select

from permits import audit
from permits.audit import AuditEvent
from permits.calendar import today
from permits.errors import Conflict, Forbidden, Invalid, NotFound, RukhsaError
from permits.extracts.looking import Look, look_at
from permits.jobs import Context
from permits.people.actor import Role
from permits.register.desk.entering import enter_written
from permits.register.desk.estates import Estate, estates
from permits.register.desk.form import DeskAct, HeirLine, MergedLine, PieceLine, Written, acts_on
from permits.register.desk.parcels import area_of
from permits.register.desk.persons import Ground, MemberLine, clear_person, form_group, signal_person, undo_on_person
from permits.register.desk.preview import Preview, preview_written
from permits.register.dossier import dossier_of
from permits.register.sheets import current_sheet, sheet_of_plot
from permits.register.signals import SignalKind
from permits.register.state import SheetStatus
from permits.register.tables import JournalEntry, Sheet, Source
from permits.register.verify import verify
from tests.extracts.counter import BUYER, OWNER, Counter, open_counter
from tests.register.offices import held, register

F = Fraction
GROUND = Ground("ق-5", date(2026, 1, 4), "قرار المحكمة", "محكمة المثال")
WIFE, SON, DAUGHTER, GRANDSON = "سعاد المثال", "عمر المثال", "هند المثال", "يزن المثال"
NUMBERS = {WIFE: "02020202021", SON: "02020202032", DAUGHTER: "02020202043", GRANDSON: "02020202054"}
ESTATE = (
    HeirLine("1/8", NUMBERS[WIFE], WIFE), HeirLine("7/12", "", SON), HeirLine("7/24", NUMBERS[DAUGHTER], DAUGHTER),
    HeirLine("1/1", NUMBERS[GRANDSON], GRANDSON, of=2),
)  # fmt: skip
PIECES = (PieceLine("١٠١", "٢٠٠٫٥"), PieceLine("102", "399.50"))


@pytest.fixture
def counter(context: Context) -> Counter:
    """The office's sheet, free of the signals that hinder most acts."""
    counter = open_counter(context)
    for act, kind in (("lift", "attachment"), ("release", "mortgage")):
        signal = next(one.id for one in seen(context, counter).signals if one.kind == kind)
        enter(context, counter, act, signal=signal)
    return counter


def wish(counter: Counter, act: str, **changes: Any) -> Written:
    made = Written(act=act, sheet_id=counter.sheet.id, reason="بموجب الوثيقة", document="9/2026", day=today())
    return replace(made, **changes)


def enter(context: Context, counter: Counter, act: str, **changes: Any) -> JournalEntry:
    with context.database.transaction() as session:
        return enter_written(session, actor=counter.registrar, written=wish(counter, act, **changes))


def preview(context: Context, counter: Counter, act: str, **changes: Any) -> Preview:
    """What would change; nothing of it stays."""
    with context.database.transaction() as session:
        count = select(func.count()).select_from(JournalEntry)
        before = session.scalar(count)
        found = preview_written(
            session, actor=counter.registrar, written=wish(counter, act, **changes), language="ar"
        )  # fmt: skip
        assert session.scalar(count) == before
        return found


def seen(context: Context, counter: Counter, sheet_id: str = "") -> Look:
    with context.database.transaction() as session:
        return look_at(session, actor=counter.registrar, sheet_id=sheet_id or counter.sheet.id, language="ar")


def owners_of(context: Context, counter: Counter, sheet_id: str = "") -> dict[str, str]:
    with context.database.reading() as session:
        assert verify(session).faults == ()
        return held(session, session.get_one(Sheet, sheet_id or counter.sheet.id))


def neighbour(context: Context, counter: Counter) -> Sheet:
    """Parcel 200 beside the office's parcel 100, of half its area."""
    with context.database.transaction() as session:
        return register(session, "200", {counter.parties[BUYER]: F(1)}, area="300.00")


def test_heirs_of_an_heir_take_what_he_would_have_taken(context: Context, counter: Counter) -> None:
    asked = {"party": counter.parties[OWNER], "heirs": ESTATE}
    (sheet,) = preview(context, counter, "inheritance", **asked).sheets
    assert {one.name: one.after for one in sheet.changes if one.after} == {
        BUYER: F(1, 7), WIFE: F(6, 7) * F(1, 8), GRANDSON: F(6, 7) * F(7, 12), DAUGHTER: F(6, 7) * F(7, 24),
    }  # fmt: skip
    entry = enter(context, counter, "inheritance", **asked)
    assert owners_of(context, counter) == {BUYER: "1/7", WIFE: "3/28", GRANDSON: "1/2", DAUGHTER: "1/4"}
    with context.database.reading() as session:
        assert session.get_one(Source, entry.source_id).kind == "deed-of-inheritance"
        told = audit.timeline(session, counter.sheet.id)[-1]
    assert told.event == AuditEvent.ACT_ENTERED
    assert (json.loads(told.data)["act"], json.loads(told.data)["entry"]) == ("inheritance", entry.number)


def test_the_sum_of_every_estate_is_told_while_it_is_written() -> None:
    assert estates(ESTATE) == (Estate(0, F(1)), Estate(2, F(1)))
    assert estates([*ESTATE[:2], HeirLine("1/", of=2)]) == (Estate(0, F(17, 24)), Estate(2, None))
    assert estates([]) == (Estate(0, F(0)),)


def test_the_area_of_the_pieces_is_told_while_they_are_written() -> None:
    assert area_of(PIECES) == 600
    assert area_of([*PIECES, PieceLine("103", "")]) is None


@pytest.mark.parametrize(
    ("heirs", "code"),
    [
        (ESTATE[:3], "identity-number-invalid"), (ESTATE[:1], "heirs-not-whole"), ((), "heirs-not-whole"),
        ((*ESTATE[:1], HeirLine("7/8", "9", "س")), "identity-number-invalid"),
        ((*ESTATE[:3], replace(ESTATE[3], part="1/2")), "heirs-not-whole"),
        ((*ESTATE, HeirLine("1/1", NUMBERS[SON], SON, of=5)), "heirs-of-nobody"),
        ((HeirLine("كل", NUMBERS[WIFE], WIFE),), "registry-share-unreadable"),
    ],
)  # fmt: skip
def test_an_inheritance_that_does_not_come_out_is_refused(
    context: Context, counter: Counter, heirs: tuple[HeirLine, ...], code: str
) -> None:
    with pytest.raises(RukhsaError) as caught:
        enter(context, counter, "inheritance", party=counter.parties[OWNER], heirs=heirs)
    assert caught.value.code == code
    assert owners_of(context, counter) == {OWNER: "6/7", BUYER: "1/7"}


def test_an_authority_takes_a_part_of_every_share_and_is_known_the_second_time(
    context: Context, counter: Counter
) -> None:
    enter(context, counter, "expropriation", name="مجلس مدينة المثال", share="1/3")
    assert owners_of(context, counter) == {OWNER: "4/7", BUYER: "2/21", "مجلس مدينة المثال": "1/3"}
    enter(context, counter, "expropriation", name="مجلس مدينه المثال", share="2400")
    assert owners_of(context, counter) == {"مجلس مدينة المثال": "1"}


def test_a_gift_and_a_judgment_pass_a_share(context: Context, counter: Counter) -> None:
    taker = {"party": counter.parties[OWNER], "identity": NUMBERS[SON], "name": SON}
    assert enter(context, counter, "gift", share="1/7", **taker).act == "gift"
    judged = enter(context, counter, "judgment", share="2/7", **taker)
    assert owners_of(context, counter) == {OWNER: "3/7", BUYER: "1/7", SON: "3/7"}
    with context.database.reading() as session:
        assert session.get_one(Source, judged.source_id).kind == "court-judgment"


def test_a_split_tells_the_sheets_it_opens_and_they_lead_back(context: Context, counter: Counter) -> None:
    told = preview(context, counter, "split", pieces=PIECES).sheets
    assert [(one.parcel, one.before is None, one.after.status if one.after else None) for one in told] == [
        ("100", False, SheetStatus.CLOSED), ("101", True, SheetStatus.OPEN), ("102", True, SheetStatus.OPEN),
    ]  # fmt: skip
    entry = enter(context, counter, "split", pieces=PIECES)
    assert (entry.act, entry.data["reason"]) == ("split", "بموجب الوثيقة")
    closed = seen(context, counter)
    assert (closed.state.status, [one.parcel for one in closed.made]) == (SheetStatus.CLOSED, ["101", "102"])
    first = seen(context, counter, closed.made[0].id)
    assert ([one.parcel for one in first.made_of], str(first.state.area)) == (["100"], "200.5")
    assert owners_of(context, counter, first.sheet.id) == {OWNER: "6/7", BUYER: "1/7"}


def test_a_plot_whose_sheet_was_split_names_what_it_became(context: Context, counter: Counter) -> None:
    enter(context, counter, "split", pieces=PIECES)
    with context.database.transaction() as session:
        with pytest.raises(NotFound) as caught:
            current_sheet(session, actor=counter.registrar, zone="Z", plot="7", language="ar")
        assert (caught.value.code, caught.value.values["now"]) == ("sheet-succeeded", "101 · 102")


def test_pieces_may_be_allotted(context: Context, counter: Counter) -> None:
    owner, buyer = counter.parties[OWNER], counter.parties[BUYER]
    pieces = (replace(PIECES[0], owner=buyer), replace(PIECES[1], owner=owner))
    enter(context, counter, "split", pieces=pieces)
    opened = seen(context, counter).made
    assert [owners_of(context, counter, one.id) for one in opened] == [{BUYER: "1"}, {OWNER: "1"}]


@pytest.mark.parametrize(
    ("pieces", "code"),
    [
        (PIECES[:1], "pieces-needed"), ((*PIECES, PieceLine("103", "1")), "areas-unequal"),
        ((PIECES[0], PieceLine("102", "س")), "area-not-positive"),
        ((PIECES[0], PieceLine(" ", "399.5")), "parcel-number-needed"),
        ((PIECES[0], PieceLine("101", "399.5")), "sheet-exists"),
    ],
)  # fmt: skip
def test_a_split_that_does_not_come_out_is_refused(
    context: Context, counter: Counter, pieces: tuple[PieceLine, ...], code: str
) -> None:
    with pytest.raises(RukhsaError) as caught:
        enter(context, counter, "split", pieces=pieces)
    assert caught.value.code == code
    assert seen(context, counter).state.status is SheetStatus.OPEN


@pytest.mark.parametrize(
    ("own", "other", "owner"), [("", "", F(4, 7)), ("1/4", "3/4", F(3, 14))]
)  # two thirds by area, a quarter by the deed
def test_parcels_merge_by_area_or_as_the_deed_weighs_them(
    context: Context, counter: Counter, own: str, other: str, owner: Fraction
) -> None:
    beside = neighbour(context, counter)
    asked = {"parcel": "300", "share": own, "merged": (MergedLine("٢٠٠", other),)}
    assert [one.parcel for one in preview(context, counter, "merge", **asked).sheets] == ["100", "200", "300"]
    enter(context, counter, "merge", **asked)
    (made,) = seen(context, counter).made
    assert [one.parcel for one in seen(context, counter, made.id).made_of] == ["100", "200"]
    assert acts_on(seen(context, counter).state.status) == (DeskAct.REVERSAL,)
    assert owners_of(context, counter, made.id) == {OWNER: str(owner), BUYER: str(1 - owner)}
    assert seen(context, counter, beside.id).state.status is SheetStatus.CLOSED


def test_a_merge_with_a_parcel_that_is_not_there_is_refused(context: Context, counter: Counter) -> None:
    with pytest.raises(NotFound) as caught:
        enter(context, counter, "merge", parcel="300", merged=(MergedLine("777"),))
    assert (caught.value.code, caught.value.values["parcel"]) == ("sheet-unknown", "777")


def test_a_sheet_goes_on_in_the_permanent_register(context: Context, counter: Counter) -> None:
    enter(context, counter, "to-permanent")
    old = seen(context, counter)
    assert (old.state.status, [one.register for one in old.made]) == (SheetStatus.TRANSFERRED, ["permanent"])
    with context.database.reading() as session:
        assert sheet_of_plot(session, zone="Z", plot="7").id == old.made[0].id
    with pytest.raises(Conflict) as caught:
        enter(context, counter, "to-permanent", sheet_id=old.made[0].id)
    assert caught.value.code == "sheet-permanent"


def test_a_wrong_split_is_reversed_from_a_sheet_it_opened(context: Context, counter: Counter) -> None:
    entry = enter(context, counter, "split", pieces=PIECES)
    opened = seen(context, counter).made[0]
    asked = {"sheet_id": opened.id, "entry": str(entry.number), "document": "تصحيح 1"}
    told = preview(context, counter, "reversal", **asked).sheets
    assert {one.parcel: one.after is None for one in told} == {"100": False, "101": True, "102": True}
    reversal = enter(context, counter, "reversal", **asked)
    again = seen(context, counter)
    assert (reversal.sheet_id, again.state.status, again.made) == (counter.sheet.id, SheetStatus.OPEN, [])
    with pytest.raises(Conflict) as caught:
        enter(context, counter, "reversal", entry=str(entry.number))
    assert caught.value.code == "entry-not-reversible"


def test_an_entry_on_which_others_stand_is_not_reversed(context: Context, counter: Counter) -> None:
    first = enter(context, counter, "expropriation", name="مجلس المثال", share="1/3")
    enter(context, counter, "gift", party=counter.parties[OWNER], share="1/7", identity=NUMBERS[SON], name=SON)
    with pytest.raises(Conflict) as caught:
        enter(context, counter, "reversal", entry=str(first.number))
    assert caught.value.code == "entry-built-upon"


def test_a_signal_on_a_person_stands_on_every_sheet_and_blocks_his_acts(context: Context, counter: Counter) -> None:
    beside, buyer = neighbour(context, counter), counter.parties[BUYER]
    with context.database.transaction() as session:
        entry = signal_person(
            session, actor=counter.registrar, party_id=buyer, kind=SignalKind.NO_DISPOSAL, ground=GROUND
        )  # fmt: skip
    assert (entry.data["reason"], entry.data["detail"]) == ("قرار المحكمة", "ق-5")
    assert [(at, signal.detail) for at, signal in seen(context, counter).personal] == [(1, "ق-5")]
    assert [(at, signal.detail) for at, signal in seen(context, counter, beside.id).personal] == [(0, "ق-5")]
    gift = {"party": buyer, "share": "1/7", "identity": NUMBERS[SON], "name": SON}
    with pytest.raises(Conflict) as caught:
        enter(context, counter, "gift", **gift)
    assert caught.value.code == "signal-blocks"
    with context.database.transaction() as session:
        found = dossier_of(session, actor=counter.registrar, party_id=buyer)
        assert ([one.parcel for one in found.sheets], found.identity) == (["100", "200"], "01020304062")
        with pytest.raises(Invalid) as reasonless:
            clear_person(
                session, actor=counter.registrar, signal_id=found.signals[0].id, ground=replace(GROUND, reason=" ")
            )  # fmt: skip
        assert reasonless.value.code == "reason-needed"
        clear_person(session, actor=counter.registrar, signal_id=found.signals[0].id, ground=GROUND)
    enter(context, counter, "gift", **gift)
    with context.database.reading() as session:
        events = [one.event for one in audit.timeline(session, buyer)]
    assert events.count(AuditEvent.SIGNAL_ON_PERSON) == 2


def test_a_wrong_entry_on_a_person_is_undone(context: Context, counter: Counter) -> None:
    buyer, registrar = counter.parties[BUYER], counter.registrar
    with context.database.transaction() as session:
        entry = signal_person(session, actor=registrar, party_id=buyer, kind="lawsuit", ground=GROUND)
        with pytest.raises(NotFound) as caught:  # an entry of another person
            undo_on_person(
                session, actor=registrar, party_id=counter.parties[OWNER], number=entry.number, ground=GROUND
            )  # fmt: skip
        assert caught.value.code == "entry-unknown"
        undo_on_person(session, actor=registrar, party_id=buyer, number=entry.number, ground=GROUND)
        found = dossier_of(session, actor=registrar, party_id=buyer)
    assert (list(found.signals), [one.act for one in found.entries]) == ([], ["reversal", "annotated"])
    with context.database.reading() as session:
        assert verify(session).faults == ()


def test_a_group_takes_a_share_by_its_name(context: Context, counter: Counter) -> None:
    members = [MemberLine("01020304062", part="1/4"), MemberLine(NUMBERS[SON], SON, "3/4")]
    with context.database.transaction() as session:
        group = form_group(session, actor=counter.registrar, name="شركاء المثال", members=members)
        found = dossier_of(session, actor=counter.registrar, party_id=group.id)
    assert {one.party.name_ar: one.part for one in found.members} == {BUYER: F(1, 4), SON: F(3, 4)}
    enter(context, counter, "sale", party=counter.parties[OWNER], share="6/7", group="شركاء المثال")
    assert owners_of(context, counter) == {BUYER: "1/7", "شركاء المثال": "6/7"}


def test_a_member_is_named_once(context: Context, counter: Counter) -> None:
    with context.database.transaction() as session, pytest.raises(Invalid) as caught:
        form_group(session, actor=counter.registrar, name="م", members=[MemberLine("01020304062")] * 2)
    assert caught.value.code == "group-member-twice"


def test_two_groups_of_one_name_are_not_guessed_between(context: Context, counter: Counter) -> None:
    members = [MemberLine("01020304062"), MemberLine("01020304051")]
    more = [*members, MemberLine(NUMBERS[SON], SON)]
    with context.database.transaction() as session:
        for lines in (members, more):
            form_group(session, actor=counter.registrar, name="شركاء", members=lines)
        with pytest.raises(Conflict, match="group-known"):
            form_group(session, actor=counter.registrar, name="شُركاء", members=members[::-1])
    with pytest.raises(Conflict) as caught:
        enter(context, counter, "sale", party=counter.parties[OWNER], share="1/7", group="شركاء")
    assert caught.value.code == "name-ambiguous"


def test_nobody_but_a_registrar_acts_on_persons(context: Context, counter: Counter) -> None:
    clerk = replace(counter.registrar, roles=frozenset({Role.CASHIER}))
    with context.database.transaction() as session:
        for asked in (
            lambda: dossier_of(session, actor=clerk, party_id=counter.parties[BUYER]),
            lambda: form_group(session, actor=clerk, name="م", members=[MemberLine("01020304062")]),
            lambda: signal_person(
                session, actor=clerk, party_id=counter.parties[BUYER], kind="lawsuit", ground=GROUND
            ),
        ):  # fmt: skip
            with pytest.raises(Forbidden):
                asked()
