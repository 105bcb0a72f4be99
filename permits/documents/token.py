"""The signed token in a document's QR code: a CWT (COSE_Sign1, EdDSA over Ed25519) that verifies with no network.

It carries the document's number, its days, what an inspector compares with what he sees, and the first sixteen
bytes of the hash of the document's data; the key id is in the protected header. An inspector needs the public key
set file, and the list of revocations to know what was withdrawn since.
"""

import base64
import binascii
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cwt import COSE, COSEKey, DecodeError, VerifyError
from cwt.cose_key_interface import COSEKeyInterface

from permits.documents.claims import Claims, from_map, to_map

HASH_BYTES = 16
_ALG, _KID, _EDDSA, _SIGN1 = 1, 4, -8, 18


class UnreadableToken(ValueError):
    """Text that is not a token of ours at all."""


class KeySetError(ValueError):
    """A key file that is not a set of Ed25519 keys."""


@dataclass(frozen=True)
class Revocation:
    """A document withdrawn on a day; `reason` is a code of `permits.documents.revocations`."""

    number: str
    on: date
    reason: str


@dataclass(frozen=True)
class Verdict:
    """`code` is "valid", "expired", "not_yet_valid", "bad_signature" or "unknown_key".

    Whoever knows of revocations may change it to "revoked", with the `revocation`.
    """

    code: str
    kid: str
    claims: Claims
    revocation: Revocation | None = None

    @property
    def valid(self) -> bool:
        """Whether the document is signed by a known key and in force."""
        return self.code == "valid"

    @property
    def genuine(self) -> bool:
        """Whether it is ours, whatever the day says."""
        return self.code in ("valid", "expired", "not_yet_valid")


def new_key(kid: str) -> dict[str, str]:
    """A fresh private Ed25519 key as a JWK; keep it secret."""
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    jwk = {"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "kid": kid, "x": _b64(public)}
    return jwk | {"d": _b64(private.private_bytes_raw())}


def public_set(keys: Iterable[Mapping[str, str]]) -> str:
    """The key set file for inspectors: a JWKS of the public parts alone."""
    return json.dumps({"keys": [{k: v for k, v in sorted(key.items()) if k != "d"} for key in keys]}, indent=1)


def read_public_set(path: Path) -> dict[str, COSEKeyInterface]:
    """Read a public key set file, by key id; raises KeySetError, or OSError where there is no file."""
    return cose_keys(path.read_text(encoding="utf-8"))


def cose_keys(text: str) -> dict[str, COSEKeyInterface]:
    """Read the text of a key set; raises KeySetError."""
    try:
        return {key["kid"]: _cose_key(key) for key in json.loads(text)["keys"]}
    except (ValueError, KeyError, TypeError) as error:
        raise KeySetError("not a key set") from error


def read_private_key(path: Path) -> dict[str, str]:
    """Read the private JWK that signs; raises KeySetError."""
    try:
        key = json.loads(path.read_text(encoding="utf-8"))
        _cose_key(key)
        return {name: str(key[name]) for name in ("kty", "crv", "alg", "kid", "x", "d")}
    except (ValueError, KeyError, TypeError) as error:
        raise KeySetError(f"{path.name} is not a private key") from error


def _cose_key(jwk: Mapping[str, Any]) -> COSEKeyInterface:
    if (jwk["kty"], jwk["crv"]) != ("OKP", "Ed25519"):
        raise KeySetError("not an Ed25519 key")
    return COSEKey.from_jwk({**jwk, "alg": "EdDSA"})


def sign(claims: Claims, key: Mapping[str, str]) -> str:
    """The token of a document as base64url text, to be put in a QR code or after a verification address."""
    if len(claims.document_hash) != HASH_BYTES:
        raise ValueError(f"a document hash has {HASH_BYTES} bytes")
    return sign_map(to_map(claims), key)


def sign_map(content: Mapping[int, Any], key: Mapping[str, str]) -> str:
    """A CWT of any claims as base64url text."""
    payload = cbor2.dumps(content, canonical=True)
    protected = {_ALG: _EDDSA, _KID: key["kid"].encode()}
    signed = COSE.new(deterministic_header=True).encode_and_sign(payload, _cose_key(key), protected=protected)
    return _b64(signed if isinstance(signed, bytes) else cbor2.dumps(signed))


def verify(text: str, keys: Mapping[str, COSEKeyInterface], *, today: date) -> Verdict:
    """Judge a token, bare or at the end of an address; raises UnreadableToken."""
    kid, code, raw = open_map(text, keys)
    try:
        claims = from_map(raw)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise UnreadableToken("not a token of ours") from error
    if code != "signed":
        return Verdict(code, kid, claims)
    if today < claims.starts:
        return Verdict("not_yet_valid", kid, claims)
    return Verdict("expired" if today > claims.expires else "valid", kid, claims)


def open_map(text: str, keys: Mapping[str, COSEKeyInterface]) -> tuple[str, str, Mapping[int, Any]]:
    """(key id, code, claims) of a CWT; code is "signed", "bad_signature" or "unknown_key". Raises UnreadableToken."""
    signed = _bytes_of(text)
    kid, raw = _read(signed)
    if kid not in keys:
        return kid, "unknown_key", raw
    try:
        COSE.new().decode(signed, keys[kid])
    except VerifyError:
        return kid, "bad_signature", raw
    except (DecodeError, ValueError) as error:
        raise UnreadableToken("not a signed token") from error
    return kid, "signed", raw


def _bytes_of(text: str) -> bytes:
    token = text.strip().rsplit("/", 1)[-1]
    try:
        return base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise UnreadableToken("not base64url") from error


def _read(signed: bytes) -> tuple[str, Mapping[int, Any]]:
    """The key id and the claims, not yet believed."""
    try:
        message = _load_all(signed)
        if not isinstance(message, cbor2.CBORTag) or message.tag != _SIGN1:
            raise UnreadableToken("not a signed token")
        protected, unprotected, payload, _ = message.value
        if unprotected != {}:
            raise UnreadableToken("something outside the signature")
        header, claims = _load_all(protected), _load_all(payload)
        if header[_ALG] != _EDDSA:
            raise UnreadableToken("not signed with EdDSA")
        if not isinstance(claims, Mapping):
            raise UnreadableToken("no claims")
        return header[_KID].decode(), claims
    except (cbor2.CBORDecodeError, KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise UnreadableToken("not a token of ours") from error


def _load_all(raw: bytes) -> Any:
    """Decode one CBOR item that fills `raw`, with nothing after it."""
    stream = BytesIO(raw)
    item = cbor2.CBORDecoder(stream).decode()
    if stream.read(1):
        raise UnreadableToken("bytes after the token")
    return item


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
