"""The list of revoked documents that an inspector carries: signed, dated, and fresh for so many hours.

A CWT like the documents' own tokens, of the kind "revocations": its issue time, the moment until which it is
fresh, and for each document its number, the day from which it no longer stands, and a code of why.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from cwt.cose_key_interface import COSEKeyInterface

from permits.documents.claims import EXPIRES, ISSUED, ISSUER, KIND, day, seconds
from permits.documents.token import Revocation, UnreadableToken, Verdict, open_map, sign_map

_KIND = "revocations"
_ENTRIES = -70010


class RevocationReason(StrEnum):
    """Why a document no longer stands; the text of each is `revocation-<code>`."""

    TERMS_BREACHED = "terms_breached"
    FALSE_STATEMENT = "false_statement"
    PUBLIC_NEED = "public_need"
    COURT_ORDER = "court_order"
    OFFICE_ERROR = "office_error"


@dataclass(frozen=True)
class RevocationList:
    """The revocations of one issuer at one moment, by number."""

    issuer: str
    issued: datetime
    fresh_until: datetime
    revoked: Mapping[str, Revocation]

    def is_stale(self, now: datetime) -> bool:
        """Whether it is older than its limit, so that it may lack what was revoked since."""
        return now > self.fresh_until


class RevocationListError(ValueError):
    """A file that is no list of revocations signed by a known key; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def sign_list(
    revoked: Iterable[Revocation], key: Mapping[str, str], *, issuer: str, now: datetime, fresh_hours: int
) -> str:  # fmt: skip
    """The list as text, issued at `now`."""
    entries = [[one.number, seconds(one.on), one.reason] for one in sorted(revoked, key=lambda one: one.number)]
    issued = int(now.timestamp())
    content = {KIND: _KIND, ISSUER: issuer, ISSUED: issued, EXPIRES: issued + 3600 * fresh_hours, _ENTRIES: entries}
    return sign_map(content, key)


def read_list(text: str, keys: Mapping[str, COSEKeyInterface]) -> RevocationList:
    """The list of a file; raises RevocationListError: unreadable, bad_signature, unknown_key."""
    try:
        _, code, raw = open_map(text, keys)
        if code != "signed":
            raise RevocationListError(code)
        if raw.get(KIND) != _KIND:
            raise RevocationListError("unreadable")
        return _list(raw)
    except (UnreadableToken, KeyError, TypeError, ValueError, OverflowError) as error:
        if isinstance(error, RevocationListError):
            raise
        raise RevocationListError("unreadable") from error


def _list(raw: Mapping[int, Any]) -> RevocationList:
    found = [Revocation(str(number), day(on), str(reason)) for number, on, reason in raw[_ENTRIES]]
    issued, until = (datetime.fromtimestamp(raw[claim], UTC) for claim in (ISSUED, EXPIRES))
    return RevocationList(str(raw[ISSUER]), issued, until, {one.number: one for one in found})


def judged(verdict: Verdict, known: RevocationList, *, today: date) -> Verdict:
    """A verdict with what a list knows on a day; a list of another issuer knows nothing of it."""
    found = known.revoked.get(verdict.claims.number)
    if not verdict.genuine or found is None or known.issuer != verdict.claims.issuer or today < found.on:
        return verdict
    return replace(verdict, code="revoked", revocation=found)
