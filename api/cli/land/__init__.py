"""`rukhsa land`: an office's layers become a zone file, its versions, and the quality of its land."""

import argparse
import sys
from importlib import import_module
from typing import Any

ACTIONS = {
    "read": "read", "import": "importing", "versions": "versions", "compare": "compare", "quality": "quality",
}  # fmt: skip
"""Each with its module beside this one, which has `add_arguments(parser)` and `run(args) -> int`."""

OK, DIFFERENT, REFUSED = range(3)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The actions with their own arguments."""
    language, shape = parser.get_default("lang"), parser.formatter_class
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name in ACTIONS:
        key = f"cli-land-{name}"
        action = actions.add_parser(name, help=key, description=key, formatter_class=shape)
        _module(name).add_arguments(action)
        action.add_argument("--lang", choices=("ar", "en"), default=language, help="cli-check-lang")


def run(args: argparse.Namespace) -> int:
    """Do it; 2 where a file is refused, every fault told."""
    from gis.errors import LandError
    from permits.errors import RukhsaError
    from permits.i18n import error_text
    from permits.land.telling import error_lines

    try:
        return int(_module(args.action).run(args))
    except LandError as error:
        print("\n".join(error_lines(error, args.lang)), file=sys.stderr)
    except RukhsaError as error:
        print(error_text(error, args.lang), file=sys.stderr)
    return REFUSED


def _module(action: str) -> Any:
    return import_module(f"api.cli.land.{ACTIONS[action]}")
