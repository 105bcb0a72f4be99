"""Read an IDS 1.0 document: its XML, the structure of its XSD, and then all that `audit` asks."""

import re
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

from bim.ids.audit import audit
from bim.ids.document import (
    VERSIONS,
    Attribute,
    Cardinality,
    Classification,
    Document,
    Entity,
    Facet,
    Info,
    Material,
    PartOf,
    Property,
    Relation,
    Requirement,
    Restriction,
    Specification,
    Value,
    Version,
)  # fmt: skip
from bim.ids.errors import IdsError
from bim.ids.tree import Node, parse

IDS = "http://standards.buildingsmart.org/IDS"
XS = "http://www.w3.org/2001/XMLSchema"
_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
ORDER = ("entity", "partOf", "classification", "attribute", "property", "material")
"""The facets in the order of the XSD."""

RELATIONS: tuple[Relation, ...] = (
    "IFCRELAGGREGATES", "IFCRELASSIGNSTOGROUP", "IFCRELCONTAINEDINSPATIALSTRUCTURE", "IFCRELNESTS",
    "IFCRELVOIDSELEMENT IFCRELFILLSELEMENT",
)  # fmt: skip
_OCCURS: dict[tuple[str, str], Cardinality] = {
    ("1", "unbounded"): "required", ("0", "unbounded"): "optional", ("0", "0"): "prohibited",
}  # fmt: skip
_CARDINALITIES: tuple[Cardinality, ...] = ("required", "optional", "prohibited")
_SINGLE = {
    "minInclusive": "min_inclusive", "maxInclusive": "max_inclusive", "minExclusive": "min_exclusive",
    "maxExclusive": "max_exclusive", "length": "length", "minLength": "min_length", "maxLength": "max_length",
}  # fmt: skip
_T = TypeVar("_T")


def read(source: Path | str | bytes) -> Document:
    """The document in a file or in bytes; raise `IdsError` with path and line where it is no valid IDS 1.0."""
    root = parse(Path(source) if isinstance(source, str) else source)
    document = _document(root)
    try:
        audit(document)
    except IdsError as error:
        line = _line(root, error.path)
        raise IdsError(error.code, error.path, line, **error.details) from error
    return document


def _line(root: Node, path: str) -> int:
    """The line of the element at `path`, or of the nearest one around it."""
    found = root
    while nearer := [child for child in found.children if path == child.path or path.startswith(f"{child.path}/")]:
        found = nearer[0]
    return found.line


def _document(root: Node) -> Document:
    if (root.namespace, root.name) != (IDS, "ids"):
        raise root.refuse("not_ids", found=f"{root.namespace} {root.name}")
    _only(root)
    info, specifications = _sequence(root, info=(1, 1), specifications=(1, 1)).values()
    _only(specifications[0])
    listed = _sequence(specifications[0], specification=(1, None))["specification"]
    return Document(_info(info[0]), tuple(map(_specification, listed)))


def _only(node: Node, *allowed: str, text: bool = False) -> None:
    """Raise where there are attributes other than the allowed ones, or text between elements."""
    for name in node.attributes:
        if name not in allowed and not name.startswith(_XSI):
            raise node.refuse("unknown_attribute", found=name)
    if not text and node.text.strip():
        raise node.refuse("unexpected_text", found=node.text.strip()[:80])


def _sequence(node: Node, **expected: tuple[int, int | None]) -> dict[str, list[Node]]:
    """Children by name, in the given order and within the given counts."""
    found: dict[str, list[Node]] = {name: [] for name in expected}
    order = list(expected)
    at = 0
    for child in node.children:
        if child.namespace != IDS or child.name not in expected:
            raise child.refuse("unknown_element", found=child.name)
        if order.index(child.name) < at:
            raise child.refuse("wrong_order", found=child.name)
        at = order.index(child.name)
        found[child.name].append(child)
        most = expected[child.name][1]
        if most is not None and len(found[child.name]) > most:
            raise child.refuse("too_often", found=child.name, limit=most)
    for name, (least, _) in expected.items():
        if len(found[name]) < least:
            raise node.refuse("missing_element", expected=name)
    return found


def _text(node: Node) -> str:
    _only(node, text=True)
    if node.children:
        raise node.children[0].refuse("unknown_element", found=node.children[0].name)
    return node.text


def _info(node: Node) -> Info:
    _only(node)
    names = [field.name for field in fields(Info)]
    found = _sequence(node, **{name: (int(name == "title"), 1) for name in names})
    texts = {name: _text(nodes[0]) for name, nodes in found.items() if nodes}
    return Info(**texts)


def _specification(node: Node) -> Specification:
    _only(node, "name", "ifcVersion", "identifier", "description", "instructions")
    found = _sequence(node, applicability=(1, 1), requirements=(0, 1))
    applicability = found["applicability"][0]
    requirements = found["requirements"][0] if found["requirements"] else None
    if requirements:
        _only(requirements, "description")
    return Specification(
        name=_needed(node, "name"),
        versions=_versions(node),
        applicability=tuple(_applicability(applicability)),
        requirements=tuple(map(_requirement, requirements.children)) if requirements else (),
        cardinality=_occurs(applicability),
        identifier=node.attributes.get("identifier"),
        description=node.attributes.get("description"),
        instructions=node.attributes.get("instructions"),
        requirements_description=requirements.attributes.get("description") if requirements else None,
    )


def _needed(node: Node, name: str) -> str:
    if name not in node.attributes:
        raise node.refuse("missing_attribute", expected=name)
    return node.attributes[name]


def _versions(node: Node) -> tuple[Version, ...]:
    found: list[Version] = []
    for name in _needed(node, "ifcVersion").split():
        found.append(_one_of(node, name, VERSIONS, "unknown_version"))
    return tuple(found)


def _one_of(node: Node, text: str, choices: tuple[_T, ...], code: str) -> _T:
    for choice in choices:
        if choice == text:
            return choice
    raise node.refuse(code, found=text)


def _occurs(node: Node) -> Cardinality:
    occurs = node.attributes.get("minOccurs", "1"), node.attributes.get("maxOccurs", "1")
    if occurs not in _OCCURS:
        raise node.refuse("wrong_occurs", found=f"{occurs[0]}..{occurs[1]}")
    return _OCCURS[occurs]


def _applicability(node: Node) -> Iterator[Facet]:
    _only(node, "minOccurs", "maxOccurs")
    for name, nodes in _sequence(node, **{name: (0, 1 if name == "entity" else None) for name in ORDER}).items():
        for child in nodes:
            _only(child, *_ATTRIBUTES[name])
            yield _FACETS[name](child)


def _requirement(node: Node) -> Requirement:
    if node.namespace != IDS or node.name not in _FACETS:
        raise node.refuse("unknown_element", found=node.name)
    _only(node, *_ATTRIBUTES[node.name], *_REQUIRED_ATTRIBUTES[node.name])
    cardinality = _one_of(node, node.attributes.get("cardinality", "required"), _CARDINALITIES, "wrong_cardinality")
    return Requirement(
        _FACETS[node.name](node), cardinality, node.attributes.get("instructions"), node.attributes.get("uri")
    )


def _values(
    node: Node, needed: tuple[str, ...], optional: tuple[str, ...], order: tuple[str, ...]
) -> list[Value | None]:
    """The values of child elements, given in the order of the XSD, returned as `needed` then `optional`."""
    found = _sequence(node, **{name: (int(name in needed), 1) for name in order})
    return [_value(found[name][0]) if found[name] else None for name in (*needed, *optional)]


def _entity(node: Node) -> Entity:
    name, predefined_type = _values(node, ("name",), ("predefinedType",), ("name", "predefinedType"))
    assert name is not None  # noqa: S101 - `_sequence` has seen it
    return Entity(name, predefined_type)


def _part_of(node: Node) -> PartOf:
    entity = _sequence(node, entity=(1, 1))["entity"][0]
    _only(entity)
    relation: Relation = ""
    if "relation" in node.attributes:
        relation = _one_of(node, node.attributes["relation"], RELATIONS, "unknown_relation")
    return PartOf(_entity(entity), relation)


def _classification(node: Node) -> Classification:
    system, value = _values(node, ("system",), ("value",), ("value", "system"))
    return Classification(system, value)


def _attribute(node: Node) -> Attribute:
    name, value = _values(node, ("name",), ("value",), ("name", "value"))
    assert name is not None  # noqa: S101 - `_sequence` has seen it
    return Attribute(name, value)


def _property(node: Node) -> Property:
    order = ("propertySet", "baseName", "value")
    property_set, base_name, value = _values(node, order[:2], order[2:], order)
    assert property_set is not None  # noqa: S101 - `_sequence` has seen them
    assert base_name is not None  # noqa: S101 - the same
    return Property(property_set, base_name, value, node.attributes.get("dataType"))


def _material(node: Node) -> Material:
    return Material(_values(node, (), ("value",), ("value",))[0])


_FACETS: dict[str, Callable[[Node], Facet]] = {
    "entity": _entity, "partOf": _part_of, "classification": _classification, "attribute": _attribute,
    "property": _property, "material": _material,
}  # fmt: skip
_ATTRIBUTES = dict.fromkeys(ORDER, ()) | {"partOf": ("relation",), "property": ("dataType",)}
_REQUIRED_ATTRIBUTES = dict.fromkeys(ORDER, ("uri", "cardinality", "instructions")) | {
    "entity": ("instructions",),
    "partOf": ("cardinality", "instructions"),
    "attribute": ("cardinality", "instructions"),
}


def _value(node: Node) -> Value:
    _only(node)
    if len(node.children) != 1:
        raise node.refuse("not_one_value", found=len(node.children))
    child = node.children[0]
    if (child.namespace, child.name) == (IDS, "simpleValue"):
        return _text(child)
    if (child.namespace, child.name) == (XS, "restriction"):
        return _restriction(child)
    raise child.refuse("unknown_element", found=child.name)


def _restriction(node: Node) -> Restriction:
    _only(node, "base", "id")
    lists: dict[str, list[str]] = {"enumeration": [], "pattern": []}
    single: dict[str, Any] = {}
    for child in node.children:
        if child.namespace == XS and child.name == "annotation":
            continue
        if child.namespace != XS or child.name not in {*lists, *_SINGLE}:
            raise child.refuse("unknown_element", found=child.name)
        _only(child, "value", "id", "fixed")
        text = _needed(child, "value")
        if child.name in lists:
            lists[child.name].append(text)
        elif _SINGLE[child.name] in single:
            raise child.refuse("too_often", found=child.name, limit=1)
        else:
            count = child.name.lower().endswith("length")
            single[_SINGLE[child.name]] = _count(child, text.strip()) if count else text.strip()
    return Restriction(_base(node), tuple(lists["enumeration"]), tuple(lists["pattern"]), **single)


def _count(node: Node, text: str) -> int:
    if not re.fullmatch(r"\+?[0-9]{1,9}", text):
        raise node.refuse("wrong_value", found=text[:80], base="xs:nonNegativeInteger")
    return int(text)


def _base(node: Node) -> str:
    """The base type with the prefix that the XSD itself uses."""
    prefix, _, name = _needed(node, "base").strip().rpartition(":")
    if node.prefixes.get(prefix) != XS:
        raise node.refuse("unknown_base", found=node.attributes["base"])
    return f"xs:{name}"
