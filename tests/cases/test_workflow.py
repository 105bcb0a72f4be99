"""The workflow table: sound as a graph, and every cell of states x actions x roles answers as declared."""

from fractions import Fraction

import pytest

from permits import audit
from permits.cases.applicants import declare_applicant
from permits.cases.guards import GUARDS
from permits.cases.reviews import decide_finding
from permits.cases.tables import Case, FindingDecision, Stamp
from permits.cases.workflow import TABLE, WORKFLOWS, Action, Clock, State, advance, allowed, hindrance
from permits.db import Database
from permits.errors import Conflict, Forbidden, Invalid
from permits.land.tables import Zone
from permits.people.actor import SYSTEM, Actor, Role
from permits.people.clients import SYNDICATE_SCOPES, create_client
from permits.register.gate import Applicant
from permits.register.marking import lift_signal, place_signal, signal_about
from permits.register.signals import SignalKind
from tests.factories import make_actor, make_case, make_review, make_zone
from tests.register.offices import deed, people, register

ENDS = {State.PERMIT_ISSUED, State.REFUSED, State.WITHDRAWN}


def test_every_state_is_reached_and_leads_to_an_end() -> None:
    targets = {t.target for t in TABLE} | {State.DRAFT}
    assert targets == set(State)
    leads = set(ENDS)
    for _ in State:
        leads |= {source for t in TABLE for source in t.sources if t.target in leads}
    assert leads == set(State)


def test_no_action_is_without_role_or_twice_for_one_role_and_state() -> None:
    cells = [(s, t.action, r) for t in TABLE for s in t.sources for r in t.roles]
    assert len(cells) == len(set(cells))
    assert all(t.roles for t in TABLE)
    assert {g for t in TABLE for g in t.guards} == set(GUARDS)
    assert {t.clock for t in TABLE if t.target in ENDS} == {Clock.STOPPED}


def test_whoever_is_not_named_is_refused(database: Database) -> None:
    with database.transaction() as session:
        make_zone(session)
        engineer = make_actor(session, Role.ENGINEER)
        case = make_case(session, engineer)
        for state in State:
            case.state = str(state)
            for action in Action:
                for role in Role:
                    actor = Actor("someone", "x", frozenset({role}))
                    row = [t for t in TABLE if t.action is action and state in t.sources]
                    named = any(role in t.roles for t in row)
                    code = hindrance(session, case=case, action=action, actor=actor)
                    if not row:
                        assert code == "wrong-state"
                    elif not named and all(role not in t.roles for t in row[:1]):
                        assert code == "role-needed"


@pytest.fixture
def stamped(database: Database) -> dict[str, str]:
    """A case in review: stamped, with one failing finding and one undecided."""
    with database.transaction() as session:
        make_zone(session)
        engineer = make_actor(session, Role.ENGINEER)
        case = make_case(session, engineer, State.IN_REVIEW)
        model = make_review(session, case, [(2, "SET-01", "fail"), (5, "HGT-01", "undecided")])
        create_client(
            session, actor=SYSTEM, client_id="syndicate", name="n", role=Role.SYNDICATE,
            scopes=SYNDICATE_SCOPES,
        )  # fmt: skip
        session.flush()
        session.add(
            Stamp(case_id=case.id, model_sha256=model.sha256, client_id="syndicate", auditor="م. فلان", remarks="")
        )
        return {"case": case.id, "engineer": engineer.id}


def test_findings_must_be_decided_with_a_reason(database: Database, stamped: dict[str, str]) -> None:
    with database.transaction() as session:
        reviewer = make_actor(session, Role.REVIEWER)
        with pytest.raises(Conflict, match="findings-open"):
            advance(session, case_id=stamped["case"], action=Action.RECOMMEND, actor=reviewer)
        with pytest.raises(Invalid, match="reason-needed"):
            decide_finding(
                session, actor=reviewer, case_id=stamped["case"], position=2, decision="overridden", reason=" "
            )
        with pytest.raises(Invalid, match="decision-invalid"):
            decide_finding(session, actor=reviewer, case_id=stamped["case"], position=3, decision="stands", reason="x")
        for position in (2, 5):
            decide_finding(
                session, actor=reviewer, case_id=stamped["case"], position=position, decision="overridden",
                reason="قيس في الموقع",
            )  # fmt: skip
        case = advance(session, case_id=stamped["case"], action=Action.RECOMMEND, actor=reviewer)
        assert case.state == "awaiting_approval"
        assert [row.event for row in audit.timeline(session, case.id)].count("finding-decided") == 2


def _decide_all(database: Database, stamped: dict[str, str], decision: str) -> tuple[Actor, Actor]:
    with database.transaction() as session:
        reviewer = make_actor(session, Role.REVIEWER)
        both = Actor(reviewer.id, "x", frozenset({Role.REVIEWER, Role.APPROVER}))
        for position in (2, 5):
            decide_finding(
                session, actor=reviewer, case_id=stamped["case"], position=position, decision=decision, reason="سبب"
            )
        advance(session, case_id=stamped["case"], action=Action.RECOMMEND, actor=both)
        return both, make_actor(session, Role.APPROVER)


def test_four_eyes(database: Database, stamped: dict[str, str]) -> None:
    both, approver = _decide_all(database, stamped, "overridden")
    with database.transaction() as session:
        with pytest.raises(Conflict, match="four-eyes"):
            advance(session, case_id=stamped["case"], action=Action.APPROVE, actor=both)
        case = advance(session, case_id=stamped["case"], action=Action.APPROVE, actor=approver)
        assert case.state == "awaiting_payment"


def test_a_failure_that_stands_is_never_approved(database: Database, stamped: dict[str, str]) -> None:
    _, approver = _decide_all(database, stamped, "stands")
    with database.transaction() as session, pytest.raises(Conflict, match="failure-stands"):
        advance(session, case_id=stamped["case"], action=Action.APPROVE, actor=approver)


def test_a_new_model_voids_the_stamp(database: Database, stamped: dict[str, str]) -> None:
    _, approver = _decide_all(database, stamped, "overridden")
    with database.transaction() as session:
        model = make_review(session, session.get_one(Case, stamped["case"]))
        model.sha256 = "b" * 64
        session.flush()
        with pytest.raises(Conflict, match="stamp-missing"):
            advance(session, case_id=stamped["case"], action=Action.APPROVE, actor=approver)


def test_a_frozen_zone_is_judged_but_not_approved(database: Database, stamped: dict[str, str]) -> None:
    _, approver = _decide_all(database, stamped, "overridden")
    with database.transaction() as session:
        session.get_one(Zone, "Z").state = "frozen"
        session.flush()
        with pytest.raises(Conflict, match="zone-not-in-force"):
            advance(session, case_id=stamped["case"], action=Action.APPROVE, actor=approver)


def test_only_the_own_engineer_submits_and_only_a_reviewed_model(database: Database) -> None:
    with database.transaction() as session:
        make_zone(session)
        engineer, other = make_actor(session, Role.ENGINEER), make_actor(session, Role.ENGINEER, "other")
        case = make_case(session, engineer)
        for actor, code in ((other, "not-your-case"), (engineer, "no-finished-review")):
            with pytest.raises(Conflict, match=code):
                advance(session, case_id=case.id, action=Action.SUBMIT, actor=actor)
        with pytest.raises(Forbidden):
            advance(session, case_id=case.id, action=Action.SUBMIT, actor=SYSTEM)
        make_review(session, case)
        assert allowed(session, case=case, actor=engineer) == [Action.SUBMIT, Action.WITHDRAW]
        assert allowed(session, case=case, actor=other) == []
        assert advance(session, case_id=case.id, action=Action.SUBMIT, actor=engineer).state == "at_syndicate"


def test_decisions_are_rows_of_the_reviewer(database: Database, stamped: dict[str, str]) -> None:
    both, _ = _decide_all(database, stamped, "overridden")
    with database.reading() as session:
        assert {d.actor_id for d in session.query(FindingDecision)} == {both.id}


def test_a_running_case_keeps_the_version_it_began_under(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    shorter = tuple(row for row in TABLE if row.action is not Action.WITHDRAW)
    monkeypatch.setitem(WORKFLOWS, "building-permit/next", shorter)
    with database.transaction() as session:
        make_zone(session)
        engineer = make_actor(session, Role.ENGINEER)
        old, new = make_case(session, engineer), make_case(session, engineer)
        new.workflow = "building-permit/next"
        session.flush()
        assert allowed(session, case=old, actor=engineer) == [Action.WITHDRAW]
        assert allowed(session, case=new, actor=engineer) == []
        with pytest.raises(Conflict, match="wrong-state"):
            advance(session, case_id=new.id, action=Action.WITHDRAW, actor=engineer)
        assert advance(session, case_id=old.id, action=Action.WITHDRAW, actor=engineer).state == "withdrawn"


def test_the_register_holds_up_an_approval(database: Database, stamped: dict[str, str]) -> None:
    _, approver = _decide_all(database, stamped, "overridden")
    with database.transaction() as session:
        owner = people(session, "ليلى")["ليلى"]
        sheet = register(session, "100", {owner: Fraction(1)})
        violation = signal_about(SignalKind.VIOLATION, "ضبط 9")
        place_signal(session, deed=deed(), sheet_id=sheet.id, signal=violation)
        with pytest.raises(Conflict, match="register-unmet"):
            advance(session, case_id=stamped["case"], action=Action.APPROVE, actor=approver)
        lift_signal(session, deed=deed(), sheet_id=sheet.id, signal_id=violation.id)
        with pytest.raises(Conflict, match="register-undecided"):
            advance(session, case_id=stamped["case"], action=Action.APPROVE, actor=approver)
        declare_applicant(session, actor=SYSTEM, case_id=stamped["case"], applicant=Applicant(owner))
        case = advance(session, case_id=stamped["case"], action=Action.APPROVE, actor=approver)
        assert case.state == "awaiting_payment"
