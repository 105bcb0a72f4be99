"""`rukhsa land quality`: every defect of a zone file; 0 none, 1 some, 2 refused."""

import argparse
import json
from pathlib import Path

SHOWN = 200
"""Defects that are printed; the files have them all."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, and where the defects go."""
    parser.add_argument("layers", type=Path, metavar="GPKG", help="cli-check-layers")
    for form in ("xlsx", "geojson", "html"):
        parser.add_argument(f"--{form}", type=Path, metavar="OUT", help=f"cli-land-quality-{form}")


def run(args: argparse.Namespace) -> int:
    """Write what was asked for, and tell the counts and the defects."""
    from gis.planning import load_zone
    from gis.quality.zone import defects_of_zone
    from permits.i18n import translate
    from permits.land import quality
    from permits.land.telling import defect_text

    zone = load_zone(args.layers)
    defects = defects_of_zone(zone)
    if args.xlsx:
        args.xlsx.write_bytes(quality.workbook_of(defects, zone, args.lang))
    if args.geojson:
        drawn = quality.as_layer(defects, zone, args.lang)
        args.geojson.write_text(json.dumps(drawn, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    if args.html:
        args.html.write_text(quality.page_of(defects, zone, args.lang, name=args.layers.name), encoding="utf-8")
    for kind, count in quality.counted(defects).items():
        print(f"{quality.kind_name(kind, args.lang)}: {count}")
    for defect in defects[:SHOWN]:
        print(f"  {defect_text(defect, args.lang)}")
    if len(defects) > SHOWN:
        print(translate(args.lang, "layers-more-in-workbook", count=str(len(defects) - SHOWN)))
    if not defects:
        print(translate(args.lang, "layers-quality-none"))
    return int(bool(defects))
