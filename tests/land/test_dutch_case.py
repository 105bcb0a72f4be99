"""From an office's layers to a verdict by commands alone: real parcels, a real model, tie points, invented sheets."""

import json
import math
from pathlib import Path
from typing import Any

import pytest
import shapely
import trimesh
from shapely import Polygon
from shapely.affinity import affine_transform

from api.cli import main
from bim.report import Report
from gis.envelope import envelope
from gis.errors import NoFront
from gis.planning import load_zone, site_for
from gis.site import EdgeRole, Site
from tests.review.test_real_parcel import DAY, drawn

MODEL = "AC20-FZK-Haus"


@pytest.fixture(scope="module")
def plot(rotterdam: Path) -> Site:
    """The first parcel in whose envelope the house has room: about 12 by 10 m, 14 by 12 with its eaves."""
    for known in load_zone(rotterdam).plots:
        if not 400 < known.polygon.area < 3000:
            continue
        try:
            site = site_for(rotterdam, known.number, on=DAY)
        except NoFront:
            continue
        stack = envelope(site).stack
        if stack and not stack[0].region.buffer(-9.5).is_empty:
            return site
    pytest.fail("no parcel has room")


def _place(plot: Site) -> tuple[list[float], list[str]]:
    """Where the house is put, as shapely takes it, and two tie points that say so, read to the millimetre."""
    middle = envelope(plot).stack[0].region.buffer(-9.5).representative_point()
    ground = drawn(MODEL)["ground"].centroid
    turn = math.radians(23.0)
    c, s = math.cos(turn), math.sin(turn)
    east, north = middle.x - c * ground.x + s * ground.y, middle.y - s * ground.x - c * ground.y
    corners = [(-1.0, -1.0), (13.0, -1.0), (13.0, 11.0)]
    ties = [f"{x},{y},0={east + c * x - s * y:.3f},{north + s * x + c * y:.3f},0.5" for x, y in corners]
    return [c, -s, s, c, east, north], ties


@pytest.fixture(scope="module")
def report(shared: Path, rotterdam: Path, plot: Site, tmp_path_factory: pytest.TempPathFactory) -> Report:
    out = tmp_path_factory.mktemp("out")
    _, ties = _place(plot)
    said = ["check", str(shared / "ifc" / f"{MODEL}.ifc"), "--layers", str(rotterdam), "--plot", plot.plot]
    said += ["--on", DAY.isoformat(), "--json", str(out / "r.json"), "--html", str(out / "r.html"), "--lang", "ar"]
    assert main([*said, *(part for tie in ties for part in ("--tie", tie))]) == 1  # no model meets a guide unread
    return Report.from_json((out / "r.json").read_bytes())


@pytest.mark.slow
def test_the_house_stands_where_the_surveyor_put_it(report: Report, plot: Site) -> None:
    assert report.placement is not None
    assert (report.placement.method, report.placement.grid) == ("tie_points", "EPSG:28992")
    ground = affine_transform(drawn(MODEL)["ground"], _place(plot)[0])
    ((outer, *_),) = report.outlines["ground"]
    assert Polygon(outer).symmetric_difference(ground).area < 0.05
    measured = {m.subject: m.value for m in report.measures if m.name == "setback"}
    for role in EdgeRole:
        if plot.edges_of(role):
            least = min(ground.distance(edge.line) for edge in plot.edges_of(role))
            assert measured[role.value] == pytest.approx(least, abs=0.003)


def test_planning_rules_decide_on_it(report: Report) -> None:
    """Coverage is left open: the attic's walls end below its roof, so that its outline is a guess."""
    asked = ("PLOT-01", "SET-01", "SET-02", "HGT-01", "COV-01")
    decided = {f.rule: f.outcome.value for f in report.findings if f.rule in asked}
    assert decided == {**dict.fromkeys(asked, "pass"), "COV-01": "undecided"}
    storeys = [volume for volume in report.volumes if volume.kind == "storey"]
    assert [round(volume.top - volume.bottom, 1) for volume in storeys] == [2.7, 3.6]
    assert not [volume for volume in report.volumes if volume.kind.startswith("beyond_")]


def test_the_sun_of_rotterdam_stands_lower_than_that_of_damascus(report: Report) -> None:
    noon = next(s for s in report.shadows if (s.day, s.at) == ("summer_solstice", "12:30"))
    assert noon.elevation < 90 - 51.9 + 23.5


def test_the_plot_is_stated_on_paper_and_drawn(rotterdam: Path, plot: Site, tmp_path: Path) -> None:
    out = {kind: tmp_path / f"plot.{kind}" for kind in ("pdf", "glb", "cityjson", "geojson")}
    options = [part for kind, path in out.items() for part in (f"--{kind}", str(path))]
    assert main(["plot", plot.plot, "--layers", str(rotterdam), "--on", DAY.isoformat(), "--lang", "ar", *options]) == 0
    assert out["pdf"].read_bytes()[:5] == b"%PDF-"
    assert "building" in trimesh.load_scene(out["glb"]).geometry
    city: dict[str, Any] = json.loads(out["cityjson"].read_bytes())
    assert city["metadata"]["referenceSystem"].endswith("/28992")
    features = json.loads(out["geojson"].read_bytes())["features"]
    rotterdam = shapely.box(4.3, 51.8, 4.7, 52.0)
    assert all(rotterdam.contains(shapely.geometry.shape(feature["geometry"])) for feature in features)
