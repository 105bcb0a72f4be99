"""Printed documents: the same bytes for the same facts, facts inside, a code that a camera reads."""

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction
from io import BytesIO
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from permits.documents.permit import Holder, claims_of, from_json, permit_page, permit_pdf
from permits.documents.receipt import receipt_page, receipt_pdf
from permits.documents.render import NoArabicFont, _fonts, render_pages
from permits.documents.sheet import banner, canonical_facts, fingerprint, shown_share
from permits.documents.token import new_key, public_set, read_public_set, sign, verify
from tests.conftest import unavailable
from tests.documents.samples import OFFICE, PERMIT, RECEIPT

KEY = new_key("2026-a")
ADDRESS = "https://permits.example/verify/" + sign(claims_of(PERMIT, issuer="SY-DI"), KEY)


@pytest.fixture(scope="module", autouse=True)
def _arabic_font() -> None:
    try:
        _fonts(None)
    except NoArabicFont as error:
        unavailable("fonts", str(error))


def _reader(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_same_facts_give_the_same_bytes(language: str) -> None:
    first, second = (permit_pdf(PERMIT, language=language, office=OFFICE, address=ADDRESS) for _ in range(2))
    assert first == second
    changed = replace(PERMIT, floors=6)
    assert permit_pdf(changed, language=language, office=OFFICE, address=ADDRESS) != first


def test_the_code_on_the_page_is_read_by_a_camera_and_verifies(tmp_path: Any) -> None:
    page = permit_page(PERMIT, language="ar", office=OFFICE, address=ADDRESS)
    (image,) = render_pages("permit", page, fonts=None, ppi=150)
    (code,) = zxingcpp.read_barcodes(Image.open(BytesIO(image)))
    assert code.text == ADDRESS
    keys = tmp_path / "keys.json"
    keys.write_text(public_set([KEY]), encoding="utf-8")
    verdict = verify(code.text, read_public_set(keys), today=date(2026, 6, 1))
    assert verdict.valid
    assert fingerprint(PERMIT).startswith(verdict.claims.document_hash.hex())


def test_the_facts_travel_inside_the_permit() -> None:
    reader = _reader(permit_pdf(PERMIT, language="ar", office=OFFICE, address=ADDRESS))
    assert reader.attachments["permit.json"] == [canonical_facts(PERMIT)]


def test_the_facts_read_back_from_what_is_embedded() -> None:
    assert from_json(json.loads(canonical_facts(PERMIT))) == PERMIT


def test_receipts_say_what_was_paid() -> None:
    text = _text(receipt_pdf(RECEIPT, language="en", office=OFFICE))
    assert all(word in text for word in ("Receipt", "0110 1000 0000 4242", "93,650.00")), text


def _text(pdf: bytes) -> str:
    return _reader(pdf).pages[0].extract_text().replace("\u2068", "").replace("\u2069", "")


def test_many_owners_run_over_to_a_second_page_that_says_so() -> None:
    owners = tuple(Holder(f"مالك {i}", Fraction(1, 60)) for i in range(60))
    pdf = permit_pdf(replace(PERMIT, owners=owners), language="ar", office=OFFICE, address=ADDRESS)
    assert len(_reader(pdf).pages) > 1


@pytest.mark.parametrize(
    ("statuses", "key"),
    [
        (("confirmed",), None),
        (("confirmed", "provisional"), "press"),
        (("provisional", "fictitious"), "Specimen"),
    ],
)
def test_the_weakest_number_sets_the_banner(statuses: tuple[str, ...], key: str | None) -> None:
    shown = banner(statuses, "en")
    assert shown is None if key is None else shown is not None and key in shown


def test_a_confirmed_document_carries_no_mark_of_a_specimen() -> None:
    marked = receipt_page(RECEIPT, language="ar", office=OFFICE)
    plain = receipt_page(replace(RECEIPT, statuses=("confirmed",)), language="ar", office=OFFICE)
    assert marked["banner"]
    assert plain["banner"] is None
    assert render_pages("receipt", marked, fonts=None) != render_pages("receipt", plain, fonts=None)


@pytest.mark.parametrize(("share", "text"), [("1/7", "٣٤٢ و ٦/٧"), ("1/2", "١٢٠٠"), ("1/4800", "١/٢")])
def test_shares_are_written_in_words_of_the_register(share: str, text: str) -> None:
    assert shown_share(Fraction(share), "ar").translate({0x2068: None, 0x2069: None}) == text
