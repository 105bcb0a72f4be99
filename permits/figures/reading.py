"""The rows that figures are computed from, as the database has them: queries and nothing else."""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from bim.report import WARNING
from permits.audit import AuditEvent, AuditRow
from permits.cases.clock import Turn
from permits.cases.reviews import questions
from permits.cases.tables import Case, CaseTurn, FindingDecision, Model, Review
from permits.cases.workflow import Clock, State
from permits.cash.entries import read_entry
from permits.cash.tables import CashDesk, CashEntry, Centre
from permits.documents.tables import Permit
from permits.figures.courses import ENDS
from permits.figures.rows import Booked, Course, Failure, Owing, Paid, Permitted, Rows, Ruling, Sections, Shift
from permits.land.tables import Zone
from permits.money.bills import BillState
from permits.money.tables import Allotment, Bill, LedgerEntry, LedgerTransaction, Payment


def read_rows(session: Session, *, begins: datetime, ends: datetime, office: str) -> Rows:
    """Everything that the months from `begins` to before `ends` need; the counters of `office` are always in line."""
    return Rows(
        courses=tuple(_courses(session, begins)), permits=tuple(permits_issued(session, begins, ends)),
        failures=tuple(_failures(session, begins, ends)), rulings=tuple(_rulings(session, begins, ends)),
        billed=tuple(_billed(session, begins, ends)), collected=tuple(_collected(session, begins, ends)),
        owing=tuple(_owing(session, begins)), paid=tuple(_paid(session, begins, ends)),
        shifts=tuple(_shifts(session, begins, ends, office)), sections=tuple(_sections(session, begins, ends)),
        zones=tuple(session.scalars(select(Zone.code).order_by(Zone.code))),
        centres=tuple(session.scalars(select(Centre.code).where(Centre.code != office).order_by(Centre.code))),
    )  # fmt: skip


def first_act(session: Session) -> datetime | None:
    """When the first act of this installation was, None before that."""
    at = session.scalar(select(AuditRow.at).order_by(AuditRow.seq).limit(1))
    return datetime.fromisoformat(at) if at else None


def _courses(session: Session, begins: datetime) -> Iterator[Course]:
    """The cases that had not ended before `begins`, with all their turns."""
    wanted = or_(Case.changed_at >= begins, Case.state.not_in([str(state) for state in ENDS]))
    query = (
        select(Case.id, Case.zone, CaseTurn.state, CaseTurn.clock, CaseTurn.at)
        .join(CaseTurn, CaseTurn.case_id == Case.id)
        .where(wanted, Case.state != str(State.DRAFT))
        .order_by(CaseTurn.at, CaseTurn.id)
    )
    zones: dict[str, str] = {}
    turns: defaultdict[str, list[Turn]] = defaultdict(list)
    for case_id, zone, state, clock, at in session.execute(query):
        zones[case_id] = zone
        turns[case_id].append(Turn(State(state), Clock(clock), at))
    return (Course(case_id, zone, tuple(turns[case_id])) for case_id, zone in zones.items())


def permits_issued(session: Session, begins: datetime, ends: datetime) -> Iterator[Permitted]:
    """The permits of the days from `begins` to before `ends`, both the first moments of a month."""
    first, last = begins.date().isoformat(), ends.date().isoformat()
    query = (
        select(Permit, Case.zone, Case.plot)
        .join(Case, Permit.case_id == Case.id)
        .where(Permit.document_sha256.is_not(None), Permit.issued_on >= first, Permit.issued_on < last)
        .order_by(Permit.issued_on, Permit.id)
    )
    for permit, zone, plot in session.execute(query):
        area = permit.facts.get("floor_area")
        yield Permitted(
            case_id=permit.case_id, zone=zone, plot=plot, use=permit.facts["use"], floors=permit.facts["floors"],
            floor_area=None if area is None else Decimal(area), issued=date.fromisoformat(permit.issued_on),
        )  # fmt: skip


def _failures(session: Session, begins: datetime, ends: datetime) -> Iterator[Failure]:
    query = select(Review, Model.case_id, Model.uploaded_at).join(Model, Review.model_id == Model.id)
    query = query.where(Model.case_id.is_not(None), Model.uploaded_at >= begins, Model.uploaded_at < ends)
    for review, case_id, at in session.execute(query.where(Review.state == "done")):
        failed = {q.rule for q in questions(review) if q.outcome == "fail" and q.severity != WARNING}
        yield from (Failure(case_id or "", rule, at) for rule in sorted(failed))


def _rulings(session: Session, begins: datetime, ends: datetime) -> Iterator[Ruling]:
    query = select(FindingDecision.decision, FindingDecision.at)
    for decision, at in session.execute(query.where(FindingDecision.at >= begins, FindingDecision.at < ends)):
        yield Ruling(decision == "overridden", at)


def _billed(session: Session, begins: datetime, ends: datetime) -> Iterator[Booked]:
    """What each event booked to all revenue accounts; a demand that is taken back is negative on its own day."""
    query = (
        select(LedgerTransaction.id, LedgerTransaction.at, LedgerEntry.piastres)
        .join(LedgerEntry, LedgerEntry.transaction_id == LedgerTransaction.id)
        .where(LedgerEntry.account.like("revenue:%"), LedgerTransaction.at >= begins, LedgerTransaction.at < ends)
    )
    events: dict[str, tuple[datetime, int]] = {}
    for event, at, piastres in session.execute(query):
        events[event] = (at, events.get(event, (at, 0))[1] - piastres)
    return (Booked(piastres, at) for at, piastres in events.values())


def _collected(session: Session, begins: datetime, ends: datetime) -> Iterator[Booked]:
    query = select(Allotment.piastres, Allotment.at).where(Allotment.at >= begins, Allotment.at < ends)
    return (Booked(piastres, at) for piastres, at in session.execute(query))


def _owing(session: Session, begins: datetime) -> Iterator[Owing]:
    """The bills that could be in arrears at some moment since `begins`."""
    unsettled = or_(Bill.settled_at.is_(None), Bill.settled_at >= begins)
    bills = session.scalars(select(Bill).where(unsettled).order_by(Bill.id)).all()
    given: defaultdict[str, list[Booked]] = defaultdict(list)
    taken = select(Allotment.bill_id, Allotment.piastres, Allotment.at).join(Bill, Allotment.bill_id == Bill.id)
    for bill_id, piastres, at in session.execute(taken.where(unsettled)):
        given[bill_id or ""].append(Booked(piastres, at))
    withdrawn = _withdrawn(session)
    for bill in bills:
        expired = bill.expires_at if bill.state == BillState.EXPIRED else None
        yield Owing(
            piastres=bill.piastres, issued=bill.issued_at, due=date.fromisoformat(bill.due_on),
            ended=withdrawn.get(bill.reference, expired), given=tuple(given[bill.id]),
        )  # fmt: skip


def _withdrawn(session: Session) -> dict[str, datetime]:
    query = select(AuditRow).where(AuditRow.event == str(AuditEvent.BILL_WITHDRAWN))
    return {json.loads(row.data)["reference"]: datetime.fromisoformat(row.at) for row in session.scalars(query)}


def _paid(session: Session, begins: datetime, ends: datetime) -> Iterator[Paid]:
    query = select(Payment.channel, Payment.piastres, Payment.paid_at)
    query = query.where(Payment.state == "accepted", Payment.paid_at >= begins, Payment.paid_at < ends)
    return (Paid(channel, piastres, at) for channel, piastres, at in session.execute(query))


def _shifts(session: Session, begins: datetime, ends: datetime, office: str) -> Iterator[Shift]:
    """The shifts that the packages of desks outside the office tell of."""
    query = (
        select(CashEntry, CashDesk.centre)
        .join(CashDesk, CashEntry.desk == CashDesk.code)
        .where(CashDesk.centre != office, CashEntry.kind.in_(("opened", "closed")))
        .where(CashEntry.imported_at >= begins)
        .order_by(CashEntry.desk, CashEntry.seq)
    )
    opened: dict[str, tuple[str, datetime]] = {}
    for row, centre in session.execute(query):
        at = read_entry(row.signed).at
        if row.kind == "opened":
            opened[row.desk] = (centre, at)
        elif row.desk in opened:
            where, since = opened.pop(row.desk)
            if since < ends and at > begins:
                yield Shift(where, since, at)
    yield from (Shift(centre, since, None) for centre, since in opened.values() if begins <= since < ends)


def _sections(session: Session, begins: datetime, ends: datetime) -> Iterator[Sections]:
    query = select(AuditRow).where(AuditRow.event == str(AuditEvent.DIVISION_ENTERED))
    for row in session.scalars(query):
        at = datetime.fromisoformat(row.at)
        if begins <= at < ends:
            yield Sections(int(json.loads(row.data)["sheets"]), at)
