"""Oracles of the storeys: heights by declared elevations and by placement matrices."""

import itertools
import re

import ifcopenshell.util.element as element_util

from tests.oracles.model import Entity, Model
from tests.oracles.registry import Answer, Params, ids, names, oracle


@oracle("storeys")
def storeys(model: Model, _: Params) -> Answer:
    """Each storey against every other."""
    every = model.of("IfcBuildingStorey")
    wrong = {s for s in every if not s.Name or s.Elevation is None}
    for a, b in itertools.combinations(every, 2):
        level = None not in (a.Elevation, b.Elevation) and abs(a.Elevation - b.Elevation) < 5e-7
        wrong |= {a, b} if a.Name == b.Name or level else set()
    return Answer(max(len(every), 1), ids(wrong) if every else names("IfcBuildingStorey"))


@oracle("storey_names")
def storey_names(model: Model, params: Params) -> Answer:
    """The pattern, anchored at both ends."""
    pattern = params["pattern"]
    flags = re.IGNORECASE if pattern.startswith("(?i)") else 0
    anchored = re.compile(rf"^(?:{pattern.removeprefix('(?i)')})$", flags)
    every = model.of("IfcBuildingStorey")
    return Answer(len(every), ids(s for s in every if not anchored.match((s.Name or "").strip())))


@oracle("storey_order")
def storey_order(model: Model, params: Params) -> Answer:
    """Of storeys whose names end in a number, the one of the next number lies higher."""
    every = [(re.fullmatch(params["pattern"], (s.Name or "").strip()), s) for s in model.of("IfcBuildingStorey")]
    numbered = sorted(((int(said.group(1)), s) for said, s in every if said), key=lambda pair: pair[0])
    heights = [(s, model.heights[s.id()]) for _, s in numbered]
    if any(height is None for _, height in heights):
        return Answer(0, open=True)
    pairs = list(itertools.pairwise(heights))
    return Answer(len(pairs), ids(b for (_, low), (b, high) in pairs if (high or 0.0) <= (low or 0.0)))


@oracle("elevation_is_placement")
def elevation_is_placement(model: Model, params: Params) -> Answer:
    """The matrix of the placement against the declared elevation."""
    every = [s for s in model.of("IfcBuildingStorey") if s.Elevation is not None]
    placed = [(s, model.placed(s)) for s in every]
    apart = [(s, abs(s.Elevation * model.metre - at)) for s, at in placed if at is not None]
    if not apart:
        return Answer(0, open=bool(model.of("IfcBuildingStorey")))
    wrong = ids(s for s, away in apart if away > params["tolerance"] + 1e-9)
    return Answer(len(apart), wrong, max(away for _, away in apart))


@oracle("storey_heights")
def storey_heights(model: Model, params: Params) -> Answer:
    """From each storey to the next one above."""
    if len(model.rising) < len(model.heights):
        return Answer(0, open=True)
    rises = [(b, high - low) for (_, low), (b, high) in itertools.pairwise(model.rising)]
    return Answer(len(rises), ids(s for s, r in rises if r < params["least"] - 1e-9 or r > params["most"] + 1e-9))


@oracle("ground_storey")
def ground_storey(model: Model, params: Params) -> Answer:
    """The storey nearest to zero."""
    if not model.rising:
        return Answer(0, open=bool(model.of("IfcBuildingStorey")))
    nearest = min(abs(height) for _, height in model.rising)
    return Answer(1, names("IfcBuildingStorey") if nearest > params["metres"] else names(), nearest)


@oracle("storeys_not_empty")
def storeys_not_empty(model: Model, _: Params) -> Answer:
    """What is contained in a storey, and its parts."""
    every = model.of("IfcBuildingStorey")
    return Answer(len(every), ids(s for s in every if not element_util.get_decomposition(s, is_recursive=False)))


@oracle("within_storey")
def within_storey(model: Model, params: Params) -> Answer:
    """Placements by matrices, between the placements of two storeys."""
    at = {s: model.origin(s) for s in model.of("IfcBuildingStorey")}
    placed = sorted(((float(p[2]), s.id()) for s, p in at.items() if p is not None), key=lambda pair: pair[0])
    tops = [z for z, _ in placed[1:]] + [float("inf")]
    bounds = {key: (z, top) for (z, key), top in zip(placed, tops, strict=True)} if placed else {}
    looked: list[tuple[Entity, float, float, float]] = []
    for element in model.physical:
        place, origin = element_util.get_container(element, should_get_direct=True), model.origin(element)
        if place is not None and place.id() in bounds and origin is not None:
            looked.append((element, float(origin[2]), *bounds[place.id()]))
    below, above = params["below"] + 1e-9, params["above"] + 1e-9
    wrong = (e for e, z, low, high in looked if z < low - below or z > high + above)
    return Answer(len(looked), ids(wrong))
