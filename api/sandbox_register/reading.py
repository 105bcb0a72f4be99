"""Read and verify an envelope: COSE_Sign1 (RFC 9052) over Ed25519, with nothing of the product's own code."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cbor2
from cwt import COSE, COSEKey, CWTError
from cwt.cose_key_interface import COSEKeyInterface

_KIND, _KID, _SIGN1 = "register-announcement", 4, 18


class Refused(Exception):
    """An envelope that is not believed; `code` is unreadable, unknown-key, bad-signature or office-unknown."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Entry:
    """An entry of an office on one of its sheets; `state` is the hash of the sheet after it."""

    office: str
    sheet: str
    zone: str
    parcel: str
    section: str
    number: int
    before: int | None
    act: str
    valid_on: str
    state: str


def read_keys(path: Path) -> dict[str, COSEKeyInterface]:
    """The public keys of a JSON Web Key Set by their ids."""
    found = json.loads(path.read_text(encoding="utf-8"))["keys"]
    return {key["kid"]: COSEKey.from_jwk({**key, "alg": "EdDSA"}) for key in found}


def read(envelope: bytes, offices: Mapping[str, Mapping[str, COSEKeyInterface]]) -> Entry:
    """The entry that an office's key signed; raises Refused."""
    try:
        message = cbor2.loads(envelope)
        kid = cbor2.loads(message.value[0])[_KID].decode()
        kind, payload = cbor2.loads(message.value[2])
        told = json.loads(payload["json"])
        entry = _entry(told)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, EOFError, OverflowError) as error:
        raise Refused("unreadable") from error
    if message.tag != _SIGN1 or kind != _KIND or (told["format"], told["version"]) != (_KIND, 1):
        raise Refused("unreadable")
    keys = offices.get(entry.office)
    if keys is None:
        raise Refused("office-unknown")
    if kid not in keys:
        raise Refused("unknown-key")
    try:
        COSE.new().decode(envelope, keys[kid])
    except (CWTError, ValueError) as error:
        raise Refused("bad-signature") from error
    return entry


def _entry(told: Mapping[str, Any]) -> Entry:
    sheet = told["sheet"]
    return Entry(
        office=str(told["office"]), sheet=str(sheet["id"]), zone=str(sheet["zone"]), parcel=str(sheet["parcel"]),
        section=str(sheet["section"]), number=int(told["entry"]),
        before=None if told["before"] is None else int(told["before"]), act=str(told["act"]),
        valid_on=str(told["valid_on"]), state=str(told["state"]),
    )  # fmt: skip
