"""Which findings a person must answer before a case is decided."""

from typing import Any

from permits.cases.reviews import open_findings, questions, summarise
from permits.cases.tables import Review
from permits.db import Database
from permits.people.actor import Role
from tests.factories import make_actor, make_case, make_review, make_zone


def content(*severities: str) -> dict[str, Any]:
    findings = [{"rule": f"R{i}", "outcome": "fail", "severity": severity} for i, severity in enumerate(severities)]
    return {"summary": {"fail": len(findings)}, "refusal": None, "placement": None, "findings": findings}


def test_a_warning_is_asked_but_need_not_be_answered(database: Database) -> None:
    with database.transaction() as session:
        make_zone(session)
        case = make_case(session, make_actor(session, Role.ENGINEER))
        make_review(session, case)
        review = session.query(Review).one()
        review.summary = summarise(content("error", "warning"))
        session.flush()
        assert [q.rule for q in questions(review)] == ["R0", "R1"]
        assert [q.rule for q in open_findings(session, case_id=case.id)] == ["R0"]
