"""A draft of the modelling guide: begun from the one in force, changed clause by clause, published from a day on."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from bim.guide import workbook
from bim.guide.exchange import audited
from bim.guide.pack import GuidePack, parse_guide
from bim.guide.writing import data_of, sealed, yaml_of
from bim.packs import PackError
from permits import audit
from permits.audit import AuditEvent
from permits.calendar import today
from permits.db import utcnow
from permits.errors import Conflict, Invalid, NotFound
from permits.guides.published import pack_of
from permits.guides.tables import GuideDraft, GuidePublication, GuideWithdrawal
from permits.people.actor import Actor, Role
from permits.review.guides import guide_of, known_guides

READERS = (Role.ADMIN, Role.PLANNER)
TEXTS = ("title_ar", "title_en", "text_ar", "text_en", "source")
WORDS = ("severity", "status")
MOST_BYTES = 8 << 20


class FaultyGuideError(Invalid):
    """The draft is no guide; `faults` are all that was found, in the terms of `permits.review.wording`."""

    def __init__(self, faults: PackError) -> None:
        super().__init__("guide-faulty", count=len(faults.problems))
        self.faults = faults


def open_draft(session: Session, *, actor: Actor) -> GuideDraft | None:
    """The draft that is being changed, None where nobody began one."""
    actor.need(*READERS)
    return session.scalar(select(GuideDraft).where(GuideDraft.state == "open"))


def begin_draft(session: Session, *, actor: Actor) -> GuideDraft:
    """A draft of the guide in force today; the open one where there is one."""
    actor.need(Role.ADMIN)
    known = open_draft(session, actor=actor)
    if known:
        return known
    pack = guide_of(today())
    draft = GuideDraft(base=pack.id, content=yaml_of(pack).decode(), changed_by=actor.id)
    session.add(draft)
    session.flush()
    audit.record(session, AuditEvent.GUIDE_DRAFTED, actor=actor, subject=f"guide:{draft.id}", base=pack.id)
    return draft


def discard_draft(session: Session, *, actor: Actor) -> None:
    """Give the open draft up."""
    draft = _mine(session, actor)
    draft.state, draft.changed_by, draft.changed_at = "discarded", actor.id, utcnow()
    audit.record(session, AuditEvent.GUIDE_CHANGED, actor=actor, subject=f"guide:{draft.id}", discarded=True)


def change_clause(
    session: Session, *, actor: Actor, code: str, said: Mapping[str, str], revision: int
) -> GuideDraft:  # fmt: skip
    """Say one clause otherwise: `said` holds texts by `TEXTS`, `WORDS` and "params" (as YAML writes a mapping).

    Raises Conflict where somebody changed the draft since `revision`, FaultyGuideError where it would be no guide.
    """
    draft = _mine(session, actor)
    if draft.revision != revision:
        raise Conflict("guide-newer")
    data = data_of(pack_of(draft.content))
    if code not in data["entries"]:
        raise NotFound("guide-clause-unknown", clause=code)
    clause = data["entries"][code]
    for name, text in said.items():
        _say(clause, name, text.strip())
    changed = _guide(data)
    draft.content, draft.revision = yaml_of(changed).decode(), draft.revision + 1
    draft.changed_by, draft.changed_at = actor.id, utcnow()
    audit.record(
        session, AuditEvent.GUIDE_CHANGED, actor=actor, subject=f"guide:{draft.id}", clause=code, sha256=changed.sha256
    )
    return draft


def _say(clause: dict[str, Any], name: str, text: str) -> None:
    if name not in (*TEXTS, *WORDS, "params"):
        raise Invalid("guide-clause-unknown", clause=name)
    if name == "params" and text:
        try:
            clause[name] = yaml.safe_load(f"{{{text}}}")
        except yaml.YAMLError as error:
            raise Invalid("guide-params-unread", said=text[:80]) from error
    elif text:
        clause[name] = text
    else:
        clause.pop(name, None)


def import_workbook(session: Session, *, actor: Actor, content: bytes, name: str) -> GuideDraft:
    """Take a guide from Excel as the open draft, wholly or not at all."""
    draft = _mine(session, actor)
    if not content or len(content) > MOST_BYTES:
        raise Invalid("guide-file-needed", megabytes=MOST_BYTES >> 20)
    try:
        pack = audited(workbook.read(content, name))
    except PackError as error:
        raise FaultyGuideError(error) from error
    draft.content, draft.revision = yaml_of(pack).decode(), draft.revision + 1
    draft.changed_by, draft.changed_at = actor.id, utcnow()
    audit.record(session, AuditEvent.GUIDE_CHANGED, actor=actor, subject=f"guide:{draft.id}", file=name[:120])
    return draft


def _guide(data: Mapping[str, Any]) -> GuidePack:
    """The guide that a mapping says, with the hash of its YAML; raise FaultyGuideError."""
    try:
        return sealed(audited(parse_guide(data, "", "draft")))
    except PackError as error:
        raise FaultyGuideError(error) from error


def publish(session: Session, *, actor: Actor, pack: str, version: str, valid_from: str) -> GuidePublication:
    """Publish the open draft as a guide of its own id, in force from a day after today on."""
    draft = _mine(session, actor)
    day = _later(valid_from)
    if not pack.strip() or not version.strip():
        raise Invalid("guide-name-needed")
    taken = session.scalar(select(GuidePublication.id).where(GuidePublication.pack == pack.strip()))
    if taken or any(known.id == pack.strip() for known in known_guides()):
        raise Conflict("guide-name-taken", id=pack.strip())
    head = {"id": pack.strip(), "version": version.strip(), "valid_from": day, "valid_to": None}
    made = _guide({**data_of(pack_of(draft.content)), **head})
    row = GuidePublication(
        pack=made.id, version=made.version, valid_from=day.isoformat(), content=yaml_of(made).decode(),
        sha256=made.sha256, published_by=actor.id,
    )  # fmt: skip
    session.add(row)
    draft.state = "published"
    session.flush()
    audit.record(
        session, AuditEvent.GUIDE_PUBLISHED, actor=actor, subject=f"guide:{row.pack}", sha256=row.sha256,
        valid_from=row.valid_from,
    )  # fmt: skip
    return row


def withdraw(session: Session, *, actor: Actor, publication_id: str, reason: str) -> None:
    """Withdraw a published guide before its day: afterwards reviews were judged by it."""
    actor.need(Role.ADMIN)
    row = session.get(GuidePublication, publication_id)
    if row is None:
        raise NotFound("guide-unknown")
    if not reason.strip():
        raise Invalid("reason-needed")
    if session.get(GuideWithdrawal, row.id) or row.valid_from <= today().isoformat():
        raise Conflict("guide-in-force", day=row.valid_from)
    session.add(GuideWithdrawal(publication_id=row.id, reason=reason.strip(), withdrawn_by=actor.id))
    audit.record(session, AuditEvent.GUIDE_WITHDRAWN, actor=actor, subject=f"guide:{row.pack}", reason=reason.strip())


def publications(session: Session, *, actor: Actor) -> list[tuple[GuidePublication, GuideWithdrawal | None]]:
    """What was published, the newest first, each with its withdrawal."""
    actor.need(*READERS)
    joined = select(GuidePublication, GuideWithdrawal).outerjoin(
        GuideWithdrawal, GuideWithdrawal.publication_id == GuidePublication.id
    )
    return [(row, gone) for row, gone in session.execute(joined.order_by(GuidePublication.id.desc()))]


def _mine(session: Session, actor: Actor) -> GuideDraft:
    """The open draft, locked for whoever may change it."""
    actor.need(Role.ADMIN)
    draft = session.scalar(select(GuideDraft).where(GuideDraft.state == "open").with_for_update())
    if draft is None:
        raise NotFound("guide-no-draft")
    return draft


def _later(text: str) -> date:
    try:
        day = date.fromisoformat(text.strip())
    except ValueError as error:
        raise Invalid("day-invalid", day=text[:20]) from error
    if day <= today():
        raise Invalid("guide-day-past", day=day.isoformat())
    return day
