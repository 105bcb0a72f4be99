"""`rukhsa verify`: check the token of a document's QR code with files alone: public keys, and the revocations."""

import argparse
import sys
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

from permits.calendar import DAMASCUS, local_time, today
from permits.db import utcnow
from permits.documents.claims import Claims, ExtractClaims, PermitClaims
from permits.documents.revocations import RevocationList, RevocationListError, judged, read_list
from permits.documents.telling import code_text
from permits.documents.token import KeySetError, UnreadableToken, Verdict, read_public_set, verify
from permits.i18n import translate

VALID, NOT_VALID, UNREADABLE = 0, 1, 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("token", help="the text of the QR code, or - to read it from standard input")
    parser.add_argument(
        "--keys", type=Path, default=Path("permit-keys.json"), help="public key set of the governorate (JWKS)"
    )
    parser.add_argument("--revoked", type=Path, default=None, help="signed list of revocations of the governorate")
    parser.add_argument("--on", type=date.fromisoformat, default=None, help="day to judge by (default: today)")
    default = parser.get_default("lang") or "ar"
    parser.add_argument("--lang", choices=("ar", "en"), default=default, help="language of the answer")


def run(args: argparse.Namespace) -> int:
    """0 valid, 1 not valid, 2 unreadable (the token, the key set or the list of revocations)."""
    text = sys.stdin.read() if args.token == "-" else args.token  # noqa: S105 - a dash, not a password
    day = args.on or today()
    try:
        keys = read_public_set(args.keys)
        verdict = verify(text, keys, today=day)
        known = read_list(args.revoked.read_text(encoding="ascii"), keys) if args.revoked else None
    except UnreadableToken:
        print(translate(args.lang, "verify-unreadable"))
        return UNREADABLE
    except RevocationListError as error:
        print(translate(args.lang, f"verify-list-{error.code}"))
        return UNREADABLE
    except UnicodeDecodeError:
        print(translate(args.lang, "verify-list-unreadable"))
        return UNREADABLE
    except (KeySetError, OSError) as error:
        print(error, file=sys.stderr)
        return UNREADABLE
    if known:
        verdict = judged(verdict, known, today=day)
    print("\n".join([*_lines(verdict, args.lang), *_of_list(verdict, known, _moment(args.on), args.lang)]))
    return VALID if verdict.valid else NOT_VALID


def _moment(on: date | None) -> datetime:
    """The moment by which a list is fresh: now, or the end of the day to judge by."""
    return utcnow() if on is None else datetime.combine(on, time.max, DAMASCUS)


def _lines(verdict: Verdict, language: str) -> Iterator[str]:
    yield translate(language, f"verify-{verdict.code}")
    if verdict.revocation:
        reason = code_text(language, "revocation", verdict.revocation.reason)
        yield f"{translate(language, 'verify-revoked-on')}: {verdict.revocation.on.isoformat()}"
        yield f"{translate(language, 'verify-revoked-why')}: {reason}"
    for key, value in _facts(verdict.claims, language):
        yield f"{translate(language, f'verify-{key}')}: {value}"
    yield f"{translate(language, 'verify-key')}: {verdict.kid}"


def _facts(claims: Claims, language: str) -> Iterator[tuple[str, str]]:
    yield "kind", translate(language, f"verify-title-{claims.kind}")
    yield "number", claims.number
    if isinstance(claims, PermitClaims):
        yield from (("plot", claims.plot), ("floors", str(claims.floors)))
    elif isinstance(claims, ExtractClaims):
        yield from (("parcel", claims.parcel), ("zone", claims.zone))
        yield "purpose", code_text(language, "extract-purpose", claims.purpose)
        yield "as-of", claims.as_of.isoformat()
    else:
        yield "use", code_text(language, "occupancy-kind", claims.use)
        yield from (("area", str(claims.area)), ("place", claims.place), ("point", claims.degrees))
        yield "starts", claims.starts.isoformat()
    yield "issued", claims.issued.isoformat()
    yield "expires", claims.expires.isoformat()
    yield "hash", claims.document_hash.hex()


def _of_list(verdict: Verdict, known: RevocationList | None, now: datetime, language: str) -> Iterator[str]:
    """What the list of revocations is worth: none, another's, too old, or of which moment."""
    if known is None:
        yield translate(language, "verify-list-none")
        return
    if known.issuer != verdict.claims.issuer:
        yield translate(language, "verify-list-other", issuer=known.issuer)
        return
    yield translate(language, "verify-list", issued=local_time(known.issued))
    if known.is_stale(now):
        yield translate(language, "verify-list-stale", until=local_time(known.fresh_until))
