"""`rukhsa land versions`: when a zone's land was imported, by whom, and what each import changed."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The zone."""
    parser.add_argument("zone", metavar="ZONE", help="cli-land-zone")


def run(args: argparse.Namespace) -> int:
    """Print every version, oldest first."""
    from api.cli.land.told import version_lines
    from api.context import open_context
    from permits import schema
    from permits.land.versions import versions_of
    from permits.land.zones import get_zone
    from permits.settings import Settings

    context = open_context(Settings())
    schema.upgrade(context.database)
    with context.database.reading() as session:
        zone = get_zone(session, args.zone)
        print("\n".join(version_lines(zone, versions_of(session, args.zone), args.lang)))
    return 0
