"""`rukhsa verify`: check the token of a permit's QR code with a public key set file and no network."""

import argparse
import sys
from datetime import date
from pathlib import Path

from permits.documents.token import KeySetError, UnreadableToken, Verdict, read_public_set, verify
from permits.i18n import translate

VALID, NOT_VALID, UNREADABLE = 0, 1, 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("token", help="the text of the QR code, or - to read it from standard input")
    parser.add_argument(
        "--keys", type=Path, default=Path("permit-keys.json"), help="public key set of the governorate (JWKS)"
    )
    parser.add_argument("--on", type=date.fromisoformat, default=None, help="day to judge by (default: today)")
    default = parser.get_default("lang") or "ar"
    parser.add_argument("--lang", choices=("ar", "en"), default=default, help="language of the answer")


def run(args: argparse.Namespace) -> int:
    """0 valid, 1 not valid, 2 unreadable (the token or the key set)."""
    text = sys.stdin.read() if args.token == "-" else args.token  # noqa: S105 - a dash, not a password
    try:
        keys = read_public_set(args.keys)
        verdict = verify(text, keys, today=args.on or date.today())  # noqa: DTZ011 - the inspector's own day
    except (KeySetError, OSError) as error:
        print(error, file=sys.stderr)
        return UNREADABLE
    except UnreadableToken:
        print(translate(args.lang, "verify-unreadable"))
        return UNREADABLE
    print("\n".join(_lines(verdict, args.lang)))
    return VALID if verdict.valid else NOT_VALID


def _lines(verdict: Verdict, language: str) -> list[str]:
    claims = verdict.claims
    facts = {
        "number": claims.number,
        "plot": claims.plot,
        "floors": str(claims.floors),
        "issued": claims.issued.isoformat(),
        "expires": claims.expires.isoformat(),
        "hash": claims.document_hash.hex(),
        "key": verdict.kid,
    }
    shown = [f"{translate(language, f'verify-{key}')}: {value}" for key, value in facts.items()]
    return [translate(language, f"verify-{verdict.code}"), *shown]
