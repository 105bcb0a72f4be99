"""Whose the walls are: each point of a wall belongs to the nearest room, so shared walls are divided in the middle.

The cells of a Voronoi diagram of points along the rooms' faces make the division. Points that are not opposite to each
other make the line between two rooms waver about the middle of the wall, by a thousandth of its area at this step.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import GEOSException, MultiPoint

from bim import overlay
from bim.building import Region, region_of

STEP = 0.05
"""Metres between points along a face."""
_STRAIGHT = 0.01
"""Metres by which a divided outline may be drawn straighter than it was found."""
_SEAM = 0.02
"""Half the width, in metres, of seams between a room and its wall that are no void: plaster, a hair in the drawing."""
_OUTSIDE = ""


@dataclass(frozen=True)
class Divided:
    """The region of each owner with its part of the walls, and what is neither wall nor room, such as a shaft."""

    regions: Mapping[str, Region]
    void: Region


def divided(rooms: Mapping[str, Region], walls: Region, within: Region, *, facade_middle: bool) -> Divided:
    """Rooms by owner with the walls of `within` that are theirs; metres.

    With `facade_middle` what of a wall lies nearer to the edge of `within` than to any room belongs to nobody.
    """
    inner = overlay.union([*rooms.values()])
    rest = overlay.minus(within, inner)
    wide = overlay.minus(rest, walls).buffer(-_SEAM, join_style="mitre").buffer(_SEAM, join_style="mitre")
    solid = overlay.minus(rest, wide)
    cells = _cells({**rooms, **({_OUTSIDE: within} if facade_middle else {})}, within)
    regions = {
        owner: _joined(room, region_of(_robust(shapely.intersection, cells[owner], solid)))
        for owner, room in rooms.items()
    }
    return Divided(regions, region_of(wide))


def _robust(overlay: Callable[..., Region], *regions: Any) -> Region:
    """An overlay, on a grid of a tenth of a millimetre where edges that nearly coincide make the exact one fail."""
    try:
        return overlay(*regions)
    except GEOSException:
        return overlay(*regions, grid_size=1e-4)


def _joined(room: Region, walls: Region) -> Region:
    """One region, its seams closed and its wavering edges drawn straight."""
    whole = overlay.union([room, walls]).buffer(1e-4, join_style="mitre").buffer(-1e-4, join_style="mitre")
    return region_of(whole.simplify(_STRAIGHT))


def _cells(faces: Mapping[str, Region], within: Region) -> dict[str, Region]:
    """What is nearest to the faces of each owner; near the origin, since a diagram far off loses digits."""
    x, y = within.bounds[:2]
    points, owners = [], []
    for number, region in enumerate(faces.values()):
        along = shapely.get_coordinates(shapely.segmentize(region.boundary, STEP)) - (x, y)
        points.append(along)
        owners.append(np.full(len(along), number))
    every, first = np.unique(np.round(np.concatenate(points), 6), axis=0, return_index=True)
    of = np.concatenate(owners)[first]
    reach = shapely.box(-2, -2, within.bounds[2] - x + 2, within.bounds[3] - y + 2)
    cells = _diagram(every, reach)
    moved = {owner: region_of(shapely.coverage_union_all(cells[of == number])) for number, owner in enumerate(faces)}
    return {owner: shapely.affinity.translate(cell, x, y) for owner, cell in moved.items()}


def _diagram(points: NDArray[np.float64], reach: Region) -> NDArray[np.object_]:
    """The cell of each point.

    Of points in regular rows, as those along parallel walls are, many lie on one circle, and the library then gives
    cells that overlap. So every point is moved by up to a tenth of a millimetre, the same way at every call.
    """
    for much in (1e-4, 3e-4, 1e-3):
        moved = points + much * np.random.default_rng(0).uniform(-1, 1, points.shape)
        cells = np.array(shapely.voronoi_polygons(MultiPoint(moved), extend_to=reach, ordered=True).geoms)
        if shapely.is_valid(cells).all():
            return cells
    raise ArithmeticError("the walls cannot be divided")
