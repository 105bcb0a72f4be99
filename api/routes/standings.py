"""The syndicate's word on its engineers: membership and until when it holds."""

from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from api.deps import ContextDep, GrantDep
from api.pages import language_of
from permits.cases.standing import EngineerStanding, record_standing, standing_by_login
from permits.people.clients import Scope

router = APIRouter()


class StandingRequest(BaseModel):
    """What the syndicate says of one engineer."""

    membership: str = Field(min_length=1, max_length=40)
    valid_until: date
    note: str = Field(default="", max_length=500)


def _public(standing: EngineerStanding) -> dict[str, Any]:
    return {
        "login": standing.login,
        "name": standing.name,
        "membership": standing.membership,
        "valid_until": standing.valid_until,
        "valid": standing.valid,
        "note": standing.note,
        "open_cases": standing.open_cases,
    }


@router.get("/api/v1/engineers/{login}/standing")
def show(request: Request, context: ContextDep, grant: GrantDep, login: str) -> dict[str, Any]:
    """What is on record, with the number of open cases."""
    actor = grant.need(Scope.CASES_READ)
    with context.database.reading() as session:
        return _public(standing_by_login(session, actor=actor, login=login, language=language_of(request)))


@router.put("/api/v1/engineers/{login}/standing")
def record(
    request: Request, context: ContextDep, grant: GrantDep, login: str, body: StandingRequest
) -> dict[str, Any]:  # fmt: skip
    """Record membership and validity; audited."""
    actor = grant.need(Scope.STANDINGS_WRITE)
    with context.database.transaction() as session:
        record_standing(
            session, actor=actor, login=login, membership=body.membership, valid_until=body.valid_until,
            note=body.note,
        )  # fmt: skip
        return _public(standing_by_login(session, actor=actor, login=login, language=language_of(request)))
