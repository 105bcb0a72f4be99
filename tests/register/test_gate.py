"""What the register says to an application: every condition met, unmet and undecided, and what blocks approval."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import partial

import pytest
from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from api.docs.texts import patterns
from dashboards.fragments import fragment
from permits import audit
from permits.calendar import today
from permits.cases.applicants import declare_applicant, declared, owners_of, record_consent, register_conditions
from permits.cases.guards import GUARDS
from permits.cases.overrides import override, undecided
from permits.cases.tables import Case
from permits.cases.workflow import WORKFLOWS, Action, State, hindrance
from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.people.actor import SYSTEM, Actor, Role
from permits.privacy.accesses import looks_at
from permits.privacy.sight import Subject
from permits.register.acts.parcels import Piece
from permits.register.gate import (
    Applicant,
    Application,
    Condition,
    Debt,
    Met,
    Undecided,
    demands,
    judge_applicant,
    judge_consent,
    permit_gate,
)
from permits.register.marking import lift_signal, place_signal, signal_about
from permits.register.opening import enter_split
from permits.register.permit_marks import Closing, annotate_permit, close_permit, expire_permits
from permits.register.persons import place_on_person
from permits.register.signals import SignalKind
from permits.register.tables import Sheet
from permits.register.versions import state_of
from tests.factories import make_actor, make_case, make_zone
from tests.register.offices import REGISTRAR, deed, held, people, register

REASONS = (
    "no-sheet", "several-sheets", "sheet-closed", "no-applicant", "not-an-owner", "no-power-of-attorney",
    "power-of-attorney-ended", "consent-short", "signal-blocks", "debts-not-asked", "debts-due",
)  # fmt: skip
F = Fraction
DAY = date(2026, 6, 1)
HELD = {"layla": F(1, 2), "karim": F(1, 4), "rana": F(1, 4)}
APPLIES = Application("Z", "7", DAY, Applicant("layla"))


def of(conditions: tuple[Condition, ...], code: str) -> Condition:
    return next(condition for condition in conditions if condition.code == code)


@pytest.mark.parametrize(
    ("applicant", "outcome", "reason"),
    [
        (None, "undecided", "no-applicant"),
        (Applicant("layla"), "met", ""),
        (Applicant("samir"), "unmet", "not-an-owner"),
        (Applicant("layla", "سمير", "وكالة 7", DAY), "met", ""),
        (Applicant("layla", "سمير", "وكالة 7", DAY - timedelta(days=1)), "unmet", "power-of-attorney-ended"),
        (Applicant("layla", "سمير", "وكالة 7"), "unmet", "no-power-of-attorney"),
        (Applicant("layla", "سمير", "", DAY), "unmet", "no-power-of-attorney"),
    ],
)
def test_the_applicant_owns_or_acts_for_an_owner(applicant: Applicant | None, outcome: str, reason: str) -> None:
    found = judge_applicant(replace(APPLIES, applicant=applicant), HELD)
    assert (found.outcome, found.reason) == (outcome, reason)


@pytest.mark.parametrize(
    ("consents", "threshold", "outcome"),
    [
        ({}, F(1, 2), "met"),
        ({}, F(3, 4), "unmet"),
        ({"karim": "إقرار 1"}, F(3, 4), "met"),
        ({"karim": "إقرار 1"}, F(3, 4) + F(1, 10**9), "unmet"),
        ({"karim": "إقرار 1", "rana": "إقرار 2"}, F(1), "met"),
        ({"nobody": "إقرار 1"}, F(3, 4), "unmet"),
        ({"layla": "إقرار 1"}, F(3, 4), "unmet"),
    ],
)
def test_consent_is_counted_in_shares(consents: dict[str, str], threshold: F, outcome: str) -> None:
    assert judge_consent(replace(APPLIES, consents=consents), HELD, threshold).outcome == outcome


def test_without_an_applicant_there_is_no_consent_to_count() -> None:
    found = judge_consent(replace(APPLIES, applicant=None), HELD, F(3, 4))
    assert (found.outcome, found.threshold) == ("undecided", "3/4")


def test_the_demands_are_marked_as_fictitious() -> None:
    assert (demands().consent.value, demands().consent.status.value) == (F(3, 4), "fictitious")


@pytest.fixture
def session(passing: Session) -> Session:
    make_zone(passing)
    return passing


@pytest.fixture
def who(session: Session) -> dict[str, str]:
    return people(session, "ليلى", "كريم", "سمير")


@pytest.fixture
def sheet(session: Session, who: dict[str, str]) -> Sheet:
    return register(session, "100", {who["ليلى"]: F(3, 4), who["كريم"]: F(1, 4)})


@pytest.fixture
def case(session: Session, sheet: Sheet) -> Case:
    return make_case(session, make_actor(session, Role.ENGINEER), State.AWAITING_APPROVAL)


def test_a_case_with_its_owner_and_no_signal_is_agreed_to(session: Session, who: dict[str, str], case: Case) -> None:
    first = register_conditions(session, case=case)
    assert [(line.code, line.outcome) for line in first] == [
        ("sheet", "met"), ("applicant", "undecided"), ("consent", "undecided"), ("signals", "met"),
        ("debts", "met"),
    ]  # fmt: skip
    declare_applicant(session, actor=REGISTRAR, case_id=case.id, applicant=Applicant(who["كريم"]))
    short = of(register_conditions(session, case=case), "consent")
    assert (short.outcome, short.values["share"], short.threshold) == ("unmet", "1/4", "3/4")
    assert refused(session, case)
    record_consent(session, actor=REGISTRAR, case_id=case.id, party_id=who["ليلى"], document="إقرار 5")
    whole = of(register_conditions(session, case=case), "consent")
    assert (whole.outcome, whole.values["share"], whole.evidence) == ("met", "1", ("إقرار 5",))
    assert not refused(session, case)
    told = [row.event for row in audit.timeline(session, case.id)]
    assert told == ["applicant-declared", "consent-recorded"]


def refused(session: Session, case: Case) -> bool:
    """Whether the register alone holds up approval: the guards before it are another test's subject."""
    approver = Actor("a", "a", frozenset({Role.APPROVER}))
    row = next(row for row in WORKFLOWS[case.workflow] if row.action is Action.APPROVE)
    assert row.guards[-1] == "register_agrees"
    return GUARDS["register_agrees"](session, case, approver) == "register-unmet"


def asked(session: Session, case: Case) -> str | None:
    return GUARDS["register_agrees"](session, case, Actor("a", "a", frozenset({Role.APPROVER})))


def test_what_nobody_decided_holds_approval_up_until_it_is_let_pass(
    session: Session, who: dict[str, str], case: Case
) -> None:  # fmt: skip
    assert asked(session, case) == "register-undecided"
    approver = make_actor(session, Role.APPROVER)
    let = partial(override, session, case_id=case.id, reason="صفة مثبتة في إضبارة ورقية")
    with pytest.raises(Forbidden):
        let(actor=REGISTRAR, condition="applicant")
    with pytest.raises(Invalid, match="reason-needed"):
        override(session, actor=approver, case_id=case.id, condition="applicant", reason=" ")
    with pytest.raises(Conflict, match="condition-not-undecided"):
        let(actor=approver, condition="signals")
    case.recommended_by = approver.id
    with pytest.raises(Conflict, match="four-eyes"):
        let(actor=approver, condition="applicant")
    case.recommended_by = None
    let(actor=approver, condition="applicant")
    assert [one.code for one in undecided(session, case=case)] == ["consent"]
    with pytest.raises(Conflict, match="condition-not-undecided"):
        let(actor=approver, condition="applicant")
    let(actor=approver, condition="consent")
    assert asked(session, case) is None
    assert [row.event for row in audit.timeline(session, case.id)] == ["condition-overridden"] * 2
    declare_applicant(session, actor=REGISTRAR, case_id=case.id, applicant=Applicant(who["سمير"]))
    assert asked(session, case) == "register-unmet"
    case.state = str(State.PAID)
    with pytest.raises(Conflict, match="wrong-state"):
        let(actor=approver, condition="applicant")


def test_which_undecided_conditions_hold_up_is_data(
    session: Session, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    assert (demands().undecided.blocks, demands().undecided.status.value) == ({"applicant", "consent"}, "fictitious")
    none = demands().undecided.model_copy(update={"blocks": frozenset()})
    monkeypatch.setattr("permits.cases.overrides.demands", lambda: demands().model_copy(update={"undecided": none}))
    assert asked(session, case) is None
    with pytest.raises(ValidationError, match="blocks"):
        Undecided.model_validate({"blocks": ["mayor"], "status": "fictitious", "source": "x"})


def test_an_override_is_never_changed(session: Session, case: Case) -> None:
    row = override(
        session, actor=make_actor(session, Role.APPROVER), case_id=case.id, condition="consent", reason="لسبب"
    )
    row.reason = "لسبب آخر"
    with pytest.raises(DatabaseError, match="append-only"):
        session.flush()
    session.rollback()


def test_the_desk_is_told_who_applies_and_consents(session: Session, who: dict[str, str], case: Case) -> None:
    told = partial(declared, session, case_id=case.id, language="ar")
    reviewer, cashier = make_actor(session, Role.REVIEWER), make_actor(session, Role.CASHIER)
    assert (told(actor=reviewer).applicant, told(actor=reviewer).consents) == ("", ())
    agency = Applicant(who["كريم"], "سمير", "وكالة 7", DAY)
    declare_applicant(session, actor=REGISTRAR, case_id=case.id, applicant=agency)
    record_consent(session, actor=REGISTRAR, case_id=case.id, party_id=who["ليلى"], document="إقرار 5")
    seen = told(actor=reviewer)
    assert (seen.applicant, seen.agent, seen.power_of_attorney) == ("كريم", "سمير", "وكالة 7")
    assert (seen.expires, seen.consents) == (DAY.isoformat(), (("ليلى", "إقرار 5"),))
    assert (told(actor=cashier).applicant, told(actor=cashier).consents) == ("محجوب", (("محجوب", "إقرار 5"),))
    (looked,) = looks_at(session, actor=REGISTRAR, subject=Subject.CASE, subject_id=case.id)
    assert looked.name_en == "reviewer"
    assert [one.name_ar for one in owners_of(session, actor=REGISTRAR, case=case)] == ["ليلى", "كريم"]


def test_a_blocking_signal_blocks_and_a_warning_is_told(session: Session, sheet: Sheet, case: Case) -> None:
    place_signal(session, deed=deed(), sheet_id=sheet.id, signal=signal_about(SignalKind.LAWSUIT, "أساس 3"))
    warned = of(register_conditions(session, case=case), "signals")
    assert (warned.outcome, warned.evidence) == ("met", ("lawsuit: أساس 3",))
    violation = signal_about(SignalKind.VIOLATION, "ضبط 9")
    place_signal(session, deed=deed(), sheet_id=sheet.id, signal=violation)
    blocked = of(register_conditions(session, case=case), "signals")
    assert (blocked.outcome, blocked.evidence) == ("unmet", ("violation: ضبط 9", "lawsuit: أساس 3"))
    assert refused(session, case)
    lift_signal(session, deed=deed(), sheet_id=sheet.id, signal_id=violation.id)
    assert not refused(session, case)


def test_a_prohibition_on_an_owner_is_told(session: Session, who: dict[str, str], case: Case) -> None:
    place_on_person(session, deed=deed(), party_id=who["كريم"], signal=signal_about(SignalKind.NO_DISPOSAL, "قرار 1"))
    told = of(register_conditions(session, case=case), "signals")
    assert (told.values["warning"], told.evidence) == ("1", ("no-disposal: قرار 1",))


def test_a_closed_sheet_is_no_plot_to_build_on(session: Session, sheet: Sheet, case: Case) -> None:
    pieces = [Piece("100/1", Decimal(300)), Piece("100/2", Decimal(300))]
    enter_split(session, deed=deed(), sheet_id=sheet.id, pieces=pieces)
    (line,) = register_conditions(session, case=case)
    assert (line.outcome, line.reason, line.evidence) == ("unmet", "sheet-closed", ("100/1", "100/2"))
    assert refused(session, case)


def test_what_is_due_is_asked_of_whoever_knows(session: Session, sheet: Sheet) -> None:
    owing = permit_gate(session, APPLIES, debts=lambda _, __: (Debt(500, "تحقق 8"), Debt(20, "تحقق 9")))
    assert of(owing, "debts").outcome == "unmet"
    assert of(owing, "debts").values == {"piastres": "520"}
    assert of(permit_gate(session, APPLIES, debts=lambda _, __: ()), "debts").outcome == "met"


def test_without_a_sheet_nothing_is_taken_for_met(session: Session) -> None:
    (line,) = permit_gate(session, APPLIES)
    assert (line.outcome, line.reason) == ("undecided", "no-sheet")


def test_who_may_say_so_and_until_when(session: Session, who: dict[str, str], case: Case) -> None:
    engineer = Actor("e", "e", frozenset({Role.ENGINEER}))
    with pytest.raises(Forbidden):
        declare_applicant(session, actor=engineer, case_id=case.id, applicant=Applicant(who["ليلى"]))
    with pytest.raises(NotFound, match="party-unknown"):
        record_consent(session, actor=REGISTRAR, case_id=case.id, party_id="nobody", document="1")
    case.state = str(State.PAID)
    with pytest.raises(Conflict, match="wrong-state"):
        declare_applicant(session, actor=REGISTRAR, case_id=case.id, applicant=Applicant(who["ليلى"]))


def test_a_case_begun_before_is_not_asked(session: Session, sheet: Sheet, case: Case) -> None:
    place_signal(session, deed=deed(), sheet_id=sheet.id, signal=signal_about(SignalKind.VIOLATION, "ضبط 9"))
    approver = Actor("a", "a", frozenset({Role.APPROVER}))
    codes = set()
    for version in WORKFLOWS:
        case.workflow = version
        rows = [row for row in WORKFLOWS[version] if row.action is Action.APPROVE]
        codes.add((version, "register_agrees" in rows[0].guards))
        assert hindrance(session, case=case, action=Action.APPROVE, actor=approver) == "stamp-missing"
    assert codes == {("building-permit/1", False), ("building-permit/2", True), ("building-permit/3", True)}


def marks(session: Session, sheet: Sheet) -> list[tuple[str, str]]:
    return [(signal.kind, signal.detail) for signal in state_of(session, sheet).signals]


def test_a_permit_is_on_the_sheet_until_it_ends(session: Session, sheet: Sheet) -> None:
    day = today()
    for number, expires in (("P-1", day - timedelta(days=1)), ("P-2", day), ("P-3", day + timedelta(days=900))):
        annotate_permit(session, actor=SYSTEM, zone="Z", plot="7", permit=number, expires=expires)
    assert expire_permits(session, actor=SYSTEM) == ["P-1"]
    assert expire_permits(session, actor=SYSTEM) == []
    close_permit(session, actor=REGISTRAR, permit="P-2", why=Closing.REVOKED)
    close_permit(session, actor=SYSTEM, permit="P-3", why=Closing.OCCUPIED, occupancy="O-1")
    assert marks(session, sheet) == [("occupancy-permit", "O-1")]
    with pytest.raises(NotFound, match="permit-not-annotated"):
        close_permit(session, actor=SYSTEM, permit="P-3", why=Closing.EXPIRED)
    again = annotate_permit(session, actor=SYSTEM, zone="Z", plot="7", permit="P-3", expires=day)
    assert again.until_entry is not None
    assert marks(session, sheet) == [("occupancy-permit", "O-1")]
    assert held(session, sheet) == {"ليلى": "3/4", "كريم": "1/4"}
    assert session.scalar(select(Sheet.active).where(Sheet.id == sheet.id))


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_desk_shows_every_line(language: str) -> None:
    lines = [
        judge_applicant(APPLIES, HELD), judge_applicant(replace(APPLIES, applicant=None), HELD),
        judge_consent(APPLIES, HELD, F(3, 4)), judge_consent(replace(APPLIES, applicant=None), HELD, F(3, 4)),
        Condition("signals", Met.UNMET, "signal-blocks", {"blocking": "1"}, evidence=("violation: <b>9</b>",)),
        *(Condition("debts", Met.UNDECIDED, reason) for reason in REASONS),
    ]  # fmt: skip
    page = fragment("gate", language, conditions=lines)
    assert page.count("<tr>") == len(lines)
    assert "1/2 / 3/4" in page
    assert "&lt;b&gt;9" in page


def test_every_reason_of_the_gate_has_its_text() -> None:
    told = {key.removeprefix("gate-reason-") for key in patterns("en") if key.startswith("gate-reason-")}
    assert told == set(REASONS)
