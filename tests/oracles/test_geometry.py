"""Placements and outlines read by position, against matrices and against shadows of the kernel's meshes."""

from dataclasses import replace
from pathlib import Path

import ifcopenshell.guid
import numpy as np
import pytest

from bim.extract import Structure
from bim.guide.checks import Subject
from tests.oracles.compare import NAMED, Both, opened
from tests.oracles.known import DRESSED
from tests.oracles.model import Model
from tests.oracles.test_named import LARGE, REAL, SMALL, same

ROOMY = [name for name in (*SMALL, *LARGE) if name not in (
    "Jesse.1.ifc", "PCERT_Building-Landscaping.ifc", "Schep_LINDEN-Kozijnen.ifc", "Schep_ROOT-houten_kozijnen.ifc",
    "revit2013_unicode_jp.ifc",
)]  # fmt: skip
"""Models that hold spaces."""
ROOMS = [pytest.param(name, marks=[pytest.mark.slow] if name in LARGE else []) for name in ROOMY]


@pytest.mark.parametrize("name", REAL)
def test_every_product_stands_where_its_matrix_puts_it(shared: Path, name: str) -> None:
    both = opened(shared / "ifc" / name)
    products = both.model.file.by_type("IfcProduct")
    for product in products:
        frame, matrix = both.subject.frame(product), both.model.matrix(product)
        assert (frame is None) == (matrix is None), product
        if frame is not None and matrix is not None:
            x, y, z, at = frame
            made = np.c_[x, y, z, np.array(at) * both.model.metre]
            assert np.abs(made - matrix[:3]).max() < 1e-6, product
    assert len(products) > 5


@pytest.mark.slow
@pytest.mark.parametrize("name", ROOMS)
def test_every_outline_is_the_shadow_of_its_space(shared: Path, name: str) -> None:
    both = opened(shared / "ifc" / name)
    outlines = both.subject.footprints
    for space, outline in outlines:
        shadow = both.model.plans[space.id()]
        assert outline is not None, space
        assert outline.symmetric_difference(shadow).area < 1e-6 * shadow.area + 1e-6, space
    assert outlines


@pytest.mark.slow
@pytest.mark.parametrize("name", ROOMS)
def test_spaces_of_real_buildings_as_bays_and_dwellings(shared: Path, name: str) -> None:
    """No published model says uses as we ask for them: so each space is a bay and a dwelling, each door an entrance."""
    both = dressed(opened(shared / "ifc" / name))
    clauses = {code: NAMED[code] for code in ("BIM-511", "BIM-512", "BIM-513", "BIM-730", "BIM-731")}
    rooms = replace(clauses["BIM-511"], params={**clauses["BIM-511"].params, "uses": ["parking_bay"]})
    same({d.code: d for d in both.differences({**clauses, "BIM-511": rooms})}, DRESSED.get(name, {}))


def dressed(both: Both) -> Both:
    """The model with a dwelling around each space."""
    file = both.model.file
    for door in both.model.of("IfcDoor"):
        door.ObjectType = "entrance"
    for number, space in enumerate(both.model.of("IfcSpace")):
        space.ObjectType = "parking_bay"
        told = {"OwnerHistory": space.OwnerHistory, "Name": f"dwelling {number}"}
        zone = file.create_entity("IfcZone", ifcopenshell.guid.new(), ObjectType="dwelling", **told)
        ends = {"RelatedObjects": [space], "RelatingGroup": zone}
        file.create_entity("IfcRelAssignsToGroup", ifcopenshell.guid.new(), **ends, **told)
    subject = Subject(file, Structure(file), both.subject.header, both.subject.size)
    return Both(subject, Model(both.model.path, file))
