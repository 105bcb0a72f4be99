"""The work of the confined child: read the model with its shapes, divide it, judge the division."""

from collections.abc import Callable, Sequence

from bim import outlines, overlay
from bim.building import Building, Region
from bim.extract import Structure
from bim.grid import Frame
from bim.inspect import BROKEN, build, open_model
from bim.orders import Go, StrataJob
from bim.refusals import RefusedError
from bim.report import StoreyInfo
from bim.reporting import pack_info, plot_info
from bim.shapes import WALLS, Mesh
from bim.strata.division import CommonPart, Division, Section, divide
from bim.strata.judge import judge, shared
from bim.strata.report import CommonRow, PartRow, SectionRow, Strata
from bim.strata.zones import zones

Progress = Callable[[str, float], None]


def prepare(_job: StrataJob) -> None:
    """Nothing but this module's libraries is needed beforehand."""


def inspect(job: StrataJob, go: Go, _prepared: Callable[[], None], progress: Progress) -> Strata:
    """Divide; raise `RefusedError` where the model cannot be parsed."""
    progress("open", 0.0)
    model = open_model(job.model, go)
    try:
        building, meshes = build(model, Structure(model), job, progress)
        progress("divide", 0.0)
        by = job.pack.entries["SEC-05"].params
        division = shared(divide(building, zones(model), walls_of(building, meshes), job.pack), by)
        return Strata(
            model=go.info,
            on=job.on,
            grid="" if building.placement is None else building.placement.grid,
            pack=pack_info(job.pack),
            basis=by["basis"],
            facade=job.pack.entries["SEC-04"].params["facade"],
            plot=None if job.site is None else plot_info(job.site),
            storeys=tuple(StoreyInfo(s.id, s.name, s.kind.value, s.elevation) for s in building.storeys),
            sections=tuple(_row(section, division) for section in division.sections),
            common=tuple(map(_common, division.common)),
            closures=division.storeys,
            findings=tuple(judge(building, division, job.pack)),
        )
    except BROKEN as error:
        raise RefusedError("invalid_model", error=f"{type(error).__name__}: {error}"[:300]) from error


def walls_of(building: Building, meshes: Sequence[Mesh]) -> dict[str, Region]:
    """The walls of every storey by its id, cut 1.2 m above its floor, where the building stands."""
    frame, place = Frame(building.placement), building.placement
    walls = [mesh for mesh in meshes if mesh.group == WALLS]
    found = {}
    for storey in building.storeys:
        level = storey.elevation if place is None else (storey.elevation - place.height) / place.scale
        at = level + outlines.SECTION_HEIGHT
        cuts = [outlines.section(mesh, at) for mesh in walls if mesh.low < at < mesh.high]
        found[storey.id] = frame.region(overlay.union(cuts))
    return found


def _row(section: Section, division: Division) -> SectionRow:
    zone = section.zone
    parts = (
        PartRow(p.storey, p.net, p.open, p.mid_wall, p.gross, outlines.coordinates(p.region), p.bottom, p.top)
        for p in section.parts
    )
    spaces = tuple(key for key in zone.spaces if zone.id in division.owners.get(key, ()))
    net, opened, mid_wall, gross = (section.area(of) for of in ("net", "open", "mid_wall", "gross"))
    areas = (net, opened, mid_wall, gross)
    return SectionRow(zone.id, zone.number, zone.name, zone.kind, *areas, section.shares, spaces, tuple(parts))


def _common(part: CommonPart) -> CommonRow:
    rings = outlines.coordinates(part.region)
    return CommonRow(part.id, part.label, part.use, part.storey, part.area, rings, part.bottom, part.top)
