"""Use cases of whoever wants an extract: what it costs, order it, see one's orders, cancel."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.calendar import DAMASCUS, today
from permits.cash.tables import Centre
from permits.db import new_id
from permits.errors import Forbidden, Invalid, NotFound
from permits.extracts import billing
from permits.extracts.applicants import Claim, Standing, standing_of
from permits.extracts.purposes import Ground, sees
from permits.extracts.tables import ExtractOrder
from permits.extracts.terms import terms
from permits.extracts.workflow import Channel, OrderAction, OrderState, take, write_event
from permits.i18n import LANGUAGES
from permits.money.lines import Input
from permits.numbering import take_number
from permits.people.actor import STAFF, Actor, Role
from permits.register.parties import Identity
from permits.register.sheets import sheet_of_plot
from permits.register.tables import Sheet
from permits.register.versions import state_of
from permits.services.catalogue import find_service
from permits.services.fees import ServiceFee, assess_service

SERVICE = "register-extract"
LONGEST_NAME, LONGEST_ADDRESS, LONGEST_REASON = 200, 400, 500
ASKING = (Role.ENGINEER, Role.OWNER, *STAFF)


@dataclass(frozen=True)
class Wish:
    """What is ordered; `as_of` and `known_on` are the sheet's legal day and the day up to which the register is
    heard, both the day of the making where they are None. `identity` is an owner's, seen by staff at the desk."""

    zone: str
    plot: str
    purpose: str
    applicant: str
    channel: str = "digital"
    copies: int = 1
    language: str = "ar"
    centre: str = ""
    address: str = ""
    as_of: date | None = None
    known_on: date | None = None
    reason: str = ""
    document: str = ""
    identity: Identity | None = None


@dataclass(frozen=True)
class Quote:
    """What an order would cost and on which ground it may be placed."""

    fee: ServiceFee
    standing: Standing
    sheet: Sheet


def quote(session: Session, *, actor: Actor, wish: Wish) -> Quote:
    """The fee of an order that could be placed now; raises what placing it would raise."""
    actor.need(*ASKING)
    _require(session, wish)
    sheet = sheet_of_plot(session, zone=wish.zone, plot=wish.plot)
    state_of(session, sheet, on=wish.as_of, known=known_until(wish.known_on))
    claim = Claim(wish.purpose, wish.zone, wish.plot, wish.reason, wish.document, wish.identity)
    standing = standing_of(session, actor=actor, sheet=sheet, claim=claim)  # first: its letter is the exemption's
    return Quote(fee_of(wish, today()), standing, sheet)


def fee_of(wish: Wish, on: date) -> ServiceFee:
    """The fee by the card of the service; a purpose may be exempt, its letter the evidence."""
    units = {field.name: field.unit for field in find_service(SERVICE).fields}
    said = {"copies": Decimal(wish.copies), "posted": Decimal(wish.channel == Channel.POST)}
    inputs = [Input(name, value, units[name], "declared", "", "declared") for name, value in said.items()]
    exempt = sees(wish.purpose).exempt
    return assess_service(SERVICE, on, inputs, exempt={exempt: wish.document} if exempt else {})


def place(session: Session, *, actor: Actor, office: str, governorate: str, wish: Wish) -> ExtractOrder:
    """Order an extract: its fee is billed at once; raises Invalid, Forbidden, NotFound."""
    quoted = quote(session, actor=actor, wish=wish)
    fee, year = quoted.fee, today().year
    order = ExtractOrder(
        id=new_id(), number=f"{office}-{year}-E-{take_number(session, f'extract-order:{office}:{year}'):06d}",
        state=str(OrderState.ORDERED), zone=wish.zone, plot=wish.plot, sheet_id=quoted.sheet.id, purpose=wish.purpose,
        ground=str(quoted.standing.ground), party_id=quoted.standing.party, applicant=wish.applicant.strip(),
        reason=wish.reason.strip(), document=wish.document.strip(), as_of=wish.as_of.isoformat() if wish.as_of else "",
        known_at=known_until(wish.known_on), copies=wish.copies, language=wish.language, channel=wish.channel,
        centre=wish.centre if wish.channel == Channel.CENTRE else None,
        address=wish.address.strip() if wish.channel == Channel.POST else "", fee=fee.canonical.decode(),
        fee_sha256=fee.sha256, piastres=fee.total, ordered_by=actor.id,
    )  # fmt: skip
    session.add(order)
    session.flush()
    write_event(session, order, None, OrderState.ORDERED, actor, {"channel": wish.channel})
    audit.record(
        session, AuditEvent.EXTRACT_ORDERED, actor=actor, subject=order.id, number=order.number, purpose=order.purpose,
        ground=order.ground, sheet=order.sheet_id, document=order.document,
    )  # fmt: skip
    billing.demand_fee(session, order=order, fee=fee, governorate=governorate)
    return order


def place_by_letter(
    session: Session, *, actor: Actor, office: str, governorate: str, wish: Wish
) -> ExtractOrder:  # fmt: skip
    """Order by the letter of a court or an authority, digitally; raises Forbidden for a purpose that takes no letter.

    A letter sent twice is one order: the same number about the same plot and purpose, from the same program.
    """
    if Ground.LETTER not in sees(wish.purpose).grounds:
        raise Forbidden("extract-purpose-refused", purpose=wish.purpose)
    audit.hold(session)  # two deliveries of one letter come one after the other
    query = select(ExtractOrder).where(
        ExtractOrder.ordered_by == actor.id, ExtractOrder.zone == wish.zone, ExtractOrder.plot == wish.plot,
        ExtractOrder.purpose == wish.purpose, ExtractOrder.document == wish.document.strip(),
        ExtractOrder.state.not_in([str(OrderState.CANCELLED), str(OrderState.EXPIRED)]),
    )  # fmt: skip
    known = session.scalar(query.order_by(ExtractOrder.id).limit(1))
    return known or place(session, actor=actor, office=office, governorate=governorate, wish=wish)


def own_order(session: Session, *, actor: Actor, order_id: str) -> ExtractOrder:
    """An order that this very actor placed, whatever his role may see besides; NotFound for every other."""
    order = get_order(session, actor=actor, order_id=order_id)
    if order.ordered_by != actor.id:
        raise NotFound("extract-order-unknown")
    return order


def _require(session: Session, wish: Wish) -> None:
    """Raise for what nobody may ask."""
    sees(wish.purpose)
    if not wish.applicant.strip() or len(wish.applicant) > LONGEST_NAME:
        raise Invalid("name-needed")
    most = int(terms().most_copies.value)
    if not 1 <= wish.copies <= most:
        raise Invalid("extract-copies", most=most)
    if wish.language not in LANGUAGES or wish.channel not in set(Channel):
        raise Invalid("extract-channel-unknown", channel=wish.channel[:20])
    if max(len(wish.reason), len(wish.address)) > LONGEST_REASON or len(wish.document) > 80:
        raise Invalid("extract-text-long", longest=LONGEST_REASON)
    if any(day is not None and day > today() for day in (wish.as_of, wish.known_on)):
        raise Invalid("extract-day-to-come")
    if wish.channel == Channel.POST and not wish.address.strip():
        raise Invalid("extract-address-needed")
    if wish.channel == Channel.CENTRE and session.get(Centre, wish.centre) is None:
        raise NotFound("cash-centre-unknown", centre=wish.centre[:20])


def known_until(day: date | None) -> datetime | None:
    """The last moment of a day in Damascus; None for no day, and for the present one, which is not over."""
    if day is None or day >= today():
        return None
    return datetime.combine(day + timedelta(days=1), time(), DAMASCUS) - timedelta(microseconds=1)


def get_order(session: Session, *, actor: Actor, order_id: str) -> ExtractOrder:
    """An order this actor may see: staff every one, others their own."""
    return billing.seen(session, actor, order_id)


def list_orders(
    session: Session, *, actor: Actor, states: list[OrderState] | None = None, most: int = 200
) -> list[ExtractOrder]:  # fmt: skip
    """The orders this actor may see, the newest first."""
    query = select(ExtractOrder).order_by(ExtractOrder.ordered_at.desc()).limit(most)
    if states is not None:
        query = query.where(ExtractOrder.state.in_([str(state) for state in states]))
    if not actor.has(*STAFF, Role.SYSTEM):
        query = query.where(ExtractOrder.ordered_by == actor.id)
    return list(session.scalars(query))


def cancel(session: Session, *, actor: Actor, order_id: str) -> ExtractOrder:
    """Give an order up before it is paid; its bill is withdrawn."""
    get_order(session, actor=actor, order_id=order_id)
    order = take(session, order_id=order_id, action=OrderAction.CANCEL, actor=actor)
    billing.take_back(session, order_id=order_id, reason="order-cancelled")
    return order


def centres(session: Session) -> list[Centre]:
    """The centres where an extract may be collected."""
    return list(session.scalars(select(Centre).order_by(Centre.code)))
