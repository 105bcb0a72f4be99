"""`rukhsa cash`: the desk of a service centre, which works with its own folder alone, and the office's side of it."""

import argparse
import os
import sys
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path

REFUSED = 2


def _init(action: argparse.ArgumentParser) -> None:
    action.add_argument("code")
    action.add_argument("--keys", type=Path, required=True, help="the office's public key set (JWKS)")
    action.add_argument("--out", type=Path, required=True, help="where the desk's public key is written")


def _open(action: argparse.ArgumentParser) -> None:
    action.add_argument("--cashier", required=True)
    _notes(action)


def _notes(action: argparse.ArgumentParser) -> None:
    action.add_argument("notes", nargs="*", metavar="NOTExCOUNT", help="500x12 50x4: value in new pounds and how many")


def _take(action: argparse.ArgumentParser) -> None:
    action.add_argument("reference")
    action.add_argument("amount", nargs="?", help="new pounds; all that is left of a known bill")
    action.add_argument("--tendered", help="new pounds that were handed over")
    _qr(action)


def _qr(action: argparse.ArgumentParser) -> None:
    action.add_argument("--qr", type=Path, help="write the QR code as an SVG file")


def _print(action: argparse.ArgumentParser) -> None:
    action.add_argument("number")
    _qr(action)


def _void(action: argparse.ArgumentParser) -> None:
    action.add_argument("number")
    action.add_argument("--reason", required=True)


def _spoil(action: argparse.ArgumentParser) -> None:
    action.add_argument("count", type=int)
    action.add_argument("--reason", required=True)


def _book(action: argparse.ArgumentParser) -> None:
    action.add_argument("reference")
    action.add_argument("amount", help="new pounds")
    action.add_argument("--book", required=True)
    action.add_argument("--number", type=int, required=True)
    action.add_argument("--on", type=date.fromisoformat, required=True, help="day of the paper receipt")


def _deposit(action: argparse.ArgumentParser) -> None:
    action.add_argument("slip")
    action.add_argument("amount", help="new pounds")


def _file(action: argparse.ArgumentParser) -> None:
    action.add_argument("file", type=Path)


def _verify(action: argparse.ArgumentParser) -> None:
    action.add_argument("token", help="the text of the QR code, or - to read it from standard input")
    action.add_argument("--keys", type=Path, default=Path("permit-keys.json"), help="the office's public key set")


def _centre(action: argparse.ArgumentParser) -> None:
    action.add_argument("code")
    action.add_argument("--name-ar", required=True)
    action.add_argument("--name-en", required=True)


def _desk(action: argparse.ArgumentParser) -> None:
    action.add_argument("file", type=Path, help="the desk's public key")
    action.add_argument("--centre", required=True)
    action.add_argument("--until", type=date.fromisoformat, required=True, help="last day of its certificate")


def _block(action: argparse.ArgumentParser) -> None:
    action.add_argument("desk")
    action.add_argument("size", type=int)


def _hand_out(action: argparse.ArgumentParser) -> None:
    action.add_argument("desk")
    action.add_argument("--out", type=Path, required=True)


def _agreement(action: argparse.ArgumentParser) -> None:
    action.add_argument("desk")


def _decide(action: argparse.ArgumentParser) -> None:
    action.add_argument("conflict")
    action.add_argument("--decision", required=True)


def _nothing(_: argparse.ArgumentParser) -> None:
    """No arguments of its own."""


Arguments = Callable[[argparse.ArgumentParser], None]

DESK: dict[str, Arguments] = {
    "init": _init, "snapshot": _file, "open": _open, "take": _take, "print": _print, "void": _void, "spoil": _spoil,
    "book": _book, "close": _notes, "deposit": _deposit, "export": _file, "status": _nothing, "verify": _verify,
}  # fmt: skip
OFFICE: dict[str, Arguments] = {
    "centre": _centre, "desk": _desk, "block": _block, "hand-out": _hand_out, "import": _file, "keys": _file,
    "agreement": _agreement, "conflicts": _nothing, "decide": _decide,
}  # fmt: skip
"""The office's actions import its programs; a desk starts without them."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The actions with their own arguments."""
    language, shape = parser.get_default("lang"), parser.formatter_class
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, arguments in {**DESK, **OFFICE}.items():
        key = f"cli-cash-{name}"
        action = actions.add_parser(name, help=key, description=key, formatter_class=shape)
        arguments(action)
        if name in DESK and name != "verify":
            folder = Path(os.environ.get("RUKHSA_DESK_DIR", "desk"))
            action.add_argument("--folder", type=Path, default=folder, help="the desk's folder")
        action.add_argument("--lang", choices=("ar", "en"), default=language, help="cli-check-lang")


def run(args: argparse.Namespace) -> int:
    """Do it; 2 where it is refused."""
    from permits.documents.token import KeySetError
    from permits.errors import RukhsaError
    from permits.i18n import error_text
    from permits.money.money import MoneyError

    module = import_module(f"api.cli.cash.{'desk' if args.action in DESK else 'office'}")
    try:
        return int(module.ACTIONS[args.action](args))
    except RukhsaError as error:
        print(error_text(error, args.lang), file=sys.stderr)
    except (KeySetError, MoneyError, OSError, UnicodeDecodeError) as error:
        print(error, file=sys.stderr)
    return REFUSED
