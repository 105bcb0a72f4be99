"""`rukhsa land import`: a zone file becomes a version of the office's land."""

import argparse
import sys
from datetime import date
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, and since when the land is so."""
    parser.add_argument("layers", type=Path, metavar="GPKG", help="cli-check-layers")
    day = {"type": date.fromisoformat, "metavar": "DATE", "help": "cli-land-valid-from"}
    parser.add_argument("--valid-from", **day)  # type: ignore[arg-type] # options by name


def run(args: argparse.Namespace) -> int:
    """Import wholly or not at all, and say what changed."""
    from api.cli.land.told import progress_on, version_lines
    from api.context import open_context
    from permits import schema
    from permits.land.versions import latest
    from permits.land.zones import import_zone
    from permits.people.actor import SYSTEM
    from permits.settings import Settings

    context = open_context(Settings())
    schema.upgrade(context.database)
    with context.database.transaction() as session:
        imported = import_zone(
            session, actor=SYSTEM, storage=context.storage, layers=args.layers, valid_from=args.valid_from,
            progress=progress_on(sys.stderr),
        )  # fmt: skip
        for zone in imported:
            version = latest(session, zone.code)
            print("\n".join(version_lines(zone, [version] if version else [], args.lang)))
    return 0
