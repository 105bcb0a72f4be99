"""One property as its owner reads it: put together for the page, with no more of other people than the policy says."""

from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits.extracts.ordering import list_orders
from permits.extracts.tables import ExtractOrder
from permits.occupancy.tables import Occupancy
from permits.owners.holdings import Held, held_sheet
from permits.owners.owing import Account, account_of
from permits.owners.works import Work, occupancies_on, works_on
from permits.people.actor import Actor
from permits.privacy.accesses import Told, look, told_looks
from permits.privacy.sight import Subject
from permits.register.find import plots_of
from permits.register.persons import signals_on_persons
from permits.register.state import Signal
from permits.register.tables import Party


@dataclass(frozen=True)
class Other:
    """Another owner, as far as this one may see him."""

    name: str
    share: Fraction


@dataclass(frozen=True)
class Noted:
    """A signal: its kind and detail, whether it lies on his own share, the whole sheet, or somebody else's share.

    `where` is sheet, mine, person or other; of another's share the kind alone is told.
    """

    kind: str
    detail: str
    where: str


@dataclass(frozen=True)
class Property:
    """Everything on the page; `plots` are pairs of planning zone and number."""

    held: Held
    others: tuple[Other, ...]
    signals: tuple[Noted, ...]
    plots: tuple[tuple[str, str], ...]
    works: tuple[Work, ...]
    occupancies: tuple[Occupancy, ...]
    account: Account
    orders: tuple[ExtractOrder, ...]
    looks: tuple[Told, ...]


def read_property(session: Session, *, actor: Actor, sheet_id: str, language: str) -> Property:
    """One of the account's sheets; NotFound for every other. A look at other owners is kept where it shows them."""
    held = held_sheet(session, actor=actor, sheet_id=sheet_id)
    plots = plots_of(session, sheet=held.sheet)
    works = works_on(session, actor=actor, plots=plots)
    orders = [one for one in list_orders(session, actor=actor) if one.sheet_id == sheet_id]
    return Property(
        held=held, others=_others(session, actor, held, language), signals=_signals(session, held),
        plots=tuple((plot.zone, plot.number) for plot in plots), works=tuple(works),
        occupancies=tuple(occupancies_on(session, plots=plots)),
        account=account_of(session, held=held, works=works, orders=orders), orders=tuple(orders),
        looks=tuple(told_looks(
            session, actor=actor, subject=Subject.SHEET, subject_id=sheet_id, language=language
        )),
    )  # fmt: skip


def _others(session: Session, actor: Actor, held: Held, language: str) -> tuple[Other, ...]:
    rest = {party: share for party, share in held.state.holdings.items() if party not in held.parties}
    sight = look(session, actor=actor, subject=Subject.SHEET, subject_id=held.sheet.id)
    parties = session.scalars(select(Party).where(Party.id.in_(list(rest))).order_by(Party.id))
    return tuple(Other(sight.name(getattr(one, f"name_{language}"), language), rest[one.id]) for one in parties)


def _signals(session: Session, held: Held) -> tuple[Noted, ...]:
    on_sheet = [_noted(signal, held) for signal in held.state.signals]
    persons = signals_on_persons(session, held.parties)
    return (*on_sheet, *(Noted(one.kind, one.detail, "person") for own in persons.values() for one in own))


def _noted(signal: Signal, held: Held) -> Noted:
    if signal.party is None:
        return Noted(signal.kind, signal.detail, "sheet")
    mine = signal.party in held.parties
    return Noted(signal.kind, signal.detail if mine else "", "mine" if mine else "other")
