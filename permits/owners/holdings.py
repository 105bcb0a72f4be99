"""The sheets in which the parties of an owner's account hold a share now."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits.errors import NotFound
from permits.people.actor import Actor, Role
from permits.register.accounts import links_of, parties_of
from permits.register.state import SheetState
from permits.register.tables import Party, PartyAccount, Sheet, SheetShare
from permits.register.versions import holding, state_of


@dataclass(frozen=True)
class Holding:
    """One share of one party in one sheet; `joint` where a group holds it, `acting` the link of an agent."""

    sheet: Sheet
    party: Party
    share: Fraction
    joint: bool
    acting: PartyAccount | None


@dataclass(frozen=True)
class Held:
    """A sheet as it stands with the shares that are the account's own, at least one."""

    sheet: Sheet
    state: SheetState
    shares: tuple[Holding, ...]

    @property
    def total(self) -> Fraction:
        """What they come to, as an exact fraction of the sheet."""
        return sum((one.share for one in self.shares), Fraction(0))

    @property
    def parties(self) -> frozenset[str]:
        """Who holds them."""
        return frozenset(one.party.id for one in self.shares)


def held_by(session: Session, *, actor: Actor) -> list[Held]:
    """The account's sheets by number; nothing for one that the registrar does not know."""
    actor.need(Role.OWNER)
    rows = _holdings(session, actor, None)
    sheets = {one.sheet.id: one.sheet for one in rows}
    return [_held(session, sheet, rows) for sheet in sheets.values()]


def held_sheet(session: Session, *, actor: Actor, sheet_id: str) -> Held:
    """One of the account's sheets; NotFound for every other, whether or not it is there."""
    actor.need(Role.OWNER)
    rows = _holdings(session, actor, sheet_id)
    if not rows:
        raise NotFound("property-unknown")
    return _held(session, rows[0].sheet, rows)


def _held(session: Session, sheet: Sheet, rows: Sequence[Holding]) -> Held:
    return Held(sheet, state_of(session, sheet), tuple(one for one in rows if one.sheet.id == sheet.id))


def _holdings(session: Session, actor: Actor, sheet_id: str | None) -> list[Holding]:
    links = {link.party_id: link for link in links_of(session, user_id=actor.id)}
    mine = parties_of(session, user_id=actor.id)
    query = (
        holding(SheetShare)
        .where(SheetShare.party_id.in_(mine))
        .join(Sheet, Sheet.id == SheetShare.sheet_id)
        .join(Party, Party.id == SheetShare.party_id)
        .where(Sheet.active)
        .order_by(Sheet.parcel, Sheet.section, Sheet.id, SheetShare.id)
        .add_columns(Sheet, Party)
    )
    if sheet_id is not None:
        query = query.where(Sheet.id == sheet_id)
    return [
        Holding(sheet, party, row.fraction, party.id not in links, _acting(links.get(party.id)))
        for row, sheet, party in session.execute(query)
    ]


def _acting(link: PartyAccount | None) -> PartyAccount | None:
    return link if link and link.expires else None


def agency_of(session: Session, *, actor: Actor) -> list[tuple[PartyAccount, Party]]:
    """Whom the account is known as, or acts for and until when."""
    links = links_of(session, user_id=actor.id)
    names = {one.id: one for one in session.scalars(select(Party).where(Party.id.in_([x.party_id for x in links])))}
    return [(link, names[link.party_id]) for link in links]
