"""What each purpose shows, that the table is strict, and that what is hidden is said to be hidden."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from permits.documents.extract import AnnotationLine
from permits.extracts import purposes as module
from permits.extracts.content import Content, HistoryPart, JournalPart, OwnerPart, masked, redact
from permits.extracts.purposes import Purpose, purposes, read_purposes, sees
from permits.money.strict import TariffError

DAY = date(2026, 3, 2)
WHOLE = Content(
    parcel="100", zone="المزة", register="temporary", tenure="ملك", area=Decimal("600.00"),
    owners=(OwnerPart("ليلى", "01020304051", Fraction(1, 7), 1), OwnerPart("كريم", "", Fraction(6, 7), 2)),
    annotations=(AnnotationLine("mortgage", "M-9", 3, DAY), AnnotationLine("attachment", "12/2023", 4, DAY)),
    journal=(JournalPart(1, DAY, "opened", ""),),
    history=(HistoryPart(2, DAY, "sale", "كريم", Fraction(0), Fraction(6, 7)),), statuses=("fictitious",),
)  # fmt: skip


def test_a_court_sees_everything() -> None:
    assert redact(WHOLE, sees("court")) == WHOLE


def test_an_owner_sees_his_numbers_masked_and_is_told() -> None:
    seen = redact(WHOLE, sees("owner"))
    assert [owner.identity for owner in seen.owners] == ["••••••••051", ""]
    assert (seen.hidden, seen.history) == (("identities-masked",), WHOLE.history)


def test_the_public_sees_no_person_no_share_and_no_document() -> None:
    seen = redact(WHOLE, sees("information"))
    assert (seen.owners, seen.journal, seen.history) == ((), (), ())
    assert seen.annotations == (AnnotationLine("attachment", "", 4, DAY),)
    hidden = ("names", "identities", "shares", "details", "journal", "history", "signals")
    assert seen.hidden == hidden


def test_an_engineer_sees_owners_and_signals_without_numbers() -> None:
    seen = redact(WHOLE, sees("permit"))
    assert [(owner.name, owner.identity) for owner in seen.owners] == [("ليلى", ""), ("كريم", "")]
    assert (seen.annotations, seen.journal, seen.history) == (WHOLE.annotations, (), ())


@pytest.mark.parametrize("purpose", Purpose)
def test_what_is_missing_is_always_told(purpose: Purpose) -> None:
    seen = redact(WHOLE, sees(purpose))
    lost = {
        "names": any(not owner.name for owner in seen.owners) or not seen.owners,
        "shares": any(owner.share is None for owner in seen.owners) or not seen.owners,
        "journal": seen.journal != WHOLE.journal, "history": seen.history != WHOLE.history,
        "signals": len(seen.annotations) < len(WHOLE.annotations),
        "details": any(not line.detail for line in seen.annotations),
    }  # fmt: skip
    assert {part for part, gone in lost.items() if gone} <= set(seen.hidden)


@pytest.mark.parametrize(("number", "shown"), [("01020304051", "••••••••051"), ("12", "12"), ("", "")])
def test_a_masked_number_keeps_its_last_digits(number: str, shown: str) -> None:
    assert masked(number) == shown


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("names: shown", "names: masked"), ("status: fictitious", "status: sure"), ("  heir:", "  heirs:"),
        ("grounds: [anyone]", "grounds: []"), ("[attachment,", "[attachments,"), ("  owner:", "  owner: {}\n  owner:"),
        ("source: a demonstration table", "colour: green"),
    ],
)  # fmt: skip
def test_a_table_that_is_not_strict_is_refused(old: str, new: str) -> None:
    raw = Path(module.__file__).with_name("purposes.yaml").read_text(encoding="utf-8")
    assert old in raw
    with pytest.raises((TariffError, ValueError)):
        read_purposes(raw.replace(old, new, 1).encode())


def test_the_table_says_that_it_is_a_demonstration() -> None:
    assert str(purposes().status) == "fictitious"
