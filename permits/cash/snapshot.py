"""What a desk takes along: the bills that can be paid, its numbers, its certificate, and what the office has of it.

The office signs it. `acknowledged` and `head` say up to which entry the office has the desk's queue: there is no other
acknowledgement. A payer's name is in it: the medium that carries it is kept as a file of the office is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cwt.cose_key_interface import COSEKeyInterface

from permits.cash.sealed import BadSeal, seal, unseal
from permits.cash.till import Block

KIND = "cash-snapshot"


@dataclass(frozen=True)
class PayableBill:
    """A bill as the desk sees it; new piastres. `least` is the smallest sum that is accepted."""

    reference: str
    left: int
    least: int
    expires_at: datetime
    payer: str


@dataclass(frozen=True)
class Snapshot:
    """The office's word to one desk; `note` is the smallest note in piastres."""

    desk: str
    centre: str
    made_at: datetime
    note: int
    acknowledged: int
    head: bytes
    certificate: bytes
    blocks: tuple[Block, ...]
    bills: tuple[PayableBill, ...]


def sign_snapshot(snapshot: Snapshot, key: Mapping[str, str]) -> bytes:
    """The snapshot as it is carried to the desk."""
    content = {
        "desk": snapshot.desk, "centre": snapshot.centre, "made_at": snapshot.made_at.isoformat(),
        "note": snapshot.note, "acknowledged": snapshot.acknowledged, "head": snapshot.head,
        "certificate": snapshot.certificate, "blocks": [[b.prefix, b.first, b.last] for b in snapshot.blocks],
        "bills": [[b.reference, b.left, b.least, b.expires_at.isoformat(), b.payer] for b in snapshot.bills],
    }  # fmt: skip
    return seal(KIND, content, key)


def read_snapshot(signed: bytes, keys: Mapping[str, COSEKeyInterface]) -> Snapshot:
    """A snapshot that the office signed; raises BadSeal."""
    raw: dict[str, Any] = unseal(KIND, signed, keys).content
    try:
        bills = [
            PayableBill(reference, left, least, datetime.fromisoformat(expires), payer)
            for reference, left, least, expires, payer in raw["bills"]
        ]
        return Snapshot(
            desk=raw["desk"], centre=raw["centre"], made_at=datetime.fromisoformat(raw["made_at"]), note=raw["note"],
            acknowledged=raw["acknowledged"], head=raw["head"], certificate=raw["certificate"],
            blocks=tuple(Block(*block) for block in raw["blocks"]), bills=tuple(bills),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError) as error:
        raise BadSeal("unreadable") from error
