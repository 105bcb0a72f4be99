"""docs/commands.md: every command of `rukhsa` with its arguments, in both languages where they are told in both."""

import argparse
from collections.abc import Iterator
from importlib import import_module

from api.cli import COMMANDS, said
from api.docs.markdown import code, heading, table
from permits.i18n import translate

INTRODUCTION = "`rukhsa COMMAND --help` says the same; `--lang ar` or an Arabic terminal says it in Arabic."


def page() -> str:
    """One section per command."""
    return heading("The command line", INTRODUCTION) + "\n" + "\n".join(_section(name) for name in COMMANDS)


def parser_of(name: str, language: str) -> argparse.ArgumentParser:
    """The parser of one command, as the command line makes it."""
    parser = argparse.ArgumentParser(prog=f"rukhsa {name}")
    parser.set_defaults(lang=language)
    import_module(COMMANDS[name][0]).add_arguments(parser)
    return parser


def _section(name: str) -> str:
    key = COMMANDS[name][1]
    texts = f'{translate("en", key)}\n\n<div dir="rtl">{translate("ar", key)}</div>\n'
    parts = [f"## rukhsa {name}\n\n{texts}"]
    for title, told, english, arabic in _parsers(parser_of(name, "en"), parser_of(name, "ar")):
        rows = list(_rows(english, arabic))
        if title != f"rukhsa {name}":
            parts.append(f"### {title}\n\n{told}\n")
        if rows:
            parts.append(table(("argument", "values", "default", "English", "العربية"), rows))
    return "\n".join(parts)


def _parsers(
    english: argparse.ArgumentParser, arabic: argparse.ArgumentParser
) -> Iterator[tuple[str, str, argparse.ArgumentParser, argparse.ArgumentParser]]:
    """Name, help, and the parsers in both languages, of the command and of its actions."""
    yield english.prog, "", english, arabic
    for one, other in zip(english._actions, arabic._actions, strict=True):
        if isinstance(one, argparse._SubParsersAction):
            helps = {choice.dest: choice.help or "" for choice in one._choices_actions}
            for name, parser in one.choices.items():
                yield f"{english.prog} {name}", helps.get(name, ""), parser, other.choices[name]  # type: ignore[index]  # a map of parsers


def _rows(english: argparse.ArgumentParser, arabic: argparse.ArgumentParser) -> Iterator[tuple[str, ...]]:
    for one, other in zip(english._actions, arabic._actions, strict=True):
        if isinstance(one, argparse._HelpAction | argparse._SubParsersAction):
            continue
        texts = said("en", one.help or ""), said("ar", other.help or "")
        arabic_text = texts[1] if texts[1] != texts[0] else ""
        yield code(_name(one)), code(_values(one)), code(_default(one)), texts[0], arabic_text


def _name(action: argparse.Action) -> str:
    if not action.option_strings:
        return str(action.metavar or action.dest)
    value = "" if action.nargs == 0 else f" {action.metavar or action.dest.upper()}"
    return f"{', '.join(action.option_strings)}{value}{' …' if isinstance(action, argparse._AppendAction) else ''}"


def _values(action: argparse.Action) -> str:
    return ", ".join(map(str, action.choices or ()))


def _default(action: argparse.Action) -> str:
    return "" if action.default in (None, False, []) or action.dest == "lang" else str(action.default)
