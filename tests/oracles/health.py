"""Oracles of the model's health: what the kernel makes of the elements, and relations the other way round."""

from collections.abc import Iterator
from typing import Any

import ifcopenshell.util.element as element_util
import ifcopenshell.util.representation as representation_util
import numpy as np

from tests.oracles.model import Entity, Model
from tests.oracles.registry import Answer, Params, ids, oracle


@oracle("shapes", meshed=True)
def shapes(model: Model, _: Params) -> Answer:
    """Elements of which the kernel makes nothing, and that have no parts."""
    bare = [e for e in model.physical if e.id() not in model.meshes and not element_util.get_parts(e)]
    return Answer(len(model.physical), ids(bare))


def shown(element: Entity) -> list[Entity]:
    """The representations of an element, one after the other."""
    return list(representation_util.get_representations_iter(element))


@oracle("empty_representations")
def empty_representations(model: Model, _: Params) -> Answer:
    """Representations without items."""
    shaped = [e for e in model.physical if shown(e)]
    return Answer(len(shaped), ids(e for e in shaped if any(not r.Items for r in shown(e))))


@oracle("one_body")
def one_body(model: Model, _: Params) -> Answer:
    """Elements with two representations of the identifier Body."""
    shaped = [e for e in model.physical if shown(e)]
    bodies = {e.id(): [r for r in shown(e) if r.RepresentationIdentifier == "Body"] for e in shaped}
    return Answer(len(shaped), ids(e for e in shaped if len(bodies[e.id()]) > 1))


@oracle("elements_placed")
def elements_placed(model: Model, _: Params) -> Answer:
    """Elements with a shape and no placement."""
    shaped = [e for e in model.physical if shown(e)]
    return Answer(len(shaped), ids(e for e in shaped if e.ObjectPlacement is None))


@oracle("extrusions")
def extrusions(model: Model, params: Params) -> Answer:
    """Extrusions reached from the products downwards, each by its least side."""
    least = params["least"] * (1 - 1e-9)
    wrong = [p for p in model.of("IfcProduct") if any(min(_sides(s)) * model.metre < least for s in _solids(model, p))]
    return Answer(len(model.of("IfcExtrudedAreaSolid")), ids(wrong))


def _solids(model: Model, product: Entity) -> Iterator[Entity]:
    if product.Representation is not None:
        yield from (e for e in model.file.traverse(product.Representation) if e.is_a("IfcExtrudedAreaSolid"))


def _sides(solid: Entity) -> list[float]:
    area: Any = solid.SweptArea
    rectangle = [area.XDim or 0.0, area.YDim or 0.0] if area.is_a("IfcRectangleProfileDef") else []
    return [solid.Depth or 0.0, *rectangle]


@oracle("unused_types")
def unused_types(model: Model, _: Params) -> Answer:
    """Types of which the library finds no occurrence."""
    types = model.of("IfcElementType", "IfcDoorStyle", "IfcWindowStyle")
    return Answer(len(types), ids(t for t in types if not element_util.get_types(t)))


@oracle("empty_groups")
def empty_groups(model: Model, _: Params) -> Answer:
    """Groups in which the library finds nothing."""
    groups = model.of("IfcGroup")
    return Answer(len(groups), ids(g for g in groups if not element_util.get_grouped_by(g, is_recursive=False)))


@oracle("far_elements", meshed=True)
def far_elements(model: Model, params: Params) -> Answer:
    """Elements whose mesh lies further than the limit from the middle of all meshes."""
    boxes = [(e, model.meshes[e.id()]) for e in model.physical if e.id() in model.meshes]
    if not boxes:
        return Answer(None)
    middles = np.array([(m.low + m.high) / 2 for _, m in boxes])
    away = np.linalg.norm(middles - np.median(middles, axis=0), axis=1)
    far = [e for (e, _), distance in zip(boxes, away, strict=True) if distance > params["metres"]]
    return Answer(None, ids(far))
