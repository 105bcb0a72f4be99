"""Mutations of shapes: bodies, profiles, booleans, placements, openings. None touches what an object says of itself."""

import random

from tests.fuzz.registry import Harm, operator
from tests.fuzz.stepfile import Entity, Step, a_list, listed

BAD = [b"0.", b"-1.", b"1.E-30", b"1.E30", b"1.E400", b"NAN", b"$", b"()"]
SOLIDS = ["IfcExtrudedAreaSolid", "IfcFacetedBrep", "IfcBooleanClippingResult", "IfcBooleanResult", "IfcMappedItem"]
SOLIDS += ["IfcTriangulatedFaceSet", "IfcPolygonalFaceSet", "IfcFaceBasedSurfaceModel", "IfcShellBasedSurfaceModel"]


def _one(rng: random.Random, step: Step, *kinds: str) -> Entity | None:
    found = step.of(*kinds)
    return rng.choice(found) if found else None


def _set(
    rng: random.Random, step: Step, kind: str, at: int, values: list[bytes], *, all_: bool = False
) -> bytes | None:
    """Argument `at` of one entity of the class, or of all, set to one of the values."""
    found = [e for e in step.of(kind) if len(e.arguments) > at]
    if not found:
        return None
    value = rng.choice(values)
    chosen = found if all_ else [rng.choice(found)]
    return step.replaced([(e, e.with_argument(at, value)) for e in chosen])


def _bodies(step: Step) -> list[Entity]:
    return [e for e in step.of("IfcShapeRepresentation") if e.arguments[1] == b"'Body'" and listed(e.arguments[3])]


@operator("bodies", Harm.GEOMETRY)
def depth(rng: random.Random, step: Step) -> bytes | None:
    return _set(rng, step, "IfcExtrudedAreaSolid", 3, BAD, all_=rng.random() < 0.3)


@operator("bodies", Harm.GEOMETRY)
def no_position(rng: random.Random, step: Step) -> bytes | None:
    return _set(rng, step, "IfcExtrudedAreaSolid", rng.choice([0, 1, 2]), [b"$"], all_=rng.random() < 0.3)


@operator("bodies", Harm.GEOMETRY)
def flat_direction(rng: random.Random, step: Step) -> bytes | None:
    line = b"#%d=IFCDIRECTION((%s));" % (step.next, rng.choice([b"1.,0.,0.", b"0.,0.,0.", b"0.,1.", b"NAN,0.,1.", b""]))
    solids = step.of("IfcExtrudedAreaSolid")
    if not solids:
        return None
    return step.changed(rng.choice(solids), 2, b"#%d" % step.next, line)


@operator("bodies", Harm.GEOMETRY)
def body_emptied(rng: random.Random, step: Step) -> bytes | None:
    bodies = _bodies(step)
    return step.changed(rng.choice(bodies), 3, b"()") if bodies else None


@operator("bodies", Harm.GEOMETRY)
def body_renamed(rng: random.Random, step: Step) -> bytes | None:
    bodies = _bodies(step)
    if not bodies:
        return None
    body, at = rng.choice(bodies), rng.choice([1, 2])
    return step.changed(body, at, rng.choice([b"'Axis'", b"'Curve2D'", b"'NoSuch'", b"'BoundingBox'", b"$"]))


@operator("bodies", Harm.GEOMETRY)
def representation_unset(rng: random.Random, step: Step) -> bytes | None:
    shapes = {e.id for e in step.of("IfcProductDefinitionShape")}
    products = [e for e in step.entities.values() if len(e.arguments) > 6 and e.arguments[6][1:] in _texts(shapes)]
    if not products:
        return None
    chosen = rng.sample(products, min(len(products), rng.choice([1, 5, 500])))
    return step.replaced([(e, e.with_argument(6, b"$")) for e in chosen])


def _texts(numbers: set[int]) -> set[bytes]:
    return {b"%d" % number for number in numbers}


@operator("bodies", Harm.GEOMETRY)
def item_exchanged(rng: random.Random, step: Step) -> bytes | None:
    """The body is a point, a curve, or the body of another."""
    bodies = _bodies(step)
    other = _one(rng, step, *rng.choice([SOLIDS, ["IfcCartesianPoint"], ["IfcPolyline"], ["IfcDirection"]]))
    if not bodies or other is None:
        return None
    return step.changed(rng.choice(bodies), 3, b"(#%d)" % other.id)


@operator("bodies", Harm.GEOMETRY)
def faces_lost(rng: random.Random, step: Step) -> bytes | None:
    shell = _one(rng, step, "IfcClosedShell", "IfcOpenShell", "IfcConnectedFaceSet")
    if shell is None:
        return None
    faces = listed(shell.arguments[0])
    return step.changed(shell, 0, a_list(rng.sample(faces, rng.randrange(len(faces)))))


@operator("bodies", Harm.GEOMETRY)
def loop_damaged(rng: random.Random, step: Step) -> bytes | None:
    loop = _one(rng, step, "IfcPolyLoop")
    if loop is None:
        return None
    points = listed(loop.arguments[0])
    rng.shuffle(points)
    return step.changed(loop, 0, a_list(points[: rng.randrange(len(points) + 1)]))


@operator("bodies", Harm.GEOMETRY)
def face_set_damaged(rng: random.Random, step: Step) -> bytes | None:
    faces = _one(rng, step, "IfcTriangulatedFaceSet", "IfcPolygonalFaceSet", "IfcCartesianPointList3D")
    if faces is None:
        return None
    at = rng.randrange(len(faces.arguments))
    bad = [b"((1,2,999999))", b"((0,1,2))", b"((-1,1,2))", b"((1,1,1))", b"()", b"$", b"((1.E400,0.,0.))", b"((1,2))"]
    return step.changed(faces, at, rng.choice(bad))


@operator("bodies", Harm.GEOMETRY)
def mapped_into_itself(rng: random.Random, step: Step) -> bytes | None:
    """A representation map whose representation shows the map again."""
    item = _one(rng, step, "IfcMappedItem")
    if item is None:
        return None
    source = step.entities.get(int(item.arguments[0][1:]))
    shown = source and step.entities.get(int(source.arguments[1][1:]))
    return step.changed(shown, 3, b"(#%d)" % item.id) if shown else None


@operator("bodies", Harm.GEOMETRY, heavy=True)
def map_chain(rng: random.Random, step: Step) -> bytes | None:
    """Maps in maps, very deep, or doubling at each step."""
    bodies = _bodies(step)
    if not bodies:
        return None
    body, axes, turn, at = rng.choice(bodies), step.next, step.next + 1, step.next + 2
    origin = _one(rng, step, "IfcCartesianPoint")
    assert origin is not None  # a body has points
    lines = [b"#%d=IFCAXIS2PLACEMENT3D(#%d,$,$);" % (axes, origin.id)]
    lines.append(b"#%d=IFCCARTESIANTRANSFORMATIONOPERATOR3D($,$,#%d,$,$);" % (turn, origin.id))
    copies = rng.choice([1, 2])
    inner = body.arguments[3]
    for _ in range(rng.choice([4, 10]) if copies == 2 else rng.choice([100, 1_000])):
        lines.append(b"#%d=IFCSHAPEREPRESENTATION(%s,'Body','SweptSolid',%s);" % (at, body.arguments[0], inner))
        lines.append(b"#%d=IFCREPRESENTATIONMAP(#%d,#%d);" % (at + 1, axes, at))
        lines += [b"#%d=IFCMAPPEDITEM(#%d,#%d);" % (at + 2 + i, at + 1, turn) for i in range(copies)]
        inner = a_list([b"#%d" % (at + 2 + i) for i in range(copies)])
        at += 2 + copies
    return step.changed(body, 3, inner, *lines)


@operator("profiles", Harm.GEOMETRY, heavy=True)
def polyline(rng: random.Random, step: Step) -> bytes | None:
    lines = step.of("IfcPolyline")
    if not lines:
        return None
    line = rng.choice(lines)
    points = listed(line.arguments[0])
    how = rng.randrange(5)
    if how == 0:
        rng.shuffle(points)  # crosses itself
    elif how == 1:
        points = points[: rng.randrange(3)]
    elif how == 2:
        points = points[:1] * len(points)
    elif how == 3:
        points = points * rng.choice([2, 20])
    else:
        points = points[:-1]
    return step.changed(line, 0, a_list(points))


@operator("profiles", Harm.GEOMETRY)
def rectangle(rng: random.Random, step: Step) -> bytes | None:
    return _set(rng, step, "IfcRectangleProfileDef", rng.choice([2, 3, 4]), BAD, all_=rng.random() < 0.3)


@operator("profiles", Harm.GEOMETRY)
def circle(rng: random.Random, step: Step) -> bytes | None:
    kind = rng.choice(["IfcCircleProfileDef", "IfcCircle", "IfcCircleHollowProfileDef"])
    return _set(rng, step, kind, 3 if "Profile" in kind else 1, BAD)


@operator("profiles", Harm.GEOMETRY)
def profile_curve(rng: random.Random, step: Step) -> bytes | None:
    profile = _one(rng, step, "IfcArbitraryClosedProfileDef", "IfcArbitraryProfileDefWithVoids")
    other = _one(rng, step, "IfcPolyline", "IfcCartesianPoint", "IfcLine", "IfcCircle", "IfcCompositeCurve")
    return profile and other and step.changed(profile, 2, rng.choice([b"#%d" % other.id, b"$", b"#%d" % profile.id]))


@operator("profiles", Harm.GEOMETRY)
def point(rng: random.Random, step: Step) -> bytes | None:
    points = step.of("IfcCartesianPoint")
    if not points:
        return None
    chosen = rng.sample(points, min(len(points), rng.choice([1, 1, 10, 100])))
    bad = [b"(NAN,NAN,NAN)", b"(INF,0.,0.)", b"(1.E400,0.,0.)", b"(1.E300,1.E300,1.E300)", b"()", b"(0.)", b"$"]
    bad += [b"(1.E7,1.E7,0.)", b"(1.E15,0.,0.)", b"(0.,0.)", b"(0.,0.,0.,0.)", b"(1.E-300,0.,0.)"]
    value = rng.choice(bad)
    return step.replaced([(e, e.with_argument(0, value)) for e in chosen])


@operator("booleans", Harm.GEOMETRY)
def operand(rng: random.Random, step: Step) -> bytes | None:
    result = _one(rng, step, "IfcBooleanClippingResult", "IfcBooleanResult")
    if result is None:
        return None
    at = rng.choice([1, 2])
    other = _one(rng, step, *SOLIDS, "IfcHalfSpaceSolid", "IfcPolygonalBoundedHalfSpace", "IfcPlane", "IfcPolyline")
    assert other is not None  # at least the result itself
    return step.changed(result, at, rng.choice([b"#%d" % other.id, result.arguments[3 - at], b"#%d" % result.id, b"$"]))


@operator("booleans", Harm.GEOMETRY, heavy=True)
def boolean_chain(rng: random.Random, step: Step) -> bytes | None:
    """A body cut by itself, by a half space or by its own result, many times over."""
    bodies = [b for b in _bodies(step) if int(listed(b.arguments[3])[0][1:]) in step.entities]
    if not bodies:
        return None
    body, origin = rng.choice(bodies), _one(rng, step, "IfcCartesianPoint")
    assert origin is not None  # a body has points
    at, first = step.next, listed(body.arguments[3])[0]
    lines = [b"#%d=IFCAXIS2PLACEMENT3D(#%d,$,$);" % (at, origin.id), b"#%d=IFCPLANE(#%d);" % (at + 1, at)]
    lines.append(b"#%d=IFCHALFSPACESOLID(#%d,%s);" % (at + 2, at + 1, rng.choice([b".T.", b".F."])))
    cutter = rng.choice([b"#%d" % (at + 2), first])
    sign = rng.choice([b".DIFFERENCE.", b".UNION.", b".INTERSECTION.", b".NOSUCH."])
    inner = first
    for number in range(at + 3, at + 3 + rng.choice([1, 5, 40, 300])):
        lines.append(b"#%d=IFCBOOLEANRESULT(%s,%s,%s);" % (number, sign, inner, cutter))
        inner = b"#%d" % number
    return step.changed(body, 3, a_list([inner]), *lines)


@operator("booleans", Harm.GEOMETRY)
def half_space(rng: random.Random, step: Step) -> bytes | None:
    kind = rng.choice(["IfcHalfSpaceSolid", "IfcPolygonalBoundedHalfSpace", "IfcPlane"])
    found = _one(rng, step, kind)
    return found and step.changed(found, rng.randrange(len(found.arguments)), rng.choice([b"$", b"#%d" % found.id]))


@operator("placements", Harm.GEOMETRY)
def placement_cycle(rng: random.Random, step: Step) -> bytes | None:
    found = step.of("IfcLocalPlacement")
    if not found:
        return None
    return step.replaced([(e, e.with_argument(0, b"#%d" % rng.choice(found).id)) for e in found])


@operator("placements", Harm.GEOMETRY)
def placement_chain(rng: random.Random, step: Step) -> bytes | None:
    found = _one(rng, step, "IfcLocalPlacement")
    axes = _one(rng, step, "IfcAxis2Placement3D")
    if found is None or axes is None:
        return None
    count = rng.choice([150, 250, 5_000, 50_000])
    lines = [
        b"#%d=IFCLOCALPLACEMENT(%s,#%d);" % (step.next + i, b"#%d" % (step.next + i - 1) if i else b"$", axes.id)
        for i in range(count)
    ]
    return step.changed(found, 0, b"#%d" % (step.next + count - 1), *lines)


@operator("placements", Harm.GEOMETRY)
def placement_unset(rng: random.Random, step: Step) -> bytes | None:
    kind = rng.choice(["IfcLocalPlacement", "IfcAxis2Placement3D", "IfcAxis2Placement2D"])
    found = _one(rng, step, kind)
    if found is None:
        return None
    at = rng.randrange(len(found.arguments))
    return step.changed(found, at, rng.choice([b"$", b"*", b"#%d" % found.id]))


@operator("placements", Harm.GEOMETRY)
def direction(rng: random.Random, step: Step) -> bytes | None:
    bad = [b"(0.,0.,0.)", b"(0.,0.)", b"(NAN,0.,0.)", b"(1.E400,0.,0.)", b"()", b"(1.)", b"(1.E-200,0.,0.)", b"$"]
    return _set(rng, step, "IfcDirection", 0, bad, all_=rng.random() < 0.1)


@operator("placements", Harm.GEOMETRY)
def far_away(rng: random.Random, step: Step) -> bytes | None:
    """The whole model, or one thing, stands at the coordinates of a grid, or at the end of the world."""
    found = _one(rng, step, "IfcSite", "IfcBuilding", "IfcWall", "IfcSlab")
    if found is None or not found.arguments[5].startswith(b"#"):
        return None
    n = step.next
    at = rng.choice([b"250000.,3710000.,700.", b"1.E7,1.E7,0.", b"1.E12,0.,0.", b"0.,0.,1.E9", b"1.E300,0.,0."])
    lines = [b"#%d=IFCCARTESIANPOINT((%s));" % (n, at), b"#%d=IFCAXIS2PLACEMENT3D(#%d,$,$);" % (n + 1, n)]
    lines.append(b"#%d=IFCLOCALPLACEMENT($,#%d);" % (n + 2, n + 1))
    return step.changed(found, 5, b"#%d" % (n + 2), *lines)


@operator("openings", Harm.GEOMETRY)
def opening_relation(rng: random.Random, step: Step) -> bytes | None:
    relation = _one(rng, step, "IfcRelVoidsElement", "IfcRelFillsElement")
    if relation is None:
        return None
    other = _one(rng, step, "IfcOpeningElement", "IfcWall", "IfcSlab", "IfcDoor", "IfcBuildingStorey")
    value = rng.choice([relation.arguments[4], relation.arguments[5], b"$", b"#%d" % other.id if other else b"$"])
    return step.changed(relation, rng.choice([4, 5]), value)


@operator("openings", Harm.GEOMETRY)
def opening_body(rng: random.Random, step: Step) -> bytes | None:
    opening = _one(rng, step, "IfcOpeningElement")
    if opening is None or len(opening.arguments) < 7:
        return None
    shape = _one(rng, step, "IfcProductDefinitionShape")
    return step.changed(opening, 6, rng.choice([b"$", b"#%d" % shape.id if shape else b"$"]))


@operator("openings", Harm.GEOMETRY, heavy=True)
def openings_repeated(rng: random.Random, step: Step) -> bytes | None:
    relation = _one(rng, step, "IfcRelVoidsElement")
    if relation is None:
        return None
    count = rng.choice([5, 100])
    return step.replaced([], *(relation.written(number=step.next + i) for i in range(count)))
