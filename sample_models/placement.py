"""Stand a sample building on its plot: parallel to the front, in the middle between the sides."""

import math
from typing import NamedTuple

from shapely import Polygon

from sample_models import land
from sample_models.design import DEPTH, WIDTH, Design


class Placement(NamedTuple):
    """Origin of the building's own system in the grid, metres, and the direction of its x axis."""

    easting: float
    northing: float
    height: float
    cosine: float
    sine: float


class Setbacks(NamedTuple):
    """Metres from the ground outline to the plot's edges."""

    front: float
    side: float
    rear: float


def placement_of(design: Design) -> Placement:
    """The map conversion of a design, from the drawing of its plot."""
    left, right = front_of(design.plot)
    length = math.dist(left, right)
    cosine, sine = (right[0] - left[0]) / length, (right[1] - left[1]) / length
    aside, back = (length - WIDTH) / 2, design.front_setback
    easting = left[0] + aside * cosine - back * sine
    northing = left[1] + aside * sine + back * cosine
    height = design.reference_level + design.ground_rise
    return Placement(round(easting, 4), round(northing, 4), round(height, 4), round(cosine, 12), round(sine, 12))


def setbacks_of(design: Design) -> Setbacks:
    """What the setbacks must be, from the drawing alone."""
    left, right = front_of(design.plot)
    side = (round(math.dist(left, right), 2) - WIDTH) / 2
    return Setbacks(design.front_setback, side, round(land.DEPTH - design.front_setback - DEPTH, 3))


def plot_polygon(number: str) -> Polygon:
    """A plot in drawing coordinates."""
    return next(plot.polygon for plot in land.plots() if plot.number == number)


def front_of(number: str) -> tuple[tuple[float, float], tuple[float, float]]:
    """The ends of the front of a rectangular plot on the grid; the plot lies left of the way between them."""
    left, low, right, high = plot_polygon(number).bounds
    lower_row = int(number) % 100 <= 6
    ends = ((left, low), (right, low)) if lower_row else ((right, high), (left, high))
    first, second = (land.point_on_grid(*end) for end in ends)
    return first, second
