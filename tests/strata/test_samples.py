"""The sample buildings are divided as their manifest says."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from bim.findings import Outcome
from bim.strata.report import Strata
from permits.strata.check import divide_model
from tests.bim.files import ROOT

SAMPLES = ROOT / "sample_models"
MANIFEST: dict[str, Any] = yaml.safe_load((SAMPLES / "manifest.yaml").read_text(encoding="utf-8"))
MODELS = {model["file"]: model for model in MANIFEST["models"] if model["sections"]}
DAY = date.fromisoformat(str(MANIFEST["on"]))


@cache
def divided(file: str) -> Strata:
    zone = SAMPLES / MANIFEST["zone"]
    return divide_model(SAMPLES / "models" / file, layers=zone, plot=MODELS[file]["plot"], on=DAY)


@pytest.mark.slow
@pytest.mark.parametrize("file", MODELS)
def test_sections_have_the_areas_and_shares_of_the_manifest(file: str) -> None:
    ours = {section.number: section for section in divided(file).sections}
    assert list(ours) == [expected["number"] for expected in MODELS[file]["sections"]]
    for expected in MODELS[file]["sections"]:
        section = ours[expected["number"]]
        assert (section.kind, section.shares) == (expected["kind"], expected["shares"])
        assert [part.storey for part in section.parts] == [expected["storey"]]
        assert section.net == pytest.approx(expected["net"], abs=1e-3)
        assert section.open == pytest.approx(expected["open"], abs=1e-3)
        # The right dwelling has the whole of the wall to the shaft beside the lift, which is no space: 0.3 m².
        assert section.mid_wall == pytest.approx(expected["mid_wall"], abs=0.02 if int(section.number) % 2 else 0.35)
        assert section.gross == pytest.approx(expected["gross"], abs=0.02 if int(section.number) % 2 else 0.35)


@pytest.mark.parametrize("file", MODELS)
def test_all_checks_pass_and_every_storey_closes(file: str) -> None:
    report = divided(file)
    assert {finding.outcome for finding in report.findings} == {Outcome.PASS}
    assert {finding.rule for finding in report.findings} == {"SEC-01", "SEC-02", "SEC-03", "SEC-04", "SEC-05"}
    assert sum(section.shares or 0 for section in report.sections) == 2400
    for row in report.closures:
        assert row.sections + row.common + row.unassigned + row.void == pytest.approx(row.gross, abs=0.01)
        assert row.void == pytest.approx(2.1 if row.sections else 0.0, abs=1e-3)  # the shaft beside the lift


def test_common_parts_are_listed_with_their_use() -> None:
    uses = [part.use for part in divided("complies.ifc").common]
    counted = {use: uses.count(use) for use in sorted(set(uses))}
    assert counted == {
        "corridor": 4, "lift": 5, "light_well": 4, "parking_aisle": 1, "parking_bay": 10, "roof": 1, "stair": 5,
    }  # fmt: skip


def test_both_schemas_of_one_design_are_divided_alike() -> None:
    new, old = ([(s.number, s.net, s.mid_wall, s.gross, s.shares) for s in divided(f).sections]
                for f in ("complies.ifc", "complies-ifc2x3-mm.ifc"))  # fmt: skip
    for one, other in zip(new, old, strict=True):
        assert one[0] == other[0]
        assert one[1:] == pytest.approx(other[1:], abs=2e-3)


def test_the_report_survives_its_own_json() -> None:
    report = divided("complies.ifc")
    assert Strata.from_json(report.to_json()).to_json() == report.to_json()
    with pytest.raises(ValueError, match="rukhsa-strata"):
        Strata.from_json(b"{}")


def test_sections_of_a_storey_do_not_overlap_in_their_legal_spaces() -> None:
    from shapely import MultiPolygon, Polygon

    spaces: dict[str, list[Any]] = {}
    for section in divided("complies.ifc").sections:
        for part in section.parts:
            spaces.setdefault(part.storey, []).append(MultiPolygon([Polygon(r[0], r[1:]) for r in part.region]))
    for left, right in spaces.values():
        assert left.intersection(right).area < 0.01


def test_a_real_model_without_zones_is_undecided(shared: Path) -> None:
    report = divide_model(shared / "ifc" / "AC20-FZK-Haus.ifc", layers=None, plot=None, on=DAY)
    assert {f.outcome for f in report.findings} == {Outcome.UNDECIDED}
    assert {f.reason.code for f in report.findings if f.reason} == {"no_sections"}


@pytest.mark.slow
def test_real_models_whose_rooms_are_made_sections_close(shared: Path, tmp_path: Path) -> None:
    import ifcopenshell
    import ifcopenshell.guid

    model: Any = ifcopenshell.open(shared / "ifc" / "AC11-Institute-Var-2-IFC.ifc")
    spaces = model.by_type("IfcSpace")
    for number, half in enumerate((spaces[::2], spaces[1::2]), 1):
        zone = model.create_entity("IfcZone", ifcopenshell.guid.new(), Name=str(number), ObjectType="office")
        model.create_entity("IfcRelAssignsToGroup", ifcopenshell.guid.new(), RelatedObjects=half, RelatingGroup=zone)
    model.write(str(tmp_path / "zoned.ifc"))
    report = divide_model(tmp_path / "zoned.ifc", layers=None, plot=None, on=DAY)
    assert len(report.closures) > 2  # the attic's outline is open, which leaves the shares undecided
    for row in report.closures:
        assert row.sections + row.common + row.unassigned + row.void == pytest.approx(row.gross, rel=2e-3)
