"""Parties with identity, groups, and the search however a name is spelt."""

from fractions import Fraction

import pytest
from sqlalchemy.orm import Session

from permits import audit
from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.people.actor import Actor, Role
from permits.register.find import find_sheets, sheets_of
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
from tests.register.offices import REGISTRAR, people, register

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
    assert [sheet.parcel for sheet in find_sheets(session, actor=REGISTRAR, words=words)] == numbers
    assert sheets_of(session, actor=REGISTRAR, party_id=who["ليلى"]) == sheets
