"""What lies outside its plot: on which neighbours, and on which street."""

from bim import overlay
from bim.building import Region
from bim.findings import Reason
from gis.site import Site

TINY_AREA = 0.05
"""Square metres that are drawing noise."""


def trespass(region: Region, site: Site) -> Reason | None:
    """Names the plots and streets on which `region` lies, with its areas there (m2); None where it lies on none."""
    outside = overlay.minus(region, site.polygon)
    areas = {n.number: overlay.common(outside, n.polygon).area for n in site.neighbours}
    taken = {number: area for number, area in sorted(areas.items()) if area > TINY_AREA}
    rest = outside
    for neighbour in site.neighbours:
        rest = overlay.minus(rest, neighbour.polygon)
    plots = ", ".join(f"{number} ({area:.2f})" for number, area in taken.items())
    streets = _streets(rest, site) if rest.area > TINY_AREA else ""
    if plots and streets:
        return Reason("on_plots_and_street", {"plots": plots, "streets": streets, "area": round(rest.area, 2)})
    if plots:
        return Reason("on_plots", {"plots": plots})
    return Reason("on_street", {"streets": streets, "area": round(rest.area, 2)}) if streets else None


def _streets(region: Region, site: Site) -> str:
    """The streets at whose edges the region crosses the boundary."""
    crossed = {edge.street for edge in site.edges if edge.street and region.distance(edge.line) < TINY_AREA}
    return ", ".join(sorted(crossed))
