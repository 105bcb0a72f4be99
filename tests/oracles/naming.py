"""Oracles of names, classes and types."""

import itertools
import re
from collections import defaultdict

import ifcopenshell.util.element as element_util

from tests.oracles.model import Entity, Model
from tests.oracles.registry import Answer, Params, ids, oracle

SPATIAL = ("IfcProject", "IfcSite", "IfcBuilding", "IfcBuildingStorey")


@oracle("proxies")
def proxies(model: Model, params: Params) -> Answer:
    """Elements of the class itself, and their share."""
    without = [e for e in model.physical if e.is_a("IfcBuildingElementProxy")]
    share = len(without) / max(len(model.physical), 1)
    return Answer(len(model.physical), ids(without) if share > params["most"] else frozenset(), share)


@oracle("user_defined_types")
def user_defined_types(model: Model, _: Params) -> Answer:
    """Attributes by their names."""
    told = [e.get_info(recursive=False) | {"e": e} for e in model.of("IfcElement", "IfcElementType")]
    own = [info for info in told if info.get("PredefinedType") == "USERDEFINED"]
    kinds = [(info["e"], info["ElementType" if "ElementType" in info else "ObjectType"]) for info in own]
    return Answer(len(own), ids(e for e, kind in kinds if not (kind or "").strip()))


@oracle("names_unique")
def names_unique(model: Model, params: Params) -> Answer:
    """Each element against every other of its class and storey."""
    named = [e for e in model.of(*params["classes"]) if e.Name]
    rooms: dict[tuple[int, str], list[Entity]] = defaultdict(list)
    for element in named:
        storey = model.storey(element)
        rooms[0 if storey is None else storey.id(), element.is_a()].append(element)
    pairs = (pair for group in rooms.values() for pair in itertools.combinations(group, 2))
    return Answer(len(named), ids(e for a, b in pairs if a.Name == b.Name for e in (a, b)))


@oracle("types_used")
def types_used(model: Model, params: Params) -> Answer:
    """The type that the library finds."""
    elements = model.of(*params["classes"])
    without = [e for e in elements if element_util.get_type(e) is None]
    share = 1.0 - len(without) / len(elements) if elements else None
    short = share is not None and share < params["least"]
    return Answer(len(elements), ids(without) if short else frozenset(), share)


@oracle("names_trimmed")
def names_trimmed(model: Model, _: Params) -> Answer:
    """A name is its words joined by single spaces."""
    named = [t for t in model.of(*SPATIAL, "IfcSpace", "IfcZone") if t.Name]
    return Answer(len(named), ids(t for t in named if t.Name != " ".join(t.Name.split())))


@oracle("default_names")
def default_names(model: Model, params: Params) -> Answer:
    """Each name against each pattern."""
    named = [t for t in model.of(*SPATIAL) if t.Name]
    wrong = (t for t in named if any(re.fullmatch(p, t.Name.strip(), re.IGNORECASE) for p in params["patterns"]))
    return Answer(len(named), ids(wrong))
