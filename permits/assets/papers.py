"""The documents behind a stage of a property: a paper or a picture, kept by its hash, read by the staff."""

from sqlalchemy.orm import Session

from permits.adapters.storage import Storage
from permits.assets.tables import AssetEvidence
from permits.errors import Invalid, NotFound, TooLarge
from permits.people.actor import STAFF, Actor

MOST_BYTES = 15 << 20
"""Of a document at the desk."""

_KINDS = {b"%PDF-": "application/pdf", b"\x89PNG\r\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
"""What is taken, by its first bytes; whatever else a browser might run is not."""


def keep_paper(storage: Storage, content: bytes) -> str:
    """Keep an uploaded document; its hash, empty where nothing was uploaded. Raises Invalid, TooLarge."""
    if not content:
        return ""
    if len(content) > MOST_BYTES:
        raise TooLarge("asset-paper-too-large", megabytes=MOST_BYTES >> 20)
    if _kind(content) is None:
        raise Invalid("asset-paper-kind")
    return storage.keep_bytes(content)


def read_paper(session: Session, *, actor: Actor, storage: Storage, evidence_id: str) -> tuple[bytes, str]:
    """The document of an entry of evidence, and its media type."""
    actor.need(*STAFF)
    row = session.get(AssetEvidence, evidence_id)
    if row is None or not row.sha256:
        raise NotFound("asset-paper-unknown")
    content = storage.read(row.sha256)
    return content, _kind(content) or "application/octet-stream"


def _kind(content: bytes) -> str | None:
    return next((media for start, media in _KINDS.items() if content.startswith(start)), None)
