"""The office's own check of a token: the signature, the days, and whether the document still stands."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from cwt.cose_key_interface import COSEKeyInterface
from sqlalchemy import select
from sqlalchemy.orm import Session

from permits.documents.claims import Claims, ExtractClaims, PermitClaims
from permits.documents.revoking import revocation_of
from permits.documents.tables import Permit
from permits.documents.token import UnreadableToken, Verdict, verify
from permits.errors import Invalid
from permits.occupancy.tables import OccupancyLicence
from permits.register.tables import Extract


def check_token(
    session: Session, *, keys: Mapping[str, COSEKeyInterface], text: str, today: date
) -> Verdict:  # fmt: skip
    """The verdict with what the office knows: also "revoked" or "unknown_permit"; raises Invalid for no token."""
    try:
        verdict = verify(text, keys, today=today)
    except UnreadableToken as error:
        raise Invalid("token-unreadable") from error
    if not verdict.genuine:
        return verdict
    known = _fingerprint(session, verdict.claims)
    if known is None or not known.startswith(verdict.claims.document_hash.hex()):
        return replace(verdict, code="unknown_permit")
    found = revocation_of(session, verdict.claims.number)
    return replace(verdict, code="revoked", revocation=found) if found and found.on <= today else verdict


def _fingerprint(session: Session, claims: Claims) -> str | None:
    """The hash of what the document of these claims says, as the office keeps it."""
    kind: type[Permit] | type[OccupancyLicence] | type[Extract] = OccupancyLicence
    if isinstance(claims, PermitClaims):
        kind = Permit
    elif isinstance(claims, ExtractClaims):
        kind = Extract
    return session.scalar(select(kind.fingerprint).where(kind.number == claims.number))
