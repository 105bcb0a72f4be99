"""All polygonal loops of a model as arrays: read once, then judged together by their number of points."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import ifcopenshell
import numpy as np
from numpy.typing import NDArray

from bim.extract import Entity

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Loops:
    """The polygonal loops: the points of loop i are `points[starts[i] : starts[i + 1]]`, and `names` says which
    points are at the same place; coordinates are in length units of the model."""

    ids: Integers
    starts: Integers
    points: Floats
    names: Integers

    @cached_property
    def index(self) -> dict[int, int]:
        """By the number of a loop in the file: its place here."""
        return {int(number): place for place, number in enumerate(self.ids)}

    @cached_property
    def sizes(self) -> Integers:
        """Points of each loop."""
        return np.diff(self.starts)

    def of(self, loop: Entity) -> Floats:
        """The points of one loop, (n, 3)."""
        place = self.index[loop.id()]
        return self.points[self.starts[place] : self.starts[place + 1]]

    def named(self, loop: Entity) -> list[int]:
        """The names of the points of one loop."""
        place = self.index[loop.id()]
        names: list[int] = self.names[self.starts[place] : self.starts[place + 1]].tolist()
        return names

    def by_size(self) -> Iterator[tuple[Integers, Floats]]:
        """Loops of one size together: their places, and their points (k, n, 3)."""
        for size in np.unique(self.sizes):
            places = np.flatnonzero(self.sizes == size)
            yield places, self.points[self.starts[places][:, None] + np.arange(size)]


def read_loops(model: ifcopenshell.file) -> Loops:
    """Read every IfcPolyLoop of `model`."""
    loops = model.by_type("IfcPolyLoop")
    polygons = [[point.id() for point in loop[0]] for loop in loops]
    used = list(dict.fromkeys(number for polygon in polygons for number in polygon))
    row = {number: place for place, number in enumerate(used)}
    coordinates = np.array([padded(model.by_id(number)[0]) for number in used], np.float64).reshape(-1, 3)
    _, same = np.unique(coordinates, axis=0, return_inverse=True)
    rows = np.array([row[number] for polygon in polygons for number in polygon], np.int64)
    starts = np.concatenate(([0], np.cumsum([len(polygon) for polygon in polygons]))).astype(np.int64)
    ids = np.array([loop.id() for loop in loops], np.int64)
    return Loops(ids, starts, coordinates[rows], same.reshape(-1)[rows].astype(np.int64))


def padded(coordinates: tuple[float, ...]) -> tuple[float, ...]:
    """Coordinates in space; a point of the plane lies at height zero."""
    return (*coordinates, 0.0, 0.0)[:3]


def flat(points: Floats, precision: float) -> NDArray[np.bool_]:
    """Per loop of `points` (k, n, 3): whether all points are within `precision` of its plane."""
    if points.shape[1] <= 3:
        return np.ones(len(points), np.bool_)
    middle = points - points.mean(axis=1, keepdims=True)
    normal = np.cross(middle, np.roll(middle, -1, axis=1)).sum(axis=1)
    length = np.linalg.norm(normal, axis=1, keepdims=True)
    away = np.abs((middle * (normal / np.where(length > 0, length, 1.0))[:, None]).sum(axis=2))
    return np.asarray((away <= precision).all(axis=1) & (length[:, 0] > 0))
