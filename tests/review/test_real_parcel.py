"""Real models on a real parcel of the Dutch cadastre, by tie points: measured as shapely measures them here again.

The planning sheet is fictitious; parcel, neighbours and models are as published.
"""

import math
from dataclasses import replace
from datetime import date
from functools import cache
from typing import NamedTuple

import ifcopenshell
import ifcopenshell.geom
import numpy as np
import pyogrio.raw
import pytest
import shapely
from numpy.typing import NDArray
from shapely import LineString, Polygon

from bim.findings import Outcome
from bim.packs import code_in_force
from bim.report import Report
from bim.review import review
from bim.tie_points import TiePoint
from gis.edges import named_edges
from gis.site import EdgeRole, Neighbour, Site
from gis.zone import Street
from permits.review.guides import judging
from tests.bim.files import shared
from tests.bim.houses import site

DAY = date(2026, 11, 1)
GRID = "EPSG:28992"
PARCEL = 796
"""Of about 811 m2, four corners, no side along an axis of the grid."""
LEVEL, ZERO = 0.40, 0.65
"""Metres of the height system: the reference level, and the model's zero; fictitious."""
MODELS = {"AC20-FZK-Haus": 1.0, "Ifc4_SampleHouse": 0.001}
"""By their files, with metres in one unit in which their points are read off: of ArchiCAD and Revit."""
Points = NDArray[np.float64]


class Frame(NamedTuple):
    """Where this test puts a model, written down apart from the code that is tested."""

    east: float
    north: float
    degrees: float

    def to_grid(self, points: Points) -> Points:
        angle = math.radians(self.degrees)
        turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
        moved: Points = points @ turn.T + (self.east, self.north)
        return moved


@cache
def parcels() -> list[Polygon]:
    folder = shared("gis/nl_brk_rotterdam")
    _, _, shapes, _ = pyogrio.raw.read(next(folder.glob("*.shp")))
    return [shapely.from_wkb(shape) for shape in shapes]


@cache
def parcel() -> Site:
    """The parcel with a street along its shortest side, so that it has front, sides and rear."""
    polygon = shapely.orient_polygons(parcels()[PARCEL])
    corners = list(polygon.simplify(0.05).exterior.coords)
    sides = [LineString(corners[i : i + 2]) for i in range(len(corners) - 1)]
    short = min(sides, key=lambda side: side.length)
    street = Street("fictitious", {"en": "Fictitious"}, 12.0, short.buffer(-12.0, single_sided=True))
    near = [p for p in parcels() if p is not parcels()[PARCEL] and p.distance(polygon) < 0.1]
    neighbours = tuple(Neighbour(str(number), p) for number, p in enumerate(near))
    made = replace(
        site(), plot="AH 796", grid=GRID, polygon=polygon, official_area=811.0, reference_level=LEVEL,
        edges=named_edges(polygon, [street]), neighbours=neighbours,
    )  # fmt: skip
    return replace(made, sheet=replace(made.sheet, max_height=20.0, max_floors=4, band=None))


def judged(model: str, *ties: TiePoint, front: float = 5.0) -> Report:
    sheet = parcel().sheet
    on = replace(parcel(), sheet=replace(sheet, setbacks={**sheet.setbacks, EdgeRole.FRONT: front}))
    path = shared(f"ifc/{model}.ifc")
    found = review(path, site=on, guide=judging(DAY), code=code_in_force(DAY), on=DAY, ties=ties)
    assert found.refusal is None
    return found


@cache
def drawn(model: str) -> dict[str, Polygon]:
    """The outlines of the model in its own coordinates, of a review that knows no plot."""
    path = shared(f"ifc/{model}.ifc")
    found = review(path, site=None, guide=judging(DAY), code=code_in_force(DAY), on=DAY)
    assert found.placement is None
    return {name: Polygon(rings[0][0], rings[0][1:]) for name, rings in found.outlines.items()}


def frame(model: str) -> Frame:
    """The model in the middle of the parcel, its long side along the parcel's."""
    box = parcel().polygon.minimum_rotated_rectangle
    (x0, y0), (x1, y1), (x2, y2) = list(box.exterior.coords)[:3]
    long = (x1 - x0, y1 - y0) if math.dist((x0, y0), (x1, y1)) > math.dist((x1, y1), (x2, y2)) else (x2 - x1, y2 - y1)
    degrees = math.degrees(math.atan2(long[1], long[0])) + 0.7
    ground = drawn(model)["ground"]
    if ground.bounds[3] - ground.bounds[1] > ground.bounds[2] - ground.bounds[0]:
        degrees -= 90.0
    at = Frame(0.0, 0.0, degrees).to_grid(np.array([[ground.centroid.x, ground.centroid.y]]))[0]
    middle = parcel().polygon.centroid
    return Frame(middle.x - at[0], middle.y - at[1], degrees)


def in_grid(model: str, outline: str) -> Polygon:
    return shapely.transform(drawn(model)[outline], frame(model).to_grid)


def surveyed(model: str, noise: float = 0.0) -> list[TiePoint]:
    """The corners of the model's extent as a surveyor reads them off, to the millimetre, each off by `noise`."""
    west, south, east, north = drawn(model)["ground"].bounds
    corners = np.array([(west, south), (east, south), (east, north), (west, north)])
    off = noise * np.array([(1, 0), (0, 1), (-1, 0), (0, 1)])
    there = np.round(frame(model).to_grid(corners) + off, 3)
    return [
        TiePoint(float(x) / MODELS[model], float(y) / MODELS[model], float(e), float(n), 0.0, ZERO)
        for (x, y), (e, n) in zip(corners, there, strict=True)
    ]


@pytest.mark.slow
@pytest.mark.parametrize("model", MODELS)
def test_a_real_model_is_measured_on_a_real_parcel(model: str) -> None:
    found, ground, land = judged(model, *surveyed(model)), in_grid(model, "ground"), parcel()
    assert found.placement is not None
    assert (found.placement.method, found.placement.grid, found.placement.points) == ("tie_points", GRID, 4)
    assert found.placement.hypothesis == MODELS[model]
    assert found.placement.rms < 0.001
    assert land.polygon.covers(ground)
    measures = {(m.name, m.subject): m.value for m in found.measures if m.storey is None}
    for role in EdgeRole:
        expected = min(ground.distance(edge.line) for edge in land.edges_of(role))
        assert measures["setback", role.value] == pytest.approx(expected, abs=0.002)
        assert expected > 0.5
    expected = in_grid(model, "envelope").area / land.polygon.area
    assert measures["coverage", ""] == pytest.approx(expected, rel=1e-3)
    assert measures["height", ""] == pytest.approx(top(model) + ZERO - LEVEL, abs=0.003)


def top(model: str) -> float:
    """The highest point of slabs and roofs, metres of the model, by the library's own kernel."""
    opened = ifcopenshell.open(str(shared(f"ifc/{model}.ifc")))
    settings = ifcopenshell.geom.settings()
    settings.set("use-world-coords", True)
    shaped = [e for e in (*opened.by_type("IfcSlab"), *opened.by_type("IfcRoof")) if e.Representation]
    made = [ifcopenshell.geom.create_shape(settings, slab).geometry.verts for slab in shaped]
    return max(max(verts[2::3]) for verts in made)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("off", "outcome"), [(-0.1, Outcome.PASS), (0.0, Outcome.UNDECIDED), (0.1, Outcome.FAIL)]
)  # fmt: skip
def test_the_verdict_of_the_front_setback_is_that_of_the_distance(off: float, outcome: Outcome) -> None:
    """The limit is put 10 cm to either side of what shapely measures here, and then at it."""
    model = "AC20-FZK-Haus"
    distance = min(in_grid(model, "ground").distance(edge.line) for edge in parcel().edges_of(EdgeRole.FRONT))
    found = judged(model, *surveyed(model), front=distance + off)
    (front,) = [f for f in found.findings if f.rule == "SET-01"]
    assert front.value == pytest.approx(distance, abs=0.002)
    assert front.outcome is outcome


@pytest.mark.slow
def test_rough_points_cost_certainty_and_stay_within_what_they_say() -> None:
    model = "AC20-FZK-Haus"
    found = judged(model, *surveyed(model, noise=0.04))
    assert found.placement is not None
    assert 0.01 < found.placement.residual < 0.06
    assert found.placement.band == pytest.approx(found.placement.residual + parcel().residual, abs=1e-4)
    measures = {m.subject: m.value for m in found.measures if m.name == "setback"}
    for role in EdgeRole:
        expected = min(in_grid(model, "ground").distance(edge.line) for edge in parcel().edges_of(role))
        assert measures[role.value] == pytest.approx(expected, abs=2 * found.placement.residual)
    (front,) = [f for f in found.findings if f.rule == "SET-01"]
    assert front.tolerance == pytest.approx(0.02 + found.placement.band, abs=1e-3)
