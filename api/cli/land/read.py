"""`rukhsa land read`: an office's layers become a zone file in the house layout."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from gis.site import ZoneState

if TYPE_CHECKING:
    from gis.assembly import Stated
    from gis.handover import Handed, Source
    from gis.mapping_file import LayerMapping


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The layers, their mappings, and what no layer says of the zone."""
    parser.add_argument("source", type=Path, metavar="SOURCE", help="cli-land-source")
    parser.add_argument("--mapping", required=True, help="cli-land-mapping")
    parser.add_argument("--layer", help="cli-land-layer")
    for table in ("sheets", "streets"):
        parser.add_argument(f"--{table}", type=Path, metavar="FILE", help=f"cli-land-{table}")
        parser.add_argument(f"--{table}-mapping", metavar="MAPPING", help=f"cli-land-{table}-mapping")
        parser.add_argument(f"--{table}-layer", metavar="LAYER", help="cli-land-layer")
    parser.add_argument("--zone-name-ar", default="", help="cli-land-zone-name-ar")
    parser.add_argument("--zone-name-en", default="", help="cli-land-zone-name-en")
    parser.add_argument("--zone-act", required=True, help="cli-land-zone-act")
    states, known = tuple(map(str, ZoneState)), str(ZoneState.IN_FORCE)
    parser.add_argument("--zone-state", choices=states, default=known, help="cli-land-zone-state")
    parser.add_argument("--zone-residual", type=float, required=True, metavar="METRES", help="cli-land-zone-residual")
    parser.add_argument("--zone-level", type=float, metavar="METRES", help="cli-land-zone-level")
    parser.add_argument("--control-points", type=Path, metavar="CSV", help="cli-land-control-points")
    parser.add_argument("--to", default="EPSG:22770", metavar="GRID", help="cli-land-to")
    parser.add_argument("--out", type=Path, required=True, metavar="GPKG", help="cli-land-out")


def run(args: argparse.Namespace) -> int:
    """Read, put together, write, and say what was guessed."""
    from api.cli.land.told import progress_on
    from gis.handover import read_control_points, read_zone
    from gis.zone_file import write_zone

    plots, sheets, streets = _source(args, ""), _source(args, "sheets"), _source(args, "streets")
    assert plots is not None  # noqa: S101 - the mapping is required
    mappings = [source.mapping for source in (plots, sheets, streets) if source]
    control = read_control_points(args.control_points) if args.control_points else ()
    handed = read_zone(
        plots, stated=_stated(args, mappings), sheets=sheets, streets=streets, control=control,
        grid=args.to, progress=progress_on(sys.stderr),
    )  # fmt: skip
    write_zone(handed.zone, args.out)
    _print(handed, args)
    return 0


def _source(args: argparse.Namespace, table: str) -> "Source | None":
    """The plots, or what is handed over with them; streets without a file of their own are in that of the plots."""
    from gis.handover import Source

    named = getattr(args, f"{table}_mapping" if table else "mapping")
    if not named:
        return None
    own = getattr(args, table) if table else args.source
    layer = getattr(args, f"{table}_layer" if table else "layer")
    return Source(own or args.source, layer if own else args.layer, _mapping(named))


def _mapping(named: str) -> "LayerMapping":
    """The mapping of a file, or the delivered one of that name."""
    from gis.mapping_file import MAPPINGS, read_mapping
    from gis.remarks import Code
    from gis.sources.layer import refuse

    path = Path(named) if Path(named).is_file() else MAPPINGS / f"{Path(named).name}.yaml"
    if not path.is_file():
        raise refuse(Code.FILE_MISSING, Path(named).name)
    return read_mapping(path)


def _stated(args: argparse.Namespace, mappings: "list[LayerMapping]") -> "Stated":
    """A zone is as fictitious as the worst of what it is made of."""
    from gis.assembly import Stated
    from gis.site import SheetStatus

    return Stated(
        name={"ar": args.zone_name_ar, "en": args.zone_name_en}, legal_act=args.zone_act, residual=args.zone_residual,
        state=ZoneState(args.zone_state), level=args.zone_level,
        fictitious=any(mapping.status is SheetStatus.FICTITIOUS for mapping in mappings),
    )  # fmt: skip


def _print(handed: "Handed", args: argparse.Namespace) -> None:
    from permits.i18n import translate
    from permits.land.telling import fit_lines, remark_text

    zone = handed.zone
    counts = {"plots": len(zone.plots), "sheets": sum(len(plot.sheets) for plot in zone.plots),
              "streets": len(zone.streets)}  # fmt: skip
    said = {name: str(count) for name, count in counts.items()}
    print(translate(args.lang, "layers-read", name=args.out.name, grid=zone.grid, **said))
    for planned in zone.zones:
        print(f"  {planned.code}: {planned.name[args.lang]}")
    for line in fit_lines(handed.fitted, args.lang) if handed.fitted else ():
        print(line)
    for note in handed.notes:
        print(remark_text(note, args.lang))
