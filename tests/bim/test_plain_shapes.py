"""Shapes without a kernel: their size by arithmetic, and everything that is not plain left alone."""

import math
from typing import Any

import ifcopenshell
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from bim.clipping import Triangles
from bim.plain_shapes import PlainShapes
from bim.shapes import body_items
from tests.bim.models import Model

SQUARE = [(0.0, 0.0), (4.0, 0.0), (4.0, 3.0), (0.0, 3.0)]
HOLE = [(1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 2.0)]
L_SHAPE = [(0.0, 0.0), (6.0, 0.0), (6.0, 2.0), (2.0, 2.0), (2.0, 5.0), (0.0, 5.0)]


class File:
    """Writes one element and its body into an empty model."""

    def __init__(self) -> None:
        self.file = Model().file

    def make(self, name: str, *values: Any) -> Any:
        return self.file.create_entity(name, *values)

    def point(self, *at: float) -> Any:
        return self.make("IfcCartesianPoint", tuple(map(float, at)))

    def axes(self, at: tuple[float, ...] = (0, 0, 0), z: Any = None, x: Any = None) -> Any:
        def towards(vector: Any) -> Any:
            return None if vector is None else self.make("IfcDirection", tuple(map(float, vector)))

        return self.make("IfcAxis2Placement3D", self.point(*at), towards(z), towards(x))

    def ring(self, points: list[tuple[float, float]]) -> Any:
        return self.make("IfcPolyline", [self.point(*at) for at in [*points, points[0]]])

    def profile(self, points: list[tuple[float, float]], *holes: list[tuple[float, float]]) -> Any:
        if holes:
            inner = [self.ring(hole) for hole in holes]
            return self.make("IfcArbitraryProfileDefWithVoids", "AREA", None, self.ring(points), inner)
        return self.make("IfcArbitraryClosedProfileDef", "AREA", None, self.ring(points))

    def extrusion(
        self, profile: Any, depth: float = 3.0, along: tuple[float, ...] = (0, 0, 1), place: Any = None
    ) -> Any:
        direction = self.make("IfcDirection", tuple(map(float, along)))
        return self.make("IfcExtrudedAreaSolid", profile, place or self.axes(), direction, depth)

    def wall(self, *items: Any, at: Any = None) -> Any:
        context = self.file.by_type("IfcGeometricRepresentationContext")[0]
        shape = self.make("IfcShapeRepresentation", context, "Body", "SweptSolid", list(items))
        wall = self.make("IfcWall", ifcopenshell.guid.new())
        wall.Representation = self.make("IfcProductDefinitionShape", None, None, [shape])
        wall.ObjectPlacement = self.make("IfcLocalPlacement", None, at or self.axes())
        return wall

    def faces(
        self, *faces: list[list[tuple[float, ...]]], closed: bool = True, outer: str = "IfcFaceOuterBound"
    ) -> Any:
        made = []
        for first, *holes in faces:
            bounds = [self.make(outer, self.loop(first), True)]
            bounds += [self.make("IfcFaceBound", self.loop(hole), True) for hole in holes]
            made.append(self.make("IfcFace", bounds))
        if closed:
            return self.make("IfcFacetedBrep", self.make("IfcClosedShell", made))
        return self.make("IfcFaceBasedSurfaceModel", [self.make("IfcConnectedFaceSet", made)])

    def loop(self, points: list[tuple[float, ...]]) -> Any:
        return self.make("IfcPolyLoop", [self.point(*at) for at in points])

    def shaped(self, wall: Any, *openings: Any) -> Triangles | None:
        cut = [(opening, body_items(opening)) for opening in openings]
        return PlainShapes(self.file).of(wall, body_items(wall), cut)


def _volume(mesh: Triangles | None) -> float:
    """Of a closed surface whose faces are counter-clockwise from outside; negative where they are turned over."""
    assert mesh is not None
    a, b, c = (mesh[0][mesh[1][:, i]] for i in range(3))
    return float(np.einsum("ij,ij->", a, np.cross(b, c)) / 6)


def _closed(mesh: Triangles | None) -> bool:
    """Whether every edge is walked once in each direction."""
    assert mesh is not None
    walked = [(int(f[i]), int(f[(i + 1) % 3])) for f in mesh[1] for i in range(3)]
    return len(set(walked)) == len(walked) and {(b, a) for a, b in walked} == set(walked)


@pytest.mark.parametrize(
    ("points", "holes", "area"),
    [
        (SQUARE, [], 12.0),
        (L_SHAPE, [], 18.0),
        (SQUARE[::-1], [], 12.0),
        (SQUARE, [[(1, 1), (2, 1), (2, 2), (1, 2)]], 11.0),
    ],
)
def test_a_polygon_swept_is_as_large_as_its_area_times_its_depth(points: Any, holes: Any, area: float) -> None:
    file = File()
    mesh = file.shaped(file.wall(file.extrusion(file.profile(points, *holes))))
    assert _volume(mesh) == pytest.approx(3.0 * area)
    assert _closed(mesh)


@pytest.mark.parametrize("along", [(0, 0, 1), (0, 0, -1), (1, 0, 1), (0.3, -0.4, -2)])
def test_faces_look_outwards_whichever_way_it_is_swept(along: tuple[float, ...]) -> None:
    file = File()
    mesh = file.shaped(file.wall(file.extrusion(file.profile(L_SHAPE), along=along)))
    assert _volume(mesh) == pytest.approx(18.0 * 3.0 * abs(along[2]) / math.hypot(*along))
    assert _closed(mesh)


def test_it_stands_where_its_placements_put_it() -> None:
    file = File()
    solid = file.extrusion(file.profile(SQUARE), place=file.axes((1, 0, 0)))
    mesh = file.shaped(file.wall(solid, at=file.axes((10, 20, 5), x=(0, 1, 0))))
    assert mesh is not None
    assert mesh[0].min(axis=0) == pytest.approx((7, 21, 5))  # turned by a quarter to the left
    assert mesh[0].max(axis=0) == pytest.approx((10, 25, 8))


def test_a_mapped_body_is_moved_and_scaled() -> None:
    file = File()
    context = file.file.by_type("IfcGeometricRepresentationContext")[0]
    inner = file.make("IfcShapeRepresentation", context, "Body", "SweptSolid", [file.extrusion(file.profile(SQUARE))])
    source = file.make("IfcRepresentationMap", file.axes(), inner)
    target = file.make("IfcCartesianTransformationOperator3D", None, None, file.point(1, 1, 1), 2.0)
    mesh = file.shaped(file.wall(file.make("IfcMappedItem", source, target)))
    assert _volume(mesh) == pytest.approx(36.0 * 8)
    assert mesh is not None
    assert mesh[0].min(axis=0) == pytest.approx((1, 1, 1))


def _half_space(file: File, agrees: bool, at: tuple[float, ...] = (0, 0, 2), z: Any = (0, 0, 1)) -> Any:
    return file.make("IfcHalfSpaceSolid", file.make("IfcPlane", file.axes(at, z)), agrees)


@pytest.mark.parametrize(("agrees", "left"), [(True, (2.0, 3.0)), (False, (0.0, 2.0))])
def test_a_clip_takes_off_the_side_that_the_normal_points_away_from(agrees: bool, left: tuple[float, float]) -> None:
    file = File()
    body = file.extrusion(file.profile(SQUARE))
    clipped = file.make("IfcBooleanClippingResult", "DIFFERENCE", body, _half_space(file, agrees))
    mesh = file.shaped(file.wall(clipped))
    assert mesh is not None
    assert (mesh[0][:, 2].min(), mesh[0][:, 2].max()) == pytest.approx(left)
    assert _volume(mesh) == pytest.approx(12.0 * (left[1] - left[0]))


def test_a_bounded_clip_takes_off_only_what_is_over_its_polygon() -> None:
    file = File()
    plane = file.make("IfcPlane", file.axes((0, 0, 2)))
    half = [(-1.0, -1.0), (2.0, -1.0), (2.0, 9.0), (-1.0, 9.0)]
    bounded = file.make("IfcPolygonalBoundedHalfSpace", plane, False, file.axes(), file.ring(half))
    body = file.extrusion(file.profile(SQUARE))
    mesh = file.shaped(file.wall(file.make("IfcBooleanClippingResult", "DIFFERENCE", body, bounded)))
    assert _volume(mesh) == pytest.approx(36.0 - 2 * 3 * 1)


def test_a_film_in_the_plane_of_a_face_does_not_stay_behind() -> None:
    file = File()
    plane = file.make("IfcPlane", file.axes((0, 1, 0), (0, 1, 0)))
    whole = [(0.0, 0.0), (4.0, 0.0), (4.0, 3.0), (0.0, 3.0)]  # exactly as long and high as the wall
    place = file.axes((0, 1, 0), (0, -1, 0), (1, 0, 0))
    mesh = file.shaped(
        file.wall(
            file.make(
                "IfcBooleanClippingResult", "DIFFERENCE", file.extrusion(file.profile(SQUARE)),
                file.make("IfcPolygonalBoundedHalfSpace", plane, True, place, file.ring(whole)),
            )
        )
    )  # fmt: skip
    assert mesh is not None
    assert mesh[0][:, 1].min() == pytest.approx(1.0)


def test_openings_are_taken_out_wherever_they_stand() -> None:
    file = File()
    slab = file.wall(file.extrusion(file.profile(SQUARE), depth=0.3))
    through = file.wall(file.extrusion(file.profile(HOLE), depth=1.0), at=file.axes((0, 0, -0.5)))
    beside = file.wall(file.extrusion(file.profile(SQUARE)), at=file.axes((3, 0, 0)))
    mesh = file.shaped(slab, through, beside)
    assert _volume(mesh) == pytest.approx((12 - 1 - 3) * 0.3)
    assert _closed(mesh)
    assert file.shaped(slab, file.wall(file.extrusion(file.profile(SQUARE)))) is None  # nothing is left of it
    assert file.shaped(slab, file.wall(BROKEN["a circle"](file))) is None


LOW = [(0.0, 0.0, 0.0), (4.0, 0.0, 0.0), (4.0, 3.0, 0.0), (0.0, 3.0, 0.0)]
HIGH = [(x, y, 2.0) for x, y, _ in LOW]
SIDES = [[LOW[i], LOW[i - 3], HIGH[i - 3], HIGH[i]] for i in range(4)]
BOX = [[LOW[::-1]], [HIGH], *([side] for side in SIDES)]
NOTCHED = [(0.0, 0.0, 1.0), (4.0, 0.0, 1.0), (4.0, 4.0, 1.0), (2.0, 1.0, 1.0), (0.0, 4.0, 1.0)]
DART = [(0.0, 0.0, 0.0), (4.0, 0.0, 0.0), (1.0, 1.0, 0.0), (0.0, 4.0, 0.0)]


def test_a_box_of_faces_is_closed_and_as_large_as_it_is() -> None:
    file = File()
    mesh = file.shaped(file.wall(file.faces(*BOX), at=file.axes((10, 0, 0))))
    assert _volume(mesh) == pytest.approx(24.0)
    assert _closed(mesh)
    assert mesh is not None
    assert len(mesh[0]) == 8
    assert mesh[0].min(axis=0) == pytest.approx((10, 0, 0))


def _area(mesh: Triangles | None) -> NDArray[np.float64]:
    """As a vector, which points to where the faces look."""
    assert mesh is not None
    a, b, c = (mesh[0][mesh[1][:, i]] for i in range(3))
    area: NDArray[np.float64] = np.cross(b - a, c - a).sum(axis=0) / 2
    return area


@pytest.mark.parametrize(
    ("loops", "area"),
    [
        ([LOW], 12.0),
        ([LOW[:3]], 6.0),
        ([NOTCHED], 10.0),
        ([DART], 4.0),
        ([[*DART[1:], DART[0]]], 4.0),
        ([LOW, [(1.0, 1.0, 0.0), (2.0, 1.0, 0.0), (2.0, 2.0, 0.0), (1.0, 2.0, 0.0)]], 11.0),
    ],
)
def test_a_face_of_any_form_is_as_large_as_its_outline_and_looks_where_it_did(loops: Any, area: float) -> None:
    file = File()
    for turned, sense in ((loops, 1), ([loop[::-1] for loop in loops], -1)):
        mesh = file.shaped(file.wall(file.faces(turned, closed=False)))
        assert _area(mesh) == pytest.approx((0, 0, sense * area))
    flipped = file.faces(loops, closed=False)
    for bound in file.file.by_type("IfcFaceBound"):
        bound.Orientation = False
    assert _area(file.shaped(file.wall(flipped))) == pytest.approx((0, 0, -area))


BROKEN: dict[str, Any] = {
    "no faces": lambda f: f.faces(),
    "a bent face": lambda f: f.faces([[*LOW[:3], (0.0, 3.0, 0.5)]]),
    "a bent face of many corners": lambda f: f.faces([[*NOTCHED[:4], (0.0, 4.0, 1.5)]]),
    "a bow tie": lambda f: f.faces([[LOW[0], LOW[2], LOW[1], LOW[3]]]),
    "a crossing face": lambda f: f.faces([[*NOTCHED[:2], NOTCHED[4], NOTCHED[3], NOTCHED[2]]]),
    "a corner twice": lambda f: f.faces([[*LOW, LOW[0]]]),
    "a line": lambda f: f.faces([[(0.0, 0.0, 0.0), (1.0, 0.0, 0.0), (2.0, 0.0, 0.0), (3.0, 0.0, 0.0)]]),
    "two corners": lambda f: f.faces([LOW[:2]]),
    "two outer bounds": lambda f: f.faces([LOW, HIGH], outer="IfcFaceBound"),
    "crossing": lambda f: f.extrusion(f.profile([(0, 0), (4, 3), (4, 0), (0, 3)])),
    "no area": lambda f: f.extrusion(f.profile([(0, 0), (4, 0), (8, 0)])),
    "no depth": lambda f: f.extrusion(f.profile(SQUARE), depth=0.0),
    "along its own plane": lambda f: f.extrusion(f.profile(SQUARE), along=(1, 0, 0)),
    "nowhere": lambda f: f.extrusion(f.profile([(0, 0), (1e12, 0), (4, 3)])),
    "axes in one line": lambda f: f.extrusion(f.profile(SQUARE), place=f.axes((0, 0, 0), (0, 0, 1), (0, 0, 2))),
    "a hole outside": lambda f: f.extrusion(f.profile(SQUARE, [(9, 9), (10, 9), (10, 10)])),
    "a circle": lambda f: f.extrusion(f.make("IfcCircleProfileDef", "AREA", None, None, 2.0)),
    "a curve": lambda f: f.extrusion(f.make("IfcArbitraryClosedProfileDef", "CURVE", None, f.ring(SQUARE))),
    "clipped away": lambda f: f.make(
        "IfcBooleanClippingResult", "DIFFERENCE", f.extrusion(f.profile(SQUARE)), _half_space(f, False, (0, 0, -1))
    ),
    "half a profile": lambda f: f.make("IfcExtrudedAreaSolid", None, None, None, 3.0),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_not_plain_is_left_to_a_kernel(name: str) -> None:
    file = File()
    assert file.shaped(file.wall(BROKEN[name](file))) is None


def test_a_mirrored_copy_is_left_to_a_kernel() -> None:
    file = File()
    context = file.file.by_type("IfcGeometricRepresentationContext")[0]
    inner = file.make("IfcShapeRepresentation", context, "Body", "SweptSolid", [file.extrusion(file.profile(SQUARE))])
    mirrored = file.make("IfcDirection", (-1.0, 0.0, 0.0))
    target = file.make("IfcCartesianTransformationOperator3D", mirrored, None, file.point(0, 0, 0), 1.0)
    mapped = file.make("IfcMappedItem", file.make("IfcRepresentationMap", file.axes(), inner), target)
    assert file.shaped(file.wall(mapped)) is None


def test_a_body_that_maps_itself_is_left_alone() -> None:
    file = File()
    context = file.file.by_type("IfcGeometricRepresentationContext")[0]
    inner = file.make("IfcShapeRepresentation", context, "Body", "MappedRepresentation", [])
    target = file.make("IfcCartesianTransformationOperator3D", None, None, file.point(0, 0, 0), 1.0)
    mapped = file.make("IfcMappedItem", file.make("IfcRepresentationMap", file.axes(), inner), target)
    inner.Items = [mapped]
    assert file.shaped(file.wall(mapped)) is None


@given(st.lists(st.floats(0.5, 20), min_size=5, max_size=30), st.floats(0.05, 50), st.floats(-math.pi, math.pi))
def test_every_star_is_closed_and_as_large_as_arithmetic_says(radii: list[float], depth: float, turn: float) -> None:
    angles = [2 * math.pi * at / len(radii) for at in range(len(radii))]
    points = [(r * math.cos(a), r * math.sin(a)) for r, a in zip(radii, angles, strict=True)]
    pairs = zip(points, [*points[1:], points[0]], strict=True)
    area = sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairs) / 2
    file = File()
    place = file.axes((3, 4, 5), (0, 0, 1), (math.cos(turn), math.sin(turn), 0))
    mesh = file.shaped(file.wall(file.extrusion(file.profile(points), depth=depth, place=place)))
    assert _volume(mesh) == pytest.approx(area * depth, rel=1e-9)
    assert _closed(mesh)
