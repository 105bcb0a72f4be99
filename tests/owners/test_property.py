"""What an owner sees of his own property, and that nobody else's is there for him."""

from dataclasses import dataclass, replace
from fractions import Fraction

import pytest
from sqlalchemy.orm import Session

from permits.calendar import today
from permits.cases.applicants import declare_applicant
from permits.cases.cases import get_case
from permits.cases.tables import Case
from permits.cases.workflow import State
from permits.errors import Conflict, Forbidden, NotFound
from permits.extracts.looking import look_at
from permits.jobs import Context
from permits.owners.holdings import agency_of, held_by, held_sheet
from permits.owners.property import Property, read_property
from permits.people.accounts import create_user
from permits.people.actor import SYSTEM, Actor, Role
from permits.privacy.sight import About
from permits.register.accounts import end_link, link_account, link_login, linked, links_of
from permits.register.gate import Applicant
from permits.register.marking import place_signal, signal_about
from permits.register.opening import NewSheet, first_registration
from permits.register.parties import register_group
from permits.register.persons import place_on_person
from permits.register.signals import SignalKind
from permits.register.state import SheetState
from permits.register.tables import Sheet
from tests.extracts.counter import Counter, ordered
from tests.extracts.counter import open_counter as opened
from tests.factories import make_actor, make_case
from tests.money.books import make_bill, open_books
from tests.money.test_payments import notice_of, tell
from tests.register.offices import REGISTRAR, deed, people, register

F = Fraction


@dataclass
class Street:
    """Plot 7 of three owners, one of them with an account, and somebody else's sheet."""

    session: Session
    layla: Actor
    parties: dict[str, str]
    sheet: Sheet
    other: Sheet

    def read(self, actor: Actor | None = None) -> Property:
        return read_property(self.session, actor=actor or self.layla, sheet_id=self.sheet.id, language="ar")


@pytest.fixture
def street(context: Context):  # type: ignore[no-untyped-def] - a fixture that yields
    from tests.factories import make_zone

    with context.database.transaction() as session:
        make_zone(session)
        registrar, layla = make_actor(session, Role.REGISTRAR), make_actor(session, Role.OWNER)
        parties = people(session, "ليلى المثال", "كريم المثال", "رنا المثال")
        held = dict(zip(parties.values(), (F(1, 7), F(2, 7), F(4, 7)), strict=True))
        sheet = register(session, "100", held)
        other = register(session, "200", {parties["كريم المثال"]: F(1)})
        party = parties["ليلى المثال"]
        link_account(session, actor=registrar, user_id=layla.id, party_id=party, identity="هوية 1")
        yield Street(session, layla, parties, sheet, other)


def test_an_account_sees_the_sheets_of_its_shares_alone(street: Street) -> None:
    (held,) = held_by(street.session, actor=street.layla)
    assert (held.sheet.id, held.total, held.parties) == (street.sheet.id, F(1, 7), {street.parties["ليلى المثال"]})
    for sheet_id in (street.other.id, "none"):
        with pytest.raises(NotFound, match="property-unknown"):
            held_sheet(street.session, actor=street.layla, sheet_id=sheet_id)
    with pytest.raises(Forbidden):
        held_by(street.session, actor=REGISTRAR)
    stranger = make_actor(street.session, Role.OWNER, "stranger")
    assert (held_by(street.session, actor=stranger), agency_of(street.session, actor=stranger)) == ([], [])


def test_when_the_link_ends_nothing_is_left_to_see(street: Street) -> None:
    (known,) = linked(street.session, actor=REGISTRAR)
    assert (known.user.login, known.party.name_ar) == ("owner", "ليلى المثال")
    end_link(street.session, actor=REGISTRAR, link_id=known.link.id)
    assert held_by(street.session, actor=street.layla) == []
    with pytest.raises(NotFound):
        street.read()
    assert linked(street.session, actor=REGISTRAR) == []


def test_an_agent_sees_until_his_last_day(street: Street) -> None:
    agent = make_actor(street.session, Role.OWNER, "agent")
    link = link_login(
        street.session, actor=REGISTRAR, login=" agent ", party_id=street.parties["رنا المثال"], identity="هوية 2",
        power_of_attorney="وكالة 9", expires=today(),
    )  # fmt: skip
    (share,) = street.read(agent).held.shares
    assert (share.share, share.acting) == (F(4, 7), link)
    link.expires = "2020-01-01"
    street.session.flush()
    assert held_by(street.session, actor=agent) == []


def test_a_member_sees_what_his_group_holds(street: Street) -> None:
    members = {street.parties["ليلى المثال"]: None, street.parties["رنا المثال"]: None}
    group = register_group(street.session, actor=REGISTRAR, name_ar="ورثة المثال", members=members)
    joint = register(street.session, "300", {group.id: F(1)})
    found = held_sheet(street.session, actor=street.layla, sheet_id=joint.id)
    assert [(one.joint, one.party.name_ar, one.share) for one in found.shares] == [(True, "ورثة المثال", F(1))]


def test_other_owners_are_initials_with_their_shares(street: Street) -> None:
    assert {(one.name, one.share) for one in street.read().others} == {("ك••• ا•••", F(2, 7)), ("ر••• ا•••", F(4, 7))}


def test_a_signal_on_anothers_share_tells_its_kind_alone(street: Street) -> None:
    karim = street.parties["كريم المثال"]
    for detail, party in (("تنفيذ 1", None), ("تنفيذ 2", street.parties["ليلى المثال"]), ("تنفيذ 3", karim)):
        signal = signal_about(SignalKind.ATTACHMENT, detail, party=party)
        place_signal(street.session, deed=deed(), sheet_id=street.sheet.id, signal=signal)
    for party in (karim, street.parties["ليلى المثال"]):
        ban = signal_about(SignalKind.NO_DISPOSAL, f"قرار {party}")
        place_on_person(street.session, deed=deed(), party_id=party, signal=ban)
    told = {(one.where, one.kind, one.detail) for one in street.read().signals}
    assert told == {
        ("sheet", "attachment", "تنفيذ 1"), ("mine", "attachment", "تنفيذ 2"), ("other", "attachment", ""),
        ("person", "no-disposal", f"قرار {street.parties['ليلى المثال']}"),
    }  # fmt: skip


def case_in(street: Street, state: State) -> Case:
    name = f"e{state}"
    return make_case(street.session, make_actor(street.session, Role.ENGINEER, name), state)


def test_cases_are_told_and_the_applicant_reads_his_own(street: Street) -> None:
    draft, running = case_in(street, State.DRAFT), case_in(street, State.IN_REVIEW)
    (work,) = street.read().works
    assert (work.case.id, work.permit, work.open) == (running.id, "", False)
    with pytest.raises(NotFound, match="case-unknown"):
        get_case(street.session, actor=street.layla, case_id=running.id)
    applicant = Applicant(street.parties["ليلى المثال"])
    for case in (draft, running):
        declare_applicant(street.session, actor=REGISTRAR, case_id=case.id, applicant=applicant)
    assert [work.open for work in street.read().works] == [True]
    assert get_case(street.session, actor=street.layla, case_id=running.id) is running
    with pytest.raises(NotFound, match="case-unknown"):
        get_case(street.session, actor=street.layla, case_id=draft.id)
    stranger = make_actor(street.session, Role.OWNER, "stranger")
    with pytest.raises(NotFound, match="case-unknown"):
        get_case(street.session, actor=stranger, case_id=running.id)


def test_a_number_that_two_zones_use_shows_no_plot(street: Street) -> None:
    assert street.read().plots == (("Z", "7"),)
    place = NewSheet(zone="منطقة أخرى", names={"ar": "منطقة أخرى", "en": "Other"}, parcel="100", section="")
    state = SheetState(tenure="ملك", area=street.read().held.state.area, holdings={street.parties["كريم المثال"]: F(1)})
    first_registration(street.session, deed=deed(), place=place, state=state)
    assert (street.read().plots, street.read().works) == ((), ())


def test_looks_tell_the_day_and_the_office_but_no_official(street: Street) -> None:
    street.read()
    assert street.read().looks == ()
    clerk = make_actor(street.session, Role.REGISTRAR, "clerk")
    look_at(street.session, actor=clerk, sheet_id=street.sheet.id, language="ar")
    (told,) = street.read().looks
    assert (told.day, told.roles, told.name) == (today().isoformat(), ("registrar",), "")
    assert set(told.seen) == {About.NAME, About.IDENTITY}


def test_a_citizen_and_an_official_are_two_accounts(street: Street) -> None:
    roles = [Role.OWNER, Role.CASHIER]
    with pytest.raises(Conflict, match="account-of-staff"):
        create_user(street.session, actor=SYSTEM, login="x", password="p", name_ar="x", name_en="x", roles=roles)
    clerk = make_actor(street.session, Role.CASHIER)
    party = street.parties["رنا المثال"]
    with pytest.raises(Conflict, match="account-of-staff"):
        link_account(street.session, actor=REGISTRAR, user_id=clerk.id, party_id=party, identity="هوية")
    with pytest.raises(NotFound, match="account-unknown"):
        link_login(street.session, actor=REGISTRAR, login="nobody", party_id=party, identity="هوية")
    assert links_of(street.session, user_id=clerk.id) == []


@pytest.fixture
def counter(context: Context) -> Counter:
    found = opened(context)
    with context.database.transaction() as session:
        owner = make_actor(session, Role.OWNER, "citizen")
        party = next(iter(found.parties.values()))
        link_account(session, actor=found.registrar, user_id=owner.id, party_id=party, identity="هوية 0102")
    return replace(found, owner=owner)


def test_his_own_order_is_billed_to_him_and_told_with_its_bill(context: Context, counter: Counter) -> None:
    order = ordered(context, counter.owner)
    with context.database.transaction() as session:
        found = read_property(session, actor=counter.owner, sheet_id=counter.sheet.id, language="ar")
    assert [one.id for one in found.orders] == [order.id]
    (owing,) = found.account.bills
    assert (owing.left, owing.open, owing.state) == (order.piastres, True, "issued")
    with pytest.raises(Forbidden, match="extract-purpose-refused"):
        ordered(context, replace(counter.owner, id="somebody else"))


def test_a_bill_of_anothers_case_is_there_only_in_his_name(context: Context) -> None:
    town = open_books(context)
    bill = make_bill(context, town)
    with context.database.transaction() as session:
        owner, registrar = make_actor(session, Role.OWNER), make_actor(session, Role.REGISTRAR, "r2")
        sheet = Listed.of(session, town.zone, town.plot)
        link_account(session, actor=registrar, user_id=owner.id, party_id=sheet.party, identity="هوية")
        assert read_property(session, actor=owner, sheet_id=sheet.id, language="ar").account.bills == ()
        session.get_one(type(bill), bill.id).payer = sheet.name
        (owing,) = read_property(session, actor=owner, sheet_id=sheet.id, language="ar").account.bills
        assert (owing.bill.reference, owing.open, owing.left) == (bill.reference, False, bill.piastres)
    tell(context, notice_of(bill))
    with context.database.transaction() as session:
        paid = read_property(session, actor=owner, sheet_id=sheet.id, language="ar").account
        assert ([one.state for one in paid.bills], paid.receipts) == (["paid"], ())


@dataclass(frozen=True)
class Listed:
    """The first owner of a plot's sheet."""

    id: str
    party: str
    name: str

    @staticmethod
    def of(session: Session, zone: str, plot: str) -> "Listed":
        from permits.register.sheets import owners, sheet_of_plot

        sheet = sheet_of_plot(session, zone=zone, plot=plot)
        first = owners(session, sheet=sheet)[0]
        return Listed(sheet.id, first.party, first.name_ar)
