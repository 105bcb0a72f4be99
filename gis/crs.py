"""Plane grids, those of Syria first: the only file that talks to the projection library.

Axis order is always x east, y north, in metres (for WGS84 longitude, latitude in degrees). All checks happen in
one plane grid; WGS84 serves display alone, because the country's datum shift is known to about 5 m only. A plane grid
of another country is shown by the library's own choice of operation.
"""

from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Proj, Transformer
from pyproj.exceptions import CRSError
from shapely import Point, Polygon
from shapely.geometry.base import BaseGeometry

from gis.errors import UnknownGrid, UnusableGrid
from gis.site import Sky

# Named by registers, and of no use: 22700 (Levant Zone) loads, and then every transformation of it fails; 4227 is
# degrees of a datum known to metres only.
BROKEN_GRIDS = frozenset({"EPSG:22700", "EPSG:4227"})
DATUM_OF = {"EPSG:22770": "EPSG:4227", "EPSG:22780": "EPSG:4227", "EPSG:32637": "EPSG:4326"}
# The one shift Deir ez Zor -> WGS84 registered for the whole country. Left to itself the library picks by area and
# promised accuracy, among shifts that lie 24 m apart in Damascus.
DATUM_OPERATION = "EPSG:15742"
# Syria, coarsely and with some margin: longitude, latitude.
COUNTRY = Polygon(
    zip(
        (35.4, 36.0, 36.9, 38.95, 41.2, 41.6, 42.6, 42.5, 41.0, 38.5, 36.4, 35.5),
        (32.6, 32.1, 32.1, 33.2, 34.3, 35.6, 37.0, 37.5, 37.3, 37.1, 37.1, 36.1),
        strict=True,
    )
)

Points = NDArray[np.float64]


def to_display(shape: BaseGeometry, grid: str) -> BaseGeometry:
    """A shape of a grid as WGS84 longitude and latitude, for maps only; raises UnusableGrid."""
    return shapely.transform(shape, lambda points: _degrees(points, grid))


def from_display(shape: BaseGeometry, grid: str) -> BaseGeometry:
    """A shape of WGS84 longitude and latitude (a click on a map) in a grid; raises UnusableGrid.

    There and back agrees within 1 mm: the plane shift carries no heights (0.3 mm at worst over the country).
    """

    def place(points: Points) -> Points:
        longitude, latitude = points.T
        if grid not in DATUM_OF:
            return np.column_stack(_foreign(grid).transform(longitude, latitude, direction="INVERSE"))
        if DATUM_OF[grid] != "EPSG:4326":
            latitude, longitude = _shift().transform(latitude, longitude, direction="INVERSE")
        return np.column_stack(_projection(grid)(longitude, latitude))

    _projection(grid)
    return shapely.transform(shape, place)


def ground_scale(x: float, y: float, grid: str) -> float:
    """Grid length over ellipsoid length at a point; divide a grid length by it, an area by its square."""
    projection = _projection(grid)
    return float(projection.get_factors(*projection(x, y, inverse=True)).areal_scale ** 0.5)


def sky_at(x: float, y: float, grid: str) -> Sky:
    """Latitude, longitude and true north at a point of a grid; raises UnusableGrid."""
    here = to_display(Point(x, y), grid)
    return Sky(float(here.y), float(here.x), -convergence(x, y, grid))


def convergence(x: float, y: float, grid: str) -> float:
    """Degrees by which true north lies counter-clockwise of the grid's north at a point; raises UnusableGrid."""
    projection = _projection(grid)
    return float(projection.get_factors(*projection(x, y, inverse=True)).meridian_convergence)


@lru_cache
def is_plane(grid: str) -> bool:
    """Whether checks can reckon in a grid: projected, in metres, x east and y north; raises nothing."""
    if grid in DATUM_OF:
        return True
    if grid in BROKEN_GRIDS or not grid.startswith("EPSG:"):
        return False
    try:
        axes = [(axis.direction, axis.unit_name) for axis in CRS(grid).axis_info] if CRS(grid).is_projected else []
    except CRSError:
        return False
    return axes == [("east", "metre"), ("north", "metre")]


def guess_grid(x: float, y: float) -> tuple[str, ...]:
    """Every grid in which the point lies in Syria; more than one means that only a person can tell.

    Raises UnknownGrid where there is none. Degrees lie within 200 m of the origin of the stereographic grid, in the
    desert: they are taken for degrees, which are no grid.
    """
    if abs(x) <= 180.0 and abs(y) <= 90.0:
        raise UnknownGrid(x=x, y=y)
    found = tuple(grid for grid in DATUM_OF if COUNTRY.covers(Point(_degrees(np.array([[x, y]]), grid)[0])))
    if not found:
        raise UnknownGrid(x=x, y=y)
    return found


@lru_cache
def _projection(grid: str) -> Proj:
    if not is_plane(grid):
        raise UnusableGrid(epsg=grid)
    return Proj(grid)


@lru_cache
def _foreign(grid: str) -> Transformer:
    """A plane grid of another country to longitude and latitude of WGS84."""
    return Transformer.from_crs(grid, "EPSG:4326", always_xy=True)


@lru_cache
def _shift() -> Transformer:
    """Latitude, longitude of Deir ez Zor to latitude, longitude of WGS84, the axis order of the register."""
    return Transformer.from_pipeline(f"urn:ogc:def:coordinateOperation:{DATUM_OPERATION.replace(':', '::')}")


def _degrees(points: Points, grid: str) -> Points:
    if grid not in DATUM_OF and is_plane(grid):
        return np.column_stack(_foreign(grid).transform(points[:, 0], points[:, 1]))
    longitude, latitude = _projection(grid)(points[:, 0], points[:, 1], inverse=True)
    if DATUM_OF[grid] != "EPSG:4326":
        latitude, longitude = _shift().transform(latitude, longitude)
    return np.column_stack([longitude, latitude])
