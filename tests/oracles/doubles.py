"""Oracles of elements that are there twice: the same triangles in the same place."""

import numpy as np

from tests.oracles.model import Entity, Model
from tests.oracles.registry import Answer, Params, ids, oracle


@oracle("duplicates", meshed=True)
def duplicates(model: Model, _: Params) -> Answer:
    """Pairs of one class."""
    return Answer(None, ids(e for a, b in pairs(model) if a.is_a() == b.is_a() for e in (a, b)))


@oracle("coincident", meshed=True)
def coincident(model: Model, _: Params) -> Answer:
    """Pairs of two classes."""
    return Answer(None, ids(e for a, b in pairs(model) if a.is_a() != b.is_a() for e in (a, b)))


def pairs(model: Model) -> list[tuple[Entity, Entity]]:
    """Elements whose meshes have one box and as many corners, all of them in the same places, to a millimetre."""
    shown = [e for e in model.physical if e.id() in model.meshes]
    boxes = np.array([[*model.meshes[e.id()].low, *model.meshes[e.id()].high] for e in shown]).reshape(-1, 6)
    close = [
        np.flatnonzero(np.abs(boxes[i + 1 :] - box).max(axis=1, initial=0.0) < 1e-3) for i, box in enumerate(boxes)
    ]
    likely = ((shown[i], shown[i + 1 + int(j)]) for i, near in enumerate(close) for j in near)
    return [(a, b) for a, b in likely if _same(model, a, b)]


def _same(model: Model, a: Entity, b: Entity) -> bool:
    ours, theirs = (np.unique(np.round(model.meshes[e.id()].vertices, 3), axis=0) for e in (a, b))
    return len(ours) == len(theirs) and bool(np.allclose(ours, theirs, atol=2e-3))
