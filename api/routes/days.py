"""The days of reconciliation through the API: sums of every side and what does not agree, for a finance program."""

from datetime import date
from typing import Any

from fastapi import APIRouter

from api.deps import ContextDep, GrantDep
from permits.money.money import Money
from permits.money.reconciliation.closing import Day, breaks_of, close_of, list_days, show_day
from permits.people.clients import Scope

router = APIRouter(prefix="/api/v1/days")


@router.get("")
def index(context: ContextDep, grant: GrantDep, since: date | None = None) -> dict[str, Any]:
    """The days of every party since a day, the newest first; without a word, of the last month."""
    actor = grant.need(Scope.ACCOUNTS_READ)
    with context.database.reading() as session:
        return {"days": [_public(one) for one in list_days(session, actor=actor, since=since)]}


@router.get("/{party}/{day}")
def show(context: ContextDep, grant: GrantDep, party: str, day: str) -> dict[str, Any]:
    """One day with its breaks, and the hash under which it was closed."""
    actor = grant.need(Scope.ACCOUNTS_READ)
    with context.database.reading() as session:
        found = show_day(session, actor=actor, party=party, day=day)
        closed, _ = close_of(session, party=party, day=day)
        rows = breaks_of(session, party=party, day=day)
    breaks = [
        {
            "key": row.key, "kind": row.kind, "stage": row.stage, "subject": row.subject, "state": row.state,
            "amount": _text(row.piastres), "reason": row.reason, "opened_on": row.opened_on,
        }
        for row in rows
    ]  # fmt: skip
    return {**_public(found), "breaks": breaks, "closed_sha256": closed.sha256 if closed else None}


def _public(one: Day) -> dict[str, Any]:
    """Amounts are text in new pounds; `unexplained` counts the breaks that nobody has explained."""
    sides = one.sides
    return {
        "party": one.party, "day": one.day, "state": str(one.state), "currency": "SYP", "ours": _text(sides.ours),
        "theirs": _text(sides.theirs), "announced": _text(sides.announced), "bank": _text(sides.bank),
        "unexplained": one.breaks,
    }  # fmt: skip


def _text(piastres: int) -> str:
    return f"{Money.of_piastres(piastres).amount:f}"
