"""Persons of the register through the API: read, a signal tried and entered or lifted, a group put on record."""

from dataclasses import asdict
from datetime import date
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from api.deps import ContextDep, GrantDep
from permits.people.clients import Scope
from permits.privacy.accesses import LIST, look
from permits.privacy.sight import Subject
from permits.register.desk.persons import (
    Ground,
    MemberLine,
    OnPerson,
    PersonAct,
    enter_on_person_after,
    form_group,
    preview_on_person,
    try_group,
)
from permits.register.dossier import Dossier, Member, dossier_of
from permits.register.parties import find_parties

router = APIRouter(prefix="/api/v1")
TEXT, LINES = 500, 2000


class Act(BaseModel):
    """An act on a person as it stands on the registrar's form; an unknown key is an error.

    `after` is the number of the last entry on the person as it was read, 0 where there is none: an act that is sent
    twice, or after somebody else's, is refused. `signal` is an id and `entry` a number, as the person tells them.
    """

    model_config = ConfigDict(extra="forbid")

    act: PersonAct
    after: int = Field(ge=0)
    reason: str = Field(min_length=1, max_length=TEXT)
    document: str = Field(min_length=1, max_length=80)
    day: date
    issuer: str = Field(default="", max_length=200)
    kind: str = Field(default="", max_length=40)
    signal: str = Field(default="", max_length=40)
    entry: int | None = Field(default=None, ge=1)

    def written(self, party_id: str) -> OnPerson:
        """The same on the form of a person."""
        ground = Ground(self.document, self.day, self.reason, self.issuer)
        return OnPerson(self.act, party_id, ground, kind=self.kind, signal=self.signal, entry=self.entry)


class Group(BaseModel):
    """Persons who hold one share jointly, by national number, with their parts (fractions or 2400ths) or without any.

    The same persons under the same name are one group: sent twice, it is refused.
    """

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=TEXT)
    members: tuple[MemberLine, ...] = Field(min_length=2, max_length=LINES)


@router.get("/parties")
def find(context: ContextDep, grant: GrantDep, words: str) -> dict[str, Any]:
    """Persons and groups by name, however it is spelt, or by the number of a document; the search is kept."""
    actor = grant.need(Scope.SHEETS_READ)
    with context.database.transaction() as session:
        found = find_parties(session, actor=actor, words=words)
        look(session, actor=actor, subject=Subject.PARTY, subject_id=LIST)
        return {"parties": [{"party": one.id, "name": one.name_ar, "kind": one.kind} for one in found]}


@router.get("/parties/{party_id}")
def show(context: ContextDep, grant: GrantDep, party_id: str) -> dict[str, Any]:
    """A person with signals, sheets and entries of the journal, or a group with its members; the look is kept."""
    actor = grant.need(Scope.SHEETS_READ)
    with context.database.transaction() as session:
        return _party(dossier_of(session, actor=actor, party_id=party_id))


@router.post("/parties/{party_id}/acts", status_code=201)
def enter(context: ContextDep, grant: GrantDep, party_id: str, body: Act) -> dict[str, Any]:
    """Place a signal on a person, lift one, or undo a wrong entry; the answer names its number in the journal."""
    actor = grant.need(Scope.SHEETS_WRITE)
    with context.database.transaction() as session:
        entry = enter_on_person_after(session, actor=actor, written=body.written(party_id), last=body.after)
        return {"number": entry.number, "party": entry.party_id}


@router.post("/parties/{party_id}/acts/preview")
def preview(context: ContextDep, grant: GrantDep, party_id: str, body: Act) -> dict[str, Any]:
    """The signals on the person before the act and after it; nothing is entered."""
    actor = grant.need(Scope.SHEETS_WRITE)
    with context.database.transaction() as session:
        before, after = preview_on_person(session, actor=actor, written=body.written(party_id))
    return {"before": [asdict(one) for one in before], "after": [asdict(one) for one in after]}


@router.post("/groups", status_code=201)
def make_group(context: ContextDep, grant: GrantDep, body: Group) -> dict[str, Any]:
    """Put a group on record; the answer names it as a party, to which a share is passed by its name."""
    actor = grant.need(Scope.SHEETS_WRITE)
    with context.database.transaction() as session:
        return {"party": form_group(session, actor=actor, name=body.name, members=body.members).id}


@router.post("/groups/preview")
def preview_group(context: ContextDep, grant: GrantDep, body: Group) -> dict[str, Any]:
    """The members that the group would have; nothing is entered."""
    actor = grant.need(Scope.SHEETS_WRITE)
    with context.database.transaction() as session:
        found = try_group(session, actor=actor, name=body.name, members=body.members)
    return {"members": [{"name": one.name, "known": one.known, "part": one.part} for one in found]}


def _party(found: Dossier) -> dict[str, Any]:
    return {
        "party": found.party.id, "name": found.party.name_ar, "kind": found.party.kind, "identity": found.identity,
        "signals": [asdict(one) for one in found.signals], "sheets": [one.id for one in found.sheets],
        "members": [_member(one) for one in found.members],
        "journal": [
            {"number": one.number, "act": one.act, "valid_on": one.valid_on, "at": one.at}
            for one in reversed(found.entries)
        ],
    }  # fmt: skip


def _member(one: Member) -> dict[str, Any]:
    return {"party": one.party.id, "name": one.party.name_ar, "part": None if one.part is None else str(one.part)}
