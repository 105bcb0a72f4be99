"""Every code that a report can hold has its text in every language."""

import re
from pathlib import Path

import pytest

from bim.findings import Outcome
from bim.measures import DEFINITIONS
from bim.measures.registry import Group
from permits.i18n import LANGUAGES, known

ROOT = Path(__file__).parents[2]
SOURCES = [path for folder in ("bim", "gis") for path in (ROOT / folder).rglob("*.py")]
REVIEW = [ROOT / "bim" / name for name in ("confined.py", "inspect.py", "review.py")]


def codes(pattern: str, sources: list[Path] = SOURCES) -> set[str]:
    return {code for path in sources for code in re.findall(pattern, path.read_text(encoding="utf-8"))}


REASONS = codes(r'(?:\bReason|undecided|not_applicable)\(\s*"([a-z_0-9]+)"') | {
    *codes(r'"(no_[a-z]+)"\) for'),
    *codes(r'missing or "([a-z_]+)"'),
    *codes(r', "(door_use_unknown)"'),
    *codes(r'missing: str = "([a-z_]+)"'),
    "geometry_crashed",
    "geometry_off",
    "geometry_too_long",
}
LAND = codes(r'    code = "([a-z_]+)"', [ROOT / "gis" / "errors.py"])
REFUSALS = codes(r'RefusedError\("([a-z_]+)"') | LAND | {"memory_limit"}
MEASURES = set(DEFINITIONS)
UNITS = {"m", "m2", "ratio", "count", "deg", "ppm"}


def keys() -> list[str]:
    groups = {
        "reason": REASONS, "refusal": REFUSALS, "measure": MEASURES, "group": set(Group), "unit": UNITS,
        "outcome": set(Outcome),
    }  # fmt: skip
    return sorted(f"review-{group}-{code}" for group, found in groups.items() for code in found)


def test_the_codes_are_found_in_the_sources() -> None:
    assert {"near_limit", "no_georeference", "elements_lost", "no_riser", "no_width"} <= REASONS
    assert {"half_file", "schema_unsupported", "unknown_plot"} <= REFUSALS
    assert {"setback", "storey_area", "height"} <= MEASURES


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", keys())
def test_it_has_a_text(language: str, key: str) -> None:
    assert known(language, key)


def test_both_languages_have_the_same_keys() -> None:
    sets = []
    for language in LANGUAGES:
        text = (ROOT / "permits" / "locale" / language / "review.ftl").read_text(encoding="utf-8")
        sets.append(set(re.findall(r"^([a-z0-9_-]+) =", text, re.MULTILINE)))
    assert sets[0] == sets[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_stage_of_a_review_has_its_words(language: str) -> None:
    stages = codes(r'progress\("([a-z]+)"', REVIEW) | {"queued", "starting", "finished"}
    assert stages >= {"scan", "open", "geometry", "rules"}
    assert [stage for stage in stages if not known(language, f"stage-{stage}")] == []
