"""`rukhsa land compare`: what changed between two zone files; 0 nothing, 1 something, 2 refused."""

import argparse
import json
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Both files, and where the changes are drawn."""
    parser.add_argument("old", type=Path, metavar="OLD", help="cli-land-old")
    parser.add_argument("new", type=Path, metavar="NEW", help="cli-land-new")
    parser.add_argument("--geojson", type=Path, metavar="OUT", help="cli-land-compare-geojson")


def run(args: argparse.Namespace) -> int:
    """Tell every change in words, and draw them where asked for."""
    from gis.planning import load_zone
    from permits.i18n import translate
    from permits.land.telling import change_text
    from permits.land.versions import as_layer, changes_between, other_sheets

    old, new = load_zone(args.old), load_zone(args.new)
    changes, sheets = changes_between(old, new), other_sheets(old.plots, new.plots)
    for change in changes:
        print(change_text(change, args.lang))
    for number in sheets:
        print(translate(args.lang, "layers-sheets-changed", number=number))
    if not changes and not sheets:
        print(translate(args.lang, "layers-no-change"))
    if args.geojson:
        drawn = as_layer(changes, old, new, args.lang)
        args.geojson.write_text(json.dumps(drawn, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    return int(bool(changes or sheets))
