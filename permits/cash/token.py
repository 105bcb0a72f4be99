"""The QR code of a cash receipt: signed by the desk, whose certificate, signed by the office, it carries along.

Whoever has the office's public key set checks it with no network. What no paper can tell is whether the receipt was
voided afterwards: the office knows that.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

import cbor2
from cwt.cose_key_interface import COSEKeyInterface

from permits.calendar import local_day
from permits.cash.sealed import BadSeal, bytes_of, peek, public_key, seal, text_of, unseal

CERTIFICATE, RECEIPT = "cash-desk", "cash-receipt"


@dataclass(frozen=True)
class Certificate:
    """The office's word that a key is a desk's; the days are the first and the last on which it takes money."""

    desk: str
    centre: str
    key: bytes
    since: date
    until: date


@dataclass(frozen=True)
class CashClaims:
    """What a receipt's code says; new piastres."""

    number: str
    reference: str
    piastres: int
    rounding: int
    taken_at: datetime


@dataclass(frozen=True)
class CashVerdict:
    """`code` is "valid", "unknown_key", "bad_signature" or "outside_certificate"."""

    code: str
    desk: str
    centre: str
    claims: CashClaims


def certify(certificate: Certificate, key: Mapping[str, str]) -> bytes:
    """The certificate, signed with the office's key."""
    content = {
        "d": certificate.desk, "c": certificate.centre, "x": certificate.key, "f": certificate.since.isoformat(),
        "u": certificate.until.isoformat(),
    }  # fmt: skip
    return seal(CERTIFICATE, content, key)


def read_certificate(signed: bytes, keys: Mapping[str, COSEKeyInterface] | None = None) -> Certificate:
    """A certificate, verified where keys are given; raises BadSeal."""
    raw = (peek(CERTIFICATE, signed) if keys is None else unseal(CERTIFICATE, signed, keys)).content
    try:
        return Certificate(
            raw["d"], raw["c"], raw["x"], date.fromisoformat(raw["f"]), date.fromisoformat(raw["u"])
        )  # fmt: skip
    except (KeyError, TypeError, ValueError) as error:
        raise BadSeal("unreadable") from error


def sign_receipt(claims: CashClaims, *, key: Mapping[str, str], certificate: bytes) -> str:
    """The text of the QR code."""
    content = {
        "n": claims.number, "r": claims.reference, "p": claims.piastres, "o": claims.rounding,
        "t": int(claims.taken_at.timestamp()),
    }  # fmt: skip
    return text_of(cbor2.dumps([certificate, seal(RECEIPT, content, key)]))


def verify_receipt(text: str, keys: Mapping[str, COSEKeyInterface]) -> CashVerdict:
    """Judge a code by the office's public keys alone; BadSeal "unreadable" for what is no cash receipt."""
    certificate, receipt = _parts(text)
    named, claims = read_certificate(certificate), _claims(receipt)
    code = "valid"
    try:
        read_certificate(certificate, keys)
        unseal(RECEIPT, receipt, {named.desk: public_key(named.desk, named.key)})
    except BadSeal as error:
        code = error.code
    if code == "valid" and not named.since <= local_day(claims.taken_at) <= named.until:
        code = "outside_certificate"
    return CashVerdict(code, named.desk, named.centre, claims)


def _parts(text: str) -> tuple[bytes, bytes]:
    try:
        certificate, receipt = cbor2.loads(bytes_of(text.strip().rsplit("/", 1)[-1]))
    except (cbor2.CBORDecodeError, TypeError, ValueError) as error:
        raise BadSeal("unreadable") from error
    if not isinstance(certificate, bytes) or not isinstance(receipt, bytes):
        raise BadSeal("unreadable")
    return certificate, receipt


def _claims(receipt: bytes) -> CashClaims:
    raw = peek(RECEIPT, receipt).content
    try:
        return CashClaims(raw["n"], raw["r"], raw["p"], raw["o"], datetime.fromtimestamp(raw["t"], UTC))
    except (KeyError, TypeError, ValueError, OverflowError, OSError) as error:
        raise BadSeal("unreadable") from error
