"""Checks of names, classes and types."""

import re
from collections import Counter

from bim.guide.checks.registry import Checked, Params, check, found, ids
from bim.guide.checks.subject import Entity, Subject

_SPATIAL = ("IfcProject", "IfcSite", "IfcBuilding", "IfcBuildingStorey")
_PADDED = re.compile(r"^\s|\s$|\s\s")


@check("proxies", unit="ratio", most=float)
def proxies(subject: Subject, params: Params) -> Checked:
    """The share of elements without a class of their own is at most `most`."""
    elements, without = subject.physical, subject.of("IfcBuildingElementProxy")
    share = len(without) / len(elements) if elements else 0.0
    return Checked(len(elements), ids(without) if share > params["most"] else (), share, params["most"])


@check("user_defined_types")
def user_defined_types(subject: Subject, _: Params) -> Checked:
    """Whatever is USERDEFINED says what it is in words: ObjectType, of a type ElementType."""
    things = [(e, "ObjectType") for e in subject.elements] + [(t, "ElementType") for t in subject.of("IfcElementType")]
    places: dict[str, int | None] = {}
    own = [(e, word) for e, word in things if _is_user_defined(e, places)]
    return Checked(len(own), ids(e for e, word in own if not (getattr(e, word) or "").strip()))


def _is_user_defined(thing: Entity, places: dict[str, int | None]) -> bool:
    """Whether its PredefinedType says so; `places` keeps where that stands in each class."""
    kind = thing.is_a()
    if kind not in places:
        names = [thing.attribute_name(i) for i in range(len(thing))]
        places[kind] = names.index("PredefinedType") if "PredefinedType" in names else None
    place = places[kind]
    return place is not None and thing[place] == "USERDEFINED"


@check("names_unique", classes=list)
def names_unique(subject: Subject, params: Params) -> Checked:
    """Elements of `classes` have names of their own, each class on each storey."""
    named = [e for e in subject.of(*params["classes"]) if e.Name]
    keys = {e.id(): (subject.storey(e), e.is_a(), e.Name) for e in named}
    count = Counter(keys.values())
    return Checked(len(named), ids(e for e in named if count[keys[e.id()]] > 1))


@check("types_used", unit="ratio", classes=list, least=float)
def types_used(subject: Subject, params: Params) -> Checked:
    """At least the share `least` of the elements of `classes` has a type object."""
    elements = subject.of(*params["classes"])
    if not elements:
        return Checked(0)
    without = [e for e in elements if e.id() not in subject.types]
    share = 1.0 - len(without) / len(elements)
    return Checked(len(elements), ids(without) if share < params["least"] else (), share, params["least"])


@check("default_names", patterns=list)
def default_names(subject: Subject, params: Params) -> Checked:
    """No part of the spatial structure has a name that matches one of `patterns` as a whole."""
    pattern = re.compile("|".join(f"(?:{pattern})" for pattern in params["patterns"]), re.IGNORECASE)
    named = [thing for thing in subject.of(*_SPATIAL) if thing.Name]
    wrong = [thing for thing in named if pattern.fullmatch(thing.Name.strip())]
    return Checked(len(named), ids(wrong), reason=found(", ".join(thing.Name for thing in wrong), "-"))


@check("names_trimmed")
def names_trimmed(subject: Subject, _: Params) -> Checked:
    """No name of the spatial structure, of a space or of a zone has spaces to spare."""
    named = [thing for thing in subject.of(*_SPATIAL, "IfcSpace", "IfcZone") if thing.Name]
    return Checked(len(named), ids(thing for thing in named if _PADDED.search(thing.Name)))
