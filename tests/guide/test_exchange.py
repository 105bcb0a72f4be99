"""A guide towards IDS and back, and what IDS does not take."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bim.guide.exchange import audited, merged, open_guide, save_guide, with_ids
from bim.guide.pack import guide_in_force
from bim.guide.rows import FacetRow, SpecificationRow
from bim.guide.writing import sealed
from bim.ids.document import Attribute, Document, Entity, Info, Requirement, Specification
from bim.packs import PackError

GUIDE = guide_in_force(date(2026, 6, 1))


def test_the_shipped_guide_is_right_by_the_schemas_of_ifc() -> None:
    assert audited(GUIDE) is GUIDE


def test_a_guide_comes_back_from_ids_as_it_was(tmp_path: Path) -> None:
    save_guide(GUIDE, tmp_path / "guide.ids", str)
    assert with_ids(GUIDE, tmp_path / "guide.ids") == sealed(GUIDE)


@pytest.mark.parametrize("ending", [".yaml", ".xlsx"])
def test_a_guide_is_opened_by_its_ending(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"guide{ending}"
    save_guide(GUIDE, path, str)
    assert open_guide(str(path)) == sealed(GUIDE)


def test_a_specification_of_another_document_becomes_a_clause() -> None:
    wall = Specification("Walls", ("IFC4",), (Entity("IFCWALL"),), (Requirement(Attribute("Name")),), description="Why")
    taken = merged(GUIDE, Document(Info("Municipality"), (wall,)))
    clause = taken.entries["IDS-001"]
    assert (clause.title_en, clause.text_ar, clause.source) == ("Walls", "Why", "Municipality")
    assert clause.specification is not None
    assert clause.specification.versions == ("IFC4",)
    assert taken.document().specifications[-1] == replace(wall, identifier="IDS-001")


def test_a_class_that_no_schema_knows_is_an_error() -> None:
    clause = GUIDE.entries["BIM-420"]
    wrong = replace(clause, specification=SpecificationRow((FacetRow("entity", name="IFCTENT"),)))
    with pytest.raises(PackError, match="BIM-420"):
        audited(replace(GUIDE, entries={"BIM-420": wrong}))


def test_another_kind_of_file_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="no_form"):
        save_guide(GUIDE, tmp_path / "guide.doc", str)
