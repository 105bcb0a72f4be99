"""A register taken over from a table: read whole, judged sheet by sheet, worked by a registrar, entered once."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from permits.calendar import today
from permits.db import Database, new_id
from permits.errors import Conflict, Forbidden, Invalid
from permits.lists import RowFault
from permits.money.money import Epoch, Money
from permits.people.actor import Actor, Role
from permits.register.importing import queue
from permits.register.importing.profile import Column, profile_of, read_profile
from permits.register.importing.queue import TableRefused
from permits.register.importing.reading import read_sheet
from permits.register.importing.tables import Batch, Candidate, Correction
from permits.register.importing.writing import write_table
from permits.register.marking import mortgage, place_signal, signal_about
from permits.register.parties import Identity, IdentityKind, PartyKind, register_party
from permits.register.signals import SignalKind
from permits.register.tables import JournalEntry, Party, Sheet, Source
from permits.register.verify import verify
from permits.register.versions import state_of
from tests.register.offices import REGISTRAR, deed, held, register

HEAD = ["المنطقة", "رقم العقار", "النوع الشرعي", "المساحة", "المالك", "الرقم الوطني", "عدد الأسهم", "الإشارة",
        "سند الإشارة", "مبلغ الرهن", "المستفيد"]  # fmt: skip
WHOLE = ["المزة", "٤٧١١", "ملك", "٦١٢٫٤", "ليلى بنت سامي", "٠١٠٢٠٣٠٤٠٥١", "كامل"]
HALVES = [
    ["المزة", "4712", "ملك", "500", "كريم", "01020304052", "1/2", "رهن", "عقد 9", "250000", "المصرف العقاري"],
    ["", "", "", "", "رنا", "01020304053", "50%"],
]
PROFILE = profile_of("cadastre")


def table(folder: Path, rows: list[list[Any]], name: str = "sheets.xlsx", head: list[str] = HEAD) -> Path:
    book = Workbook()
    for row in [head, *rows]:
        book.active.append(row)
    book.save(folder / name)
    return folder / name


def take(session: Session, folder: Path, rows: list[list[Any]], **changed: Any) -> list[Candidate]:
    """The sheets of a file as they are judged."""
    path = table(folder, rows, f"{new_id()}.xlsx")
    batch = queue.take_in(session, actor=REGISTRAR, path=path, profile=PROFILE, **changed)
    return list(session.scalars(select(Candidate).where(Candidate.batch_id == batch.id).order_by(Candidate.position)))


def codes(one: Candidate) -> list[tuple[int, str, str]]:
    return [(fault["row"], fault["column"], fault["code"]) for fault in one.reasons["faults"]]


@pytest.mark.parametrize(
    ("changed", "column", "code"),
    [
        ({Column.SHARE: "ثلث"}, "share", "share_unreadable"), ({Column.SHARE: "3000"}, "share", "share_beyond"),
        ({Column.SHARE: "2399"}, "share", "not_whole"), ({Column.SHARE: ""}, "share", "missing"),
        ({Column.AREA: "كبيرة"}, "area", "area_unreadable"), ({Column.AREA: "0"}, "area", "area_unreadable"),
        ({Column.TENURE: ""}, "tenure", "missing"), ({Column.IDENTITY: "123"}, "identity", "identity_invalid"),
        ({Column.KIND: "؟"}, "kind", "word_unknown"), ({Column.SIGNAL: "سر"}, "signal", "word_unknown"),
        ({Column.SIGNAL: "رهن", Column.SIGNAL_DETAIL: "ع"}, "signal-amount", "amount_unreadable"),
        ({Column.SIGNAL: "دعوى"}, "signal-detail", "missing"), ({Column.OWNER: "م" * 301}, "owner", "too_long"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_by_its_cell(changed: dict[Column, str], column: str, code: str) -> None:
    whole = {
        Column.ZONE: "المزة", Column.PARCEL: "1", Column.TENURE: "ملك", Column.AREA: "600", Column.OWNER: "ليلى",
        Column.SHARE: "كامل",
    }  # fmt: skip
    assert read_sheet({7: whole}, PROFILE)[1] == []
    read, faults = read_sheet({7: whole | changed}, PROFILE)
    assert read is None
    assert [(fault.row, fault.column, fault.code) for fault in faults] == [(7, column, code)]


def test_rows_of_one_sheet_agree_and_repeat_a_signal() -> None:
    first = {
        Column.ZONE: "المزة", Column.PARCEL: "1", Column.TENURE: "ملك", Column.AREA: "600", Column.OWNER: "ليلى",
        Column.SHARE: "1/2", Column.SIGNAL: "دعوى", Column.SIGNAL_DETAIL: "3/2020",
    }  # fmt: skip
    second = first | {Column.OWNER: "كريم"}
    read, _ = read_sheet({1: first, 2: second}, PROFILE)
    assert read is not None
    assert [signal.detail for signal in read.signals] == ["3/2020"]
    _, faults = read_sheet({1: first, 2: second | {Column.AREA: "601"}}, PROFILE)
    assert faults == [RowFault(2, Column.AREA, "rows_differ", "601")]


@pytest.mark.parametrize(
    "changed",
    [
        "unknown: 1", "whole: 0", "words: {kind: {nobody: [x]}}", "columns: {parcel: [رقم]}", "status: sure",
        "zones: [{ar: المزة}]",
    ],
)  # fmt: skip
def test_a_profile_is_strict(changed: str) -> None:
    lines = [
        "status: fictitious",
        "source: s",
        "columns: {zone: [z], parcel: [p], tenure: [t], area: [a], owner: [o], share: [s]}",
    ]
    good = "\n".join(line for line in lines if not changed.startswith(line.split(":")[0]))
    assert read_profile("\n".join(lines)).whole == 2400
    with pytest.raises(Invalid, match="register-profile-broken"):
        read_profile(f"{good}\n{changed}")


def test_a_file_becomes_sheets_with_their_source(passing: Session, tmp_path: Path) -> None:
    day = today() - timedelta(days=30)
    first, second = take(passing, tmp_path, [WHOLE, *HALVES], day=day)
    assert (first.outcome, second.outcome) == ("ready", "ready")
    batch = passing.get_one(Batch, first.batch_id)
    assert queue.accept_ready(passing, actor=REGISTRAR, batch_id=batch.id) == 2
    sheet = passing.get_one(Sheet, second.sheet_id)
    assert (sheet.parcel, sheet.register, sheet.evidence) == ("4712", "permanent", "scan")
    assert held(passing, sheet, day) == {"كريم": "1/2", "رنا": "1/2"}
    (signal,) = state_of(passing, sheet).signals
    assert (signal.kind, signal.piastres, signal.epoch, signal.rank) == ("mortgage", 250_000, "SYP-old", 1)
    source = passing.scalars(select(Source).where(Source.number.endswith("#2"))).one()
    assert (source.kind, source.sha256, source.day) == ("register-file", batch.sha256, day.isoformat())
    assert verify(passing).faults == ()


def test_nothing_is_entered_twice(passing: Session, tmp_path: Path) -> None:
    path = table(tmp_path, [WHOLE, *HALVES])
    batch = queue.take_in(passing, actor=REGISTRAR, path=path, profile=PROFILE)
    assert queue.accept_ready(passing, actor=REGISTRAR, batch_id=batch.id) == 2
    assert queue.take_in(passing, actor=REGISTRAR, path=path, profile=PROFILE).id == batch.id
    assert queue.accept_ready(passing, actor=REGISTRAR, batch_id=batch.id) == 0
    again = take(passing, tmp_path, [*HALVES, WHOLE])  # another file that says the same
    assert [(one.outcome, one.state) for one in again] == [("known", "known")] * 2
    assert len(passing.scalars(select(JournalEntry)).all()) == 2
    with pytest.raises(Conflict, match="register-candidate-decided"):
        queue.accept(passing, actor=REGISTRAR, candidate_id=again[0].id)


def test_a_value_is_corrected_beside_what_was_written(passing: Session, tmp_path: Path) -> None:
    (one,) = take(passing, tmp_path, [[*WHOLE[:6], "2300"]])
    assert (one.outcome, codes(one)) == ("refused", [(1, "share", "not_whole")])
    assert queue.accept(passing, actor=REGISTRAR, candidate_id=one.id) is None
    with pytest.raises(Invalid, match="reason-needed"):
        queue.correct(passing, actor=REGISTRAR, candidate_id=one.id, row=1, column="share", value="2400", reason=" ")
    queue.correct(passing, actor=REGISTRAR, candidate_id=one.id, row=1, column="share", value="2400", reason="السند")
    assert one.outcome == "ready"
    kept = passing.scalars(select(Correction)).one()
    assert (kept.written, kept.value, kept.reason) == ("2300", "2400", "السند")
    assert queue.accept(passing, actor=REGISTRAR, candidate_id=one.id) is not None


def test_a_name_that_is_known_asks_and_an_identity_answers(passing: Session, tmp_path: Path) -> None:
    alike = register_party(passing, actor=REGISTRAR, name_ar="ليلي بنت سامى")
    identity = Identity(IdentityKind.NATIONAL_NUMBER, "01020304053")
    known = register_party(passing, actor=REGISTRAR, name_ar="رنا", identity=identity)
    first, second = take(passing, tmp_path, [[*WHOLE[:5], "", "كامل"], *HALVES])
    assert (first.outcome, codes(first)) == ("asks", [(1, "owner", "party_alike")])
    queue.choose(passing, actor=REGISTRAR, candidate_id=first.id, row=1, party_id=alike.id)
    assert first.outcome == "ready"
    assert queue.accept_ready(passing, actor=REGISTRAR, batch_id=first.batch_id) == 2
    assert set(state_of(passing, passing.get_one(Sheet, first.sheet_id)).holdings) == {alike.id}
    assert known.id in state_of(passing, passing.get_one(Sheet, second.sheet_id)).holdings
    (apart,) = take(passing, tmp_path, [["المزة", "9", *WHOLE[2:5], "", "كامل"]])
    queue.choose(passing, actor=REGISTRAR, candidate_id=apart.id, row=1, party_id=None)
    sheet = queue.accept(passing, actor=REGISTRAR, candidate_id=apart.id)
    assert sheet is not None
    assert alike.id not in state_of(passing, sheet).holdings


def test_an_identity_under_another_name_asks_and_against_a_choice_refuses(passing: Session, tmp_path: Path) -> None:
    identity = Identity(IdentityKind.NATIONAL_NUMBER, "01020304051")
    owner = register_party(passing, actor=REGISTRAR, name_ar="سمير", identity=identity)
    other = register_party(passing, actor=REGISTRAR, name_ar="هالة")
    (one,) = take(passing, tmp_path, [WHOLE])
    assert codes(one) == [(1, "owner", "party_otherwise")]
    queue.choose(passing, actor=REGISTRAR, candidate_id=one.id, row=1, party_id=other.id)
    assert (one.outcome, codes(one)) == ("refused", [(1, "identity", "identity_of_other")])
    queue.choose(passing, actor=REGISTRAR, candidate_id=one.id, row=1, party_id=owner.id)
    assert one.outcome == "ready"


def test_a_sheet_that_says_otherwise_is_listed_and_stays(passing: Session, tmp_path: Path) -> None:
    who = register_party(passing, actor=REGISTRAR, name_ar="ليلى بنت سامي")
    place = {"zone": "المزة", "parcel": "4711"}
    sheet = register(passing, "4711", {who.id: Fraction(1)}, area="612.4")
    sheet.cadastral_zone = place["zone"]
    passing.flush()
    (one,) = take(passing, tmp_path, [WHOLE])
    assert one.outcome == "asks"
    assert codes(one) == [(1, "owner", "party_alike")]
    queue.choose(passing, actor=REGISTRAR, candidate_id=one.id, row=1, party_id=who.id)
    assert [(f["column"], f["value"]) for f in one.reasons["faults"]] == [("register", "temporary ≠ permanent")]
    queue.reject(passing, actor=REGISTRAR, candidate_id=one.id, reason="في السجل المؤقت")
    assert (one.state, one.reason) == ("rejected", "في السجل المؤقت")


def test_one_owner_twice_without_identity_asks(passing: Session, tmp_path: Path) -> None:
    rows = [["المزة", "5", "ملك", "500", "كريم", "", "1/2"], ["المزة", "5", "", "", "كريم", "", "1/2"]]
    (one,) = take(passing, tmp_path, rows)
    assert codes(one) == [(2, "owner", "owner_twice")]
    for row in (1, 2):
        queue.correct(
            passing, actor=REGISTRAR, candidate_id=one.id, row=row, column="identity", value="01020304055",
            reason="صورة الهوية",
        )  # fmt: skip
    sheet = queue.accept(passing, actor=REGISTRAR, candidate_id=one.id)
    assert sheet is not None
    assert held(passing, sheet) == {"كريم": "1"}


def test_what_an_earlier_sheet_made_doubtful_stays_in_the_queue(passing: Session, tmp_path: Path) -> None:
    rows = [[*WHOLE[:5], "", "كامل"], ["المزة", "4713", *WHOLE[2:5], "", "كامل"]]
    one, other = take(passing, tmp_path, rows)
    assert (one.outcome, other.outcome) == ("ready", "ready")
    assert queue.accept_ready(passing, actor=REGISTRAR, batch_id=one.batch_id) == 1
    assert (other.state, codes(other)) == ("open", [(2, "owner", "party_alike")])


def test_columns_that_are_not_those_of_the_source_refuse_the_file(passing: Session, tmp_path: Path) -> None:
    path = table(tmp_path, [WHOLE], head=[*HEAD[:6], "حصته", *HEAD[7:]])
    with pytest.raises(TableRefused) as refused:
        queue.take_in(passing, actor=REGISTRAR, path=path, profile=PROFILE)
    assert [(f.column, f.code) for f in refused.value.faults] == [
        ("حصته", "column_unknown"),
        ("الحصة", "column_missing"),
    ]
    assert passing.scalars(select(Batch)).all() == []
    with pytest.raises(Forbidden):
        queue.take_in(passing, actor=Actor("c", "c", frozenset({Role.CASHIER})), path=path, profile=PROFILE)


def test_what_was_written_is_never_changed(database: Database, tmp_path: Path) -> None:
    with database.transaction() as session:
        take(session, tmp_path, [WHOLE])
    with pytest.raises(DatabaseError, match="append-only"), database.transaction() as session:
        session.execute(text("DELETE FROM register_rows"))


@contextmanager
def undone(books: Database) -> Iterator[Session]:
    """A session of which nothing stays."""
    with Session(books.engine.execution_options(writing=True), info=dict(books._info)) as session:
        yield session
        session.rollback()


NAMES = st.sampled_from(("ليلى", "كريم", "عبد الله", "رنا, هالة", 'شركة "النور"'))
SHEETS = st.lists(st.lists(st.tuples(NAMES, st.integers(1, 10**6)), min_size=1, max_size=5), min_size=1, max_size=4)


def fill(session: Session, sheets: list[list[tuple[str, int]]], marked: int) -> None:
    """A register with shares of any size, and signals on the sheet and on a share."""
    for parcel, owners in enumerate(sheets, 1):
        total = sum(weight for _, weight in owners)
        ids = [
            register_party(
                session, actor=REGISTRAR, name_ar=name, kind=PartyKind.LEGAL if "شركة" in name else PartyKind.NATURAL,
                identity=Identity(IdentityKind.PASSPORT, f"N{parcel}-{at}"),
            ).id
            for at, (name, _) in enumerate(owners)
        ]  # fmt: skip
        shares = {party: Fraction(weight, total) for party, (_, weight) in zip(ids, owners, strict=True)}
        sheet = register(session, str(parcel), shares, area=f"{marked + 1}.25")
        if marked % 2:
            about = signal_about(SignalKind.LAWSUIT, f"دعوى {marked}", party=ids[0])
            place_signal(session, deed=deed(), sheet_id=sheet.id, signal=about)
        if marked % 3:
            amount = Money(Decimal(marked), Epoch.OLD)
            mortgage(session, deed=deed(), sheet_id=sheet.id, creditor="مصرف", amount=amount)


def content(session: Session) -> list[object]:
    """The register without the ids of this database."""
    found: list[object] = []
    for sheet in session.scalars(select(Sheet).order_by(Sheet.parcel)):
        state = state_of(session, sheet)
        names = {party: session.get_one(Party, party) for party in state.holdings}
        owners = sorted((p.name_ar, p.kind, str(state.holdings[i])) for i, p in names.items())
        marks = sorted(
            (s.kind, s.detail, s.beneficiary, s.piastres or 0, s.epoch or "", s.rank or 0,
             names[s.party].name_ar if s.party else "")
            for s in state.signals
        )  # fmt: skip
        found.append((sheet.parcel, sheet.zone_names, sheet.register, sheet.evidence, state.area, owners, marks))
    return found


@given(sheets=SHEETS, marked=st.integers(0, 5))
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_register_written_and_taken_in_is_the_same(
    books: Database, tmp_path: Path, sheets: list[list[tuple[str, int]]], marked: int
) -> None:
    path = tmp_path / f"{new_id()}.csv"
    with undone(books) as session:
        fill(session, sheets, marked)
        expected = content(session)
        path.write_bytes(write_table(session, actor=REGISTRAR))
    with undone(books) as session:
        batch = queue.take_in(session, actor=REGISTRAR, path=path, profile=profile_of("rukhsa"))
        counts = queue.counts_of(session, actor=REGISTRAR, batch_id=batch.id)
        assert counts.outcomes == {"ready": len(sheets)}
        assert queue.accept_ready(session, actor=REGISTRAR, batch_id=batch.id) == len(sheets)
        assert content(session) == expected
        path.write_bytes(write_table(session, actor=REGISTRAR) + b"\r\n")
        again = queue.take_in(session, actor=REGISTRAR, path=path, profile=profile_of("rukhsa"))
        assert queue.counts_of(session, actor=REGISTRAR, batch_id=again.id).states == {"known": len(sheets)}
