"""What faces show of findings on the building and on the map."""

from dataclasses import replace
from functools import partial

import pytest
from shapely import box
from shapely.geometry import shape

from bim.findings import Outcome
from bim.scene.gltf import read_json
from gis.crs import to_display
from permits.i18n import LANGUAGES
from permits.review.casemap import KINDS, case_map
from permits.review.kept import html_of, show_findings
from permits.review.viewing import TEXTS, by_storey, footprints, states_of, states_of_raw, viewer_texts
from permits.review.volumes import region_of
from tests.review.test_samples import checked
from tests.scene.test_scene import building

PLANTED = partial(checked, "planted-violations.ifc")
UNPLACED = partial(checked, "cannot-be-judged.ifc")


def test_an_element_has_the_gravest_of_its_findings() -> None:
    report = PLANTED()
    states = states_of(report)
    failed = {guid for f in report.findings if f.outcome == "fail" and f.severity == "error" for guid in f.elements}
    assert {guid for guid, state in states.items() if state == "error"} == failed
    assert states_of_raw(report.to_json()) == states
    first, *others = report.findings
    doubtful = replace(report, findings=(replace(first, outcome=Outcome.UNDECIDED, elements=("x", "y")), *others))
    assert (states_of(doubtful)["x"], len(states_of(doubtful))) == ("warning", len(states) + 2)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_browser_has_every_text_and_fills_in_what_it_knows(language: str) -> None:
    texts = viewer_texts(language, 3)
    assert set(TEXTS) < set(texts)
    assert all("{length}" in texts["measured"] for _ in texts)
    assert "{storey}" in texts["picked-storey"]
    assert "3" in texts["lost-elements"]


def test_open_findings_stand_under_their_storey() -> None:
    report = PLANTED()
    groups = by_storey(show_findings(report.to_json(), language="ar"))
    assert list(groups)[-1] == ""
    assert sum(map(len, groups.values())) == 15
    assert all(finding.storey == name for name, findings in groups.items() for finding in findings)


@pytest.mark.slow
def test_a_footprint_is_where_the_element_stands() -> None:
    report, scene = PLANTED(), read_json(building())
    guid = next(f.elements[0] for f in report.findings if f.rule == "SET-01")
    (drawn,) = footprints(scene, [guid])["features"]
    outline = to_display(region_of(report.outlines["envelope"]).buffer(0.6), "EPSG:22770")
    assert outline.covers(shape(drawn["geometry"]))
    assert drawn["properties"] == {"kind": "marked"}
    unplaced = {**scene, "scenes": [{"extras": {"grid": ""}}]}
    assert footprints(unplaced, [guid])["features"] == []


def test_the_map_shows_limits_building_and_what_breaks_out() -> None:
    drawn = case_map(PLANTED().to_json(), "ar")
    assert drawn
    kinds = [feature["properties"]["kind"] for feature in drawn["features"]]
    assert set(kinds) <= set(KINDS)
    assert (kinds.count("allowed"), kinds.count("setback")) == (1, 4)
    labels = {f["properties"]["label"] for f in drawn["features"] if f["properties"]["kind"] == "setback"}
    assert labels == {"وجيبة أمامية 5.000 م", "وجيبة جانبية 4.000 م", "وجيبة خلفية 6.000 م"}
    shapes = {
        kind: [shape(f["geometry"]) for f in drawn["features"] if f["properties"]["kind"] == kind] for kind in kinds
    }
    (allowed,) = shapes["allowed"]
    assert all(line.distance(allowed) < 1e-6 for line in shapes["setback"])
    assert all(box(35, 32, 43, 38).contains(one) for several in shapes.values() for one in several)
    ground = shapes["ground"][0]
    assert all(part.area < ground.area / 2 for part in shapes["breakout"])  # what is only too high hides nothing


def test_without_a_place_there_is_no_map() -> None:
    assert case_map(UNPLACED().to_json(), "ar") is None


def test_each_finding_with_elements_leads_to_the_building_where_there_is_a_page() -> None:
    raw = PLANTED().to_json()
    linked = html_of(raw, language="ar", building="/cases/x/building")
    positions = [f.position for f in show_findings(raw, language="ar") if f.outcome == "fail" and f.elements]
    assert all(f"/cases/x/building?finding={at}#finding-{at}" in linked for at in positions)
    assert "/building?" not in html_of(raw, language="ar")
