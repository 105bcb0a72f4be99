"""Reminders of a stage's term: every day the case says in its own thread that the end of the office's term nears.

A reminder is a message of the system, so that it is new to everybody who takes part in the case, where he sees what
is new anyway: the engineer among his cases, the reviewer in the queue. Each step of the ladder is told once in a
stage; of steps that were passed while nobody looked, the last one alone.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.calendar import begin_of
from permits.cases.clock import Reading, reminders_reached
from permits.cases.queue import clock_notes, clock_reading
from permits.cases.tables import Case, CaseMessage
from permits.cases.terms import STAGES, case_terms
from permits.cases.workflow import lock_case
from permits.db import canonical
from permits.i18n import translate
from permits.jobs import Context
from permits.people.actor import SYSTEM

JOB = "cases.remind"
KIND = SIDE = "reminder"


def run_reminding(context: Context, *, day: str) -> None:
    """The job of every day; again on the same day tells nothing twice."""
    noon = begin_of(date.fromisoformat(day)) + timedelta(hours=12)
    with context.database.reading() as session:
        waiting = [case_id for case_id in _with_the_office(session) if _step(session, case_id, noon) is not None]
    for case_id in waiting:
        with context.database.transaction() as session:
            remind(session, case_id=case_id, now=noon)


def remind(session: Session, *, case_id: str, now: datetime) -> CaseMessage | None:
    """Write the reminder that a case has come to, unless it was written; its lock lets one of two do it."""
    lock_case(session, case_id)
    step = _step(session, case_id, now)
    if step is None:
        return None
    clock = clock_reading(session, case_id=case_id, now=now)
    stage = str(clock.turn.state)
    said = {"stage": stage, "step": step, "left": clock.left, "notes": clock_notes([clock])}
    row = CaseMessage(
        case_id=case_id, kind=KIND, side=SIDE, author_id=SYSTEM.id, author_name=SYSTEM.name, text=canonical(said),
        due_on=clock.deadline.isoformat() if clock.deadline else None,
    )  # fmt: skip
    session.add(row)
    session.flush()
    audit.record(
        session, AuditEvent.CASE_REMINDED, actor=SYSTEM, subject=case_id, message=row.id, stage=stage, step=step,
        deadline=row.due_on or "",
    )  # fmt: skip
    return row


def said(message: CaseMessage, language: str) -> str:
    """The words of a message: as they were written, of a reminder in the reader's language."""
    if message.kind != KIND:
        return message.text
    kept = json.loads(message.text)
    left, stage = int(kept["left"]), str(kept["stage"]).replace("_", "-")
    when = "today" if left == 0 else "before" if left > 0 else "late"
    stage_name = translate(language, f"state-{stage}")
    told = translate(language, f"reminder-{when}", days=abs(left), stage=stage_name, day=message.due_on or "")
    notes = [translate(language, note).removeprefix("* ") for note in kept["notes"]]  # the mark is the queue's
    return " ".join([told, translate(language, f"reminder-next-{stage}"), *notes])


def _with_the_office(session: Session) -> Sequence[str]:
    stages = sorted(str(stage) for stage in STAGES)
    return session.scalars(select(Case.id).where(Case.state.in_(stages)).order_by(Case.id)).all()


def _step(session: Session, case_id: str, now: datetime) -> int | None:
    """The step of the ladder to be told now: the last one reached, unless this stage of the case has told it."""
    clock = clock_reading(session, case_id=case_id, now=now)
    reached = _reached(clock)
    if not reached:
        return None
    rows = session.scalars(select(CaseMessage).where(CaseMessage.case_id == case_id, CaseMessage.kind == KIND))
    told = [json.loads(row.text) for row in rows]
    done = any((one["stage"], one["step"]) == (str(clock.turn.state), reached[-1]) for one in told)
    return None if done else reached[-1]


def _reached(clock: Reading) -> list[int]:
    """The steps reached that lie within the stage: a term of five days is not recalled five days before its end."""
    if clock.left is None or clock.term is None:
        return []
    term = clock.term
    return [step for step in reminders_reached(clock.left, case_terms()) if step > -term]
