"""What makes a document valid beyond its structure: the names, types and values that the IFC schemas know.

The same for a document from XML, YAML or a sheet; paths are those of the XML that it would be written as.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from bim.ids import schema
from bim.ids.document import (
    VERSIONS,
    Attribute,
    Classification,
    Document,
    Entity,
    Facet,
    Info,
    Material,
    PartOf,
    Property,
    Requirement,
    Restriction,
    Specification,
    Value,
    Version,
)  # fmt: skip
from bim.ids.errors import IdsError
from bim.ids.pattern import PatternError, compiled
from bim.ids.schema import AttributeInfo
from bim.ids.values import DATES, FORMATS, NUMBERS, matcher, written_as

_AUTHOR = re.compile(r"[^@]+@[^.]+\..+")
_TAGS = {
    Entity: "entity", PartOf: "partOf", Classification: "classification", Attribute: "attribute",
    Property: "property", Material: "material",
}  # fmt: skip


def tag(facet: Facet) -> str:
    """The facet's element name."""
    return _TAGS[type(facet)]


def audit(document: Document) -> None:
    """Raise `IdsError` (without line) for the first thing that is wrong."""
    _info(document.info)
    if not document.specifications:
        raise IdsError("missing_element", "/ids/specifications", expected="specification")
    for number, specification in enumerate(document.specifications, 1):
        audit_specification(specification, f"/ids/specifications/specification[{number}]")


def _info(info: Info) -> None:
    if info.author is not None and not _AUTHOR.fullmatch(info.author):
        raise IdsError("wrong_author", "/ids/info/author", found=info.author[:80])
    if info.date is not None:
        try:
            if not written_as(info.date, "xs:date"):
                raise ValueError  # noqa: TRY301 - one answer to both
            date.fromisoformat(info.date[:10])
        except ValueError as error:
            raise IdsError("wrong_value", "/ids/info/date", found=info.date[:80], base="xs:date") from error


def audit_specification(specification: Specification, path: str) -> None:
    """Raise `IdsError` for the first thing that is wrong in one specification at `path`."""
    if not specification.versions or set(specification.versions) - set(VERSIONS):
        raise IdsError("unknown_version", path, found=" ".join(specification.versions))
    if not specification.applicability:
        raise IdsError("no_applicability", f"{path}/applicability")
    if specification.cardinality == "prohibited" and specification.requirements:
        raise IdsError("prohibited_with_requirements", f"{path}/requirements")
    entities = [facet for facet in specification.applicability if isinstance(facet, Entity)]
    if len(entities) > 1:
        raise IdsError("too_often", f"{path}/applicability/entity[2]", found="entity", limit=1)
    about = entities[0] if entities else None
    required = [requirement.facet for requirement in specification.requirements]
    for version in specification.versions:
        for facet, place in _placed(specification.applicability, f"{path}/applicability"):
            _facet(facet, place, version, about)
        for facet, place in _placed(required, f"{path}/requirements"):
            _facet(facet, place, version, about)
            if isinstance(facet, Entity) and about and not _both(facet.name, about.name, version):
                raise IdsError("never_this_entity", f"{place}/name", version=version)
    for requirement, (_, place) in zip(
        specification.requirements, _placed(required, f"{path}/requirements"), strict=True
    ):
        _cardinality(requirement, place)


def _placed(facets: Iterable[Facet], path: str) -> Iterator[tuple[Facet, str]]:
    """Facets with their paths."""
    count: Counter[str] = Counter()
    for facet in facets:
        count[tag(facet)] += 1
        yield facet, f"{path}/{tag(facet)}[{count[tag(facet)]}]"


def _cardinality(requirement: Requirement, place: str) -> None:
    kind = type(requirement.facet)
    allowed = {Entity: ("required",), PartOf: ("required", "prohibited")}
    if requirement.cardinality not in allowed.get(kind, ("required", "optional", "prohibited")):
        raise IdsError("wrong_cardinality", place, found=requirement.cardinality)
    if requirement.cardinality == "optional" and not _can_fail(requirement.facet):
        raise IdsError("never_fails", place)


def _can_fail(facet: Facet) -> bool:
    """Whether an optional facet asks for anything that could be wrong (IDS manual, facet configurations)."""
    match facet:
        case Attribute(value=None) | Classification(value=None) | Material(value=None):
            return False
        case Property(value=None, data_type=None):
            return False
    return True


def _facet(facet: Facet, place: str, version: Version, about: Entity | None) -> None:
    match facet:
        case Entity():
            _entity(facet, place, version)
        case PartOf():
            _entity(facet.entity, f"{place}/entity[1]", version)
        case Attribute():
            _attribute(facet, place, version, about)
        case Property():
            _property(facet, place, version)
        case Classification():
            if facet.system is None:
                raise IdsError("missing_element", place, expected="system")
            _text(facet.system, f"{place}/system")
            _text(facet.value, f"{place}/value")
        case Material():
            _text(facet.value, f"{place}/value")


def _text(value: Value | None, place: str) -> None:
    """A value that is compared with text."""
    if value is not None:
        _value(value, place, ("xs:string",))


def _entity(entity: Entity, place: str, version: Version) -> None:
    """The names are of the schema, and there is a predefined type where one is asked for."""
    _text(entity.name, f"{place}/name")
    _text(entity.predefined_type, f"{place}/predefinedType")
    # An enumeration may hold names that only some versions know, such as IFCDOORSTANDARDCASE.
    unknown = [name for name in _listed(entity.name) if not any(name in schema.names(one) for one in VERSIONS)]
    if unknown or not _named(entity.name, version):
        raise IdsError("unknown_entity", f"{place}/name", found=_shown(unknown or entity.name), version=version)
    if entity.predefined_type is not None and not any(
        "PredefinedType" in _attributes(name, version) for name in _named(entity.name, version)
    ):
        raise IdsError("no_predefined_type", f"{place}/predefinedType", found=_shown(entity.name), version=version)


def _listed(value: Value) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value.enumeration


def _named(value: Value, version: Version) -> list[str]:
    """The class names of the schema that the value covers."""
    if isinstance(value, str):
        return [value] if value in schema.names(version) else []
    return [name for name in schema.names(version) if matcher(value)(name)]


def _shown(found: Value | list[str]) -> str:
    if isinstance(found, Restriction):
        return "|".join((*found.enumeration, *found.patterns))[:80]
    return (found if isinstance(found, str) else ", ".join(found))[:80]


def _both(one: Value, other: Value, version: Version) -> bool:
    return bool(set(_named(one, version)) & set(_named(other, version)))


def _attributes(name: str, version: Version) -> dict[str, AttributeInfo]:
    """Direct attributes of a class; of the type where IFC2X3 says the class by its type alone."""
    info = schema.class_info(version, schema.mapped_type(version, name) or name)
    return info.attributes if info else {}


def _attribute(attribute: Attribute, place: str, version: Version, about: Entity | None) -> None:
    """There is such an attribute, and its values can be what is asked for."""
    _text(attribute.name, f"{place}/name")
    names = _named(about.name, version) if about else list(schema.classes(version))
    candidates = {
        info
        for name in names
        for info in _attributes(name, version).values()
        if matcher(attribute.name)(info.name)
    }  # fmt: skip
    if not candidates:
        raise IdsError("unknown_ifc_attribute", f"{place}/name", found=_shown(attribute.name), version=version)
    if attribute.value is None:
        return
    bases = tuple({info.kind for info in candidates if info.kind in FORMATS})
    if not bases:
        raise IdsError("no_simple_value", f"{place}/value", found=_shown(attribute.name), version=version)
    _value(attribute.value, f"{place}/value", bases)


def _property(facet: Property, place: str, version: Version) -> None:
    """The data type is of the schema, and the value is written as such a type's values are."""
    _text(facet.property_set, f"{place}/propertySet")
    _text(facet.base_name, f"{place}/baseName")
    if facet.data_type is None:
        if facet.value is not None:  # what it would be compared with is not known (IDS manual, facet configurations)
            raise IdsError("data_type_needed", place)
        return
    base = schema.base_type(version, facet.data_type) if facet.data_type.isupper() else None
    if base is None:
        raise IdsError("unknown_data_type", place, found=facet.data_type[:80], version=version)
    if facet.value is not None:
        _value(facet.value, f"{place}/value", (base,))


def _value(value: Value, place: str, bases: tuple[str, ...]) -> None:
    """The value is one of the base types."""
    if isinstance(value, str):
        if not any(written_as(value, base) for base in bases):
            raise IdsError("wrong_value", place, found=value[:80], base=" ".join(bases))
        return
    if value.base not in FORMATS:
        raise IdsError("unknown_base", f"{place}/restriction", found=value.base[:80])
    if value.base not in bases:
        raise IdsError("wrong_base", f"{place}/restriction", found=value.base[:80], expected=" ".join(bases))
    _restriction(value, f"{place}/restriction")


def _restriction(value: Restriction, place: str) -> None:
    for pattern in value.patterns:
        try:
            compiled(pattern)
        except PatternError as error:
            raise IdsError("wrong_pattern", place, found=pattern[:80], position=error.position + 1) from error
    bounds = [value.min_inclusive, value.max_inclusive, value.min_exclusive, value.max_exclusive]
    lengths = [value.length, value.min_length, value.max_length]
    if any(bound is not None for bound in bounds) and value.base not in (*NUMBERS, *DATES):
        raise IdsError("wrong_restriction", place, found="bounds", base=value.base)
    if any(length is not None for length in lengths) and value.base not in ("xs:string", "xs:anyURI"):
        raise IdsError("wrong_restriction", place, found="length", base=value.base)
    if value.enumeration and value.base == "xs:boolean":
        raise IdsError("wrong_restriction", place, found="enumeration", base=value.base)
    for text in (*value.enumeration, *(bound for bound in bounds if bound is not None)):
        if not written_as(text, value.base):
            raise IdsError("wrong_value", place, found=text[:80], base=value.base)
    _range(value, place)


def _range(value: Restriction, place: str) -> None:
    """No two lower or upper ends, and none that leave nothing between them."""
    if (value.min_inclusive is not None and value.min_exclusive is not None) or (
        value.max_inclusive is not None and value.max_exclusive is not None
    ):
        raise IdsError("too_often", place, found="bounds", limit=1)
    low = value.min_inclusive if value.min_inclusive is not None else value.min_exclusive
    high = value.max_inclusive if value.max_inclusive is not None else value.max_exclusive
    if low is not None and high is not None and value.base in NUMBERS:
        least, most = float(low.replace("INF", "inf")), float(high.replace("INF", "inf"))
        if least > most or (least == most and None in (value.min_inclusive, value.max_inclusive)):
            raise IdsError("empty_range", place, low=low[:40], high=high[:40])
    least_length, most_length = value.min_length or 0, value.max_length
    if most_length is not None and least_length > most_length:
        raise IdsError("empty_range", place, low=least_length, high=most_length)
