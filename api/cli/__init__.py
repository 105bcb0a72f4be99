"""The command line `rukhsa`: a table of commands whose modules are imported only when they are called."""

import argparse
import os
import sys
from collections.abc import Sequence
from functools import partial
from importlib import import_module

COMMANDS: dict[str, tuple[str, str]] = {
    "check": ("api.cli.check", "cli-command-check"),
    "compare": ("api.cli.compare", "cli-command-compare"),
    "strata": ("api.cli.strata", "cli-command-strata"),
    "guide": ("api.cli.guide", "cli-command-guide"),
    "ids": ("api.cli.ids", "cli-command-ids"),
    "validate": ("api.cli.validate", "cli-command-validate"),
    "template-dxf": ("api.cli.template_dxf", "cli-command-template-dxf"),
    "plot": ("api.cli.plot", "cli-command-plot"),
    "land": ("api.cli.land", "cli-command-land"),
    "fee": ("api.cli.fee", "cli-command-fee"),
    "verify": ("api.cli.verify", "cli-command-verify"),
    "demo": ("api.cli.demo", "cli-command-demo"),
    "serve": ("api.cli.serve", "cli-command-serve"),
    "worker": ("api.cli.worker", "cli-command-worker"),
    "office": ("api.cli.office", "cli-command-office"),
    "audit": ("api.cli.audit", "cli-command-audit"),
    "backup": ("api.cli.backup", "cli-command-backup"),
    "cash": ("api.cli.cash", "cli-command-cash"),
    "reconcile": ("api.cli.reconcile", "cli-command-reconcile"),
    "register": ("api.cli.register", "cli-command-register"),
    "sandbox-switch": ("api.cli.switch", "cli-command-sandbox-switch"),
    "sandbox-register": ("api.cli.sandbox_register", "cli-command-sandbox-register"),
}
"""Name: module with `add_arguments(parser)` and `run(args) -> int`, and the key of its help text."""

LANGUAGES = ("ar", "en")


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; its exit code is the process's."""
    arguments = _with_negatives(list(sys.argv[1:] if argv is None else argv))
    parser = _parser(arguments[0] if arguments else "", _language(arguments))
    args = parser.parse_args(arguments)
    if args.command is None:
        parser.print_help()
        return 0
    return int(import_module(COMMANDS[args.command][0]).run(args))


def _with_negatives(arguments: list[str]) -> list[str]:
    """`--tie -1,2=3,4` as `--tie=-1,2=3,4`: the parser takes what begins with a minus for an option."""
    joined: list[str] = []
    for argument in arguments:
        if joined and joined[-1] == "--tie" and argument.startswith("-"):
            joined[-1] += f"={argument}"
        else:
            joined.append(argument)
    return joined


def _parser(called: str, language: str) -> argparse.ArgumentParser:
    """All commands by name, the arguments of the called one alone."""
    shape = partial(_Help, language)
    parser = argparse.ArgumentParser(prog="rukhsa", description="cli-description", formatter_class=shape)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, (module, key) in COMMANDS.items():
        command = commands.add_parser(name, help=key, description=key, formatter_class=shape)
        command.set_defaults(lang=language)
        if name == called:
            import_module(module).add_arguments(command)
    return parser


class _Help(argparse.HelpFormatter):
    """Looks texts up when help is shown: to load the catalogue takes longer than all else before a command."""

    def __init__(self, language: str, prog: str) -> None:
        super().__init__(prog)
        self._language = language

    def _get_help_string(self, action: argparse.Action) -> str:
        return said(self._language, action.help or "")

    def add_text(self, text: str | None) -> None:
        super().add_text(said(self._language, text or ""))


def said(language: str, text: str) -> str:
    """The text of a key; what is no key is told as it stands."""
    from permits.i18n import known, translate

    return translate(language, text) if known(language, text) else text


def _language(arguments: Sequence[str]) -> str:
    """The language asked for, or that of the terminal; Arabic only where it is set."""
    for index, argument in enumerate(arguments):
        said = argument.removeprefix("--lang=") if argument.startswith("--lang=") else ""
        if argument == "--lang" and index + 1 < len(arguments):
            said = arguments[index + 1]
        if said in LANGUAGES:
            return said
    return "ar" if os.environ.get("LANG", "").startswith("ar") else "en"
