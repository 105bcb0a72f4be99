"""Who may ask for an extract of a sheet: accounts that the registrar knows as parties, engineers, letters, anyone."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits.cases.tables import Case
from permits.cases.workflow import State
from permits.errors import Forbidden, Invalid
from permits.extracts.purposes import Ground, sees
from permits.people.actor import STAFF, Actor
from permits.register.accounts import links_of
from permits.register.parties import Identity, find_identity, members_of
from permits.register.tables import Sheet, SheetShare
from permits.register.versions import holding


@dataclass(frozen=True)
class Standing:
    """The ground on which somebody may ask, and the owner it rests on where it is an owner's."""

    ground: Ground
    party: str | None = None


@dataclass(frozen=True)
class Claim:
    """What somebody says for himself: the plot, a reason and document, or an owner's identity seen at the desk."""

    purpose: str
    zone: str
    plot: str
    reason: str = ""
    document: str = ""
    identity: Identity | None = None


def standing_of(session: Session, *, actor: Actor, sheet: Sheet, claim: Claim) -> Standing:
    """The first ground of the purpose that holds for whoever asks; raises Forbidden, or Invalid for a bare claim."""
    for ground in sees(claim.purpose).grounds:
        found = _GROUNDS[ground](session, actor, sheet, claim)
        if found is not None:
            return found
    if claim.reason.strip() or claim.document.strip():
        _need_letter(claim)
    raise Forbidden("extract-purpose-refused", purpose=claim.purpose)


def _owner(session: Session, actor: Actor, sheet: Sheet, claim: Claim) -> Standing | None:
    held = holding(SheetShare).with_only_columns(SheetShare.party_id).where(SheetShare.sheet_id == sheet.id)
    holders = list(session.scalars(held))
    owners = {*holders, *(member for members in members_of(session, holders).values() for member in members)}
    known = [link.party_id for link in links_of(session, user_id=actor.id)]
    if claim.identity is not None and actor.has(*STAFF):  # seen at the desk by whoever enters the order
        party = find_identity(session, claim.identity)
        known += [party.id] if party else []
    return next((Standing(Ground.OWNER, party) for party in known if party in owners), None)


def _engineer(session: Session, actor: Actor, sheet: Sheet, claim: Claim) -> Standing | None:  # noqa: ARG001 - one shape for every ground
    """An engineer whose case on the plot was handed in: a draft, which anybody may open, gives no right."""
    query = select(Case.id).where(
        Case.engineer_id == actor.id, Case.zone == claim.zone, Case.plot == claim.plot,
        Case.state.not_in([str(State.DRAFT), str(State.WITHDRAWN)]),
    )  # fmt: skip
    return Standing(Ground.ENGINEER) if session.scalar(query.limit(1)) else None


def _letter(session: Session, actor: Actor, sheet: Sheet, claim: Claim) -> Standing | None:  # noqa: ARG001 - one shape for every ground
    """A court's or an authority's letter, entered by staff."""
    if not actor.has(*STAFF):
        return None
    _need_letter(claim)
    return Standing(Ground.LETTER)


def _need_letter(claim: Claim) -> None:
    if not claim.reason.strip() or not claim.document.strip():
        raise Invalid("extract-letter-needed")


def _anyone(session: Session, actor: Actor, sheet: Sheet, claim: Claim) -> Standing | None:  # noqa: ARG001 - one shape for every ground
    return Standing(Ground.ANYONE)


_GROUNDS = {Ground.OWNER: _owner, Ground.ENGINEER: _engineer, Ground.LETTER: _letter, Ground.ANYONE: _anyone}
