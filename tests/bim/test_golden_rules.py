"""Golden models of planning rules, judged on the demonstration plot through extraction and geometry."""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import ifcopenshell
import pytest

from bim.assemble import assemble, box_of
from bim.building import Building
from bim.extract import Structure, extract
from bim.findings import Outcome
from bim.packs import code_in_force
from bim.placement import place
from bim.rules.catalogue import RULES, judge
from bim.shapes import HYBRID, tessellate
from gis.planning import site_for
from gis.site import Site
from sample_models.planned import limits
from sample_models.planned.dimensions import PLOT
from tests.bim.golden import HOME, OUTCOMES
from tests.bim.golden import RULES as FOLDER

DAY = date(2026, 11, 1)
CODE = code_in_force(DAY)
PATHS = sorted(path for path in FOLDER.glob("*/*.ifc") if path.parent.name in CODE.entries)
CASES = {case.path: case for case in limits.cases()}
LARGEST = 60_000
WORST_FIRST = [Outcome.FAIL, Outcome.UNDECIDED, Outcome.PASS, Outcome.NOT_APPLICABLE]


@cache
def plot() -> Site:
    return site_for(HOME / "zone" / "zone.gpkg", PLOT, on=DAY)


def built(path: Path) -> Building:
    """The building of a case; cases of equal dimensions differ in their names alone."""
    sizes = CASES[path.relative_to(HOME)].sizes
    first = next(case.path for case in CASES.values() if case.sizes == sizes)
    return measured(HOME / first)


@cache
def measured(path: Path) -> Building:
    """The building of a model, placed on the plot."""
    model = ifcopenshell.open(path)
    structure = Structure(model)
    meshes, geometry = tessellate(model, structure, kernel=HYBRID, progress=lambda _share: None)
    placed = place(model, plot(), box_of(meshes))
    facts = extract(model, structure)
    return assemble(facts, meshes, geometry, placed=placed, site=plot(), progress=lambda _share: None)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_outcome_is_the_one_in_the_name(path: Path) -> None:
    code, case = path.parent.name, CASES[path.relative_to(HOME)]
    entry = CODE.entries[code]
    pack = replace(CODE, entries={code: replace(entry, params={**entry.params, **case.params})})
    site = replace(plot(), sheet=replace(plot().sheet, **case.sheet))
    found = [f for f in judge(built(path), site, pack) if f.rule == code]
    assert min((f.outcome for f in found), key=WORST_FIRST.index).value == OUTCOMES[path.stem.split("-")[0]], found
    if "at-the-limit" in path.stem:
        assert [f for f in found if f.value is not None and f.limit is not None and _at_limit(f.value, f.limit)], found


def _at_limit(value: float, limit: float) -> bool:
    return value == pytest.approx(limit, rel=2e-4, abs=2e-3)


@pytest.mark.parametrize("code", sorted(RULES))
def test_every_rule_passes_somewhere_and_fails_somewhere(code: str) -> None:
    assert {path.stem.split("-")[0] for path in (FOLDER / code).glob("*.ifc")} >= {"pass", "fail"}


@pytest.mark.parametrize("code", sorted({*(row[0] for row in limits.LIMITS), *(row[0] for row in limits.BENT_LIMITS)}))
def test_a_rule_with_a_number_has_cases_on_both_sides_of_its_limit(code: str) -> None:
    names = {path.stem for path in (FOLDER / code).glob("*-limit.ifc")}
    at = "pass" if code in limits.PASSES_AT_THE_LIMIT else "undecided"
    assert names == {"pass-within-the-limit", f"{at}-at-the-limit", "fail-beyond-the-limit"}


@pytest.mark.slow
def test_the_committed_models_are_the_generated_ones(tmp_path: Path) -> None:
    written = {path.relative_to(tmp_path): path.read_bytes() for path in limits.write(tmp_path)}
    committed = {path.relative_to(HOME): path.read_bytes() for path in PATHS}
    assert sorted(committed) == sorted(written)
    assert [path for path, raw in written.items() if committed[path] != raw] == []
    assert max(map(len, written.values())) < LARGEST
