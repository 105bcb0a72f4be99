"""Regions of plans laid over each other: what both have, what one has beyond the other, all of them as one."""

import shapely
from shapely import GEOSException

from bim.building import Region, region_of

_GRID = 1e-6
"""Metres to which an overlay is laid. Without a grid the kernel takes about one in a thousand pairs of outlines whose
sides nearly coincide for strangers (JTS 1000): it finds nothing in common and all of the one beyond the other."""


def union(regions: list[Region]) -> Region:
    """Union of regions; a grid of a millimetre is the retry where the fine one fails."""
    try:
        return region_of(shapely.union_all(regions, grid_size=_GRID))
    except GEOSException:
        return region_of(shapely.union_all(regions, grid_size=1e-3))


def minus(region: Region, other: Region) -> Region:
    """What of a region lies outside another.

    A wide mitre around an outline with corners inwards can come out with shells in each other, which no overlay takes:
    such are merged first, and all is laid on a grid of a tenth of a millimetre.
    """
    try:
        return region_of(shapely.difference(region, other, grid_size=_GRID))
    except GEOSException:
        whole = [shapely.make_valid(one, method="structure", keep_collapsed=False) for one in (region, other)]
        return region_of(shapely.difference(*whole, grid_size=1e-4))


def common(one: Region, two: Region) -> Region:
    """What lies in both regions."""
    return region_of(shapely.intersection(one, two, grid_size=_GRID))
