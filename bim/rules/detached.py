"""ATT-01 and DST-01: attached buildings touch their side edges; buildings on one plot keep their distance."""

# ruff: noqa: ARG001 - all rules share one signature

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from bim import measure
from bim.building import Building
from bim.findings import Finding
from bim.rules.compare import at_least, at_most, residual
from bim.rules.registry import Need, Params, not_applicable, rule
from gis.site import Attachment, EdgeRole, Site

_LEAST_AREA = 4.0
"""Square metres: what is smaller is a pier or a post and no building."""


@rule("ATT-01", needs=(Need.SITE, Need.PLACED, Need.GROUND), by_sheet=True)
def attached(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The gap to each side edge, or to the nearest one where one is enough."""
    assert building.ground is not None  # noqa: S101 - Need.GROUND
    sides = site.edges_of(EdgeRole.SIDE)
    if site.sheet.attachment is Attachment.DETACHED:
        yield not_applicable("detached")
        return
    if not sides:
        yield not_applicable("no_edge_of_role", role=EdgeRole.SIDE.value)
        return
    gaps = sorted(abs(measure.distance_to(building.ground.region, edge.line, site)) for edge in sides)
    value = gaps[0] if site.sheet.attachment is Attachment.SEMI_ATTACHED else gaps[-1]
    band = residual(building, site)
    found = at_most(value, params["gap"], "m", tolerance=measure.LENGTH_TOLERANCE, residual=band, method="gap_to_side")
    yield replace(found, subject=EdgeRole.SIDE.value)


@rule("DST-01", needs=(Need.GROUND,))
def between_buildings(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The least distance between the separate parts of the ground outline."""
    assert building.ground is not None  # noqa: S101 - Need.GROUND
    region = building.ground.region
    parts = [part for part in getattr(region, "geoms", (region,)) if part.area > _LEAST_AREA]
    if len(parts) < 2:
        yield not_applicable("one_building")
        return
    value = min(float(a.distance(b)) for a, b in combinations(parts, 2))
    yield at_least(value, params["least"], "m", tolerance=measure.LENGTH_TOLERANCE, method="between_ground_outlines")
