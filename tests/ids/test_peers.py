"""Fifty specifications on real models: what applies and what fails, as ifctester and ifcfast say it.

Every difference is listed here with its reason; one that is not, or that is no longer there, fails.
"""

from pathlib import Path

import ifcopenshell
import pytest

from bim.ids.document import Document, Specification
from bim.ids.judge import SpecificationResult, judge
from tests.ids.bench50 import BENCH, NAMED, NAMELESS
from tests.ids.peers import Verdict, ifcfast, ifctester

SMALL = (
    "AC20-FZK-Haus.ifc", "AC90R1-niedriha-V2-2x3.ifc", "Duplex_A_20110907_georeferenced.ifc",
    "PCERT_Building-Architecture.ifc", "PCERT_Building-Landscaping.ifc", "bSI_building-architecture.ifc",
    "revit2013_unicode_jp.ifc", "xbim_House.ifc",
)  # fmt: skip
LARGE = (
    "AC11-Institute-Var-2-IFC.ifc", "Ifc4_SampleHouse.ifc", "Jesse.1.ifc", "Office_A_20110811.ifc",
    "Schep_LINDEN-Kozijnen.ifc", "Schep_ROOT-houten_kozijnen.ifc", "revit2012_janesville_restaurant.ifc",
)  # fmt: skip
PATIENT = (*SMALL[:3], *SMALL[7:], *LARGE[:5])
"""Models that ifctester needs some seconds for where no entity is named."""

OPTIONAL = "ifctester fails an optional attribute that is not there (a pair of buildingSMART says pass)"
INDIRECT = "ifctester also counts what is in a storey through an opening or an assembly; one relation is asked for"
ZONE = "a spatial zone is contained in a storey here, though the schema gives it no inverse attribute to be found by"
UNDERSCORE = "ifcfast takes the underscore for a word character, which it is not in XML Schema (category Pc)"
TESTER = {
    "AC11-Institute-Var-2-IFC.ifc": {"what is in a storey has a name": INDIRECT},
    "AC20-FZK-Haus.ifc": {"project phase": OPTIONAL, "what is in a storey has a name": INDIRECT},
    "AC90R1-niedriha-V2-2x3.ifc": {"project phase": OPTIONAL, "what is in a storey has a name": INDIRECT},
    "Duplex_A_20110907_georeferenced.ifc": {"what is in a storey has a name": INDIRECT},
    "Ifc4_SampleHouse.ifc": {"what is in a storey has a name": INDIRECT},
    "Jesse.1.ifc": {"what is in a storey has a name": INDIRECT},
    "Office_A_20110811.ifc": {"what is in a storey has a name": INDIRECT},
    "PCERT_Building-Architecture.ifc": {"project phase": OPTIONAL, "what is of a building has an identifier": ZONE},
    "PCERT_Building-Landscaping.ifc": {"project phase": OPTIONAL},
    "Schep_LINDEN-Kozijnen.ifc": {"project phase": OPTIONAL, "what is in a storey has a name": INDIRECT},
    "Schep_ROOT-houten_kozijnen.ifc": {"project phase": OPTIONAL},
    "bSI_building-architecture.ifc": {"project phase": OPTIONAL, "what is of a building has an identifier": ZONE},
    "revit2013_unicode_jp.ifc": {"what is in a storey has a name": INDIRECT},
    "xbim_House.ifc": {"project phase": OPTIONAL, "what is in a storey has a name": INDIRECT},
}
FAST = {
    "PCERT_Building-Architecture.ifc": {"what is of a building has an identifier": ZONE},
    "bSI_building-architecture.ifc": {"what is of a building has an identifier": ZONE},
    "revit2012_janesville_restaurant.ifc": {"storey name": UNDERSCORE},
}
UNDECLARED = {"AC11-Institute-Var-2-IFC.ifc", "AC20-FZK-Haus.ifc", "Schep_ROOT-houten_kozijnen.ifc"}
"""Models that declare no unit of thermal transmittance, for which ifcfast judges no document that asks for one."""


def ours(result: SpecificationResult) -> Verdict:
    """Our verdict in the form of the others."""
    return frozenset(result.applicable), frozenset(result.failed)


def different(path: Path, specifications: tuple[Specification, ...]) -> set[str]:
    """Names of specifications on which ifctester and we differ."""
    model = ifcopenshell.open(str(path))
    found = map(ours, judge(model, specifications))
    theirs = ifctester(model, Document(BENCH.info, specifications))
    return {s.name for s, one, other in zip(specifications, found, theirs, strict=True) if one != other}


def expected(path: Path, specifications: tuple[Specification, ...]) -> set[str]:
    return set(TESTER.get(path.name, {})) & {specification.name for specification in specifications}


@pytest.mark.parametrize("name", [*SMALL, *LARGE])
def test_ifctester_says_the_same_where_an_entity_is_named(shared: Path, name: str) -> None:
    path = shared / "ifc" / name
    assert different(path, NAMED) == expected(path, NAMED)


@pytest.mark.parametrize("name", [*SMALL[3:7], *(pytest.param(name, marks=pytest.mark.slow) for name in PATIENT)])
def test_ifctester_says_the_same_where_none_is_named(shared: Path, name: str) -> None:
    """Up to five megabytes: ifctester takes a minute for larger ones."""
    path = shared / "ifc" / name
    assert different(path, NAMELESS) == expected(path, NAMELESS)


@pytest.mark.parametrize("name", [*SMALL, *LARGE[:-1], pytest.param(LARGE[-1], marks=pytest.mark.slow)])
def test_ifcfast_says_the_same(shared: Path, name: str) -> None:
    path = shared / "ifc" / name
    asked = tuple(s for s in BENCH.specifications if name not in UNDECLARED or s.name != "window insulation")
    found = list(map(ours, judge(ifcopenshell.open(str(path)), asked)))
    theirs = list(ifcfast(path, Document(BENCH.info, asked)))
    names = {s.name for s, one, other in zip(asked, found, theirs, strict=True) if one != other}
    assert names == set(FAST.get(name, {}))


def test_there_is_something_to_compare(shared: Path) -> None:
    results = list(judge(ifcopenshell.open(str(shared / "ifc" / LARGE[-1])), BENCH))
    assert sum(len(result.applicable) for result in results) > 10_000
    assert {result.status for result in results} == {"pass", "fail", "not_applicable"}
