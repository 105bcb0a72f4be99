"""`rukhsa check`: review a model on its plot; exit 0 no failures, 1 failures, 2 refused input, 3 our error."""

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from permits.i18n import translate

if TYPE_CHECKING:
    from bim.report import Report
    from permits.review.wording import Clauses

OK, FAILURES, REFUSED, INTERNAL = range(4)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments, with help in the language of the parser."""
    language = parser.get_default("lang")

    def text(name: str) -> str:
        return translate(language, f"cli-check-{name}")

    parser.add_argument("model", type=Path, metavar="MODEL", help=text("model"))
    parser.add_argument("--layers", type=Path, metavar="GPKG", help=text("layers"))
    parser.add_argument("--plot", help=text("plot"))
    parser.add_argument("--guide", metavar="PACK", help=text("guide"))
    parser.add_argument("--on", type=date.fromisoformat, metavar="DATE", help=text("on"))
    for kind in ("json", "html", "bcf"):
        parser.add_argument(f"--{kind}", type=Path, metavar="OUT", help=text(kind))
    parser.add_argument("--no-geometry", action="store_true", help=text("no-geometry"))
    parser.add_argument("--lang", choices=("ar", "en"), default=language, help=text("lang"))


def run(args: argparse.Namespace) -> int:
    """Review, print, write what was asked for."""
    from bim.packs import PackError
    from bim.refusals import ReviewFailedError
    from permits.review.wording import refusal_text

    try:
        return _run(args)
    except PackError as error:
        print(translate(args.lang, "review-refusal-pack", detail=str(error)), file=sys.stderr)
        return REFUSED
    except ReviewFailedError as error:
        print(translate(args.lang, "cli-error", detail=str(error)), file=sys.stderr)
        return INTERNAL
    except Exception as error:  # noqa: BLE001 - exit 3; the land's errors are known by their code
        code, values = getattr(error, "code", None), getattr(error, "values", None)
        if not isinstance(code, str) or not isinstance(values, dict):
            print(translate(args.lang, "cli-error", detail=f"{type(error).__name__}: {error}"), file=sys.stderr)
            return INTERNAL
        print(refusal_text(code, values, args.lang), file=sys.stderr)
        return REFUSED


def _run(args: argparse.Namespace) -> int:
    from bim.packs import code_in_force, guide_in_force
    from permits.review.check import check_model
    from permits.review.wording import Clauses

    on = args.on or _today()
    report = check_model(
        args.model,
        layers=args.layers,
        plot=args.plot,
        guide=args.guide,
        on=on,
        geometry=not args.no_geometry,
        on_progress=_progress if sys.stderr.isatty() else None,
    )
    clauses = Clauses(guide_in_force(on, args.guide), code_in_force(on))
    _write(args, report, clauses)
    _print(report, clauses, args.lang)
    if report.refusal is not None:
        return REFUSED
    return FAILURES if report.verdict == "fail" else OK


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the law counts days of the place


def _progress(stage: str, share: float) -> None:
    print(f"\r{stage:<10} {share:4.0%}", end="", file=sys.stderr, flush=True)


def _write(args: argparse.Namespace, report: "Report", clauses: "Clauses") -> None:
    """The files that were asked for."""
    if args.json:
        args.json.write_bytes(report.to_json())
    if args.html:
        from permits.review.html import render

        args.html.write_text(render(report, language=args.lang, clauses=clauses), encoding="utf-8")
    if args.bcf:
        from permits.review.topics import bcf_of

        args.bcf.write_bytes(bcf_of(report, language=args.lang, clauses=clauses))


def _print(report: "Report", clauses: "Clauses", language: str) -> None:
    """The result: counts, then what fails and what is undecided."""
    from bim.findings import Outcome
    from permits.review.wording import number, refusal_text, subject_text, todo, with_unit

    if sys.stderr.isatty():
        print("\r" + " " * 30 + "\r", end="", file=sys.stderr)
    print(f"{report.model.name}: {translate(language, f'review-verdict-{report.verdict}')}")
    if report.refusal is not None:
        print(refusal_text(report.refusal.code, report.refusal.values, language))
        return
    for pack in report.packs:
        print(f"  {pack.id} {pack.version}: {translate(language, f'review-status-{pack.status}')}")
    for outcome in Outcome:
        print(f"  {translate(language, f'review-outcome-{outcome}'):<16} {report.summary[outcome.value]:>4}")
    for finding in report.of(Outcome.FAIL, Outcome.UNDECIDED):
        name = f"{finding.rule} {clauses.title(finding.rule, language)}"
        subject = f" ({subject_text(finding.subject, language)})" if finding.subject else ""
        print(f"{translate(language, f'review-outcome-{finding.outcome}')}: {name}{subject}")
        if finding.value is not None:
            value, limit = with_unit(finding.value, finding.unit, language), number(finding.limit, finding.unit)
            tolerance = f" ±{finding.tolerance:.3f}" if finding.tolerance else ""
            print(f"    {value} / {limit}{tolerance}")
        print(f"    {finding.clause}: {todo(finding, language)}")
