"""The named checks on real models and on our samples: the same elements as the oracles find, by GlobalId."""

from functools import lru_cache
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.oracles.compare import NAMED, PACK, Both, Difference, opened
from tests.oracles.known import MODELS, Known

SAMPLES = ("complies.ifc", "complies-ifc2x3-mm.ifc", "planted-violations.ifc", "cannot-be-judged.ifc")
SMALL = (
    "AC20-FZK-Haus.ifc", "AC90R1-niedriha-V2-2x3.ifc", "Duplex_A_20110907_georeferenced.ifc", "Ifc4_SampleHouse.ifc",
    "PCERT_Building-Architecture.ifc", "PCERT_Building-Landscaping.ifc", "bSI_building-architecture.ifc",
    "revit2013_unicode_jp.ifc",
)  # fmt: skip
LARGE = (
    "AC11-Institute-Var-2-IFC.ifc", "Jesse.1.ifc", "Office_A_20110811.ifc", "Schep_LINDEN-Kozijnen.ifc",
    "Schep_ROOT-houten_kozijnen.ifc", "revit2012_janesville_restaurant.ifc", "xbim_House.ifc",
)  # fmt: skip
REAL = (*SMALL, *(pytest.param(name, marks=pytest.mark.slow) for name in LARGE))


@lru_cache(maxsize=1)  # the tests of one model follow each other
def both(path: Path) -> Both:
    return opened(path)


def differences(path: Path) -> dict[str, Difference]:
    return {d.code: d for d in both(path).differences(NAMED)}


def same(found: dict[str, Difference], known: dict[str, Known]) -> None:
    """Exactly what is listed, about as many elements."""
    unlisted = {code: d for code, d in found.items() if code not in known or known[code].count != d.count}
    assert unlisted == {}
    assert set(known) - set(found) == set(), "it agrees now: take it off the list"


@pytest.mark.slow
@pytest.mark.parametrize("name", REAL)
def test_on_a_real_model_check_and_oracle_name_the_same_elements(shared: Path, name: str) -> None:
    same(differences(shared / "ifc" / name), MODELS.get(name, {}))


@pytest.mark.slow
@pytest.mark.parametrize("name", SAMPLES)
def test_on_a_sample_check_and_oracle_name_the_same_elements(name: str) -> None:
    same(differences(ROOT / "sample_models" / "models" / name), {})


def test_nearly_every_named_check_has_an_oracle() -> None:
    without = {clause.check for clause in PACK.entries.values() if clause.check} - {c.check for c in NAMED.values()}
    # The classes of the first are the schema's own table; the others are held against published files elsewhere.
    assert without == {"representation_types", "normative", "one_representation"}


def test_what_is_listed_are_models_and_clauses() -> None:
    assert set(MODELS) <= {*SMALL, *LARGE}
    assert {code for known in MODELS.values() for code in known} <= set(NAMED)
