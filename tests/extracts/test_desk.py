"""The registrar's form: what an act would change is told before it is entered, and what is refused says why."""

from dataclasses import replace
from fractions import Fraction

import pytest
from sqlalchemy import func, select

from permits import audit
from permits.audit import AuditEvent
from permits.calendar import today
from permits.errors import Conflict, Forbidden, RukhsaError
from permits.extracts.looking import look_at, search
from permits.jobs import Context
from permits.register.desk.entering import enter_written
from permits.register.desk.form import Written
from permits.register.desk.preview import preview_written
from permits.register.journal import entries_of_day
from permits.register.tables import JournalEntry, Party, Sheet
from permits.register.verify import verify
from permits.register.versions import state_of
from tests.extracts.counter import BUYER, OWNER, Counter, open_counter


@pytest.fixture
def counter(context: Context) -> Counter:
    return open_counter(context)


def wish(counter: Counter, act: str, **changes: str) -> Written:
    made = Written(act=act, sheet_id=counter.sheet.id, reason="عقد مصدّق", document="120/2026", day=today())
    return replace(made, **changes)  # type: ignore[arg-type] - texts of the form's own fields


def enter(context: Context, counter: Counter, written: Written) -> JournalEntry:
    with context.database.transaction() as session:
        return enter_written(session, actor=counter.registrar, written=written)


def lift_attachment(context: Context, counter: Counter) -> None:
    with context.database.reading() as session:
        signals = state_of(session, session.get_one(Sheet, counter.sheet.id)).signals
    attached = next(signal.id for signal in signals if signal.kind == "attachment")
    enter(context, counter, wish(counter, "lift", signal=attached))


def _counts(context: Context) -> tuple[int, int, int]:
    with context.database.reading() as session:
        entries = session.scalar(select(func.count()).select_from(JournalEntry)) or 0
        return entries, session.scalar(select(func.count()).select_from(Party)) or 0, audit.length(session)


def test_a_sale_is_previewed_and_leaves_nothing_then_is_entered(context: Context, counter: Counter) -> None:
    lift_attachment(context, counter)
    sale = wish(counter, "sale", party=counter.parties[OWNER], share="٣٠٠", name="نور بنت علي", identity="٠٥٠٦٠٧٠٨٠٩١")
    before = _counts(context)
    with context.database.transaction() as session:
        found = preview_written(session, actor=counter.registrar, written=sale, language="ar")
    assert {change.name: (change.before, change.after) for change in found.sheets[0].changes} == {
        OWNER: (Fraction(6, 7), Fraction(6, 7) - Fraction(1, 8)), BUYER: (Fraction(1, 7), Fraction(1, 7)),
        "نور بنت علي": (Fraction(0), Fraction(1, 8)),
    }  # fmt: skip
    assert len(found.warned) == 1
    assert _counts(context) == before
    entry = enter(context, counter, sale)
    assert (entry.act, entry.data["reason"]) == ("sale", "عقد مصدّق")
    with context.database.reading() as session:
        shares = state_of(session, session.get_one(Sheet, counter.sheet.id)).holdings
        assert sorted(shares.values()) == [Fraction(1, 8), Fraction(1, 7), Fraction(6, 7) - Fraction(1, 8)]
        assert verify(session).faults == ()


def test_a_blocked_sale_says_which_signal_and_previews_so_too(context: Context, counter: Counter) -> None:
    sale = wish(counter, "sale", party=counter.parties[OWNER], share="1/8", identity="01020304062")
    before = _counts(context)
    for act in (enter_written, lambda *a, **k: preview_written(*a, **k, language="ar")):
        with context.database.transaction() as session, pytest.raises(Conflict) as caught:
            act(session, actor=counter.registrar, written=sale)
        assert (caught.value.code, caught.value.values["annotation"]) == ("signal-blocks", "attachment")
    assert _counts(context) == before


def test_a_mortgage_is_entered_and_released(context: Context, counter: Counter) -> None:
    lift_attachment(context, counter)
    enter(context, counter, wish(counter, "mortgage", name="مصرف آخر", amount="١٠٠٠"))
    with context.database.reading() as session:
        signals = state_of(session, session.get_one(Sheet, counter.sheet.id)).signals
    second = next(signal for signal in signals if signal.beneficiary == "مصرف آخر")
    assert (second.rank, second.piastres) == (2, 1000_00)
    assert enter(context, counter, wish(counter, "release", signal=second.id)).act == "release"


def test_an_area_is_corrected_with_its_reason(context: Context, counter: Counter) -> None:
    with context.database.transaction() as session:
        written = wish(counter, "correction", area="٦٠٥٫٥")
        found = preview_written(session, actor=counter.registrar, written=written, language="ar")
    assert [str(state.area) for state in (found.sheets[0].before, found.sheets[0].after) if state] == [
        "600.00",
        "605.5",
    ]
    assert enter(context, counter, wish(counter, "correction", area="605.5")).data["area"] == "605.5"


@pytest.mark.parametrize(
    ("act", "changes", "code"),
    [
        ("sale", {"share": "x"}, "registry-share-unreadable"), ("sale", {"share": "1/0"}, "registry-share-unreadable"),
        ("sale", {"share": "300", "identity": "5", "name": "نور"}, "identity-number-invalid"),
        ("sale", {"share": "300", "identity": "99999999999"}, "name-needed"),
        ("sale", {"share": "2400", "identity": "01020304062"}, "share-not-held"),
        ("mortgage", {"name": "م", "amount": "س"}, "amount-invalid"), ("mortgage", {"amount": "5"}, "name-needed"),
        ("correction", {}, "registry-nothing-corrected"), ("correction", {"area": "-"}, "area-not-positive"),
        ("release", {"signal": "no"}, "signal-unknown"), ("first-registration", {}, "act-unknown"),
        ("gift", {"share": "1/8", "group": "ورثة لا أحد"}, "group-unknown"),
        ("reversal", {"entry": "9"}, "entry-unknown"),
        ("signal", {"kind": "permit"}, "signal-kind-unknown"),
        ("to-permanent", {"document": ""}, "document-number-needed"),
        ("attachment", {"reason": " "}, "reason-needed"), ("attachment", {"document": ""}, "signal-detail-needed"),
    ],
)  # fmt: skip
def test_what_is_refused_says_why(
    context: Context, counter: Counter, act: str, changes: dict[str, str], code: str
) -> None:  # fmt: skip
    party = {"party": counter.parties[OWNER]} if act == "sale" else {}
    with pytest.raises(RukhsaError) as caught:
        enter(context, counter, wish(counter, act, **party, **changes))
    assert caught.value.code == code


def test_only_a_registrar_enters_and_looks(context: Context, counter: Counter) -> None:
    with context.database.transaction() as session:
        with pytest.raises(Forbidden):
            enter_written(session, actor=counter.owner, written=wish(counter, "attachment"))
        with pytest.raises(Forbidden):
            look_at(session, actor=counter.owner, sheet_id=counter.sheet.id, language="ar")


def test_a_sheet_is_found_by_number_and_by_a_name_spelt_otherwise(context: Context, counter: Counter) -> None:
    with context.database.transaction() as session:
        for words, by_name in (("١٠٠ المزه", False), ("ليلي بنت سامى", True)):
            assert [one.sheet.id for one in search(session, actor=counter.registrar, words=words, by_name=by_name)] == [
                counter.sheet.id
            ]
        assert search(session, actor=counter.registrar, words="لا أحد", by_name=True) == []


def test_a_look_is_on_record_and_todays_journal_is_there(context: Context, counter: Counter) -> None:
    with context.database.transaction() as session:
        seen = look_at(session, actor=counter.registrar, sheet_id=counter.sheet.id, language="ar")
        assert [owner.identity for owner in seen.content.owners] == ["01020304051", "01020304062"]
        assert audit.timeline(session, counter.sheet.id)[-1].event == AuditEvent.SHEET_READ
        assert [entry.act for entry, _ in entries_of_day(session, day=today())] == [
            "first-registration", "sale", "mortgage", "annotated",
        ]  # fmt: skip
