"""`rukhsa plot`: what may be built on a plot, by its planning sheet."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from gis.envelope import envelope
from gis.errors import LandError
from gis.planning import site_for
from gis.site import Site
from permits.calendar import today
from permits.land.allowed import as_cityjson, as_geojson, as_glb, as_json, lines
from permits.review.wording import refusal_text


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("number", help="the number of the plot")
    parser.add_argument("--layers", type=Path, required=True, help="the zone's GeoPackage")
    parser.add_argument("--on", type=date.fromisoformat, default=None, help="day whose sheet holds (default: today)")
    default = parser.get_default("lang") or "ar"
    parser.add_argument("--lang", choices=("ar", "en"), default=default, help="language of the answer")
    parser.add_argument("--json", type=Path, metavar="OUT", help="the figures")
    parser.add_argument("--geojson", type=Path, metavar="OUT", help="plot and envelope for a map, WGS84")
    parser.add_argument("--cityjson", type=Path, metavar="OUT", help="the envelope as solids in the zone's grid")
    parser.add_argument("--glb", type=Path, metavar="OUT", help="cli-plot-glb")
    parser.add_argument("--pdf", type=Path, metavar="OUT", help="cli-plot-pdf")


def run(args: argparse.Namespace) -> int:
    """Print the plot's statement; 0, or 2 where the plot or its sheet cannot be used."""
    on = args.on or today()
    try:
        site = site_for(args.layers, args.number, on=on)
    except LandError as error:
        print(refusal_text(error.code, error.values, args.lang), file=sys.stderr)
        return 2
    allowed = envelope(site)
    for label, value in lines(site, allowed, args.lang):
        print(f"{label}: {value}")
    if args.json:
        args.json.write_bytes(as_json(site, allowed))
    if args.geojson:
        text = json.dumps(as_geojson(site, allowed), ensure_ascii=False, separators=(",", ":"))
        args.geojson.write_text(text, encoding="utf-8")
    if args.cityjson:
        args.cityjson.write_bytes(as_cityjson(site, allowed))
    if args.glb:
        args.glb.write_bytes(as_glb(site, allowed))
    if args.pdf:
        args.pdf.write_bytes(_statement(site, on, args.lang))
    return 0


def _statement(site: Site, on: date, language: str) -> bytes:
    """As the office's papers look, without an office's name: the asker drew it himself."""
    from permits.documents.render import font_folder
    from permits.documents.sheet import Office
    from permits.documents.statement import statement_pdf

    return statement_pdf(site, on=on, language=language, office=Office("", ""), fonts=font_folder())
