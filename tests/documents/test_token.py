"""A token verifies with no network, and no changed token does."""

import base64
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
import segno
from cwt.cose_key_interface import COSEKeyInterface
from hypothesis import assume, given
from hypothesis import strategies as st

from permits.documents.claims import PermitClaims
from permits.documents.token import (
    KeySetError,
    UnreadableToken,
    new_key,
    public_set,
    read_private_key,
    read_public_set,
    sign,
    verify,
)

KEY = new_key("2026-a")
CLAIMS = PermitClaims(
    issuer="SY-DI", number="2026/000123", plot="مزة 4711/2", floors=5,
    issued=date(2026, 3, 1), expires=date(2029, 2, 28), document_hash=bytes(range(16)),
)  # fmt: skip
TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, COSEKeyInterface]:
    path = tmp_path_factory.mktemp("keys") / "keys.json"
    path.write_text(public_set([KEY, new_key("2025-a")]), encoding="utf-8")
    assert '"d"' not in path.read_text(encoding="utf-8")
    return read_public_set(path)


def test_a_token_says_what_was_signed(keys: Mapping[str, COSEKeyInterface]) -> None:
    verdict = verify(sign(CLAIMS, KEY), keys, today=TODAY)
    assert (verdict.code, verdict.valid, verdict.kid, verdict.claims) == ("valid", True, "2026-a", CLAIMS)


def test_an_address_ending_in_the_token_verifies_too(keys: Mapping[str, COSEKeyInterface]) -> None:
    assert verify(f"https://example.test/verify/{sign(CLAIMS, KEY)}\n", keys, today=TODAY).valid


def test_the_same_claims_give_the_same_token() -> None:
    assert sign(CLAIMS, KEY) == sign(CLAIMS, KEY)


@pytest.mark.parametrize(
    ("today", "code"),
    [
        (date(2026, 2, 28), "not_yet_valid"),
        (date(2026, 3, 1), "valid"),
        (date(2029, 2, 28), "valid"),
        (date(2029, 3, 1), "expired"),
    ],
)
def test_a_permit_is_valid_from_its_first_to_its_last_day(
    keys: Mapping[str, COSEKeyInterface], today: date, code: str
) -> None:
    assert verify(sign(CLAIMS, KEY), keys, today=today).code == code


def test_a_key_we_do_not_know_is_no_authority(keys: Mapping[str, COSEKeyInterface]) -> None:
    assert verify(sign(CLAIMS, new_key("stranger")), keys, today=TODAY).code == "unknown_key"


def test_another_key_under_our_name_is_a_bad_signature(keys: Mapping[str, COSEKeyInterface]) -> None:
    assert verify(sign(CLAIMS, new_key("2026-a")), keys, today=TODAY).code == "bad_signature"


@given(place=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_no_flipped_bit_leaves_a_valid_token(keys: Mapping[str, COSEKeyInterface], place: int, bit: int) -> None:
    signed = bytearray(base64.urlsafe_b64decode(sign(CLAIMS, KEY) + "=="))
    signed[place % len(signed)] ^= 1 << bit
    text = base64.urlsafe_b64encode(bytes(signed)).decode().rstrip("=")
    try:
        verdict = verify(text, keys, today=TODAY)
    except UnreadableToken:
        return
    assert not verdict.valid


@given(st.one_of(st.text(), st.binary().map(lambda raw: base64.urlsafe_b64encode(raw).decode())))
def test_any_other_text_is_unreadable_never_an_accident(keys: Mapping[str, COSEKeyInterface], text: str) -> None:
    assume(text != sign(CLAIMS, KEY))
    with pytest.raises(UnreadableToken):
        verify(text, keys, today=TODAY)


def test_the_token_fits_a_small_code() -> None:
    code = segno.make(f"https://permits.damascus.example/verify/{sign(CLAIMS, KEY)}", error="m")
    assert code.symbol_size(border=0)[0] <= 73


def test_a_private_key_file_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "key.json"
    path.write_text(json.dumps(KEY), encoding="utf-8")
    assert read_private_key(path) == KEY


@pytest.mark.parametrize("text", ["", "{}", '{"keys": [{"kty": "RSA", "crv": "", "kid": "a"}]}', '{"keys": 1}'])
def test_a_file_that_is_no_key_set_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "keys.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KeySetError):
        read_public_set(path)
