"""`rukhsa template-dxf`: a drawing with the layers that are read; exit 0 written, 2 for an unusable plot."""

import argparse
import sys
from datetime import date
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments; their help is the keys of its texts."""
    parser.add_argument("out", type=Path, metavar="OUT", help="cli-template-out")
    parser.add_argument("--layers", type=Path, metavar="GPKG", help="cli-check-layers")
    parser.add_argument("--plot", help="cli-check-plot")
    parser.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="cli-check-on")
    parser.add_argument(
        "--storeys", type=int, choices=range(1, 61), metavar="N", default=4, help="cli-template-storeys"
    )
    parser.add_argument("--lang", choices=("ar", "en"), default=parser.get_default("lang"), help="cli-check-lang")


def run(args: argparse.Namespace) -> int:
    """Write the drawing."""
    from bim.drawings.template import write_template
    from gis.errors import LandError
    from permits.calendar import today

    plot = None
    try:
        if args.layers is not None and args.plot is not None:
            from gis.planning import site_for

            on = args.on or today()
            corners = site_for(args.layers, args.plot, on=on).polygon.exterior.coords[:-1]
            plot = [(x, y) for x, y, *_ in corners]
    except LandError as error:
        from api.cli.checked import error_text

        print(error_text(error, args.lang)[0], file=sys.stderr)
        return 2
    write_template(args.out, plot, args.storeys)
    return 0
