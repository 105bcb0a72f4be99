"""`rukhsa check`: review a model on its plot; exit 0 no failures, 1 failures, 2 refused input, 3 our error."""

import argparse
import sys
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from api.cli.exits import FAILURES, OK, REFUSED, guarded

if TYPE_CHECKING:
    from bim.guide.pack import GuidePack
    from bim.launch import Child
    from bim.report import Report
    from bim.tie_points import TiePoint


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments; their help is the keys of its texts."""
    parser.add_argument("model", type=Path, metavar="MODEL", help="cli-check-model")
    parser.add_argument("--quantities", type=Path, metavar="FILE", help="cli-check-quantities")
    parser.add_argument("--layers", type=Path, metavar="GPKG", help="cli-check-layers")
    parser.add_argument("--plot", help="cli-check-plot")
    parser.add_argument("--guide", metavar="PACK", help="cli-check-guide")
    stages = ("concept", "licence", "as_built")
    parser.add_argument("--stage", choices=stages, default="licence", help="cli-check-stage")
    parser.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="cli-check-on")
    for kind in ("json", "html", "xlsx", "pdf", "bcf", "geojson", "cityjson", "glb"):
        parser.add_argument(f"--{kind}", type=Path, metavar="OUT", help=f"cli-check-{kind}")
    parser.add_argument("--bcf-version", choices=("2.1", "3.0"), default="2.1", help="cli-check-bcf-version")
    parser.add_argument("--with", dest="companions", action="append", default=[], metavar="DISCIPLINE=MODEL",
                        type=_companion, help="cli-check-with")  # fmt: skip
    parser.add_argument(
        "--tie", dest="ties", action="append", default=[], metavar="X,Y=EAST,NORTH", help="cli-check-tie"
    )
    parser.add_argument("--tie-points", type=Path, metavar="CSV", help="cli-check-tie-points")
    parser.add_argument("--no-geometry", action="store_true", help="cli-check-no-geometry")
    language = parser.get_default("lang")
    parser.add_argument("--lang", choices=("ar", "en"), default=language, help="cli-check-lang")


def _companion(text: str) -> tuple[str, Path]:
    discipline, _, path = text.partition("=")
    if discipline not in ("architecture", "structure", "mep", "site") or not path:
        raise argparse.ArgumentTypeError(text)
    return discipline, Path(path)


def run(args: argparse.Namespace) -> int:
    """Review, print, write what was asked for."""
    from bim.launch import Child

    if args.model.suffix.lower() == ".dxf":
        return guarded(partial(_run, child=None), args)
    with Child() as child:  # first of all, so that both processes load their libraries at once
        return guarded(partial(_run, child=child), args)


def _run(args: argparse.Namespace, child: "Child | None") -> int:
    from bim.packs import code_in_force
    from permits.calendar import today
    from permits.review.guides import guide_of

    on = args.on or today()
    guide = guide_of(on, args.guide)
    report = _of_drawing(args, guide, on) if child is None else _of_model(args, guide, on, child)
    from api.cli.checked import print_report
    from api.cli.writing import write
    from permits.review.wording import Clauses

    clauses = Clauses(guide, code_in_force(on))
    write(args, report, clauses)
    print_report(report, clauses, args.lang)
    if report.refusal is not None:
        return REFUSED
    return FAILURES if report.verdict == "fail" else OK


def _of_model(args: argparse.Namespace, guide: "GuidePack", on: date, child: "Child") -> "Report":
    from bim.guide.pack import Stage
    from permits.review.check import check_model

    return check_model(
        args.model,
        layers=args.layers,
        plot=args.plot,
        guide=guide,
        stage=Stage(args.stage),
        on=on,
        geometry=not args.no_geometry,
        on_progress=partial(_progress, args.lang),
        child=child,
        companions=args.companions,
        ties=_ties(args),
    )


def _of_drawing(args: argparse.Namespace, guide: "GuidePack", on: date) -> "Report":
    from bim.guide.pack import Stage
    from bim.refusals import RefusedError
    from permits.review.check import check_drawing

    if args.quantities is None:
        raise RefusedError("no_quantities")
    said = {"layers": args.layers, "plot": args.plot, "guide": guide, "stage": Stage(args.stage), "on": on}
    return check_drawing(args.model, args.quantities, **said)


def _ties(args: argparse.Namespace) -> "list[TiePoint]":
    """The surveyed points, those of the file first."""
    from bim.tie_points import parse, read

    return [*(read(args.tie_points) if args.tie_points else ()), *map(parse, args.ties)]


def _progress(language: str, stage: str, share: float) -> None:
    if stage == "open":  # the child is busy, and we have the time
        from api.cli.checked import load

        load(language)
    if sys.stderr.isatty():
        print(f"\r{stage:<10} {share:4.0%}", end="", file=sys.stderr, flush=True)
