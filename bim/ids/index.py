"""A model looked up the way IDS asks: built part by part, each when a specification first needs it.

Elements are told by their STEP id, and attributes are read by position: there are very many of both.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import ifcopenshell

from bim.ids import schema
from bim.ids.document import Relation, Value
from bim.ids.properties import PropertySets
from bim.ids.schema import AttributeInfo, ClassInfo
from bim.ids.values import matcher

_NAMES = ("Name", "Category", "LayerSetName")
_PARTS = (
    "Material", "Materials", "MaterialLayers", "MaterialProfiles", "MaterialConstituents", "ForLayerSet",
    "ForProfileSet",
)  # fmt: skip
_RELATIONS: dict[str, tuple[tuple[str, int, int], ...]] = {
    "IFCRELAGGREGATES": (("IfcRelAggregates", 4, 5),),
    "IFCRELNESTS": (("IfcRelNests", 4, 5),),
    "IFCRELASSIGNSTOGROUP": (("IfcRelAssignsToGroup", 6, 4),),
    "IFCRELCONTAINEDINSPATIALSTRUCTURE": (("IfcRelContainedInSpatialStructure", 5, 4),),
    "IFCRELVOIDSELEMENT IFCRELFILLSELEMENT": (("IfcRelVoidsElement", 4, 5), ("IfcRelFillsElement", 4, 5)),
}
"""Relations of IDS: class, position of the whole and of its parts."""

_USER_DEFINED = ("ObjectType", "ElementType", "ProcessType", "ResourceType")
_DEEP = 100


@dataclass(frozen=True)
class Reference:
    """A classification reference: its system, and its code before those of the references it belongs to."""

    system: str | None
    codes: tuple[str, ...]


class Index:
    """One model; shared by all the specifications that judge it."""

    def __init__(self, model: ifcopenshell.file) -> None:
        self.model = model
        self.identifier: str = model.schema_identifier
        self._by_id = model.by_id
        self.sets = PropertySets(model, self.occurrences)
        self._classes: dict[str, tuple[int, ...]] = {}
        self._rooted: dict[str, bool] = {}
        self._attributes: dict[tuple[str, Value], tuple[AttributeInfo, ...]] = {}
        self._materials: dict[int, frozenset[str]] = {}
        self._wholes: dict[Relation, dict[int, int]] = {}
        self._parts: dict[Relation, dict[int, list[int]]] = {}

    def entity(self, entity: int) -> Any:
        """The entity itself."""
        return self._by_id(entity)

    def class_of(self, entity: int) -> str:
        """The class in upper case."""
        return str(self.entity(entity).is_a().upper())

    def info(self, class_name: str) -> ClassInfo:
        """What the schema says of a class of the model."""
        found = schema.class_info(self.identifier, class_name)
        assert found is not None  # noqa: S101 - the model's own class
        return found

    def rooted(self, class_name: str) -> bool:
        """Whether entities of the class have a GlobalId, which is their first attribute then."""
        if class_name not in self._rooted:
            self._rooted[class_name] = "GlobalId" in self.info(class_name).attributes
        return self._rooted[class_name]

    @cached_property
    def classes(self) -> tuple[str, ...]:
        """Classes that the model has entities of, upper case."""
        return tuple(name.upper() for name in self.model.types())

    def of_class(self, name: Value) -> Iterable[int]:
        """Entities of the class itself, and in IFC2X3 those that are of it by their type."""
        if isinstance(name, str):
            return self._of_one_class(name)
        known = {*self.classes, *(mapped for mapped in self.mapped.values() if mapped)}
        return [entity for one in known if matcher(name)(one) for entity in self._of_one_class(one)]

    def _of_one_class(self, name: str) -> tuple[int, ...]:
        if name not in self._classes:
            found: list[int] = []
            if name in self.classes:
                found = [entity.id() for entity in self.model.by_type(name, include_subtypes=False)]
            if schema.mapped_type(self.identifier, name):
                found += [entity for entity, mapped in self.mapped.items() if mapped == name]
            self._classes[name] = tuple(found)
        return self._classes[name]

    def names_of(self, entity: int) -> tuple[str, ...]:
        """The class, and the one that the type gives it in IFC2X3."""
        own = self.class_of(entity)
        by_type = self.mapped.get(entity) if self.identifier == "IFC2X3" else None
        return (own, by_type) if by_type else (own,)

    @cached_property
    def mapped(self) -> dict[int, str]:
        """In IFC2X3, occurrences whose class IDS knows by their type: IFCFLOWTERMINAL as IFCAIRTERMINAL."""
        found: dict[int, str] = {}
        if self.identifier != "IFC2X3":
            return found
        for entity, kind in self.type_of.items():
            name = self.class_of(kind).removesuffix("TYPE")
            if schema.mapped_type(self.identifier, name) and self._generic(kind) == self.class_of(entity):
                found[entity] = name
        return found

    def _generic(self, kind: int) -> str:
        """The occurrence class that IFC2X3 has for a type."""
        for above in schema.supertypes(self.identifier, self.class_of(kind)):
            name = above.removesuffix("TYPE")
            if name in schema.classes(self.identifier):
                return "IFCEQUIPMENTELEMENT" if name == "IFCDISCRETEACCESSORY" else name
        return ""

    @cached_property
    def type_of(self) -> dict[int, int]:
        """Type by occurrence."""
        found: dict[int, int] = {}
        for rel in self.model.by_type("IfcRelDefinesByType"):
            if rel[5] is not None:
                kind = rel[5].id()
                found.update((element.id(), kind) for element in rel[4] or ())
        return found

    @cached_property
    def _occurrences(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for entity, kind in self.type_of.items():
            found.setdefault(kind, []).append(entity)
        return found

    def occurrences(self, kind: int) -> Iterable[int]:
        """Occurrences of a type; none for what is no type."""
        return self._occurrences.get(kind, ())

    def attributes(self, class_name: str, name: Value) -> tuple[AttributeInfo, ...]:
        """Direct attributes of a class whose names are what `name` asks for."""
        key = class_name, name
        if key not in self._attributes:
            found = self.info(class_name).attributes
            if isinstance(name, str):
                self._attributes[key] = (found[name],) if name in found else ()
            else:
                self._attributes[key] = tuple(a for a in found.values() if matcher(name)(a.name))
        return self._attributes[key]

    def predefined_types(self, entity: int) -> tuple[str, ...]:
        """The predefined type, the type's before the occurrence's own; with USERDEFINED comes what the user wrote."""
        kind = self.type_of.get(entity)
        found = self._predefined(kind) if kind is not None else ()
        return self._predefined(entity) if found in ((), ("NOTDEFINED",)) else found

    def _predefined(self, entity: int) -> tuple[str, ...]:
        instance = self.entity(entity)
        attributes = self.info(instance.is_a()).attributes
        if "PredefinedType" not in attributes:
            return ()
        value = instance[attributes["PredefinedType"].position]
        if value != "USERDEFINED":
            return (value,) if value else ()
        said = [instance[attributes[name].position] for name in _USER_DEFINED if name in attributes]
        return ("USERDEFINED", *(text for text in said if text))

    @cached_property
    def materials(self) -> dict[int, tuple[int, ...]]:
        """Materials or sets of them by element; an occurrence has those of its type unless it has its own."""
        own: dict[int, list[int]] = {}
        for rel in self.model.by_type("IfcRelAssociatesMaterial"):
            if rel[5] is not None:
                material = rel[5].id()
                for element in rel[4] or ():
                    own.setdefault(element.id(), []).append(material)
        inherited = {e: own[kind] for e, kind in self.type_of.items() if kind in own and e not in own}
        return {element: tuple(found) for element, found in (own | inherited).items()}

    def material_names(self, material: int) -> frozenset[str]:
        """Names and categories of a material, of a set and of all that is in it."""
        if material not in self._materials:
            self._materials[material] = frozenset(self._named(self.entity(material)))
        return self._materials[material]

    def _named(self, instance: Any) -> Iterable[str]:
        attributes = self.info(instance.is_a()).attributes
        for name in _NAMES:
            if name in attributes and instance[attributes[name].position]:
                yield instance[attributes[name].position]
        for name in _PARTS:
            value = instance[attributes[name].position] if name in attributes else None
            for part in value if isinstance(value, tuple) else (value,):
                if part is not None:
                    yield from self._named(part)

    @cached_property
    def classifications(self) -> dict[int, tuple[Reference, ...]]:
        """References by element; those of its type count for systems that the occurrence has none of."""
        own: dict[int, list[Reference]] = {}
        for objects, reference in self._classified():
            found = _reference(reference)
            for element in objects or ():
                own.setdefault(element.id(), []).append(found)
        result = {element: tuple(found) for element, found in own.items()}
        for element, kind in self.type_of.items():
            if kind in own:
                systems = {reference.system for reference in own.get(element, ())}
                more = tuple(reference for reference in own[kind] if reference.system not in systems)
                result[element] = result.get(element, ()) + more
        return result

    def _classified(self) -> Iterable[tuple[Any, Any]]:
        """What is classified, and by what."""
        for rel in self.model.by_type("IfcRelAssociatesClassification"):
            if rel[5] is not None:
                yield rel[4], rel[5]
        if self.identifier != "IFC2X3":
            for rel in self.model.by_type("IfcExternalReferenceRelationship"):
                if rel[2] is not None and rel[2].is_a("IfcClassificationReference"):
                    yield rel[3], rel[2]

    def parts(self, relation: Relation) -> dict[int, list[int]]:
        """Parts by whole, one step down; "" is all relations together."""
        if relation not in self._parts:
            found: dict[int, list[int]] = {}
            for whole, parts in self._related(relation):
                found.setdefault(whole, []).extend(parts)
            self._parts[relation] = found
        return self._parts[relation]

    def wholes(self, relation: Relation) -> dict[int, int]:
        """A whole by part, one step up."""
        if relation not in self._wholes:
            self._wholes[relation] = {part: whole for whole, parts in self._related(relation) for part in parts}
        return self._wholes[relation]

    def _related(self, relation: Relation) -> Iterable[tuple[int, list[int]]]:
        kinds = _RELATIONS[relation] if relation else [kind for kinds in _RELATIONS.values() for kind in kinds]
        for class_name, at_whole, at_parts in kinds:
            for rel in self.model.by_type(class_name):
                whole, parts = rel[at_whole], rel[at_parts]
                if whole is not None:
                    listed = parts if isinstance(parts, tuple) else (parts,)
                    yield whole.id(), [part.id() for part in listed if part is not None]


def _reference(instance: Any) -> Reference:
    """Up the references to their system."""
    codes: list[str] = []
    for _ in range(_DEEP):
        if instance is None:
            return Reference(None, tuple(codes))
        if not instance.is_a("IfcClassificationReference"):
            return Reference(instance[3] if instance.is_a("IfcClassification") else None, tuple(codes))
        if instance[1]:
            codes.append(instance[1])
        instance = instance[3]
    raise ValueError("classification references refer to each other")
