"""Signed messages between the office and its desks: COSE_Sign1 over Ed25519, with their kind inside the signature."""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cwt import COSE, COSEKey, DecodeError, VerifyError
from cwt.cose_key_interface import COSEKeyInterface

_ALG, _KID, _EDDSA, _SIGN1 = 1, 4, -8, 18


class BadSeal(ValueError):
    """A message that is not believed; `code` is "unreadable", "unknown_key" or "bad_signature"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


DESK_CODE = re.compile(r"[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*")
LONGEST_CODE = 16


def is_desk_code(text: str) -> bool:
    """Whether a text can name a desk: capital letters, digits and hyphens, for it opens receipt numbers."""
    return len(text) <= LONGEST_CODE and DESK_CODE.fullmatch(text) is not None


@dataclass(frozen=True)
class Sealed:
    """A message with the id of the key that is said to have signed it."""

    kid: str
    content: dict[str, Any]


def seal(kind: str, content: Mapping[str, Any], key: Mapping[str, str]) -> bytes:
    """Sign `content` (texts, whole numbers, bytes, lists, maps) with a private JWK."""
    payload = cbor2.dumps([kind, dict(content)], canonical=True)
    protected = {_ALG: _EDDSA, _KID: key["kid"].encode()}
    private = COSEKey.from_jwk({**key, "alg": "EdDSA"})
    signed = COSE.new(deterministic_header=True).encode_and_sign(payload, private, protected=protected)
    return signed if isinstance(signed, bytes) else cbor2.dumps(signed)


def peek(kind: str, signed: bytes) -> Sealed:
    """Read a message without believing it; raises BadSeal for what is none of this kind."""
    try:
        message = _load_all(signed)
        if not isinstance(message, cbor2.CBORTag) or message.tag != _SIGN1:
            raise BadSeal("unreadable")
        protected, unprotected, payload, _ = message.value
        header, (said, content) = _load_all(protected), _load_all(payload)
        if unprotected != {} or header[_ALG] != _EDDSA or said != kind or not isinstance(content, dict):
            raise BadSeal("unreadable")
        return Sealed(header[_KID].decode(), content)
    except (cbor2.CBORDecodeError, KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise BadSeal("unreadable") from error


def unseal(kind: str, signed: bytes, keys: Mapping[str, COSEKeyInterface]) -> Sealed:
    """Read a message that one of `keys` signed; raises BadSeal."""
    sealed = peek(kind, signed)
    if sealed.kid not in keys:
        raise BadSeal("unknown_key")
    try:
        COSE.new().decode(signed, keys[sealed.kid])
    except VerifyError as error:
        raise BadSeal("bad_signature") from error
    except (DecodeError, ValueError) as error:
        raise BadSeal("unreadable") from error
    return sealed


def public_key(kid: str, raw: bytes) -> COSEKeyInterface:
    """A verifying key of thirty-two bytes; raises BadSeal."""
    try:
        Ed25519PublicKey.from_public_bytes(raw)
        jwk = {"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "kid": kid, "x": text_of(raw)}
        return COSEKey.from_jwk(jwk)
    except (ValueError, TypeError) as error:
        raise BadSeal("unreadable") from error


def text_of(raw: bytes) -> str:
    """Bytes as base64url."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def bytes_of(text: str) -> bytes:
    """Bytes out of base64url; raises BadSeal."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadSeal("unreadable") from error


def _load_all(raw: bytes) -> Any:
    """One CBOR item that fills `raw`, with nothing after it."""
    stream = BytesIO(raw)
    item = cbor2.CBORDecoder(stream).decode()
    if stream.read(1):
        raise BadSeal("unreadable")
    return item
