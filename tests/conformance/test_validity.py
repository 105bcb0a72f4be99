"""Every published unit test of the rules that bear on a permit, and the section that tells of them."""

from pathlib import Path

import pytest

from bim.validity.catalogue import RULES
from tests.conformance import validity
from tests.conformance.page import PAGE
from tests.conformance.validity import DISAGREED, Case, cases

CASES = cases()


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in CASES])
def test_verdict(case: Case) -> None:
    """Our verdict is that of the file name, but for the files that are listed with the reason."""
    if case.path.stem in DISAGREED:
        assert validity.verdict(case) != case.verdict, "it agrees now: take it off the list"
    else:
        assert validity.verdict(case) == case.verdict


def test_collection(shared: Path) -> None:
    """All files of the families are there, each of a registered rule, and the list of exceptions names files."""
    assert len(CASES) == 578
    assert {case.rule for case in CASES} <= set(RULES)
    assert set(DISAGREED) <= {case.path.stem for case in CASES}


def test_section() -> None:
    """The published section, held to a run by the test of its page, tells every family, every exception, the times."""
    text = PAGE.read_text(encoding="utf-8")
    for family in validity.FAMILIES:
        assert f"| {family} |" in text
    for name in DISAGREED:
        assert name in text
    assert "unexplained" not in text
    assert "| revit2012_janesville_restaurant.ifc | 26.9 | 453586 |" in text


def test_every_file_that_is_refused_has_a_dangling_reference(shared: Path) -> None:
    """Our program refuses some of the files before any rule; the rules are tried on what the reader makes of them."""
    refused = {case: code for case in CASES if (code := validity.refusal(case))}
    assert set(refused.values()) == {"dangling_reference"}
    assert len(refused) == 41
