"""ATT-01 and DST-01: attached buildings touch their side edges; buildings on one plot keep their distance."""

# ruff: noqa: ARG001 - all rules share one signature

from collections.abc import Iterator
from dataclasses import replace

from bim import measure
from bim.building import Building
from bim.findings import Finding
from bim.measures.land import side_gaps
from bim.measures.outline import between_buildings as distance_between
from bim.rules.compare import at_least, at_most, residual
from bim.rules.registry import Need, Params, not_applicable, rule
from gis.site import Attachment, EdgeRole, Site


@rule("ATT-01", needs=(Need.SITE, Need.PLACED, Need.GROUND), by_sheet=True)
def attached(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The gap to each side edge, or to the nearest one where one is enough."""
    sides = site.edges_of(EdgeRole.SIDE)
    if site.sheet.attachment is Attachment.DETACHED:
        yield not_applicable("detached")
        return
    if not sides:
        yield not_applicable("no_edge_of_role", role=EdgeRole.SIDE.value)
        return
    gaps = side_gaps(building, site)
    value = gaps[0] if site.sheet.attachment is Attachment.SEMI_ATTACHED else gaps[-1]
    band = residual(building, site)
    found = at_most(value, params["gap"], "m", tolerance=measure.LENGTH_TOLERANCE, residual=band, method="gap_to_side")
    yield replace(found, subject=EdgeRole.SIDE.value)


@rule("DST-01", needs=(Need.GROUND,))
def between_buildings(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The least distance between the separate parts of the ground outline."""
    assert building.ground is not None  # noqa: S101 - Need.GROUND
    value = distance_between(building.ground.region)
    if value is None:
        yield not_applicable("one_building")
        return
    yield at_least(value, params["least"], "m", tolerance=measure.LENGTH_TOLERANCE, method="between_ground_outlines")
