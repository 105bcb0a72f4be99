"""The signed token in a permit's QR code: a CWT (COSE_Sign1, EdDSA over Ed25519) that verifies with no network.

It carries the permit's number, plot, floors, days and the first sixteen bytes of the hash of the document's
data; the key id is in the protected header. An inspector needs the public key set file and nothing else.
"""

import base64
import binascii
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cwt import COSE, COSEKey, DecodeError, VerifyError
from cwt.cose_key_interface import COSEKeyInterface

HASH_BYTES = 16
_ALG, _KID, _EDDSA, _SIGN1 = 1, 4, -8, 18
_ISSUER, _EXPIRES, _ISSUED, _ID = 1, 4, 6, 7  # registered CWT claims
_NUMBER, _PLOT, _FLOORS = -70001, -70002, -70003  # private claims


class UnreadableToken(ValueError):
    """Text that is not a permit token at all."""


class KeySetError(ValueError):
    """A key file that is not a set of Ed25519 keys."""


@dataclass(frozen=True)
class PermitClaims:
    """What the token says; `document_hash` is sixteen bytes, `expires` the last day of validity."""

    issuer: str
    number: str
    plot: str
    floors: int
    issued: date
    expires: date
    document_hash: bytes


@dataclass(frozen=True)
class Verdict:
    """`code` is "valid", "expired", "not_yet_valid", "bad_signature" or "unknown_key"."""

    code: str
    kid: str
    claims: PermitClaims

    @property
    def valid(self) -> bool:
        """Whether the permit is signed by a known key and in force."""
        return self.code == "valid"


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


def sign(claims: PermitClaims, key: Mapping[str, str]) -> str:
    """The token of a permit as base64url text, to be put in a QR code or after a verification address."""
    if len(claims.document_hash) != HASH_BYTES:
        raise ValueError(f"a document hash has {HASH_BYTES} bytes")
    payload = cbor2.dumps(
        {
            _ISSUER: claims.issuer,
            _EXPIRES: _seconds(claims.expires),
            _ISSUED: _seconds(claims.issued),
            _ID: claims.document_hash,
            _NUMBER: claims.number,
            _PLOT: claims.plot,
            _FLOORS: claims.floors,
        },
        canonical=True,
    )
    protected = {_ALG: _EDDSA, _KID: key["kid"].encode()}
    signed = COSE.new(deterministic_header=True).encode_and_sign(payload, _cose_key(key), protected=protected)
    return _b64(signed if isinstance(signed, bytes) else cbor2.dumps(signed))


def verify(text: str, keys: Mapping[str, COSEKeyInterface], *, today: date) -> Verdict:
    """Judge a token, bare or at the end of an address; raises UnreadableToken."""
    signed = _bytes_of(text)
    kid, claims = _read(signed)
    if kid not in keys:
        return Verdict("unknown_key", kid, claims)
    try:
        COSE.new().decode(signed, keys[kid])
    except VerifyError:
        return Verdict("bad_signature", kid, claims)
    except (DecodeError, ValueError) as error:
        raise UnreadableToken("not a signed token") from error
    if today < claims.issued:
        return Verdict("not_yet_valid", kid, claims)
    return Verdict("expired" if today > claims.expires else "valid", kid, claims)


def _bytes_of(text: str) -> bytes:
    token = text.strip().rsplit("/", 1)[-1]
    try:
        return base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise UnreadableToken("not base64url") from error


def _read(signed: bytes) -> tuple[str, PermitClaims]:
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
        return header[_KID].decode(), _claims(claims)
    except (cbor2.CBORDecodeError, KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise UnreadableToken("not a permit token") from error


def _load_all(raw: bytes) -> Any:
    """Decode one CBOR item that fills `raw`, with nothing after it."""
    stream = BytesIO(raw)
    item = cbor2.CBORDecoder(stream).decode()
    if stream.read(1):
        raise UnreadableToken("bytes after the token")
    return item


def _claims(raw: Mapping[int, Any]) -> PermitClaims:
    claims = PermitClaims(
        issuer=raw[_ISSUER],
        number=raw[_NUMBER],
        plot=raw[_PLOT],
        floors=raw[_FLOORS],
        issued=datetime.fromtimestamp(raw[_ISSUED], UTC).date(),
        expires=datetime.fromtimestamp(raw[_EXPIRES], UTC).date(),
        document_hash=raw[_ID],
    )
    texts = (claims.issuer, claims.number, claims.plot)
    if not all(isinstance(text, str) for text in texts) or not isinstance(claims.document_hash, bytes):
        raise UnreadableToken("claims of a wrong type")
    return claims


def _seconds(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
