"""`rukhsa compare`: what a resubmission mended; exit 0 nothing new fails, 1 something does, 2 refused, 3 our error."""

import argparse
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from api.cli.exits import FAILURES, OK, guarded

if TYPE_CHECKING:
    from bim.comparison.report import Comparison
    from permits.review.wording import Clauses

SHOWN = 30
"""Changed elements that are printed; all of them are in the JSON."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments; their help is the keys of its texts."""
    parser.add_argument("old", type=Path, metavar="OLD", help="cli-compare-old")
    parser.add_argument("new", type=Path, metavar="NEW", help="cli-compare-new")
    parser.add_argument("--layers", type=Path, metavar="GPKG", help="cli-check-layers")
    parser.add_argument("--plot", help="cli-check-plot")
    parser.add_argument("--guide", metavar="PACK", help="cli-check-guide")
    parser.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="cli-check-on")
    parser.add_argument("--as-built", action="store_true", help="cli-compare-as-built")
    for kind in ("json", "html", "geojson"):
        parser.add_argument(f"--{kind}", type=Path, metavar="OUT", help=f"cli-compare-{kind}")
    parser.add_argument("--no-geometry", action="store_true", help="cli-check-no-geometry")
    parser.add_argument("--lang", choices=("ar", "en"), default=parser.get_default("lang"), help="cli-check-lang")


def run(args: argparse.Namespace) -> int:
    """Review both, compare, print, write; the exit code, whatever happens."""
    return guarded(_run, args)


def _run(args: argparse.Namespace) -> int:
    from permits.calendar import today

    on = args.on or today()
    if args.as_built:
        from api.cli import as_built

        return as_built.run(args, on)
    if args.html or args.geojson:
        from bim.refusals import RefusedError

        raise RefusedError("only_as_built")
    return _resubmission(args, on)


def _resubmission(args: argparse.Namespace, on: date) -> int:
    from bim.comparison.check import compare
    from bim.comparison.findings import Course
    from bim.packs import code_in_force
    from bim.refusals import RefusedError
    from permits.review.check import check_model
    from permits.review.guides import guide_of
    from permits.review.wording import Clauses

    guide = guide_of(on, args.guide)
    said = {"layers": args.layers, "plot": args.plot, "guide": guide, "on": on, "geometry": not args.no_geometry}
    reports = check_model(args.old, **said), check_model(args.new, **said)
    for report in reports:
        if report.refusal is not None:
            raise RefusedError(report.refusal.code, **report.refusal.values, companion=report.model.name)
    found = compare(args.old, args.new, reports)
    if args.json:
        args.json.write_bytes(found.to_json())
    print("\n".join(_lines(found, Clauses(guide, code_in_force(on)), args.lang)))
    return FAILURES if found.count(Course.NEW) else OK


def _lines(found: "Comparison", clauses: "Clauses", language: str) -> Iterator[str]:
    from bim.comparison.elements import Change
    from bim.comparison.findings import Course
    from permits.i18n import translate
    from permits.review.changes import element_line, elements_line, finding_lines

    for course in Course:
        yield f"{translate(language, f'compare-course-{course}')}: {found.count(course)}"
        yield from (f"  {line}" for line in finding_lines(found, course, clauses, language))
    yield elements_line(found, language)
    for change in Change:
        if found.changed(change):
            yield f"  {translate(language, f'compare-change-{change}')}: {found.changed(change)}"
    yield from (f"    {element_line(element, language)}" for element in found.elements.changes[:SHOWN])
