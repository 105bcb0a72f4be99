"""An IDS 1.0 document (buildingSMART, 2024) as frozen values, the same whether it came from XML, YAML or Excel."""

from dataclasses import dataclass
from typing import Literal

Version = Literal["IFC2X3", "IFC4", "IFC4X3_ADD2"]
Cardinality = Literal["required", "optional", "prohibited"]
Relation = Literal[
    "",
    "IFCRELAGGREGATES",
    "IFCRELASSIGNSTOGROUP",
    "IFCRELCONTAINEDINSPATIALSTRUCTURE",
    "IFCRELNESTS",
    "IFCRELVOIDSELEMENT IFCRELFILLSELEMENT",
]
VERSIONS: tuple[Version, ...] = ("IFC2X3", "IFC4", "IFC4X3_ADD2")


@dataclass(frozen=True)
class Restriction:
    """An `xs:restriction`: what is given must all hold; `enumeration` and `patterns` each hold by any of theirs.

    Bounds keep the text they were written in, since `base` decides how they compare.
    """

    base: str = "xs:string"
    enumeration: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    min_inclusive: str | None = None
    max_inclusive: str | None = None
    min_exclusive: str | None = None
    max_exclusive: str | None = None
    length: int | None = None
    min_length: int | None = None
    max_length: int | None = None


Value = str | Restriction
"""A simple value, or a restriction."""


@dataclass(frozen=True)
class Entity:
    """Entities of a class (upper case, subtypes not included), and of a predefined type where one is given."""

    name: Value
    predefined_type: Value | None = None


@dataclass(frozen=True)
class Attribute:
    """An attribute of the schema by its name."""

    name: Value
    value: Value | None = None


@dataclass(frozen=True)
class Property:
    """A property or quantity; `data_type` is an IFC measure in upper case, such as IFCLENGTHMEASURE."""

    property_set: Value
    base_name: Value
    value: Value | None = None
    data_type: str | None = None


@dataclass(frozen=True)
class Classification:
    """A classification reference in a system."""

    system: Value | None = None
    value: Value | None = None


@dataclass(frozen=True)
class Material:
    """A material, by its name or category; None asks for any."""

    value: Value | None = None


@dataclass(frozen=True)
class PartOf:
    """A whole that the element is part of, by one kind of relation or by any ("")."""

    entity: Entity
    relation: Relation = ""


Facet = Entity | Attribute | Property | Classification | Material | PartOf


@dataclass(frozen=True)
class Requirement:
    """A facet that is asked for; an entity facet is always required."""

    facet: Facet
    cardinality: Cardinality = "required"
    instructions: str | None = None
    uri: str | None = None


@dataclass(frozen=True)
class Specification:
    """What applies to which elements; `cardinality` says whether such elements must, may or must not be there."""

    name: str
    versions: tuple[Version, ...]
    applicability: tuple[Facet, ...]
    requirements: tuple[Requirement, ...]
    cardinality: Cardinality = "optional"
    identifier: str | None = None
    description: str | None = None
    instructions: str | None = None
    requirements_description: str | None = None


@dataclass(frozen=True)
class Info:
    """Who wrote the document, and for what; `date` is written YYYY-MM-DD."""

    title: str
    copyright: str | None = None
    version: str | None = None
    description: str | None = None
    author: str | None = None
    date: str | None = None
    purpose: str | None = None
    milestone: str | None = None


@dataclass(frozen=True)
class Document:
    """One `.ids` file."""

    info: Info
    specifications: tuple[Specification, ...]
