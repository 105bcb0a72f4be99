"""Codes of documents in words; a code that this version does not know is shown as it is written."""

from permits.documents.revocations import RevocationReason
from permits.extracts.purposes import Purpose
from permits.i18n import known, translate
from permits.occupancy.applying import OccupancyKind

_VERDICTS = (
    "valid", "expired", "not_yet_valid", "bad_signature", "unknown_key", "revoked", "unreadable", "unknown_permit",
)  # fmt: skip
_LABELS = (
    "kind", "number", "plot", "floors", "parcel", "zone", "purpose", "as-of", "use", "area", "place", "point", "issued",
    "starts", "expires", "issuer", "hash", "key", "revoked-on", "revoked-why", "title-permit", "title-extract",
    "title-occupancy", "device-day", "no-list", "list-of", "list-old", "clock-behind", "no-camera", "ready",
)  # fmt: skip


def code_text(language: str, kind: str, code: str) -> str:
    """The text of a code of a kind: "occupancy-kind", "extract-purpose" or "revocation"."""
    key = f"{kind}-{code}"
    return translate(language, key) if known(language, key) else code


def verdict_texts(language: str) -> dict[str, str]:
    """Every text that the check of a document may need where no server answers, by its key."""
    keys = [f"verify-{name}" for name in (*_VERDICTS, *_LABELS)]
    keys += [f"revocation-{reason}" for reason in RevocationReason]
    keys += [f"occupancy-kind-{kind}" for kind in OccupancyKind]
    keys += [f"extract-purpose-{purpose}" for purpose in Purpose]
    return {key: translate(language, key) for key in keys}
