"""BRP, GEM001: faces, and the shells that they make."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

import numpy as np

from bim.extract import Entity
from bim.validity.crossing import touching
from bim.validity.facts import Facts
from bim.validity.loops import Floats
from bim.validity.registry import Fault, kind, normative

Edge = tuple[int, int]
ROUNDING = 8 * float(np.finfo(np.float64).eps)
"""Of the largest coordinate: what no precision can ask for."""


def _polygons(facts: Facts) -> list[Entity]:
    """Polygonal loops that bound a face; attributes are read by position here and below: there are very many."""
    return [bound[0] for bound in facts.of("IfcFaceBound") if bound[0] is not None and bound[0].is_a("IfcPolyLoop")]


@normative("BRP001", _polygons)
def face_boundary(facts: Facts, loop: Entity) -> Iterator[Fault]:
    """The boundary of a face does not meet itself."""
    if loop.id() in facts.simple_loops:
        return
    if touching(facts.loops.of(loop), facts.precision(loop)):
        yield Fault("meets_itself", loop)


@normative("BRP002", kind("IfcConnectedFaceSet"))
def connected(facts: Facts, faces: Entity) -> Iterator[Fault]:
    """The faces of a shell hang together."""
    pieces: list[set[int]] = []
    for face in faces[0]:
        joined = {name for bound in face[0] for name in _names(facts, bound[0])}
        if not joined:
            continue
        pieces = _join(pieces, joined)
    if len(pieces) > 1:
        yield Fault("several_pieces", faces, {"count": len(pieces)})


def _join(pieces: list[set[int]], joined: set[int]) -> list[set[int]]:
    """The pieces with `joined` added, and those it touches made one; the largest one keeps its set."""
    touched = [piece for piece in pieces if not piece.isdisjoint(joined)]
    if not touched:
        return [*pieces, joined]
    main = max(touched, key=len)
    for piece in touched:
        if piece is not main:
            main |= piece
    main |= joined
    return [main, *(piece for piece in pieces if all(piece is not other for other in touched))]


def _names(facts: Facts, loop: Entity) -> Iterable[int]:
    """Names of the places of a loop's points."""
    if loop.is_a("IfcPolyLoop"):
        return facts.loops.named(loop)
    if loop.is_a("IfcVertexLoop"):
        return [facts.place(loop.LoopVertex)]
    if not loop.is_a("IfcEdgeLoop"):
        return []
    edges = [oriented.EdgeElement for oriented in loop.EdgeList]
    return [facts.place(vertex) for edge in edges for vertex in (edge.EdgeStart, edge.EdgeEnd)]


def _plain_faces(facts: Facts) -> list[Entity]:
    return list(facts.model.by_type("IfcFace", include_subtypes=False))


@normative("BRP003", _plain_faces)
def planar(facts: Facts, face: Entity) -> Iterator[Fault]:
    """A face without a surface of its own is plane."""
    loops = [loop for bound in face[0] if (loop := bound[0]).is_a("IfcPolyLoop")]
    if not loops or (len(loops) == 1 and loops[0].id() in facts.flat_loops):
        return
    points = np.concatenate([facts.loops.of(loop) for loop in loops])
    away, precision = off_plane(points), facts.precision(face)
    if away > precision + ROUNDING * float(np.abs(points).max()):
        yield Fault("not_plane", face, {"distance": away, "precision": precision})


def off_plane(points: Floats) -> float:
    """How far the farthest of `points` (n, 3) is from the plane that fits them best."""
    if len(points) <= 3:
        return 0.0
    middle = points - points.mean(axis=0)
    normal = np.linalg.svd(middle, full_matrices=False)[2][-1]
    return float(np.abs(middle @ normal).max())


def _faceted_shells(facts: Facts) -> Iterator[Entity]:
    for brep in facts.of("IfcFacetedBrep"):
        yield from (brep.Outer, *(getattr(brep, "Voids", None) or ()))


@normative("GEM001", _faceted_shells)
def closed_shell(facts: Facts, shell: Entity) -> Iterator[Fault]:
    """Every edge of a faceted body is used by two faces, once in each direction."""
    yield from _edge_faults(shell, _shell_edges(facts, shell))


def _closed_sets(facts: Facts) -> Iterator[Entity]:
    return (e for e in facts.of("IfcTriangulatedFaceSet", "IfcPolygonalFaceSet") if e.Closed)


@normative("GEM001", _closed_sets, schemas=("IFC4", "IFC4X3"))
def closed_faceset(_facts: Facts, faces: Entity) -> Iterator[Fault]:
    """Every edge of a closed set of faces is used by two of them, once in each direction."""
    yield from _edge_faults(faces, _set_edges(faces))


def _edge_faults(entity: Entity, edges: Iterable[Edge]) -> Iterator[Fault]:
    oriented = Counter(edges)
    plain = Counter[Edge]()
    for (begin, end), uses in oriented.items():
        plain[min(begin, end), max(begin, end)] += uses
    wrong = sum(1 for uses in plain.values() if uses != 2)
    if wrong:
        yield Fault("edge_uses", entity, {"edges": wrong})
    turned = sum(1 for uses in oriented.values() if uses != 1)
    if turned:
        yield Fault("edge_direction", entity, {"edges": turned})


def _around(corners: list[int]) -> Iterator[Edge]:
    return pairwise([*corners, *corners[:1]])


def _shell_edges(facts: Facts, shell: Entity) -> Iterator[Edge]:
    for face in shell.CfsFaces:
        for bound in face.Bounds:
            if bound.Bound.is_a("IfcPolyLoop"):
                corners = facts.loops.named(bound.Bound)
                yield from _around(corners if bound.Orientation else corners[::-1])


def _set_edges(faces: Entity) -> Iterator[Edge]:
    coordinates = faces.Coordinates.CoordList
    places = {point: place for place, point in enumerate(coordinates, 1)}
    same = [0, *(places[point] for point in coordinates)]
    for loop in _index_loops(faces):
        yield from _around([same[index] for index in loop])


def _index_loops(faces: Entity) -> Iterator[tuple[int, ...]]:
    if faces.is_a("IfcTriangulatedFaceSet"):
        yield from faces.CoordIndex
        return
    mapping = faces.PnIndex
    for face in faces.Faces:
        loops = (face.CoordIndex, *(getattr(face, "InnerCoordIndices", None) or ()))
        yield from (tuple(mapping[i - 1] for i in loop) if mapping else loop for loop in loops)
