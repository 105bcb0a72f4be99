"""docs/report-format.md says what a real report holds."""

import json
from pathlib import Path

import pytest

from bim.report import Report
from tests.review.test_samples import checked
from tests.review.test_texts import LAND, MEASURES, REASONS, REFUSALS

DOCS = Path(__file__).parents[2] / "docs"
DOCUMENT = (DOCS / "report-format.md").read_text(encoding="utf-8")


def documented(code: str) -> bool:
    return f"`{code}`" in DOCUMENT


def test_the_keys_of_a_real_report_are_documented_in_their_order() -> None:
    report = json.loads(checked("planted-violations.ifc").to_json())
    rows = [line.split("|")[1] for line in DOCUMENT.splitlines() if line.startswith("| `")]
    listed = [key.strip("` ") for row in rows[: len(report)] for key in row.split(",")]
    assert listed[: len(report)] == list(report)
    for part in ("model", "plot", "placement"):
        assert all(documented(key) for key in report[part]), part
    for part in ("storeys", "measures", "findings", "packs"):
        assert all(documented(key) for key in report[part][0]), part
    assert all(documented(key) for key in next(iter(report["elements"].values())))
    assert set(report["outlines"]) == {"ground", "envelope", "projection"}


@pytest.mark.parametrize("code", sorted(MEASURES))
def test_every_measure_is_documented(code: str) -> None:
    assert f"| `{code}` |" in (DOCS / "measures.md").read_text(encoding="utf-8")


def test_every_reason_and_refusal_is_in_the_generated_page() -> None:
    page = (DOCS / "errors.md").read_text(encoding="utf-8")
    assert [code for code in sorted(REASONS | REFUSALS - LAND) if f"`{code}`" not in page] == []


def test_floats_are_rounded_and_lists_sorted() -> None:
    report = json.loads(checked("planted-violations.ifc").to_json())
    keys = [(f["rule"], f["storey"] or "", f["subject"], f["elements"]) for f in report["findings"]]
    assert keys == sorted(keys)
    assert all(round(m["value"], 4) == m["value"] for m in report["measures"])
    assert list(report["elements"]) == sorted(report["elements"])


@pytest.mark.parametrize("change", [{"version": 2}, {"format": "other"}])
def test_another_format_or_version_is_not_read(change: dict[str, object]) -> None:
    data = json.loads(checked("complies.ifc").to_json()) | change
    with pytest.raises(ValueError, match="rukhsa-report"):
        Report.from_json(json.dumps(data).encode())
