"""Write an IDS document as XML that its XSD accepts; what `read` makes of it is the document again."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields

from bim.ids.audit import audit, tag
from bim.ids.document import (
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
    Requirement,
    Restriction,
    Specification,
    Value,
)
from bim.ids.errors import IdsError
from bim.ids.read import IDS, ORDER, XS

_LOCATION = "http://standards.buildingsmart.org/IDS/1.0/ids.xsd"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_OCCURS: dict[Cardinality, tuple[str, str]] = {
    "required": ("1", "unbounded"), "optional": ("0", "unbounded"), "prohibited": ("0", "0"),
}  # fmt: skip
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
_SPECIAL = re.compile('[&<>"\t\n\r]')


def write(document: Document) -> bytes:
    """UTF-8 XML; raise `IdsError` where the document is no valid IDS 1.0.

    Facets of an applicability are put into the order that the XSD asks for.
    """
    audit(document)
    attributes = {"xmlns": IDS, "xmlns:xs": XS, "xmlns:xsi": _XSI, "xsi:schemaLocation": f"{IDS} {_LOCATION}"}
    specifications = [line for specification in document.specifications for line in _specification(specification)]
    body = [*_element("info", {}, _info(document.info)), *_element("specifications", {}, specifications)]
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', *_element("ids", attributes, body), ""]
    return "\n".join(lines).encode()


def _escaped(text: str) -> str:
    if _FORBIDDEN.search(text):
        raise IdsError("not_xml_text", found=ascii(text)[:80])
    return _SPECIAL.sub(lambda match: _ESCAPES[match[0]], text)


def _open(name: str, attributes: dict[str, str | None]) -> str:
    given = [f' {key}="{_escaped(value)}"' for key, value in attributes.items() if value is not None]
    return f"<{name}{''.join(given)}"


def _element(name: str, attributes: dict[str, str | None] | dict[str, str], inside: Iterable[str] = ()) -> list[str]:
    """Lines of an element, what is in it further in."""
    opening = _open(name, {**attributes})
    lines = [f"  {line}" for line in inside]
    return [f"{opening}>", *lines, f"</{name}>"] if lines else [f"{opening}/>"]


def _info(info: Info) -> Iterator[str]:
    for field in fields(info):
        text = getattr(info, field.name)
        if text is not None:
            yield f"<{field.name}>{_escaped(text)}</{field.name}>"


def _specification(specification: Specification) -> list[str]:
    least, most = _OCCURS[specification.cardinality]
    ordered = sorted(specification.applicability, key=lambda facet: ORDER.index(tag(facet)))
    facets = [line for facet in ordered for line in _facet(facet, {})]
    inside = _element("applicability", {"minOccurs": least, "maxOccurs": most}, facets)
    if specification.requirements or specification.requirements_description is not None:
        required = [line for requirement in specification.requirements for line in _requirement(requirement)]
        inside += _element("requirements", {"description": specification.requirements_description}, required)
    attributes = {
        "name": specification.name,
        "ifcVersion": " ".join(specification.versions),
        "identifier": specification.identifier,
        "description": specification.description,
        "instructions": specification.instructions,
    }
    return _element("specification", attributes, inside)


def _requirement(requirement: Requirement) -> list[str]:
    cardinality = None if isinstance(requirement.facet, Entity) else requirement.cardinality
    uri = None if isinstance(requirement.facet, Entity | PartOf | Attribute) else requirement.uri
    attributes = {"uri": uri, "cardinality": cardinality, "instructions": requirement.instructions}
    return _facet(requirement.facet, attributes)


def _facet(facet: Facet, attributes: dict[str, str | None]) -> list[str]:
    match facet:
        case Entity():
            inside = _values(name=facet.name, predefinedType=facet.predefined_type)
        case PartOf():
            attributes = {"relation": facet.relation or None, **attributes}
            inside = _facet(facet.entity, {})
        case Classification():
            inside = _values(value=facet.value, system=facet.system)
        case Attribute():
            inside = _values(name=facet.name, value=facet.value)
        case Property():
            attributes = {"dataType": facet.data_type, **attributes}
            inside = _values(propertySet=facet.property_set, baseName=facet.base_name, value=facet.value)
        case Material():
            inside = _values(value=facet.value)
    return _element(tag(facet), attributes, inside)


def _values(**values: Value | None) -> list[str]:
    return [line for name, value in values.items() if value is not None for line in _element(name, {}, _value(value))]


def _value(value: Value) -> list[str]:
    if isinstance(value, str):
        return [f"<simpleValue>{_escaped(value)}</simpleValue>"]
    return _element(
        "xs:restriction", {"base": value.base}, [f'<xs:{n} value="{_escaped(t)}"/>' for n, t in _rules(value)]
    )


def _rules(value: Restriction) -> Iterator[tuple[str, str]]:
    yield from (("enumeration", text) for text in value.enumeration)
    yield from (("pattern", text) for text in value.patterns)
    single: dict[str, str | int | None] = {
        "minInclusive": value.min_inclusive,
        "maxInclusive": value.max_inclusive,
        "minExclusive": value.min_exclusive,
        "maxExclusive": value.max_exclusive,
        "length": value.length,
        "minLength": value.min_length,
        "maxLength": value.max_length,
    }
    yield from ((name, str(rule)) for name, rule in single.items() if rule is not None)
