"""A written document is valid by the XSD, and reads as what it was."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from ifctester import ids
from xmlschema import XMLSchemaValidationError

from bim.ids.document import Attribute, Document, Entity, Info, Requirement, Specification
from bim.ids.errors import IdsError
from bim.ids.read import read
from bim.ids.write import write
from tests.ids.samples import pairs
from tests.ids.strategies import DOCUMENTS

WALLS = Specification("Walls", ("IFC4",), (Entity("IFCWALL"),), (Requirement(Attribute("Name")),))


@cache
def xsd() -> Any:
    """The schema of IDS 1.0 as ifctester carries it."""
    return ids.get_schema()


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(DOCUMENTS)
def test_what_is_written_is_read_again(document: Document) -> None:
    assert read(write(document)) == document


@settings(max_examples=25, deadline=None)
@given(DOCUMENTS)
def test_what_is_written_is_valid_by_the_xsd(document: Document) -> None:
    xsd().validate(write(document).decode())


@pytest.mark.parametrize("path", pairs("pass", "fail"), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_real_document_survives(path: Path) -> None:
    document = read(path)
    again = read(write(document))
    assert again == document
    assert write(again) == write(document)


def test_real_documents_are_written_valid_by_the_xsd() -> None:
    for path in pairs("pass", "fail")[::10]:
        xsd().validate(write(read(path)).decode())


def test_facets_are_put_into_the_order_of_the_xsd() -> None:
    odd = replace(WALLS, applicability=(Attribute("Name"), Entity("IFCWALL")))
    (found,) = read(write(Document(Info("T"), (odd,)))).specifications
    assert found.applicability == (Entity("IFCWALL"), Attribute("Name"))


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (Document(Info("T"), ()), "missing_element"),
        (Document(Info("a\x00b"), (WALLS,)), "not_xml_text"),
        (Document(Info("T"), (replace(WALLS, name="\ud800"),)), "not_xml_text"),
        (Document(Info("T"), (replace(WALLS, applicability=(Entity("IFCWALLS"),)),)), "unknown_entity"),
    ],
)
def test_what_is_no_valid_document_is_not_written(document: Document, code: str) -> None:
    with pytest.raises(IdsError) as refused:
        write(document)
    assert refused.value.code == code


def test_the_xsd_would_tell() -> None:
    broken = write(Document(Info("T"), (WALLS,))).replace(b"title", b"titel").decode()
    with pytest.raises(XMLSchemaValidationError, match="titel"):
        xsd().validate(broken)
