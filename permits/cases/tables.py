"""Tables of a case: its models, their reviews, the syndicate's stamps and the reviewers' decisions."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from permits.db import Base, Id, new_id, utcnow


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
    engineer_id: Mapped[str] = mapped_column(Id, ForeignKey("users.id"), index=True)
    applied_on: Mapped[str] = mapped_column(String(10))
    opened_at: Mapped[datetime] = mapped_column(default=utcnow)
    changed_at: Mapped[datetime] = mapped_column(default=utcnow)
    recommended_by: Mapped[str | None] = mapped_column(Id)


class Model(Base):
    """One uploaded IFC file of a case, with its tie points as they were written; the newest is the one judged."""

    __tablename__ = "models"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(Id, ForeignKey("cases.id"), index=True)
    name: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64))
    ties: Mapped[str] = mapped_column(default="", server_default="")
    uploaded_at: Mapped[datetime] = mapped_column(default=utcnow)


class Upload(Base):
    """A resumable upload in progress; the bytes lie in `data_dir/uploads/<id>`."""

    __tablename__ = "uploads"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(Id, ForeignKey("cases.id"), index=True)
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
    """The syndicate's stamp, bound to the hash of the model it was put on."""

    __tablename__ = "stamps"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(Id, ForeignKey("cases.id"), index=True)
    model_sha256: Mapped[str] = mapped_column(String(64))
    client_id: Mapped[str] = mapped_column(String(80), ForeignKey("clients.id"))
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
