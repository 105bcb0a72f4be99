"""The ground of the fictitious planning zone: blocks, plots and streets, drawn flat and then turned onto the grid.

Drawing coordinates are metres (u along the avenue, v away from it); `on_grid` turns them onto EPSG:22770.
Nothing here is a real place: the neighbourhood, its plots and its streets are invented.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import shapely
from shapely import Polygon, box
from shapely.geometry.polygon import orient

GRID = "EPSG:22770"
ORIGIN = (198800.0, 172740.0)
ROTATION = math.radians(17.0)  # no edge lies along an axis of the grid

DEPTH = 30.0  # of a plot, street to rear
AVENUE, MIDDLE, BACK = 20.0, 12.0, 10.0  # widths of the streets along u
CROSS = (12.0, 10.0, 16.0, 12.0)  # widths of the streets along v
WIDTHS = (
    (25.0, 26.0, 26.0, 26.0, 26.0, 25.0),
    (24.0, 28.0, 26.0, 26.0, 28.0, 24.0),
    (26.0, 26.0, 24.0, 24.0, 26.0, 26.0),
)  # of the plots of each column of blocks, along u
SLANT = 12.0  # the last cross street leaves the right angle by this much over the lower blocks
CHAMFER = 4.0  # corner cut (شطفة) towards the avenue
BITE = (8.0, 10.0)  # what plot 505 cedes to 504 at the rear: both become L-shaped


@dataclass(frozen=True)
class PlotShape:
    """A plot in drawing coordinates."""

    number: str
    block: str
    polygon: Polygon


@dataclass(frozen=True)
class StreetShape:
    """A piece of the right of way in drawing coordinates, width in metres."""

    code: str
    street: int
    width: float
    polygon: Polygon


def point_on_grid(u: float, v: float) -> tuple[float, float]:
    """Turn a drawn point onto the grid, rounded to the millimetre."""
    cos, sin = math.cos(ROTATION), math.sin(ROTATION)
    return round(ORIGIN[0] + u * cos - v * sin, 3), round(ORIGIN[1] + u * sin + v * cos, 3)


def on_grid(shape: Polygon) -> Polygon:
    """Turn a drawn polygon onto the grid, counter-clockwise."""

    def place(points: Iterable[Sequence[float]]) -> list[tuple[float, float]]:
        return [point_on_grid(*point) for point in points]

    return orient(Polygon(place(shape.exterior.coords), [place(ring.coords) for ring in shape.interiors]))


def column_starts() -> list[float]:
    """u of the left edge of each column of blocks, and of the first column that is not."""
    steps = [sum(widths) + street for widths, street in zip(WIDTHS, CROSS[1:], strict=True)]
    return list(accumulate(steps, initial=CROSS[0]))


def row_starts() -> tuple[float, float]:
    """v of the lower edge of each row of blocks."""
    return AVENUE, AVENUE + 2 * DEPTH + MIDDLE


def outline() -> Polygon:
    """The whole zone, its streets included."""
    right = column_starts()[-1]
    top = row_starts()[1] + 2 * DEPTH + BACK
    bend = row_starts()[0] + 2 * DEPTH
    return Polygon([(0, 0), (right + SLANT, 0), (right + SLANT, AVENUE), (right, bend), (right, top), (0, top)])


def plots() -> Iterator[PlotShape]:
    """Every plot: six columns and two rows in each block, the lower row first."""
    bend = row_starts()[0] + 2 * DEPTH
    for block in range(6):
        row, column = divmod(block, 3)
        left, low = column_starts()[column], row_starts()[row]
        edges = list(accumulate(WIDTHS[column], initial=left))
        for half in range(2):
            for place, (start, end) in enumerate(pairwise(edges)):
                number = f"{block + 1}{half * 6 + place + 1:02d}"
                low_v, high_v = low + half * DEPTH, low + (half + 1) * DEPTH
                slant = column == 2 and row == 0 and place == 5
                lean = SLANT / (2 * DEPTH) if slant else 0.0
                corners = [(start, low_v), (end + lean * (bend - low_v), low_v)]
                corners += [(end + lean * (bend - high_v), high_v), (start, high_v)]
                yield PlotShape(number, f"B{block + 1}", _reshaped(number, corners))


def _reshaped(number: str, corners: list[tuple[float, float]]) -> Polygon:
    """The plots that are not plain quadrangles."""
    (left, low), (right, _), (_, high), _ = corners
    width, depth = BITE
    if number == "106":  # chamfered corner of the avenue and a cross street
        return Polygon([(left, low), (right - CHAMFER, low), (right, low + CHAMFER), (right, high), (left, high)])
    if number == "201":
        return Polygon([(left + CHAMFER, low), (right, low), (right, high), (left, high), (left, low + CHAMFER)])
    if number == "504":
        notch = [(right, high - depth), (right + width, high - depth), (right + width, high)]
        return Polygon([(left, low), (right, low), *notch, (left, high)])
    if number == "505":
        notch = [(left + width, high), (left + width, high - depth), (left, high - depth)]
        return Polygon([(left, low), (right, low), (right, high), *notch])
    if number == "203":  # survey points on the straight front and side, as cadastres keep them
        return Polygon(
            [(left, low), (left + 11.0, low), (right, low), (right, low + 13.0), (right, high), (left, high)]
        )
    return Polygon(corners)


def streets() -> list[StreetShape]:
    """The right of way without overlaps: three streets along u, and pieces of four across between them."""
    free = outline().difference(shapely.union_all([plot.polygon for plot in plots()]))
    right, top = column_starts()[-1] + SLANT, row_starts()[1] + 2 * DEPTH + BACK
    middle = row_starts()[0] + 2 * DEPTH
    bands = [(0.0, AVENUE, AVENUE), (middle, middle + MIDDLE, MIDDLE), (top - BACK, top, BACK)]
    along = [box(0, low, right, high).intersection(outline()) for low, high, _ in bands]
    result = [StreetShape(f"S{i + 1}", i, bands[i][2], piece) for i, piece in enumerate(along)]
    pieces = [p for p in free.difference(shapely.union_all(along)).geoms if p.area > 1.0]
    pieces.sort(key=lambda p: (p.centroid.y > middle, p.centroid.x))
    for i, piece in enumerate(pieces):
        row, cross = divmod(i, 4)
        result.append(StreetShape(f"S{cross + 4}-{row + 1}", cross + 3, CROSS[cross], piece))
    return result
