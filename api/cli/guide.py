"""`rukhsa guide`: take a modelling guide out to Excel and IDS, bring it back, and see what a change would do."""

import argparse
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.cli.exits import FAILURES, OK, REFUSED, guarded

if TYPE_CHECKING:
    from bim.guide.difference import Change, Effect
    from bim.guide.pack import GuidePack


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The four subcommands."""
    language = parser.get_default("lang")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    shape = parser.formatter_class
    for name, arguments in _ACTIONS.items():
        key = f"cli-guide-{name}"
        action = actions.add_parser(name, help=key, description=key, formatter_class=shape)
        for argument, options in arguments.items():
            action.add_argument(argument, **options)
        action.add_argument("--lang", choices=("ar", "en"), default=language, help="cli-check-lang")


_PACK = {"metavar": "GUIDE", "help": "cli-guide-pack"}
_ACTIONS: dict[str, dict[str, dict[str, Any]]] = {
    "export": {
        "out": {"type": Path, "metavar": "OUT", "help": "cli-guide-out"},
        "--guide": _PACK,
    },
    "import": {
        "source": {"type": Path, "metavar": "IN", "help": "cli-guide-in"},
        "out": {"type": Path, "metavar": "OUT", "help": "cli-guide-out"},
        "--guide": {**_PACK, "help": "cli-guide-base"},
    },
    "diff": {"old": _PACK, "new": _PACK},
    "try": {
        "guide": _PACK,
        "models": {"type": Path, "metavar": "MODEL", "nargs": "+", "help": "cli-check-model"},
        "--against": {**_PACK, "help": "cli-guide-against"},
        "--on": {"type": date.fromisoformat, "metavar": "DATE", "help": "cli-check-on"},
    },
}


def run(args: argparse.Namespace) -> int:
    """Do it; 2 where a guide, a document or a model cannot be used, every fault told with its place."""
    return guarded({"export": _export, "import": _import, "diff": _diff, "try": _try}[args.action], args)


def _open(named: str | None) -> "GuidePack":
    """The guide of that name, or the one in force today."""
    from permits.calendar import today
    from permits.review.guides import guide_of

    return guide_of(today(), named)


def _save(pack: "GuidePack", args: argparse.Namespace) -> None:
    from bim.guide.exchange import save_guide
    from permits.i18n import translate

    save_guide(pack, args.out, lambda column: translate(args.lang, f"guide-column-{column.replace('_', '-')}"))
    print(translate(args.lang, "cli-guide-written", path=str(args.out), clauses=str(len(pack.entries))))


def _export(args: argparse.Namespace) -> int:
    _save(_open(args.guide), args)
    return OK


def _import(args: argparse.Namespace) -> int:
    from bim.guide.exchange import with_ids

    ids = args.source.suffix == ".ids"
    _save(with_ids(_open(args.guide), args.source) if ids else _open(str(args.source)), args)
    return OK


def _diff(args: argparse.Namespace) -> int:
    from bim.guide.difference import difference
    from permits.i18n import translate

    changes = list(difference(_open(args.old), _open(args.new)))
    for change in changes:
        print("\n".join(_change_lines(change, args.lang)))
    if not changes:
        print(translate(args.lang, "cli-guide-same"))
    return FAILURES if changes else OK


def _change_lines(change: "Change", language: str) -> Iterator[str]:
    from permits.i18n import translate

    if not change.key:
        added = change.before is None
        title = change.after if added else change.before
        yield translate(language, f"cli-guide-{'added' if added else 'removed'}", code=change.code, title=str(title))
        return
    column = change.key.replace("_", "-")
    yield f"{change.code or '–'} {translate(language, f'guide-column-{column}')}"
    yield f"  - {_shown(change.before)}"
    yield f"  + {_shown(change.after)}"


def _shown(value: object) -> str:
    return "–" if value is None else str(value)


def _try(args: argparse.Namespace) -> int:
    """Judge each model by both guides, and tell what changes."""
    from bim.guide.difference import effects
    from permits.calendar import today
    from permits.i18n import translate
    from permits.review.check import check_model
    from permits.review.wording import refusal_text

    on = args.on or today()
    old, new = _open(args.against), _open(args.guide)
    worst = OK
    for model in args.models:
        reports = [check_model(model, layers=None, plot=None, guide=pack, on=on, geometry=False) for pack in (old, new)]
        refusal = reports[1].refusal
        print(f"{model.name}:")
        if refusal is not None:
            print(f"  {refusal_text(refusal.code, refusal.values, args.lang)}")
            worst = REFUSED
            continue
        found = effects(*reports)
        for effect in found:
            print(f"  {_effect_line(effect, old, new, args.lang)}")
        if not found:
            print(f"  {translate(args.lang, 'cli-guide-no-effect')}")
        worst = max(worst, FAILURES if found else OK)
    return worst


def _effect_line(effect: "Effect", old: "GuidePack", new: "GuidePack", language: str) -> str:
    from permits.i18n import translate

    clause = new.entries.get(effect.code) or old.entries[effect.code]
    before, after = (
        translate(language, f"review-outcome-{outcome}") if outcome else translate(language, "cli-guide-not-asked")
        for outcome in (effect.before, effect.after)
    )
    line = f"{effect.code} {clause.title[language]}: {before} ← {after}" if language == "ar" else (
        f"{effect.code} {clause.title[language]}: {before} → {after}"
    )  # fmt: skip
    counts = translate(language, "cli-guide-counts", newly=str(len(effect.newly)), no_longer=str(len(effect.no_longer)))
    return f"{line} {counts}" if effect.newly or effect.no_longer else line
