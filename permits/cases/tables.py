"""Tables of a case and of what comes before it: models, reviews, stamps, decisions, messages, drafts and pre-checks.

Messages are never changed: the migration calls `permits.immutable.forbid_changes` for each name in IMMUTABLE.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from permits.db import Base, Id, new_id, utcnow

IMMUTABLE = ("case_messages",)
_ONE_HOLDER = "(case_id IS NULL) <> (precheck_id IS NULL)"


class Case(Base):
    """One application for a building permit on one plot."""

    __tablename__ = "cases"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    workflow: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(40), index=True)
    zone: Mapped[str] = mapped_column(String(40), ForeignKey("zones.code"))
    plot: Mapped[str] = mapped_column(String(40), index=True)
    title: Mapped[str]
    kind: Mapped[str] = mapped_column(String(20), default="new", server_default="new")
    engineer_id: Mapped[str] = mapped_column(Id, ForeignKey("users.id"), index=True)
    applied_on: Mapped[str] = mapped_column(String(10))
    opened_at: Mapped[datetime] = mapped_column(default=utcnow)
    changed_at: Mapped[datetime] = mapped_column(default=utcnow)
    recommended_by: Mapped[str | None] = mapped_column(Id)


class CaseDraft(Base):
    """What an engineer has typed of a new case and not opened yet: one draft each, gone when the case is opened."""

    __tablename__ = "case_drafts"

    user_id: Mapped[str] = mapped_column(Id, ForeignKey("users.id"), primary_key=True)
    zone: Mapped[str] = mapped_column(String(40), default="")
    plot: Mapped[str] = mapped_column(String(40), default="")
    title: Mapped[str] = mapped_column(default="")
    kind: Mapped[str] = mapped_column(String(20), default="")
    changed_at: Mapped[datetime] = mapped_column(default=utcnow)


class Precheck(Base):
    """A review that an engineer asks for without a case, by the rules of the day `applied_on`; no desk sees it.

    `case_id` is the case that he opened with its model.
    """

    __tablename__ = "prechecks"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    zone: Mapped[str] = mapped_column(String(40), ForeignKey("zones.code"))
    plot: Mapped[str] = mapped_column(String(40))
    engineer_id: Mapped[str] = mapped_column(Id, ForeignKey("users.id"), index=True)
    applied_on: Mapped[str] = mapped_column(String(10))
    opened_at: Mapped[datetime] = mapped_column(default=utcnow)
    case_id: Mapped[str | None] = mapped_column(Id, ForeignKey("cases.id"))


class Model(Base):
    """One uploaded IFC file of a case or of a pre-check, with its tie points as they were written.

    The newest is the one judged.
    """

    __tablename__ = "models"
    __table_args__ = (CheckConstraint(_ONE_HOLDER, name="one_holder"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    case_id: Mapped[str | None] = mapped_column(Id, ForeignKey("cases.id"), index=True)
    precheck_id: Mapped[str | None] = mapped_column(Id, ForeignKey("prechecks.id"), index=True)
    name: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64))
    ties: Mapped[str] = mapped_column(default="", server_default="")
    uploaded_at: Mapped[datetime] = mapped_column(default=utcnow)


class Upload(Base):
    """A resumable upload in progress; the bytes lie in `data_dir/uploads/<id>`."""

    __tablename__ = "uploads"
    __table_args__ = (CheckConstraint(_ONE_HOLDER, name="one_holder"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    case_id: Mapped[str | None] = mapped_column(Id, ForeignKey("cases.id"), index=True)
    precheck_id: Mapped[str | None] = mapped_column(Id, ForeignKey("prechecks.id"), index=True)
    user_id: Mapped[str] = mapped_column(Id, ForeignKey("users.id"))
    name: Mapped[str]
    length: Mapped[int] = mapped_column(BigInteger)
    ties: Mapped[str] = mapped_column(default="", server_default="")
    model_id: Mapped[str | None] = mapped_column(Id, ForeignKey("models.id"))
    created_at: Mapped[datetime] = mapped_column(default=utcnow)


class Review(Base):
    """One automatic review of one model; `state` is queued, running, done, refused, failed or cancelled."""

    __tablename__ = "reviews"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    model_id: Mapped[str] = mapped_column(Id, ForeignKey("models.id"), unique=True)
    state: Mapped[str] = mapped_column(String(20), default="queued")
    stage: Mapped[str] = mapped_column(String(40), default="queued")
    progress: Mapped[float] = mapped_column(default=0.0)
    cancel: Mapped[bool] = mapped_column(default=False)
    report_sha256: Mapped[str | None] = mapped_column(String(64))
    summary: Mapped[dict[str, Any] | None]
    changed_at: Mapped[datetime] = mapped_column(default=utcnow)


class Stamp(Base):
    """The syndicate's stamp, bound to the hash of the model it was put on; by one of its programs or its auditors."""

    __tablename__ = "stamps"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(Id, ForeignKey("cases.id"), index=True)
    model_sha256: Mapped[str] = mapped_column(String(64))
    client_id: Mapped[str | None] = mapped_column(String(80), ForeignKey("clients.id"))
    user_id: Mapped[str | None] = mapped_column(Id, ForeignKey("users.id"), index=True)
    auditor: Mapped[str]
    remarks: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=utcnow)


class Remark(Base):
    """Why a case was sent back: the syndicate's or the reviewer's words for the engineer."""

    __tablename__ = "remarks"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(Id, ForeignKey("cases.id"), index=True)
    actor_id: Mapped[str] = mapped_column(String(80))
    actor_name: Mapped[str]
    text: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=utcnow)


class FindingDecision(Base):
    """What a reviewer decided on one finding of one review: it stands, or it is overridden; with the reason."""

    __tablename__ = "finding_decisions"
    __table_args__ = (UniqueConstraint("review_id", "position"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    review_id: Mapped[str] = mapped_column(Id, ForeignKey("reviews.id"))
    position: Mapped[int]
    rule: Mapped[str] = mapped_column(String(20))
    decision: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str]
    actor_id: Mapped[str] = mapped_column(Id, ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=utcnow)


class CaseOverride(Base):
    """That the approver let a condition of the register pass though nobody could decide it; never changed.

    `undecided` is the code of why it was undecided: for another cause it does not stand.
    """

    __tablename__ = "case_overrides"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(Id, ForeignKey("cases.id"), index=True)
    condition: Mapped[str] = mapped_column(String(20))
    undecided: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str]
    overridden_by: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(default=utcnow)


class CaseTurn(Base):
    """From when on a case was in a state and whose time ran (`workflow.Clock`); written with every change of state."""

    __tablename__ = "case_turns"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(Id, ForeignKey("cases.id"), index=True)
    state: Mapped[str] = mapped_column(String(40))
    clock: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime] = mapped_column(default=utcnow)


class CaseClaim(Base):
    """Which reviewer works on a case, and who gave it to him; what went before is in the audit chain."""

    __tablename__ = "case_claims"

    case_id: Mapped[str] = mapped_column(Id, ForeignKey("cases.id"), primary_key=True)
    reviewer_id: Mapped[str] = mapped_column(Id, ForeignKey("users.id"), index=True)
    given_by: Mapped[str] = mapped_column(Id, ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=utcnow)


class Standing(Base):
    """What the syndicate says of an engineer: his membership and until which day it holds."""

    __tablename__ = "engineer_standings"

    engineer_id: Mapped[str] = mapped_column(Id, ForeignKey("users.id"), primary_key=True)
    membership: Mapped[str] = mapped_column(String(40))
    valid_until: Mapped[str] = mapped_column(String(10))
    note: Mapped[str]
    recorded_by: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(default=utcnow)


class OfficePhrase(Base):
    """A phrase that the office added to its library; one that is retired is kept and no longer offered."""

    __tablename__ = "office_phrases"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    family: Mapped[str] = mapped_column(String(20), index=True)
    text: Mapped[str]
    added_by: Mapped[str] = mapped_column(Id, ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=utcnow)
    retired: Mapped[bool] = mapped_column(default=False)


class CaseComparison(Base):
    """What a newer model of a case changed against one before it: asked, then ready, or failed for good."""

    __tablename__ = "case_comparisons"

    model_id: Mapped[str] = mapped_column(Id, ForeignKey("models.id"), primary_key=True)
    before_id: Mapped[str] = mapped_column(Id, ForeignKey("models.id"))
    state: Mapped[str] = mapped_column(String(10), default="asked")
    result_sha256: Mapped[str | None] = mapped_column(String(64))
    asked_at: Mapped[datetime] = mapped_column(default=utcnow)


class PairComparison(Base):
    """Two judged models of a case that somebody asked to see beside each other: asked, then ready, or failed."""

    __tablename__ = "pair_comparisons"

    before_id: Mapped[str] = mapped_column(Id, ForeignKey("models.id"), primary_key=True)
    model_id: Mapped[str] = mapped_column(Id, ForeignKey("models.id"), primary_key=True)
    state: Mapped[str] = mapped_column(String(10), default="asked")
    result_sha256: Mapped[str | None] = mapped_column(String(64))
    asked_by: Mapped[str] = mapped_column(Id)
    asked_at: Mapped[datetime] = mapped_column(default=utcnow)


class CaseMessage(Base):
    """One message of a case's thread: never changed, never deleted.

    `kind` is message, request, answer, withdrawal or reminder; answer and withdrawal name the request in `about`.
    `side` is who wrote: engineer, office, syndicate, or reminder for the system, which keeps as `text` what it reminds
    of as JSON and as `due_on` the day with which the term is used up (`permits.cases.reminding`). A message may point
    at a finding (review and position) or at an element with the `viewpoint` it is seen from (a camera), or at a view
    of the 3D scene with the `elements` that were chosen in it.
    """

    __tablename__ = "case_messages"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(Id, ForeignKey("cases.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    about: Mapped[str | None] = mapped_column(Id, ForeignKey("case_messages.id"))
    side: Mapped[str] = mapped_column(String(10))
    author_id: Mapped[str] = mapped_column(String(80))
    author_name: Mapped[str]
    text: Mapped[str]
    due_on: Mapped[str | None] = mapped_column(String(10))
    review_id: Mapped[str | None] = mapped_column(Id, ForeignKey("reviews.id"))
    position: Mapped[int | None]
    element: Mapped[str | None] = mapped_column(String(22))
    viewpoint: Mapped[dict[str, Any] | None]
    elements: Mapped[list[str] | None] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(default=utcnow)


class CaseMessageRead(Base):
    """Up to which message somebody has read a case's thread."""

    __tablename__ = "case_message_reads"

    case_id: Mapped[str] = mapped_column(Id, ForeignKey("cases.id"), primary_key=True)
    reader_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    read_to: Mapped[str] = mapped_column(Id)
