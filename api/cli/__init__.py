"""The command line `rukhsa`: a table of commands whose modules are imported only when they are called."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

COMMANDS: dict[str, tuple[str, str]] = {
    "check": ("api.cli.check", "cli-command-check"),
    "fee": ("api.cli.fee", "cli-command-fee"),
    "verify": ("api.cli.verify", "cli-command-verify"),
    "demo": ("api.cli.demo", "cli-command-demo"),
    "serve": ("api.cli.serve", "cli-command-serve"),
    "worker": ("api.cli.worker", "cli-command-worker"),
    "office": ("api.cli.office", "cli-command-office"),
    "audit": ("api.cli.audit", "cli-command-audit"),
    "sandbox-switch": ("api.cli.switch", "cli-command-sandbox-switch"),
}
"""Name: module with `add_arguments(parser)` and `run(args) -> int`, and the key of its help text."""

LANGUAGES = ("ar", "en")


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; its exit code is the process's."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    parser = _parser(arguments[0] if arguments else "", _language(arguments))
    args = parser.parse_args(arguments)
    if args.command is None:
        parser.print_help()
        return 0
    return int(import_module(COMMANDS[args.command][0]).run(args))


def _parser(called: str, language: str) -> argparse.ArgumentParser:
    """All commands by name, the arguments of the called one alone."""
    from permits.i18n import translate

    parser = argparse.ArgumentParser(prog="rukhsa", description=translate(language, "cli-description"))
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, (module, key) in COMMANDS.items():
        command = commands.add_parser(name, help=translate(language, key), description=translate(language, key))
        command.set_defaults(lang=language)
        if name == called:
            import_module(module).add_arguments(command)
    return parser


def _language(arguments: Sequence[str]) -> str:
    """The language asked for, or that of the terminal; Arabic only where it is set."""
    for index, argument in enumerate(arguments):
        said = argument.removeprefix("--lang=") if argument.startswith("--lang=") else ""
        if argument == "--lang" and index + 1 < len(arguments):
            said = arguments[index + 1]
        if said in LANGUAGES:
            return said
    return "ar" if os.environ.get("LANG", "").startswith("ar") else "en"
