"""GEM011, GEM111 to GEM113, SWE: the curves and profiles that shapes are made from."""

import math
from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import Any

import ifcopenshell.geom
import numpy as np

from bim.extract import Entity, unit_scale
from bim.validity.crossing import touching
from bim.validity.facts import Facts
from bim.validity.loops import Floats, padded
from bim.validity.registry import Fault, kind, normative

CURVE_SEGMENTS = ("IfcGradientCurve", "IfcSegmentedReferenceCurve")
ARC_PARTS = 32
"""Straight parts that an arc is compared as."""
TAPERED = ("IfcExtrudedAreaSolidTapered", "IfcRevolvedAreaSolidTapered")


@normative("GEM011", kind("IfcCompositeCurve"), schemas=("IFC4X3",))
def one_segment_class(_facts: Facts, curve: Entity) -> Iterator[Fault]:
    """All segments of a curve are of one class."""
    classes = sorted({segment.is_a() for segment in curve.Segments})
    if len(classes) > 1:
        yield Fault("mixed_segments", curve, {"classes": " ".join(classes)})


@normative("GEM011", kind(*CURVE_SEGMENTS), schemas=("IFC4X3",))
def curve_segments(_facts: Facts, curve: Entity) -> Iterator[Fault]:
    """A curve over a base curve is made of curve segments."""
    wrong = sorted({s.is_a() for s in curve.Segments if not s.is_a("IfcCurveSegment")})
    if wrong:
        yield Fault("wrong_segments", curve, {"classes": " ".join(wrong)})


@normative("GEM111", kind("IfcPolyLoop"))
def loop_points(facts: Facts, loop: Entity) -> Iterator[Fault]:
    """No two points of a loop are one."""
    if loop.id() in facts.simple_loops:
        return
    if _double([tuple(point) for point in facts.loops.of(loop)], facts.precision(loop), closed=False):
        yield Fault("double_point", loop)


@normative("GEM111", kind("IfcPolyline"))
def line_points(facts: Facts, line: Entity) -> Iterator[Fault]:
    """No two points of a line are one, but the first and last of a closed one, which are the same entity."""
    points, precision = [padded(point[0]) for point in line.Points], facts.precision(line)
    closed = math.dist(points[0], points[-1]) < precision
    if _double(points, precision, closed=closed):
        yield Fault("double_point", line)
    if closed and line.Points[0] != line.Points[-1]:
        yield Fault("ends_differ", line)


def _double(points: list[tuple[float, ...]], precision: float, *, closed: bool) -> bool:
    """Whether two points are closer than `precision`; the ends of a closed line may be."""
    last = len(points) - 1
    if last < 16:
        pairs = combinations(range(len(points)), 2)
        return any(math.dist(points[i], points[j]) < precision for i, j in pairs if not (closed and j - i == last))
    order = sorted(range(len(points)), key=points.__getitem__)
    for place, i in enumerate(order):
        for j in order[place + 1 :]:
            if points[j][0] - points[i][0] >= precision:
                break
            if math.dist(points[i], points[j]) < precision and not (closed and abs(i - j) == last):
                return True
    return False


@normative("GEM112", kind("IfcIndexedPolyCurve"), schemas=("IFC4", "IFC4X3"))
def curve_points(facts: Facts, curve: Entity) -> Iterator[Fault]:
    """No two points of a curve that follow each other are one."""
    points, precision = curve.Points.CoordList, facts.precision(curve)
    for chain in _index_chains(curve):
        if any(math.dist(points[i - 1], points[j - 1]) < precision for i, j in pairwise(chain)):
            yield Fault("double_point", curve)
            return


def _index_chains(curve: Entity) -> Iterator[tuple[int, ...]]:
    """The indices of each segment, from 1; one chain through all points where no segments are given."""
    if curve.Segments:
        yield from (segment.wrappedValue for segment in curve.Segments)
    else:
        yield tuple(range(1, len(curve.Points.CoordList) + 1))


@normative("GEM113", kind("IfcIndexedPolyCurve"), schemas=("IFC4", "IFC4X3"))
def arcs(facts: Facts, curve: Entity) -> Iterator[Fault]:
    """The three points of an arc do not lie in a line."""
    points, precision = curve.Points.CoordList, facts.precision(curve)
    for segment in curve.Segments or ():
        if segment.is_a("IfcArcIndex"):
            begin, middle, end = (np.array(padded(points[i - 1])) for i in segment.wrappedValue)
            if _height(begin, middle, end) < precision:
                yield Fault("straight_arc", curve)
                return


def _height(begin: Floats, middle: Floats, end: Floats) -> float:
    """How far `middle` is off the line from `begin` to `end`."""
    chord = end - begin
    length = float(np.linalg.norm(chord))
    if length == 0:
        return 0.0
    return float(np.linalg.norm(np.cross(chord, middle - begin))) / length


def _boundaries(facts: Facts) -> Iterator[Entity]:
    for profile in facts.of("IfcArbitraryClosedProfileDef"):
        yield from (profile.OuterCurve, *(getattr(profile, "InnerCurves", None) or ()))


@normative("SWE001", _boundaries)
def profile_boundary(facts: Facts, curve: Entity) -> Iterator[Fault]:
    """The boundary of a profile does not meet itself."""
    precision = facts.precision(curve)
    points = curve_chain(facts, curve, precision)
    if points is None:
        yield Fault("unreadable_curve", curve)
    elif touching(points, precision):
        yield Fault("meets_itself", curve)


def curve_chain(facts: Facts, curve: Entity, precision: float) -> Floats | None:
    """A closed curve as points (n, 3) of straight parts, in length units of the model; None where it has none."""
    if curve.is_a("IfcPolyline"):
        return np.array([padded(point[0]) for point in curve.Points], np.float64)
    if curve.is_a("IfcIndexedPolyCurve"):
        return _indexed_chain(curve)
    return _tessellated(facts, curve, precision)


def _indexed_chain(curve: Entity) -> Floats:
    points = [np.array(padded(point), np.float64) for point in curve.Points.CoordList]
    chain: list[Floats] = []
    for segment in curve.Segments or ():
        corners = [points[i - 1] for i in segment.wrappedValue]
        chain += (_arc(*corners) if segment.is_a("IfcArcIndex") else corners)[:-1]
    return np.array(chain or points)


def _arc(begin: Floats, middle: Floats, end: Floats) -> list[Floats]:
    """Points along the arc through three points."""
    u, v = middle - begin, end - begin
    across = np.cross(u, v)
    square = 2 * float(across @ across)
    if square == 0:
        return [begin, middle, end]
    to_centre = (np.cross(across, u) * (v @ v) + np.cross(v, across) * (u @ u)) / square
    centre, axis = begin + to_centre, across / math.sqrt(square / 2)
    x = begin - centre
    y = np.cross(axis, x)
    angle = math.atan2((end - centre) @ y, (end - centre) @ x) % (2 * math.pi)
    steps = np.linspace(0, angle, ARC_PARTS + 1)[1:-1]
    return [begin, *(centre + math.cos(a) * x + math.sin(a) * y for a in steps), end]


def _tessellated(facts: Facts, curve: Entity, precision: float) -> Floats | None:
    """Any other curve, by the geometry library."""
    metre = unit_scale(facts.model, "LENGTHUNIT")
    settings: Any = ifcopenshell.geom.settings()  # type: ignore[no-untyped-call]  # the library publishes no types
    settings.set("mesher-linear-deflection", min(precision * metre * 10, 0.01))
    try:
        shape: Any = ifcopenshell.geom.create_shape(settings, curve)
    except RuntimeError:
        return None
    points = np.array(shape.verts, np.float64).reshape(-1, 3) / metre
    edges = np.array(shape.edges, np.int64).reshape(-1, 2)
    return points[edges[:, 0]]


def _derived(facts: Facts) -> list[Entity]:
    return list(facts.model.by_type("IfcDerivedProfileDef", include_subtypes=False))


@normative("SWE002", _derived, schemas=("IFC4", "IFC4X3"))
def derived_not_mirrored(_facts: Facts, profile: Entity) -> Iterator[Fault]:
    """A derived profile is not mirrored: there is a class of its own for that."""
    if _mirrors(profile.Operator):
        yield Fault("mirrored", profile)


def _tapering(facts: Facts) -> Iterator[Entity]:
    return (profile for solid in facts.of(*TAPERED) for profile in (solid.SweptArea, solid.EndSweptArea))


@normative("SWE002", _tapering, schemas=("IFC4", "IFC4X3"))
def taper_not_mirrored(_facts: Facts, profile: Entity) -> Iterator[Fault]:
    """Neither end of a tapered sweep is a mirrored profile."""
    if profile.is_a("IfcMirroredProfileDef") or (profile.is_a("IfcDerivedProfileDef") and _mirrors(profile.Operator)):
        yield Fault("mirrored", profile)


def _mirrors(operator: Entity) -> bool:
    """Whether a transformation of the plane turns left into right."""
    x = operator.Axis1.DirectionRatios if operator.Axis1 else None
    y = operator.Axis2.DirectionRatios if operator.Axis2 else None
    scales = operator.Scale or 1.0, getattr(operator, "Scale2", None) or operator.Scale or 1.0
    if x is None or y is None:  # the library completes a missing axis at a right angle to the left
        return scales[0] * scales[1] < 0
    turn: float = (x[0] * y[1] - x[1] * y[0]) * scales[0] * scales[1]
    return turn < 0
