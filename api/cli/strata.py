"""`rukhsa strata`: divide a model into sections; exit 0 sound, 1 checks fail, 2 refused, 3 our error."""

import argparse
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from api.cli.exits import FAILURES, OK, guarded

if TYPE_CHECKING:
    from bim.packs import CodePack
    from bim.strata.report import Strata


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments; their help is the keys of its texts."""
    parser.add_argument("model", type=Path, metavar="MODEL", help="cli-strata-model")
    parser.add_argument("--layers", type=Path, metavar="GPKG", help="cli-check-layers")
    parser.add_argument("--plot", help="cli-check-plot")
    parser.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="cli-check-on")
    for kind in ("json", "html", "xlsx", "cityjson"):
        parser.add_argument(f"--{kind}", type=Path, metavar="OUT", help=f"cli-strata-{kind}")
    parser.add_argument("--lang", choices=("ar", "en"), default=parser.get_default("lang"), help="cli-check-lang")


def run(args: argparse.Namespace) -> int:
    """Divide, print, write what was asked for; the exit code, whatever happens."""
    return guarded(_run, args)


def _run(args: argparse.Namespace) -> int:
    from permits.calendar import today
    from permits.strata.check import divide_model, parameters

    on = args.on or today()
    found = divide_model(args.model, layers=args.layers, plot=args.plot, on=on)
    pack = parameters(on)
    print("\n".join(_lines(found, pack, args.lang)))
    _write(args, found, pack)
    return FAILURES if found.verdict == "fail" else OK


def _write(args: argparse.Namespace, found: "Strata", pack: "CodePack") -> None:
    if args.json:
        args.json.write_bytes(found.to_json())
    if args.html:
        from permits.strata.page import render

        args.html.write_text(render(found, language=args.lang, pack=pack), encoding="utf-8")
    if args.xlsx:
        from permits.strata.workbook import workbook_of

        args.xlsx.write_bytes(workbook_of(found, language=args.lang, pack=pack))
    if args.cityjson:
        from permits.strata.volumes import volumes

        args.cityjson.write_bytes(volumes(found))


def _lines(found: "Strata", pack: "CodePack", language: str) -> Iterator[str]:
    """The verdict, the table, and what of the checks fails or is undecided."""
    from bim.findings import Outcome
    from permits.i18n import translate
    from permits.strata import table

    yield f"{found.model.name}: {translate(language, f'review-verdict-{found.verdict}')}"
    yield f"  {pack.id} {pack.version}: {translate(language, f'review-status-{pack.status}')}"
    rows = [*table.sections(found, language), *([table.totals(found, language)] if found.sections else [])]
    yield "  " + " | ".join(translate(language, f"strata-column-{column}") for column in table.SECTIONS)
    yield from ("  " + " | ".join(map(table.shown, row)) for row in rows)
    titles = {code: entry.title[language] for code, entry in pack.entries.items()}
    for finding, row in zip(found.findings, table.checks(found, titles, language), strict=True):
        if finding.outcome in (Outcome.FAIL, Outcome.UNDECIDED):
            yield " · ".join(table.shown(value) for value in row if value not in ("", None))
