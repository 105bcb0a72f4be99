"""An office with one plot, its sheet, its owners with identity, and orders of extracts; every name is invented."""

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from permits.cash.desks import add_centre
from permits.extracts import billing, ordering, preparing
from permits.extracts.ordering import Wish
from permits.extracts.tables import ExtractOrder
from permits.jobs import Context
from permits.money.money import Money
from permits.money.payments import Answer
from permits.money.tables import Bill
from permits.people.actor import SYSTEM, Actor, Role
from permits.register.accounts import link_account
from permits.register.acts import Act
from permits.register.dealings import transfer
from permits.register.marking import mortgage, place_signal, signal_about
from permits.register.parties import Identity, IdentityKind, identify
from permits.register.signals import SignalKind
from permits.register.tables import Sheet
from permits.registry import register_jobs
from tests.factories import make_actor, make_zone
from tests.money.test_payments import notice_of, tell
from tests.register.offices import REGISTRAR, deed, people, register

OFFICE = "DM-01"
OWNER, BUYER = "ليلى بنت سامي المثال", "كريم بن حسن المثال"
NUMBERS = {OWNER: "01020304051", BUYER: "01020304062"}
WISH = Wish("Z", "7", "owner", OWNER)


@dataclass(frozen=True)
class Counter:
    """The people, the sheet of plot 7 (parcel 100) and the parties by name."""

    registrar: Actor
    owner: Actor
    stranger: Actor
    sheet: Sheet
    parties: dict[str, str]


def open_counter(context: Context) -> Counter:
    """A sheet half sold in 2022, mortgaged and under a lawsuit; the owner's account is known, the stranger's not."""
    register_jobs()
    with context.database.transaction() as session:
        make_zone(session)
        registrar = make_actor(session, Role.REGISTRAR)
        owner, stranger = make_actor(session, Role.ENGINEER, "owner"), make_actor(session, Role.ENGINEER, "stranger")
        add_centre(session, actor=SYSTEM, code="MZ", name_ar="مركز المزة", name_en="Mazzeh centre")
        parties = people(session, OWNER, BUYER)
        for name, number in NUMBERS.items():
            kind = IdentityKind.NATIONAL_NUMBER
            identify(session, actor=REGISTRAR, party_id=parties[name], identity=Identity(kind, number))
        sheet = register(session, "100", {parties[OWNER]: Fraction(1)})
        sold = {"taken": {parties[OWNER]: Fraction(1, 7)}, "given": {parties[BUYER]: Fraction(1, 7)}}
        transfer(session, deed=deed("55", date(2022, 3, 1)), act=Act.SALE, sheet_id=sheet.id, **sold)
        amount = Money.of_piastres(500_00)
        mortgage(session, deed=deed("M-9", date(2023, 1, 2)), sheet_id=sheet.id, creditor="مصرف تجريبي", amount=amount)
        signal = signal_about(SignalKind.ATTACHMENT, "تنفيذ 12/2023")
        place_signal(session, deed=deed("A-1", date(2023, 5, 2)), sheet_id=sheet.id, signal=signal)
        link_account(session, actor=registrar, user_id=owner.id, party_id=parties[OWNER], identity="هوية 0102")
    return Counter(registrar, owner, stranger, sheet, parties)


def ordered(context: Context, actor: Actor, wish: Wish = WISH, **changes: object) -> ExtractOrder:
    with context.database.transaction() as session:
        asked = replace(wish, **changes)  # type: ignore[arg-type] - names of the wish's own fields
        return ordering.place(session, actor=actor, office=OFFICE, governorate="01", wish=asked)


def bill_of(context: Context, order: ExtractOrder) -> Bill:
    with context.database.reading() as session:
        found = billing.bill_of(session, order_id=order.id)
    assert found is not None
    return found


def pay(context: Context, order: ExtractOrder) -> Answer:
    """The bank tells that the whole bill was paid."""
    bill = bill_of(context, order)
    return tell(context, notice_of(bill, f"T-{bill.reference}"))


def prepared(context: Context, actor: Actor, wish: Wish = WISH, **changes: object) -> ExtractOrder:
    """Ordered, paid, and the job run here."""
    order = ordered(context, actor, wish, **changes)
    if order.piastres:
        assert pay(context, order).code == "accepted"
    preparing.prepare_extract(context, order_id=order.id)
    return now(context, order)


def now(context: Context, order: ExtractOrder) -> ExtractOrder:
    """The order as it stands."""
    with context.database.reading() as session:
        return session.get_one(ExtractOrder, order.id)
