"""Areas on the ground: a plot's corners are in a plane grid, whose areas are up to 0.13 % larger or smaller."""

from collections.abc import Iterator
from dataclasses import replace

from bim.findings import Reason
from gis.crs import ground_scale, is_plane
from gis.site import Site


def on_ground(site: Site | None) -> Site | None:
    """The plot with the scale of its grid at its middle; without one in a grid that only its office knows."""
    if site is None or not is_plane(site.grid):
        return site
    middle = site.polygon.centroid
    return replace(site, scale=ground_scale(float(middle.x), float(middle.y), site.grid))


def scale_unknown(site: Site | None) -> Iterator[Reason]:
    """That areas of the grid are taken for those of the ground."""
    if site is not None and site.scale is None:
        yield Reason("grid_scale_unknown", {"grid": site.grid})
