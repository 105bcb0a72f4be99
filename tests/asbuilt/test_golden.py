"""The twin with planted deviations: all of them are found, and nothing else; a twin without any finds nothing."""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from bim.asbuilt.deviation import Deviation
from bim.asbuilt.report import AsBuilt
from bim.findings import Outcome
from permits.asbuilt.check import check_as_built
from sample_models import as_built
from sample_models.building import build
from sample_models.samples import COMPLIES
from tests.bim.files import ROOT

SAMPLES = ROOT / "sample_models"
MANIFEST: dict[str, Any] = yaml.safe_load((SAMPLES / "as_built" / "manifest.yaml").read_text(encoding="utf-8"))
PERMITTED, BUILT = SAMPLES / "models" / MANIFEST["permitted"], SAMPLES / "as_built" / MANIFEST["built"]
DAY = date.fromisoformat(str(MANIFEST["on"]))


@cache
def found(permitted: Path, built: Path) -> AsBuilt:
    zone = SAMPLES / "zone" / "zone.gpkg"
    return check_as_built(permitted, built, layers=zone, plot=MANIFEST["plot"], on=DAY)


def key(deviation: Deviation) -> tuple[str, str | None, str]:
    """Of the edges only the role is in the manifest, of storeys ABT-01 names the kind."""
    subject = deviation.finding.subject.partition(":")[0]
    return deviation.code, deviation.finding.storey, "" if deviation.code == "ABT-01" else subject


@pytest.mark.slow
def test_all_planted_deviations_are_found_and_nothing_else() -> None:
    ours = {key(deviation): deviation for deviation in found(PERMITTED, BUILT).of(Outcome.FAIL)}
    assert set(ours) == {(row["rule"], row["storey"], row["subject"]) for row in MANIFEST["deviations"]}
    assert found(PERMITTED, BUILT).of(Outcome.UNDECIDED) == []
    for row in MANIFEST["deviations"]:
        deviation = ours[row["rule"], row["storey"], row["subject"]]
        assert deviation.finding.unit == row["unit"]
        for name in ("permitted", "built", "area"):
            expected = row[name]
            assert getattr(deviation, name) == (None if expected is None else pytest.approx(expected, abs=2e-3)), row
        assert deviation.direction == ("more" if row["built"] > row["permitted"] else "less")
        if row["elements"]:
            assert list(deviation.finding.elements) == row["elements"]


def test_the_generator_writes_the_committed_bytes(tmp_path: Path) -> None:
    for path in as_built.generate(tmp_path):
        assert path.read_bytes() == (SAMPLES / "as_built" / path.name).read_bytes()


def test_where_they_differ_is_told_as_geometry() -> None:
    from permits.asbuilt.map import region

    outside = region(found(PERMITTED, BUILT).differences["projection"]["outside"])
    assert sorted(round(part.area, 2) for part in outside.geoms) == [2.4, 4.8]
    assert all(region(rings["lacking"]).is_empty for rings in found(PERMITTED, BUILT).differences.values())


@pytest.mark.slow
def test_a_twin_from_another_hand_differs_in_nothing(tmp_path: Path) -> None:
    twin = tmp_path / "twin.ifc"
    build(replace(COMPLIES, key="twin"), twin)
    assert twin.read_bytes() != PERMITTED.read_bytes()
    assert {d.finding.outcome for d in found(PERMITTED, twin).deviations} == {Outcome.PASS}


def test_the_older_schema_in_millimetres_differs_in_nothing() -> None:
    old = SAMPLES / "models" / "complies-ifc2x3-mm.ifc"
    assert {d.finding.outcome for d in found(PERMITTED, old).deviations} == {Outcome.PASS}
    assert found(PERMITTED, old).frame == "grid"


@pytest.mark.slow
def test_less_than_permitted_is_told_and_passes_where_the_clause_counts_only_more() -> None:
    report = found(BUILT, PERMITTED)
    assert {d.code for d in report.of(Outcome.FAIL)} == {"ABT-01", "ABT-02"}
    less = [d for d in report.of(Outcome.PASS) if d.direction == "less"]
    assert {d.code for d in less} == {"ABT-03", "ABT-05", "ABT-06", "ABT-07", "ABT-08", "ABT-10"}
    lacking = {d.finding.subject: d.area for d in less if d.code == "ABT-05"}
    assert lacking == {"ground": pytest.approx(4.8), "envelope": pytest.approx(4.8), "projection": pytest.approx(7.2)}


@pytest.mark.slow
def test_without_a_plot_setbacks_and_neighbours_are_undecided() -> None:
    report = check_as_built(PERMITTED, PERMITTED, layers=None, plot=None, on=DAY)
    assert {d.code: d.finding.reason and d.finding.reason.code for d in report.of(Outcome.UNDECIDED)} == {
        "ABT-09": "no_plot", "ABT-10": "no_plot",
    }  # fmt: skip


@pytest.mark.slow
def test_models_with_no_georeference_in_common_are_compared_by_what_needs_none() -> None:
    report = found(PERMITTED, SAMPLES / "models" / "cannot-be-judged.ifc")
    assert (report.frame, report.differences) == ("", {})
    apart = {
        d.code for d in report.of(Outcome.UNDECIDED) if d.finding.reason and d.finding.reason.code == "frames_differ"
    }
    assert apart == {"ABT-04", "ABT-05"}
    assert {d.code for d in report.of(Outcome.PASS)} >= {"ABT-01", "ABT-02", "ABT-03", "ABT-07", "ABT-08"}


def test_the_report_survives_its_own_json() -> None:
    report = found(PERMITTED, BUILT)
    assert AsBuilt.from_json(report.to_json()).to_json() == report.to_json()
    with pytest.raises(ValueError, match="rukhsa-as-built"):
        AsBuilt.from_json(b"{}")
