"""Oracles of models handed in together."""

import itertools
import math

import ifcopenshell.util.unit as unit_util
import numpy as np

from tests.oracles.georeference import Conversion, code, conversion
from tests.oracles.model import Entity, Model, Point, near
from tests.oracles.registry import Answer, Params, ids, names, oracle


@oracle("same_project")
def same_project(model: Model, _: Params) -> Answer:
    """Names of the projects."""
    said = [sorted(p.Name or "" for p in m.of("IfcProject")) for m in (model, *model.others)]
    return Answer(len(model.others), names() if said.count(said[0]) == len(said) else names("IfcProject.Name"))


@oracle("same_units")
def same_units(model: Model, _: Params) -> Answer:
    """Scales of the length units."""
    scales = [unit_util.calculate_unit_scale(m.file) for m in (model, *model.others)]
    return Answer(len(model.others), names() if len(set(scales)) <= 1 else names("LENGTHUNIT"))


@oracle("same_georeference")
def same_georeference(model: Model, params: Params) -> Answer:
    """The corners of a square of 100 m, led into the grid by each model."""
    if not model.others:
        return Answer(0)
    made = [conversion(m) for m in (model, *model.others)]
    grids = {code(c) if c is not None else "-" for c in made}
    if len(grids) > 1 or "-" in grids:
        return Answer(len(model.others), names("IfcProjectedCRS"))
    ours, *theirs = [_led(c) for c in made if c is not None]
    away = max(float(np.linalg.norm(ours - other, axis=1).max()) for other in theirs)
    return Answer(len(model.others), names("IfcMapConversion") if away > params["tolerance"] else names(), away)


def _led(made: Conversion) -> Point:
    """The origin and a point 100 m along the x axis, in the grid."""
    origin = np.array([made.number(name) * made.unit for name in ("Eastings", "Northings", "OrthogonalHeight")])
    along = np.array([made.number("XAxisAbscissa", 1.0), made.number("XAxisOrdinate"), 0.0])
    return np.array([origin, origin + 100 * along / np.linalg.norm(along)])


@oracle("same_storeys")
def same_storeys(model: Model, params: Params) -> Answer:
    """Each storey against those of each companion."""
    if not model.others:
        return Answer(0)
    wrong = {s for s, height in model.rising for other in model.others if not _known(other, s, height, params)}
    return Answer(len(model.rising), ids(wrong), open=len(model.rising) < len(model.heights))


def _known(other: Model, storey: Entity, height: float, params: Params) -> bool:
    most = params["tolerance"] + 1e-9
    return any(s.Name == storey.Name and abs(h - height) <= most for s, h in other.rising)


@oracle("ids_not_shared")
def ids_not_shared(model: Model, _: Params) -> Answer:
    """GlobalIds of both."""
    theirs = {e.GlobalId for other in model.others for e in other.physical}
    looked = len({e.GlobalId for e in model.physical}) if model.others else 0
    return Answer(looked, ids(e for e in model.physical if e.GlobalId in theirs))


@oracle("bearing_once")
def bearing_once(model: Model, params: Params) -> Answer:
    """Each element against each of its class in the structural models, by matrices."""
    structure = [m for m in model.others if m.discipline == "structure"]
    if not structure or model.discipline == "structure":
        return Answer(0)
    theirs = [(e, m.origin(e)) for m in structure for e in m.of(*params["classes"])]
    ours = [(e, model.origin(e)) for e in model.of(*params["classes"])]
    most = params["tolerance"] + 1e-9
    placed = [
        (e, at, o, there)
        for (e, at), (o, there) in itertools.product(ours, theirs)
        if not (at is None or there is None)
    ]
    wrong = (e for e, at, o, there in placed if e.is_a() == o.is_a() and math.dist(at, there) <= most)
    return Answer(sum(at is not None for _, at in ours), ids(wrong))


@oracle("same_extents")
def same_extents(model: Model, params: Params) -> Answer:
    """Boxes of the placements, by matrices."""
    if not model.others:
        return Answer(0)
    boxes = [np.array([at for at in map(m.origin, m.physical) if at is not None]) for m in (model, *model.others)]
    if any(not len(box) for box in boxes):
        return Answer(0, open=True)
    gaps = [np.maximum(boxes[0].min(0) - o.max(0), o.min(0) - boxes[0].max(0)).max() for o in boxes[1:]]
    apart = max(0.0, *map(float, gaps))
    wrong = names("IfcElement") if apart > params["metres"] + 1e-9 else names()
    return Answer(len(model.others), wrong, 0.0 if near(apart, 0.0) else apart)


@oracle("structure_present")
def structure_present(model: Model, params: Params) -> Answer:
    """Bearing elements of the structural models, counted."""
    structure = [m for m in (model, *model.others) if m.discipline == "structure"] if model.others else []
    if not structure:
        return Answer(None if model.discipline == "structure" else 0)
    count = sum(len(m.of(*params["classes"])) for m in structure)
    return Answer(1, frozenset(params["classes"]) if count < params["least"] else names(), float(count))


@oracle("services_apart")
def services_apart(model: Model, params: Params) -> Answer:
    """Elements of services in the architectural model, where there is another one for them."""
    if model.discipline != "architecture" or not any(m.discipline == "mep" for m in model.others):
        return Answer(0)
    return Answer(1, ids(model.of(*params["classes"])))
