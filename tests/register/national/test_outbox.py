"""Entries are announced in each sheet's order, at least once; what is not taken stops its sheet until it is settled."""

from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from permits.adapters.national_register import Acknowledgement, Answer, AnswerKind, NationalUnheard
from permits.audit import timeline
from permits.cash.sealed import unseal
from permits.documents.keys import verifying_keys
from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.jobs import HOURLY, Context
from permits.people.actor import SYSTEM
from permits.register.acts.parcels import Piece
from permits.register.entering import reverse
from permits.register.national.announcing import JOB, announce_entries, register_at, run_announcing
from permits.register.national.desk import again, open_announcements, settle, standings
from permits.register.national.envelope import KIND, state_hash
from permits.register.national.tables import Announcement, Standing
from permits.register.national.telling import why_text
from permits.register.opening import enter_split
from permits.register.tables import Sheet
from permits.register.versions import state_of
from permits.registry import register_jobs
from permits.settings import Settings
from tests.register.national.scenes import Listed, announcements, said, sold, states
from tests.register.offices import REGISTRAR, deed

OUT_1 = Answer(AnswerKind.OUT_OF_ORDER, awaited=1)


def test_every_entry_is_told_in_its_order_and_once_where_it_is_taken(context: Context) -> None:
    first, second = sold(context, "1", 2), sold(context, "2", 1)
    national = Listed()
    announce_entries(context, national)
    announce_entries(context, national)
    assert national.entries() == [1, 2, 3, 4, 5]
    assert states(context, first) == {1: "taken", 2: "taken", 3: "taken"}
    told = [said(one) for one in national.heard]
    assert [one["before"] for one in told] == [None, 1, 2, None, 4]
    assert [one["sheet"]["id"] for one in told] == [first] * 3 + [second] * 2
    with context.database.reading() as session:
        now = state_hash(state_of(session, session.get_one(Sheet, first)))
    assert told[2]["state"] == now
    assert len({one["state"] for one in told}) == 5
    for one in national.heard:
        unseal(KIND, one, verifying_keys(context.settings))


def test_no_name_of_a_person_leaves_the_office(context: Context) -> None:
    sold(context, "ليلى", 0)  # the owner is called by the parcel
    national = Listed()
    announce_entries(context, national)
    assert set(said(national.heard[0])) == {
        "format", "version", "office", "entry", "before", "act", "valid_on", "state", "sheet",
    }  # fmt: skip
    assert "ليلى-0".encode() not in national.heard[0]


def test_an_entry_is_told_on_every_sheet_that_it_changed(context: Context) -> None:
    parent = sold(context, "10", 0)
    with context.database.transaction() as session:
        pieces = [Piece("10-1", Decimal("200.00")), Piece("10-2", Decimal("400.00"))]
        children = [sheet.id for sheet in enter_split(session, deed=deed(), sheet_id=parent, pieces=pieces)]
    with context.database.transaction() as session:
        reverse(session, deed=deed(), number=2, reason="بطلت الموافقة")
    announce_entries(context, Listed())
    rows = announcements(context, [parent, *children])
    assert [row.number for row in rows] == [1, 2, 2, 2, 3, 3, 3]
    gone = {row.sheet_id: row.content["state"] for row in rows if row.number == 3}
    assert [gone[child] for child in children] == [state_hash(None)] * 2
    assert gone[parent] == rows[0].content["state"], "the reversal restores the sheet"


def test_the_start_is_kept_from_the_first_run(context: Context) -> None:
    sheet = sold(context, "1", 3)
    later = Context(context.database, context.storage, context.settings.model_copy(update={"national_start": 3}))
    announce_entries(later, Listed())
    announce_entries(context, Listed())
    assert states(context, sheet) == {3: "taken", 4: "taken"}
    assert announcements(context, [sheet])[0].content["before"] is None


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (Answer(AnswerKind.REFUSED, code="sheet-unknown"), "refused"),
        (Answer(AnswerKind.DIFFERS, state="ab"), "differing"),
        (Answer(AnswerKind.OUT_OF_ORDER, awaited=99), "refused"),
    ],
)
def test_what_is_not_taken_stops_its_sheet_alone(context: Context, answer: Answer, state: str) -> None:
    stopped, other = sold(context, "1", 2), sold(context, "2", 1)
    national = Listed([answer])
    announce_entries(context, national)
    announce_entries(context, national)
    assert national.entries() == [1, 4, 5]
    assert states(context, stopped) == {1: state, 2: "waiting", 3: "waiting"}
    assert set(states(context, other).values()) == {"taken"}
    with context.database.reading() as session:
        (one,) = open_announcements(session, actor=REGISTRAR)
        assert (one.sheet.parcel, one.behind, one.announcement.theirs) == ("1", 2, answer.state)
        assert [row.event for row in timeline(session, stopped)][-1] == "announcement-stopped"
        counts = standings(session, actor=REGISTRAR)
    assert (counts[Standing(state)], counts[Standing.WAITING], counts[Standing.TAKEN]) == (1, 2, 2)


def test_again_and_settling_let_the_sheet_go_on(context: Context) -> None:
    sheet = sold(context, "1", 2)
    refused = Answer(AnswerKind.REFUSED, code="sheet-unknown")
    national = Listed([refused, refused])
    announce_entries(context, national)
    (first, *_) = announcements(context, [sheet])
    with context.database.transaction() as session:
        again(session, REGISTRAR, first.id)
    announce_entries(context, national)
    assert national.entries() == [1, 1]
    with context.database.transaction() as session:
        with pytest.raises(Invalid, match="reason-needed"):
            settle(session, REGISTRAR, first.id, "  ")
        settle(session, REGISTRAR, first.id, "كتاب 12")
    announce_entries(context, national)
    assert national.entries() == [1, 1, 2, 3]
    assert states(context, sheet) == {1: "settled", 2: "taken", 3: "taken"}
    with context.database.reading() as session:
        events = [row.event for row in timeline(session, sheet)][-4:]
    assert events == ["announcement-stopped", "announcement-again", "announcement-stopped", "announcement-settled"]


def test_only_a_registrar_decides_and_only_what_is_stopped(context: Context) -> None:
    sheet = sold(context, "1", 0)
    announce_entries(context, Listed())
    (one,) = announcements(context, [sheet])
    with context.database.transaction() as session:
        with pytest.raises(Forbidden):
            settle(session, SYSTEM, one.id, "x")
        with pytest.raises(Conflict):
            again(session, REGISTRAR, one.id)
        with pytest.raises(NotFound):
            again(session, REGISTRAR, "none")


def test_silence_leaves_it_waiting_and_is_told_after_the_rest_was_tried(context: Context) -> None:
    quiet, other = sold(context, "1", 1), sold(context, "2", 0)
    national = Listed([NationalUnheard("status-503")])
    with pytest.raises(NationalUnheard, match="status-503"):
        announce_entries(context, national)
    assert national.entries() == [1, 3]
    assert states(context, quiet) == {1: "waiting", 2: "waiting"}
    assert announcements(context, [quiet])[0].tries == 1
    announce_entries(context, national)
    assert national.entries() == [1, 3, 1, 2]
    assert national.heard[0] == national.heard[2], "the same bytes"
    assert {*states(context, quiet).values(), *states(context, other).values()} == {"taken"}


def test_a_register_that_is_away_is_left_alone_and_the_least_tried_come_first(context: Context) -> None:
    for at in range(5):
        sold(context, str(at), 0)
    away: list[Answer | Exception] = [NationalUnheard("away")] * 3
    national = Listed(away)
    with pytest.raises(NationalUnheard):
        announce_entries(context, national)
    announce_entries(context, national)
    assert national.entries() == [1, 2, 3, 4, 5, 1, 2, 3]


def test_a_register_that_lost_entries_is_told_them_again(context: Context) -> None:
    sheet = sold(context, "1", 2)
    taken = Answer(AnswerKind.TAKEN)
    national = Listed([taken, taken, OUT_1])
    announce_entries(context, national)
    assert national.entries() == [1, 2, 3, 1, 2, 3]
    assert set(states(context, sheet).values()) == {"taken"}


def test_one_that_asks_back_for_ever_goes_to_the_registrar(context: Context) -> None:
    sheet = sold(context, "1", 1)
    taken = Answer(AnswerKind.TAKEN)
    national = Listed([taken, OUT_1] * 4)
    announce_entries(context, national)
    assert national.entries() == [1, 2] * 4
    (last,) = [one for one in announcements(context, [sheet]) if one.number == 2]
    assert (last.state, last.code) == ("refused", "out-of-order")


def test_a_later_answer_counts_once(context: Context) -> None:
    sheet = sold(context, "1", 1)
    refused = Acknowledgement("a", sheet, 1, Answer(AnswerKind.REFUSED, code="sheet-unknown"))
    national = Listed([Answer(AnswerKind.LATER), Answer(AnswerKind.LATER)])
    announce_entries(context, national)
    assert states(context, sheet) == {1: "sent", 2: "waiting"}
    national.acknowledged = [refused, Acknowledgement("c", "no such sheet", 1, Answer(AnswerKind.TAKEN))]
    announce_entries(context, national)
    assert states(context, sheet) == {1: "refused", 2: "waiting"}
    with context.database.transaction() as session:
        again(session, REGISTRAR, announcements(context, [sheet])[0].id)
    announce_entries(context, national)
    assert states(context, sheet) == {1: "sent", 2: "waiting"}, "the old refusal is not taken for a new one"
    national.acknowledged = [*national.acknowledged, Acknowledgement("b", sheet, 1, Answer(AnswerKind.TAKEN))]
    announce_entries(context, national)
    assert states(context, sheet) == {1: "taken", 2: "taken"}
    assert national.entries() == [1, 1, 2]


def test_what_happened_is_never_changed(context: Context) -> None:
    sold(context, "1", 0)
    announce_entries(context, Listed())
    for statement in ("UPDATE national_events SET kind = 'x'", "DELETE FROM national_events"):
        with pytest.raises(DatabaseError, match="append-only"), context.database.transaction() as session:
            session.execute(text(statement))


def test_nothing_is_announced_where_no_register_is_set(context: Context) -> None:
    register_jobs()
    assert JOB in HOURLY
    sheet = sold(context, "1", 0)
    run_announcing(context, hour="2026-01-01T00:00:00+00:00")
    assert states(context, sheet) == {}


def test_the_setting_is_an_address_or_a_folder() -> None:
    def kind(place: str) -> str:
        return type(register_at(Settings(national_register=place))).__name__

    assert [kind(""), kind("https://register.example"), kind("/srv/national")] == [
        "NoneType", "NationalHttp", "NationalFolder",
    ]  # fmt: skip


def test_the_reason_is_in_the_words_of_the_reader() -> None:
    differing = Announcement(state="differing", code="", theirs="ab")
    assert "غير ما في سجلنا" in why_text(differing, "ar")
    assert "does not know this sheet" in why_text(Announcement(state="refused", code="sheet-unknown"), "en")
    for code in ("E-17", "other", "رمز", "a b"):
        assert code in why_text(Announcement(state="refused", code=code), "ar")


@pytest.mark.parametrize(
    "code", ["unreadable", "unknown-key", "bad-signature", "office-unknown", "sheet-unknown", "out-of-order"]
)
def test_every_code_of_the_dialect_has_its_words(code: str) -> None:
    assert code not in why_text(Announcement(state="refused", code=code), "ar")
