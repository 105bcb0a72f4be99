"""The desks of the centres as the administrator sees them: receipt numbers given and used, and the last package."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from permits.cash.desks import list_desks
from permits.cash.importing import replay
from permits.cash.tables import CashBlock, CashEntry, Centre
from permits.people.actor import Actor, Role


@dataclass(frozen=True)
class DeskSeen:
    """A desk and its centre; `used` are the numbers that the office knows to be spent, `brought` its last package."""

    code: str
    centre: Centre
    until: str
    given: int
    used: int
    brought: datetime | None


def see_desks(session: Session, *, actor: Actor) -> list[DeskSeen]:
    """Every desk by its code."""
    actor.need(Role.ADMIN)
    size = select(CashBlock.desk, func.sum(CashBlock.last - CashBlock.first + 1)).group_by(CashBlock.desk)
    given = {desk: int(numbers) for desk, numbers in session.execute(size)}
    last = select(CashEntry.desk, func.max(CashEntry.imported_at)).group_by(CashEntry.desk)
    brought = {desk: at for desk, at in session.execute(last)}  # noqa: C416 - rows are no pairs to the type checker
    return [
        DeskSeen(
            code=one.code, centre=session.get_one(Centre, one.centre), until=one.until,
            given=given.get(one.code, 0), used=replay(session, one.code).spent, brought=brought.get(one.code),
        )
        for one in list_desks(session, actor=actor)
    ]  # fmt: skip
