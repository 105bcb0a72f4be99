"""`rukhsa ids`: judge a model by an IDS document; exit 0 satisfied, 1 not, 2 refused input, 3 our error."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from api.cli.exits import FAILURES, OK, guarded

if TYPE_CHECKING:
    from bim.ids.report import IdsReport, Unmet, Verdict

SHOWN = 5
"""Failures of one specification that are printed; all of them are in the JSON."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments; their help is the keys of its texts."""
    parser.add_argument("document", type=Path, metavar="DOCUMENT", help="cli-ids-document")
    parser.add_argument("model", type=Path, metavar="MODEL", help="cli-ids-model")
    parser.add_argument("--json", type=Path, metavar="OUT", help="cli-ids-json")
    language = parser.get_default("lang")
    parser.add_argument("--lang", choices=("ar", "en"), default=language, help="cli-ids-lang")


def run(args: argparse.Namespace) -> int:
    """Judge, print, write what was asked for; the exit code, whatever happens."""
    return guarded(_run, args)


def _run(args: argparse.Namespace) -> int:
    from bim.ids.check import WORK, check
    from bim.launch import Child

    with Child(WORK) as child:
        report = check(args.model, args.document, child=child)
    if args.json:
        args.json.write_bytes(report.to_json())
    _print(report, args.lang)
    return OK if report.satisfied else FAILURES


def _print(report: "IdsReport", language: str) -> None:
    from permits.i18n import translate

    verdict = "ids-satisfied" if report.satisfied else "ids-not-satisfied"
    print(f"{report.model.name}: {report.title}: {translate(language, verdict)}")
    for found in report.verdicts:
        counts = translate(language, "ids-counts", failed=str(found.failed), applicable=str(found.applicable))
        status = translate(language, f"ids-status-{found.status.replace('_', '-')}")
        print(f"  {status:<16} {found.name}: {counts}")
        for line in _failures(found, language):
            print(f"      {line}")


def _failures(verdict: "Verdict", language: str) -> list[str]:
    from permits.i18n import translate

    lines = [_failure(failure, language) for failure in verdict.failures[:SHOWN]]
    if verdict.status == "fail" and not lines:
        lines = [translate(language, "ids-none-applies")]
    more = len(verdict.failures) - SHOWN
    return [*lines, translate(language, "ids-more", count=str(more))] if more > 0 else lines


def _failure(failure: "Unmet", language: str) -> str:
    from permits.i18n import translate

    reason = translate(language, f"ids-reason-{failure.reason.replace('_', '-')}")
    facet = translate(language, f"ids-facet-{failure.facet}") if failure.facet else ""
    asked = f"{facet} {failure.requirement + 1}: " if failure.requirement is not None else ""
    found = "" if failure.found is None else f" ({failure.found})"
    return f"{failure.class_name} {failure.global_id or f'#{failure.entity}'}: {asked}{reason}{found}"
