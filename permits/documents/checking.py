"""The office's own check of a token: the signature, the days, and whether the permit still stands."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from cwt.cose_key_interface import COSEKeyInterface
from sqlalchemy import select
from sqlalchemy.orm import Session

from permits.documents.tables import Permit
from permits.documents.token import UnreadableToken, Verdict, verify
from permits.errors import Invalid


def check_token(
    session: Session, *, keys: Mapping[str, COSEKeyInterface], text: str, today: date
) -> Verdict:  # fmt: skip
    """The verdict with what the office knows: also "revoked" or "unknown_permit"; raises Invalid for no token."""
    try:
        verdict = verify(text, keys, today=today)
    except UnreadableToken as error:
        raise Invalid("token-unreadable") from error
    code = verdict.code
    if code in ("valid", "expired", "not_yet_valid"):
        permit = session.scalar(select(Permit).where(Permit.number == verdict.claims.number))
        if permit is None or not permit.fingerprint.startswith(verdict.claims.document_hash.hex()):
            code = "unknown_permit"
        elif permit.revoked_at is not None:
            code = "revoked"
    return replace(verdict, code=code)
