"""The office's own check of a token: the signature, the days, and whether the permit still stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cwt.cose_key_interface import COSEKeyInterface
from sqlalchemy import select
from sqlalchemy.orm import Session

from permits.documents.tables import Permit
from permits.documents.token import PermitClaims, UnreadableToken, verify
from permits.errors import Invalid


@dataclass(frozen=True)
class Checked:
    """`code` is that of a Verdict, or "revoked", or "unknown_permit" where our books do not have it."""

    code: str
    kid: str
    claims: PermitClaims

    @property
    def valid(self) -> bool:
        """Whether the permit is genuine, in force and not revoked."""
        return self.code == "valid"


def check_token(
    session: Session, *, keys: Mapping[str, COSEKeyInterface], text: str, today: date
) -> Checked:  # fmt: skip
    """Judge a token with what only the office knows; raises Invalid where it is none."""
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
    return Checked(code, verdict.kid, verdict.claims)
