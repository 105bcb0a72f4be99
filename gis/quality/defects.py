"""What a defect of a cadastre is, and how much is let pass."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from gis.edges import CONTACT

Shapes = NDArray[Any]
"""An array of shapely geometries."""


class DefectKind(StrEnum):
    """Kinds of defects; the text of each is `land-defect-<kind>`."""

    INVALID_RING = "invalid_ring"
    OVERLAP = "overlap"
    GAP = "gap"
    SLIVER_GAP = "sliver_gap"
    SLIVER_PLOT = "sliver_plot"
    VERTEX_MISSING = "vertex_missing"
    NUMBER_TWICE = "number_twice"
    NUMBER_MISSING = "number_missing"
    ZONE_UNKNOWN = "zone_unknown"
    OUTSIDE_ZONE = "outside_zone"
    NO_FRONTAGE = "no_frontage"
    AREA_DIFFERS = "area_differs"
    SHEET_MISSING = "sheet_missing"
    SHEET_CONTRADICTORY = "sheet_contradictory"
    NOTHING_BUILDABLE = "nothing_buildable"


class Gravity(StrEnum):
    """What a defect does to reviews, the worst first; the text of each is `layers-gravity-<gravity>`."""

    BLOCKING = "blocking"
    """A file with it is refused: a plot could not be told from another."""
    GRAVE = "grave"
    """A review of the plot would be wrong, or decide nothing."""
    SLIGHT = "slight"
    """The land is known less well than it should be."""


GRAVITY: Mapping[DefectKind, Gravity] = {
    DefectKind.INVALID_RING: Gravity.GRAVE,
    DefectKind.OVERLAP: Gravity.GRAVE,
    DefectKind.GAP: Gravity.SLIGHT,
    DefectKind.SLIVER_GAP: Gravity.SLIGHT,
    DefectKind.SLIVER_PLOT: Gravity.SLIGHT,
    DefectKind.VERTEX_MISSING: Gravity.SLIGHT,
    DefectKind.NUMBER_TWICE: Gravity.BLOCKING,
    DefectKind.NUMBER_MISSING: Gravity.GRAVE,
    DefectKind.ZONE_UNKNOWN: Gravity.GRAVE,
    DefectKind.OUTSIDE_ZONE: Gravity.GRAVE,
    DefectKind.NO_FRONTAGE: Gravity.GRAVE,
    DefectKind.AREA_DIFFERS: Gravity.SLIGHT,
    DefectKind.SHEET_MISSING: Gravity.GRAVE,
    DefectKind.SHEET_CONTRADICTORY: Gravity.GRAVE,
    DefectKind.NOTHING_BUILDABLE: Gravity.GRAVE,
}


class PlotLike(Protocol):
    """A plot of an import (`CadastralPlot`) or of a zone file (`gis.zone.Plot`)."""

    @property
    def number(self) -> str:
        """Its number in its zone; empty where it has none."""
        ...

    @property
    def zone(self) -> str:
        """The code of its zone."""
        ...

    @property
    def polygon(self) -> BaseGeometry:
        """Its outline in the plane grid."""
        ...

    @property
    def official_area(self) -> float | None:
        """Square metres of record."""
        ...


@dataclass(frozen=True)
class Tolerances:
    """What is let pass: metres, square metres, or a part of one.

    An area differs where both the absolute and the relative one are exceeded; a sliver is thinner than `width`;
    overlaps and gaps thinner than `hair` are the rounding of coordinates and no defect; `frontage` is the least
    length on a street, from which a plot may lie off by `contact`; `vertex` is how near a neighbour's corner must lie
    to an edge to belong on it.
    """

    overlap: float = 0.05
    gap: float = 0.05
    outside: float = 0.05
    width: float = 0.30
    hair: float = 0.002
    area: float = 1.0
    area_part: float = 0.01
    frontage: float = 1.0
    contact: float = CONTACT
    vertex: float = 0.01


@dataclass(frozen=True)
class Defect:
    """One defect: plots by number and by position in the sequence given (from 0), where it lies, and how large it is.

    `measure` is in `unit` ("m2", "m", or "" for a count); it was compared with `tolerance` of the same unit.
    """

    kind: DefectKind
    plots: tuple[str, ...]
    at: tuple[int, ...]
    geometry: BaseGeometry | None
    measure: float
    unit: str
    tolerance: float

    @property
    def said(self) -> dict[str, str | float]:
        """What the text of its kind may name: plots as a list, measure and tolerance to the millimetre."""
        measure, tolerance = round(self.measure, 3), round(self.tolerance, 3)
        return {"plots": ", ".join(self.plots), "measure": measure, "unit": self.unit, "tolerance": tolerance}
