"""What is announced of an entry: canonical JSON without names or identities of persons, signed by the office's key."""

import hashlib
from collections.abc import Mapping
from typing import Any

from permits.cash.sealed import seal
from permits.db import canonical
from permits.register.state import SheetState
from permits.register.tables import JournalEntry, Sheet

KIND = "register-announcement"
VERSION = 1


def state_hash(state: SheetState | None) -> str:
    """SHA-256 of everything that a sheet says, in one order; None for a sheet that an entry took back altogether.

    Owners are in it by their ids, which tell nobody who they are.
    """
    return hashlib.sha256(canonical(None if state is None else _told(state)).encode()).hexdigest()


def _told(state: SheetState) -> dict[str, Any]:
    signals = [
        [s.id, s.kind, s.detail, s.party, s.beneficiary, s.piastres, s.epoch, s.rank, s.expires]
        for s in sorted(state.signals, key=lambda signal: signal.id)
    ]
    return {
        "tenure": state.tenure, "area": f"{state.area:f}", "status": str(state.status),
        "description": state.description, "land_shares": state.land_shares, "common": list(state.common),
        "holdings": {party: f"{share.numerator}/{share.denominator}" for party, share in state.holdings.items()},
        "signals": signals,
    }  # fmt: skip


def content_of(
    entry: JournalEntry, sheet: Sheet, *, office: str, before: int | None, state: SheetState | None
) -> dict[str, Any]:  # fmt: skip
    """The entry as it is announced; `before` is the entry announced before it on this sheet."""
    return {
        "format": KIND, "version": VERSION, "office": office, "entry": entry.number, "before": before,
        "act": entry.act, "valid_on": entry.valid_on, "state": state_hash(state),
        "sheet": {
            "id": sheet.id, "zone": sheet.cadastral_zone, "parcel": sheet.parcel, "section": sheet.section,
            "register": sheet.register,
        },
    }  # fmt: skip


def envelope(content: Mapping[str, Any], key: Mapping[str, str]) -> bytes:
    """The signed bytes, COSE_Sign1 of CBOR `[KIND, {"json": …}]`: the same for the same content and key."""
    return seal(KIND, {"json": canonical(dict(content)).encode()}, key)
