"""`rukhsa validate`: judge a model by its schema and rules; exit 0 valid, 1 not, 2 refused input, 3 our error."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from api.cli.exits import FAILURES, OK, guarded

if TYPE_CHECKING:
    from bim.validity.report import ValidityReport
    from bim.validity.verdicts import Verdict

SHOWN = 3
"""Violations of one rule that are printed; the JSON has more of them, and counts all."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments; their help is the keys of its texts."""
    parser.add_argument("model", type=Path, metavar="MODEL", help="cli-validate-model")
    parser.add_argument("--express", action="store_true", help="cli-validate-express")
    parser.add_argument("--json", type=Path, metavar="OUT", help="cli-validate-json")
    language = parser.get_default("lang")
    parser.add_argument("--lang", choices=("ar", "en"), default=language, help="cli-validate-lang")


def run(args: argparse.Namespace) -> int:
    """Judge, print, write what was asked for; the exit code, whatever happens."""
    return guarded(_run, args)


def _run(args: argparse.Namespace) -> int:
    from bim.launch import Child
    from bim.validity.check import WORK, check

    with Child(WORK) as child:
        report = check(args.model, express=args.express, child=child)
    if args.json:
        args.json.write_bytes(report.to_json())
    _print(report, args.lang)
    return OK if report.verdict == "valid" else FAILURES


def _print(report: "ValidityReport", language: str) -> None:
    """The verdict, how many rules have which outcome, then what is wrong."""
    from bim.validity.verdicts import Outcome
    from permits.i18n import translate

    print(f"{report.model.name}: {translate(language, f'validity-verdict-{report.verdict}')}")
    for outcome in Outcome:
        count = sum(verdict.outcome is outcome for verdict in report.verdicts)
        print(f"  {translate(language, f'validity-outcome-{outcome}'):<16} {count:>4}")
    for verdict in report.verdicts:
        if verdict.outcome in (Outcome.FAIL, Outcome.UNDECIDED, Outcome.WARNING):
            _print_rule(verdict, language)


def _print_rule(verdict: "Verdict", language: str) -> None:
    from permits.i18n import translate
    from permits.review.validity import fault_text, place_text, rule_title

    outcome = translate(language, f"validity-outcome-{verdict.outcome}")
    print(f"{outcome}: {verdict.rule} {rule_title(verdict.rule, language)}")
    for violation in verdict.violations[:SHOWN]:
        print(f"    {place_text(violation)} {fault_text(violation, language)}".rstrip())
    more = sum(verdict.counts.values()) - SHOWN
    if more > 0:
        print(f"    {translate(language, 'validity-label-more', count=str(more))}")
