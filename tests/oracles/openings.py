"""Oracles of openings, doors and windows: relations by the library, sizes by the boxes of meshes."""

import ifcopenshell.util.element as element_util
import numpy as np

from tests.oracles.model import Entity, Model, Point
from tests.oracles.registry import Answer, Params, ids, oracle


@oracle("openings_in_elements")
def openings_in_elements(model: Model, _: Params) -> Answer:
    """Openings without an element that they void."""
    openings = model.of("IfcFeatureElementSubtraction")
    return Answer(len(openings), ids(o for o in openings if element_util.get_voided_element(o) is None))


@oracle("fillings")
def fillings(model: Model, params: Params) -> Answer:
    """Leaves without an opening and without a curtain wall above."""
    leaves = model.of(*params["classes"])
    loose = [leaf for leaf in leaves if element_util.get_filled_void(leaf) is None]
    return Answer(len(leaves), ids(leaf for leaf in loose if not _in_curtain(leaf)))


def _in_curtain(leaf: Entity) -> bool:
    above = element_util.get_aggregate(leaf)
    while above is not None and not above.is_a("IfcCurtainWall"):
        above = element_util.get_aggregate(above)
    return above is not None


def sizes(model: Model, leaf: Entity) -> list[float]:
    """Declared width and height, metres."""
    return [s * model.metre for s in (leaf.OverallWidth, leaf.OverallHeight) if s is not None]


@oracle("leaf_sizes")
def leaf_sizes(model: Model, params: Params) -> Answer:
    """Declared sizes out of bounds."""
    least, most = params["least"] * 0.999999999, params["most"] * 1.000000001
    known = [(leaf, sizes(model, leaf)) for leaf in model.of(*params["classes"])]
    said = [(leaf, both) for leaf, both in known if both]
    return Answer(len(said), ids(leaf for leaf, both in said if min(both) < least or max(both) > most))


@oracle("sizes_agree", meshed=True)
def sizes_agree(model: Model, params: Params) -> Answer:
    """Each declared size against the sides of the box of the opening's mesh, in the opening's own coordinates."""
    leaves = [leaf for leaf in model.of(*params["classes"]) if sizes(model, leaf)]
    filled = [(leaf, element_util.get_filled_void(leaf)) for leaf in leaves]
    boxes = [(leaf, _box(model, opening)) for leaf, opening in filled if opening is not None]
    away = [(leaf, max(min(abs(size - box)) for size in sizes(model, leaf))) for leaf, box in boxes if box is not None]
    wrong = ids(leaf for leaf, apart in away if apart > params["tolerance"] + 1e-6)
    return Answer(len(boxes), wrong, open=len(away) < len(boxes))


def _box(model: Model, opening: Entity) -> Point | None:
    mesh, matrix = model.meshes.get(opening.id()), model.matrix(opening)
    return None if mesh is None or matrix is None else np.asarray(np.ptp(mesh.inside(matrix), axis=0))
