"""The phrase library: sentences by family of clause, filled from a finding, and those that the office adds."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from pydantic import Field, field_validator
from sqlalchemy import select
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.cases.tables import OfficePhrase
from permits.errors import Invalid, NotFound
from permits.people.actor import STAFF, Actor, Role
from permits.terms import SetTerms, read_terms

PLACEHOLDERS = frozenset({"clause", "value", "limit"})
ANY = ""
"""The family of a phrase that fits every clause."""
LONGEST = 500
_NAMED = re.compile(r"\{(\w*)\}")


class Use(StrEnum):
    """Where a phrase is written."""

    FINDING = "finding"
    RETURN = "return"


class Phrase(SetTerms):
    """One sentence in both languages; without families it fits every clause."""

    id: str
    families: tuple[str, ...]
    use: tuple[Use, ...] = Field(min_length=1)
    ar: str
    en: str

    @field_validator("ar", "en")
    @classmethod
    def _known_placeholders(cls, text: str) -> str:
        if unknown := set(_NAMED.findall(text)) - PLACEHOLDERS:
            raise ValueError(f"no such placeholder: {sorted(unknown)}")
        return text


class Library(SetTerms):
    """The file."""

    phrases: tuple[Phrase, ...]


@cache
def library() -> Library:
    """The phrases that come with the platform."""
    return read_terms(Path(__file__).with_name("phrases.yaml"), Library)


@dataclass(frozen=True)
class Offered:
    """A phrase as it would be written; `office_id` names one that the office added."""

    text: str
    office_id: str = ""


def family_of(rule: str) -> str:
    """The letters of a rule's code: SET of SET-01."""
    return rule.partition("-")[0]


def fill(text: str, values: Mapping[str, str]) -> str | None:
    """A phrase with its placeholders filled; None where a value is missing or a placeholder is unknown."""
    named = _NAMED.findall(text)
    if any(not values.get(name) for name in named):
        return None
    return _NAMED.sub(lambda match: values[match[1]], text)


def offered(
    session: Session, *, actor: Actor, use: Use, families: Collection[str], values: Mapping[str, str], language: str
) -> list[Offered]:  # fmt: skip
    """What fits: of the office first, then of the platform; those of the family before those for any clause."""
    actor.need(*STAFF)
    wanted = {*families, ANY}
    office = session.scalars(
        select(OfficePhrase).where(OfficePhrase.family.in_(wanted), ~OfficePhrase.retired)
        .order_by(OfficePhrase.family.desc(), OfficePhrase.id)
    )  # fmt: skip
    found = [(fill(row.text, values), row.id) for row in office]
    fitting = [one for one in library().phrases if use in one.use and (not one.families or wanted & set(one.families))]
    fitting.sort(key=lambda one: not one.families)
    found += [(fill(one.ar if language == "ar" else one.en, values), "") for one in fitting]
    return [Offered(text, office_id) for text, office_id in found if text is not None]


def add_phrase(session: Session, *, actor: Actor, family: str, text: str) -> OfficePhrase:
    """Keep a sentence in the office's library; one that is there already is not kept twice."""
    actor.need(Role.REVIEWER, Role.APPROVER)
    said = text.strip()
    if not said or len(said) > LONGEST or set(_NAMED.findall(said)) - PLACEHOLDERS:
        raise Invalid("phrase-invalid", longest=LONGEST)
    known = select(OfficePhrase).where(OfficePhrase.family == family, OfficePhrase.text == said, ~OfficePhrase.retired)
    if row := session.scalar(known.limit(1)):
        return row
    row = OfficePhrase(family=family, text=said, added_by=actor.id)
    session.add(row)
    session.flush()
    audit.record(session, AuditEvent.PHRASE_ADDED, actor=actor, subject=row.id, family=family, text=said)
    return row


def retire_phrase(session: Session, *, actor: Actor, phrase_id: str) -> None:
    """Offer a phrase of the office no longer; who added it, or an approver."""
    actor.need(Role.REVIEWER, Role.APPROVER)
    row = session.get(OfficePhrase, phrase_id, with_for_update=True)
    if row is None or (row.added_by != actor.id and not actor.has(Role.APPROVER)):
        raise NotFound("phrase-unknown")
    if not row.retired:
        row.retired = True
        audit.record(session, AuditEvent.PHRASE_RETIRED, actor=actor, subject=row.id)
