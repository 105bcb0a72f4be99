"""What an element is by its content alone: the same where an exporter wrote it anew under other ids."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import ifcopenshell

from bim.extract import Structure, unit_scale
from bim.guids import guid
from bim.positions import Positions

Entity = Any
Origin = tuple[int, int, int]
_MILLIMETRES = 1000
_DIGITS = 6
_DEEP = 400
_PLACEMENTS = ("IfcObjectPlacement", "IfcOwnerHistory", "IfcRepresentationContext")


@dataclass(frozen=True)
class Signature:
    """One element; `origin` in whole millimetres of the model or None, `shape` and `content` as hashes.

    `content` holds its attributes, properties, type and material; shape and place are apart, so that what
    moved, what changed its shape and what changed its information can be told.
    """

    id: str
    class_name: str
    name: str
    storey: str
    origin: Origin | None
    shape: str
    content: str


def signatures(model: ifcopenshell.file) -> dict[str, Signature]:
    """Every physical element and space by its GlobalId; of a doubled GlobalId the last."""
    structure, positions, content = Structure(model), Positions(), _Content(model)
    metre = unit_scale(model, "LENGTHUNIT")
    names = {guid(storey): storey.Name or "" for storey in model.by_type("IfcBuildingStorey")}
    found = {}
    for element in _elements(model):
        at = positions.origin(element)
        origin = None if at is None else _millimetres(at, metre)
        found[guid(element)] = Signature(
            guid(element), element.is_a(), element.Name or "", names.get(structure.storey(element) or "", ""),
            origin, content.of(element.Representation), content.said(element),
        )  # fmt: skip
    return found


def _elements(model: ifcopenshell.file) -> Iterable[Entity]:
    for kind in ("IfcElement", "IfcSpace"):
        found: Iterable[Entity] = model.by_type(kind)
        for element in found:
            if not element.is_a("IfcFeatureElement"):
                yield element


def _millimetres(at: tuple[float, float, float], metre: float) -> Origin:
    x, y, z = (round(part * metre * _MILLIMETRES) for part in at)
    return x, y, z


class _Content:
    """Hashes of entities by their attributes, each computed once; ids, owners and places leave no trace."""

    def __init__(self, model: ifcopenshell.file) -> None:
        self._hashes: dict[int, str] = {}
        self._definitions = _definitions(model)

    def of(self, entity: Entity | None) -> str:
        """The hash of an entity with all it refers to."""
        return "" if entity is None else self._entity(entity, 0)

    def said(self, element: Entity) -> str:
        """The hash of what is said of an element, its place and shape aside."""
        attributes = [self._value(value, 0) for value in list(element)[2:] if not _shown(value)]
        related = sorted(self._entity(d, 0) for d in self._definitions.get(element.id(), ()))
        return _digest([element.is_a(), *attributes, *related])

    def _entity(self, entity: Entity, depth: int) -> str:
        key = entity.id()
        if key and key in self._hashes:
            return self._hashes[key]
        if depth > _DEEP or any(entity.is_a(kind) for kind in _PLACEMENTS):
            return entity.is_a() if depth <= _DEEP else "deep"
        start = 2 if entity.is_a("IfcRoot") else 0
        if key:
            self._hashes[key] = "cycle"  # what refers to itself ends here
        made = _digest([entity.is_a(), *(self._value(value, depth + 1) for value in list(entity)[start:])])
        if key:
            self._hashes[key] = made
        return made

    def _value(self, value: Any, depth: int) -> str:
        if isinstance(value, ifcopenshell.entity_instance):
            return self._entity(value, depth)
        if isinstance(value, tuple | list):
            return f"({','.join(self._value(item, depth) for item in value)})"
        if isinstance(value, float):
            return f"{round(value, _DIGITS) + 0.0:g}" if abs(value) < 1e9 else repr(value)
        return repr(value)


def _shown(value: Any) -> bool:
    """Whether an attribute is the place or the shape."""
    shown = ("IfcObjectPlacement", "IfcProductRepresentation")
    return isinstance(value, ifcopenshell.entity_instance) and any(value.is_a(kind) for kind in shown)  # type: ignore[no-untyped-call]  # of the library


def _definitions(model: ifcopenshell.file) -> Mapping[int, list[Entity]]:
    """Property sets, types, materials and classes of each element."""
    found: dict[int, list[Entity]] = defaultdict(list)
    relations = (
        ("IfcRelDefinesByProperties", "RelatingPropertyDefinition"),
        ("IfcRelDefinesByType", "RelatingType"),
        ("IfcRelAssociatesMaterial", "RelatingMaterial"),
        ("IfcRelAssociatesClassification", "RelatingClassification"),
    )
    for kind, end in relations:
        for relation in model.by_type(kind):
            definition = getattr(relation, end)
            for element in relation.RelatedObjects or ():
                if definition is not None:
                    found[element.id()].append(definition)
    return found


def _digest(parts: Iterable[str]) -> str:
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=12).hexdigest()
