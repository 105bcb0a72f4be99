"""What decides among geometry kernels: nothing that is measured or judged may change against opencascade."""

from datetime import date
from functools import cache
from pathlib import Path

import ifcopenshell
import numpy as np
import pytest

from bim.assemble import assemble, box_of
from bim.building import Building
from bim.extract import Structure, extract
from bim.findings import Finding, Outcome
from bim.measures import measures
from bim.packs import code_in_force
from bim.placement import place
from bim.rules.catalogue import judge
from bim.shapes import HYBRID, OPENCASCADE, Kernel, Mesh, tessellate
from gis.site import Site
from tests.bim.files import SHARED
from tests.bim.golden import HOME
from tests.bim.test_golden_rules import plot

CODE = code_in_force(date(2026, 11, 1))
SAMPLES = sorted((HOME / "models").glob("*.ifc"))
REAL = sorted((SHARED / "ifc").glob("*.ifc"))
ABSENT = f"third-party data {SHARED} is absent; set RUKHSA_SHARED"


@cache
def made(path: Path, kernel: Kernel) -> tuple[Building, dict[str, Mesh], Site | None]:
    model = _with_names(ifcopenshell.open(path))
    structure = Structure(model)
    meshes, geometry = tessellate(model, structure, kernel=kernel, progress=lambda _share: None)
    placed = place(model, plot(), box_of(meshes))
    site = plot() if placed[0] else None
    facts = extract(model, structure)
    building = assemble(facts, meshes, geometry, placed=placed, site=site, progress=lambda _share: None)
    return building, {f"{mesh.group} {mesh.id}": mesh for mesh in meshes}, site


def _with_names(model: ifcopenshell.file) -> ifcopenshell.file:
    """Some elements of xbim House have "*" for a name, for which no kernel shapes them, though their shape is sound."""
    for element in model.by_type("IfcElement"):
        if element.Name is None:
            element.Name = None
    return model


def _verdicts(path: Path, kernel: Kernel) -> list[tuple[object, ...]]:
    building, _, site = made(path, kernel)
    return [_verdict(finding) for finding in judge(building, site, CODE)]


def _verdict(f: Finding) -> tuple[object, ...]:
    """Of elements that pass with the same value any may be the one that is named."""
    value = None if f.value is None else round(f.value, 2)
    named = None if f.outcome is Outcome.PASS else (f.storey, f.subject)
    return (f.rule, f.outcome, named, value, f.elements, f.reason and f.reason.code)


def _same(path: Path) -> None:
    """The same elements of the same size, the same measures, the same verdicts."""
    (building, ours, site), (reference, theirs, _) = made(path, HYBRID), made(path, OPENCASCADE)
    assert ours.keys() == theirs.keys()
    for key, mesh in ours.items():
        for end in (np.min, np.max):
            assert end(mesh.vertices, axis=0) == pytest.approx(end(theirs[key].vertices, axis=0), abs=1e-3), key
    measured = {(m.name, m.storey, m.subject): m.value for m in measures(building, site)}
    expected = {(m.name, m.storey, m.subject): m.value for m in measures(reference, site)}
    assert measured == pytest.approx(expected, rel=1e-5, abs=1e-3)
    assert _verdicts(path, HYBRID) == _verdicts(path, OPENCASCADE)


@pytest.mark.slow
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_samples_are_the_same_as_by_opencascade(path: Path) -> None:
    _same(path)


@pytest.mark.slow
@pytest.mark.skipif(not REAL, reason=ABSENT)
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_real_models_are_the_same_as_by_opencascade(path: Path) -> None:
    _same(path)
