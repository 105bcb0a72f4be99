"""What is no valid IDS 1.0 is refused with its place; what is valid is read whole."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bim.ids.document import Attribute, Entity, Property, Restriction
from bim.ids.errors import IdsError
from bim.ids.read import read
from tests.conftest import unavailable
from tests.ids.samples import HEAD, NAME, PAIRS, WALL, attribute, document, pairs, restriction, specification


def test_the_pairs_of_buildingsmart_are_at_hand() -> None:
    if not PAIRS.is_dir():
        unavailable("shared", f"no IDS test cases at {PAIRS}")
    assert len(pairs("invalid")) == 27
    assert len(pairs("pass", "fail")) == 291


@pytest.mark.parametrize("path", pairs("invalid"), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_an_invalid_document_is_refused_with_path_and_line(path: Path) -> None:
    with pytest.raises(IdsError) as refused:
        read(path)
    assert refused.value.path.startswith("/ids/specifications/specification[1]/requirements")
    assert 10 <= refused.value.line <= len(path.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("path", pairs("pass", "fail"), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_valid_document_is_read(path: Path) -> None:
    assert len(read(path).specifications) == 1


def test_all_that_a_document_says_is_kept() -> None:
    info = (
        "<title>T</title><copyright>C</copyright><version>1</version><description>D</description>"
        "<author>a@b.sy</author><date>2026-01-01</date><purpose>P</purpose><milestone>M</milestone>"
    )
    value = restriction(
        '<xs:annotation/><xs:minInclusive value=" 1 " fixed="true"/><xs:maxExclusive value="2"/>', "xs:double"
    )
    asked = (
        '<property dataType="IFCLENGTHMEASURE" uri="u" cardinality="optional" instructions="i"><propertySet>'
        f"<simpleValue>P</simpleValue></propertySet><baseName><simpleValue>B</simpleValue></baseName><value>{value}</value>"
        "</property>"
    )
    read_back = read(
        document(specification(asked, versions="IFC2X3 IFC4", occurs='minOccurs="0" maxOccurs="unbounded"'), info=info)
    )
    assert (read_back.info.author, read_back.info.milestone) == ("a@b.sy", "M")
    (found,) = read_back.specifications
    assert (found.cardinality, found.versions, found.applicability) == (
        "optional",
        ("IFC2X3", "IFC4"),
        (Entity("IFCWALL"),),
    )
    (requirement,) = found.requirements
    assert (requirement.cardinality, requirement.uri, requirement.instructions) == ("optional", "u", "i")
    bounds = Restriction("xs:double", min_inclusive="1", max_exclusive="2")
    assert requirement.facet == Property("P", "B", bounds, "IFCLENGTHMEASURE")


def test_a_prefix_of_another_name_is_as_good() -> None:
    raw = document(specification(attribute("Name", restriction('<xs:pattern value="W.*"/>'))))
    raw = raw.replace(b"xs:", b"q:").replace(b":xs=", b":q=")
    assert read(raw).specifications[0].requirements[0].facet == Attribute("Name", Restriction(patterns=("W.*",)))


PROPERTY = "<propertySet><simpleValue>P</simpleValue></propertySet><baseName><simpleValue>B</simpleValue></baseName>"
VALUE = "<value><simpleValue>b</simpleValue></value>"
TYPE = "</name><predefinedType><simpleValue>X</simpleValue></predefinedType>"
WRONG = {
    "not_xml": [b"", b"<ids", b"\xff\xfe\x00", document(specification()).replace(b"</ids>", b""), b"no"],
    "dtd_forbidden": [
        b'<!DOCTYPE ids [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + document(specification()),
        b'<!DOCTYPE ids SYSTEM "http://example.org/ids.dtd">' + document(specification()),
        b'<!DOCTYPE ids [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + document(specification()),
    ],
    "not_ids": [b"<html/>", document(specification()).replace(b"org/IDS", b"org/IDS/0.9")],
    "document_too_deep": [HEAD.encode() + b"<a>" * 30 + b"</a>" * 30 + b"</ids>"],
    "too_many_elements": [HEAD.encode() + b"<a/>" * 200_001 + b"</ids>"],
    "document_too_large": [b" " * (20 * 1024 * 1024 + 1)],
    "missing_element": [
        document(specification()).replace(b"<title>T</title>", b""),
        document(),
        document('<specification name="S" ifcVersion="IFC4"/>'),
        document(specification("<property><propertySet><simpleValue>P</simpleValue></propertySet></property>")),
        document(specification("<classification/>")),
        document(specification("<partOf/>")),
    ],
    "missing_attribute": [
        document(specification()).replace(b'name="S"', b""),
        document(specification()).replace(b'ifcVersion="IFC4"', b""),
        document(specification(attribute("Name", '<xs:restriction><xs:length value="1"/></xs:restriction>'))),
        document(specification(attribute("Name", restriction("<xs:length/>")))),
    ],
    "unknown_attribute": [
        document(specification()).replace(b"<applicability", b'<applicability cardinality="required"'),
        document(specification(NAME.replace("<attribute>", '<attribute uri="u">'))),
        document(specification(WALL.replace("<entity>", '<entity cardinality="required">'))),
        document(specification(applicability=NAME.replace("<attribute>", '<attribute instructions="i">'))),
    ],
    "unknown_element": [
        document(specification("<colour/>")),
        document(specification(attribute("Name", "<other>1</other>"))),
        document(specification(attribute("Name", restriction('<xs:totalDigits value="3"/>')))),
        document(specification(attribute("Name", "<simpleValue><b/></simpleValue>"))),
        document(specification(), info="<title>T</title><city/>"),
    ],
    "unexpected_text": [document(specification(NAME + "text"), info="x<title>T</title>")],
    "wrong_order": [
        document(specification(), info="<title>T</title><version>1</version><copyright>C</copyright>"),
        document(specification(applicability=NAME + WALL)),
        document(specification("<attribute><value><simpleValue>W</simpleValue></value><name><simpleValue>Name</simpleValue></name></attribute>")),
    ],
    "too_often": [
        document(specification(applicability=WALL + WALL)),
        document(specification(), info="<title>T</title><title>U</title>"),
        document(specification(attribute("Name", restriction('<xs:length value="1"/><xs:length value="2"/>')))),
        document(specification(attribute("Name", "<simpleValue>a</simpleValue>").replace("</a", f"{VALUE}</a"))),
    ],
    "not_one_value": [
        document(specification("<attribute><name/></attribute>")),
        document(specification(attribute("Name", "<simpleValue>a</simpleValue><simpleValue>b</simpleValue>"))),
    ],
    "wrong_occurs": [
        document(specification(occurs=occurs))
        for occurs in ('minOccurs="1"', 'minOccurs="2" maxOccurs="unbounded"', 'maxOccurs="0"', 'maxOccurs="3"')
    ],
    "wrong_cardinality": [
        document(specification(NAME.replace("<attribute>", '<attribute cardinality="maybe">'))),
        document(specification(f'<partOf cardinality="optional">{WALL}</partOf>')),
    ],
    "never_fails": [
        document(specification(NAME.replace("<attribute>", '<attribute cardinality="optional">'))),
        document(specification('<material cardinality="optional"/>')),
        document(specification(f'<property cardinality="optional">{PROPERTY}</property>')),
    ],
    "data_type_needed": [document(specification(f"<property>{PROPERTY}{VALUE}</property>"))],
    "unknown_version": [document(specification(versions=version)) for version in ("IFC5", "", "IFC4X3")],
    "unknown_relation": [document(specification(f'<partOf relation="IFCRELCONNECTS">{WALL}</partOf>'))],
    "no_applicability": [document(specification(applicability=""))],
    "prohibited_with_requirements": [document(specification(occurs='minOccurs="0" maxOccurs="0"'))],
    "unknown_entity": [
        document(specification(applicability=WALL.replace("IFCWALL", name)))
        for name in ("IFCWAL", "IfcWall", "", "IFCAIRTERMINALX")
    ],
    "no_predefined_type": [
        document(specification(applicability=WALL.replace("</name>", TYPE), versions="IFC2X3")),
    ],
    "never_this_entity": [document(specification(WALL.replace("WALL", "SLAB")))],
    "unknown_ifc_attribute": [
        document(specification(attribute(name))) for name in ("name", "HasOpenings", "Elevation")
    ],
    "no_simple_value": [document(specification(attribute("ObjectPlacement", "<simpleValue>1</simpleValue>")))],
    "unknown_data_type": [
        document(specification(f'<property dataType="{name}">{PROPERTY}</property>'))
        for name in ("IFCFOO", "IfcLabel", "IFCWALL", "IFCVALUE", "")
    ],
    "unknown_base": [
        document(specification(attribute("Name", restriction("", base))))
        for base in ("xs:decimal", "string", "ids:string")
    ],
    "wrong_base": [document(specification(attribute("Name", restriction("", "xs:double"))))],
    "wrong_pattern": [document(specification(attribute("Name", restriction('<xs:pattern value="(a"/>'))))],
    "wrong_restriction": [
        document(specification(attribute("Name", restriction('<xs:minInclusive value="1"/>')))),
    ],
    "wrong_value": [
        document(specification(attribute("Name", restriction('<xs:length value="-1"/>')))),
        document(specification(), info="<title>T</title><date>2026-02-30</date>"),
        document(specification(), info="<title>T</title><date>1.1.2026</date>"),
    ],
    "wrong_author": [document(specification(), info="<title>T</title><author>me</author>")],
    "empty_range": [
        document(specification(attribute("Name", restriction('<xs:minLength value="3"/><xs:maxLength value="2"/>')))),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("code", "raw"), [(code, raw) for code, raws in WRONG.items() for raw in raws])
def test_a_wrong_document_is_refused_by_its_code(code: str, raw: bytes) -> None:
    with pytest.raises(IdsError) as refused:
        read(raw)
    assert refused.value.code == code


def test_the_place_is_that_of_the_second_specification() -> None:
    raw = document(specification(), specification(attribute("Colour")))
    with pytest.raises(IdsError) as refused:
        read(raw)
    assert refused.value.line == 3
    assert refused.value.path == "/ids/specifications/specification[2]/requirements/attribute[1]/name"
    assert refused.value.values["found"] == "Colour"


def test_ifc2x3_knows_occurrences_by_their_types() -> None:
    air = WALL.replace("IFCWALL", "IFCAIRTERMINAL")
    typed = air.replace("</name>", "</name><predefinedType><simpleValue>GRILLE</simpleValue></predefinedType>")
    assert read(document(specification(applicability=typed, versions="IFC2X3 IFC4 IFC4X3_ADD2")))


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_by_a_code(raw: bytes) -> None:
    with pytest.raises(IdsError):
        read(raw)


@given(st.integers(0, 400), st.integers(0, 40), st.sampled_from([b"", b"<", b"&x;", b"\x00", b"</value>"]))
def test_a_damaged_document_is_read_or_refused(at: int, gone: int, put: bytes) -> None:
    whole = document(specification(attribute("Name", restriction('<xs:pattern value="W.*"/>'))))
    with suppress(IdsError):  # any other exception fails the test
        assert read(whole[:at] + put + whole[at + gone :]).specifications
