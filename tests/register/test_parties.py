"""Parties with identity, groups, and the search however a name is spelt."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from sqlalchemy.orm import Session

from permits import audit
from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.people.actor import Actor, Role
from permits.register.acts import Act
from permits.register.acts.parcels import Piece
from permits.register.entering import change, reverse
from permits.register.find import Found, find_held, find_sheets, sheets_of
from permits.register.journal import journal_of
from permits.register.opening import enter_split, transfer_to_permanent
from permits.register.parties import (
    Identity,
    IdentityKind,
    PartyKind,
    find_identity,
    find_parties,
    identify,
    members_of,
    register_group,
    register_party,
)
from tests.register.offices import REGISTRAR, deed, people, register

NATIONAL = IdentityKind.NATIONAL_NUMBER


@pytest.fixture
def session(passing: Session) -> Session:
    return passing


def test_a_document_names_one_person_in_any_digits(session: Session) -> None:
    party = register_party(session, actor=REGISTRAR, name_ar="ليلى الأحمد", identity=Identity(NATIONAL, "٠١٠٢٠٣٠٤٠٥٦"))
    assert find_identity(session, Identity(NATIONAL, "01020304056")) is party
    with pytest.raises(Conflict, match="identity-known"):
        register_party(session, actor=REGISTRAR, name_ar="أخرى", identity=Identity(NATIONAL, "01020304056"))
    for wrong in ("123", "0102030405x", ""):
        with pytest.raises(Invalid, match="identity-number-invalid"):
            register_party(session, actor=REGISTRAR, name_ar="أخرى", identity=Identity(NATIONAL, wrong))
    company = Identity(IdentityKind.COMMERCIAL_REGISTER, "7731")
    register_party(session, actor=REGISTRAR, name_ar="شركة", kind=PartyKind.LEGAL, identity=company)


def test_no_national_number_reaches_the_audit_chain(session: Session) -> None:
    party = register_party(session, actor=REGISTRAR, name_ar="ليلى", identity=Identity(NATIONAL, "01020304056"))
    assert "01020304056" not in "".join(row.data for row in audit.timeline(session, party.id))


def test_a_group_has_members_whose_parts_are_one_whole(session: Session) -> None:
    who = people(session, "ليلى", "كريم")
    halves = dict.fromkeys(who.values(), Fraction(1, 2))
    group = register_group(session, actor=REGISTRAR, name_ar="ورثة", members=halves)
    assert set(members_of(session, [group.id])[group.id]) == set(who.values())
    register_group(session, actor=REGISTRAR, name_ar="شركاء", members=dict.fromkeys(who.values()))
    thirds = dict.fromkeys(who.values(), Fraction(1, 3))
    mixed = {who["ليلى"]: Fraction(1), who["كريم"]: None}
    with pytest.raises(Invalid, match="group-not-whole"):
        register_group(session, actor=REGISTRAR, name_ar="ورثة", members=thirds)
    with pytest.raises(Invalid, match="group-members-needed"):
        register_group(session, actor=REGISTRAR, name_ar="ورثة", members=mixed)
    with pytest.raises(NotFound, match="party-unknown"):
        register_group(session, actor=REGISTRAR, name_ar="ورثة", members={who["ليلى"]: None, "nobody": None})


@pytest.mark.parametrize("words", ["عبدالله الاحمد", "أحمد عبد الله", "عَبْدُ اللهِ", "الأحـمد"])
def test_a_name_is_found_however_it_is_spelt(session: Session, words: str) -> None:
    people(session, "عبد الله الأحمد", "سمير", "100%")
    found = find_parties(session, actor=REGISTRAR, words=words)
    assert [party.name_ar for party in found] == ["عبد الله الأحمد"]
    assert [row.event for row in audit.timeline(session, "register")] == ["parties-searched"]


def test_a_person_is_found_by_the_number_of_his_document(session: Session) -> None:
    who = people(session, "ليلى", "كريم")
    identify(session, actor=REGISTRAR, party_id=who["ليلى"], identity=Identity(NATIONAL, "01020304051"))
    found = find_parties(session, actor=REGISTRAR, words="٠١٠٢٠٣٠٤٠٥١")
    assert [party.id for party in found] == [who["ليلى"]]
    assert find_parties(session, actor=REGISTRAR, words="0102030405") == []


def test_names_are_for_the_registrar(session: Session) -> None:
    with pytest.raises(Forbidden):
        find_parties(session, actor=Actor("x", "x", frozenset({Role.REVIEWER})), words="ليلى")
    with pytest.raises(Invalid, match="name-needed"):
        find_parties(session, actor=REGISTRAR, words=" ـ ")


@pytest.mark.parametrize(
    ("words", "numbers"),
    [("٤٧١١", ["4711"]), ("المزه", ["4711", "4712"]), ("mazzeh 4712", ["4712"]), ("9", []), ("47%", [])],
)
def test_a_sheet_is_found_by_number_and_zone(session: Session, words: str, numbers: list[str]) -> None:
    who = people(session, "ليلى")
    sheets = [register(session, parcel, {who["ليلى"]: Fraction(1)}) for parcel in ("4711", "4712")]
    assert [one.sheet.parcel for one in find_sheets(session, actor=REGISTRAR, words=words)] == numbers
    assert sheets_of(session, actor=REGISTRAR, party_id=who["ليلى"]) == sheets


def told(found: list[Found]) -> list[tuple[str, str, list[str]]]:
    """Number, state and successors of what was found."""
    return [(one.sheet.parcel, str(one.status), [made.parcel for made in one.became]) for one in found]


def test_an_old_number_is_found_after_those_in_force_and_names_its_successors(session: Session) -> None:
    who = people(session, "ليلى", "كريم")
    old, _, kept = (register(session, parcel, {who["ليلى"]: Fraction(1)}) for parcel in ("470", "4710", "4711"))
    pieces = [Piece("4801", Decimal("300.00")), Piece("4802", Decimal("300.00"))]
    made = enter_split(session, deed=deed(), sheet_id=old.id, pieces=pieces)
    moved = transfer_to_permanent(session, deed=deed(), sheet_id=kept.id)
    passed_on = {who["كريم"]: Fraction(1)}
    change(session, deed(), Act.SALE, made[1].id, apply=lambda state: replace(state, holdings=passed_on))
    assert told(find_sheets(session, actor=REGISTRAR, words="47")) == [
        ("4710", "open", []), ("4711", "open", []), ("470", "closed", ["4801", "4802"]),
        ("4711", "transferred", ["4711"]),
    ]  # fmt: skip
    assert moved.register == "permanent"
    assert told(find_sheets(session, actor=REGISTRAR, words="470"))[-1] == ("470", "closed", ["4801", "4802"])
    held = told(find_held(session, actor=REGISTRAR, party_ids=[who["ليلى"]]))
    assert [number for number, state, _ in held if state == "open"] == ["4710", "4711", "4801"]
    assert [(number, state) for number, state, _ in held[3:]] == [("470", "closed"), ("4711", "transferred")]
    assert told(find_held(session, actor=REGISTRAR, party_ids=[who["كريم"]])) == [("4802", "open", [])]


def test_a_sheet_whose_opening_was_undone_is_not_found(session: Session) -> None:
    who = people(session, "ليلى")
    old = register(session, "470", {who["ليلى"]: Fraction(1)})
    pieces = [Piece("4801", Decimal("300.00")), Piece("4802", Decimal("300.00"))]
    enter_split(session, deed=deed(), sheet_id=old.id, pieces=pieces)
    assert len(find_sheets(session, actor=REGISTRAR, words="48")) == 2
    entry = journal_of(session, old.id)[-1]
    reverse(session, deed=deed(), number=entry.number, reason="خطأ")
    assert find_sheets(session, actor=REGISTRAR, words="48") == []
    assert told(find_sheets(session, actor=REGISTRAR, words="470")) == [("470", "open", [])]
