"""Every rule and every fault of validity has its words in both languages."""

from pathlib import Path

import pytest

from api.docs.codes import calls
from api.docs.texts import patterns
from bim.validity.catalogue import RULES
from bim.validity.express import BROKEN, EXPRESS, UNCLEAR
from bim.validity.schema import CODES, OTHER, READER, SCHEMA, UNIQUE
from bim.validity.verdicts import Violation
from permits.i18n import LANGUAGES
from permits.review.validity import fault_text, place_text, rule_title
from tests.conformance import validity


def _keys(language: str, prefix: str) -> set[str]:
    return {key.removeprefix(prefix) for key in patterns(language) if key.startswith(prefix)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_rules(language: str) -> None:
    """Every rule has a title, and no title is left of a rule that is gone."""
    assert _keys(language, "validity-rule-") == {*RULES, SCHEMA, EXPRESS}


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_faults(language: str) -> None:
    """Every code that the sources yield has a sentence, and no sentence is left over."""
    codes = {code for _, code in calls(frozenset({"Fault"}))}
    codes |= {*CODES.values(), *UNIQUE.values(), *READER.values(), OTHER, BROKEN, UNCLEAR, "syntax", "rule_error"}
    assert _keys(language, "validity-fault-") == codes


@pytest.mark.parametrize("language", LANGUAGES)
def test_published_tests_in_words(shared: Path, language: str) -> None:
    """The violations of every published test are told whole: no value is missing, nothing is left to fill in."""
    told = 0
    for case in validity.cases():
        for violation in validity.judged(case).violations:
            text = fault_text(violation, language)
            assert text
            assert "{" not in text
            assert rule_title(violation.rule, language)
            told += 1
    assert told >= 300


def test_numbers_and_gaps() -> None:
    """A number is told in short, and a value that is not there by a dash."""
    violation = Violation("GRF005", "scale", 22, "IfcMapConversion", "", {"value": 0.30480060960121924, "limit": None})
    text = fault_text(violation, "en")
    assert "0.30480061" in text
    assert "–" in text
    assert place_text(violation) == "#22 IfcMapConversion"
