"""Drawings in other units, with ties, Arabic layers, faults and hostile bytes; quantities that are missing or wrong."""

import json
import math
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import ezdxf
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from api.cli import main
from bim.drawings.check import review_drawing
from bim.drawings.layers import Meaning, meaning
from bim.drawings.quantities import Quantities, read_quantities
from bim.drawings.read import read
from bim.drawings.template import write_drawing, write_template
from bim.findings import Finding, Outcome
from bim.guide.pack import guide_in_force
from bim.packs import PackError, code_in_force
from bim.refusals import RefusedError
from bim.report import Report
from permits.review.telling import found
from sample_models import drawing
from sample_models.samples import COMPLIES
from tests.bim import houses
from tests.bim.files import ROOT

DAY = date(2026, 11, 1)
SAMPLES = ROOT / "sample_models"
Ring = Sequence[tuple[float, float]]
PLOT: Ring = [(0, 0), (20, 0), (20, 40), (0, 40)]
HOUSE: Ring = [(5, 7), (15, 7), (15, 27), (5, 27)]
LAYERS: Mapping[str, Sequence[Ring]] = {
    "RUKHSA-PLOT": [PLOT], "RUKHSA-GROUND": [HOUSE], "RUKHSA-STOREY-2": [HOUSE],
    "RUKHSA-PROJECTION-2": [[(8, 6), (12, 6), (12, 7), (8, 7)]],
}  # fmt: skip
SAID: dict[str, Any] = {"floors": 2, "ground_level": 0.5, "storey_heights": [3.2], "height": 6.9,
                        "dwellings": 2, "parking_bays": 2}  # fmt: skip


def judged(path: Path, **said: Any) -> Report:
    values = {**SAID, "storey_heights": (3.2,), **said}
    site = houses.site()
    return review_drawing(path, Quantities(**values), site=site, guide=guide_in_force(DAY), code=code_in_force(DAY),
                          on=DAY)  # fmt: skip


def written(folder: Path, layers: Mapping[str, Sequence[Ring]] = LAYERS, units: int = 6) -> Path:
    path = folder / "house.dxf"
    write_drawing(path, layers)
    if units != 6:
        document = ezdxf.readfile(path)
        document.header["$INSUNITS"] = units
        document.saveas(path)
    return path


def moved(layers: Mapping[str, Sequence[Ring]], degrees: float, dx: float, dy: float, scale: float = 1.0) -> Any:
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return {
        name: [[(scale * (c * x - s * y + dx), scale * (s * x + c * y + dy)) for x, y in ring] for ring in rings]
        for name, rings in layers.items()
    }


def values(report: Report) -> dict[str, float | None]:
    return {f"{f.rule} {f.subject}": f.value for f in report.findings if f.outcome is Outcome.PASS}


def test_a_drawing_in_the_grid_is_judged(tmp_path: Path) -> None:
    found = values(judged(written(tmp_path)))
    assert (found["SET-01 front"], found["SET-02 side"], found["SET-03 rear"]) == (7.0, 5.0, 13.0)
    areas = (found["COV-01 "], found["FAR-01 "])  # of the ground, of which the grid shows 0.16 % less there
    assert areas == pytest.approx((0.25, 0.5), rel=2e-3)
    assert (found["HGT-01 "], found["PRJ-01 "]) == (6.9, pytest.approx(1.0, abs=1e-3))
    assert (found["FLR-01 "], found["PRK-01 "]) == (2, 2)


@pytest.mark.slow
@pytest.mark.parametrize(("degrees", "dx", "dy"), [(0, 500, -300), (37.5, 12, 8), (180, 0, 0)])
def test_a_drawing_of_its_own_is_put_on_the_plot_by_ties(tmp_path: Path, degrees: float, dx: float, dy: float) -> None:
    local = moved(LAYERS, degrees, dx, dy, scale=1000.0)
    corners = local["RUKHSA-PLOT"][0]
    ties = tuple({"drawing": list(corners[n]), "corner": n + 1} for n in (0, 2))
    said = tmp_path / "said.yaml"
    said.write_text(yaml.safe_dump({**SAID, "ties": [{**t, "drawing": list(t["drawing"])} for t in ties]}))
    path = written(tmp_path, local, units=4)
    report = judged(path, ties=read_quantities(said).ties)
    assert report.placement is not None
    assert (report.placement.method, report.placement.residual) == ("tie_points", pytest.approx(0, abs=1e-3))
    plain = values(judged(written(tmp_path)))
    assert values(report) == {key: pytest.approx(value, abs=1e-3) for key, value in plain.items()}


def test_the_residual_of_ties_leaves_what_is_near_the_limit_undecided(tmp_path: Path) -> None:
    house = [(4.2, 7), (15, 7), (15, 27), (4.2, 27)]
    path = written(tmp_path, {**LAYERS, "RUKHSA-GROUND": [house]})
    said = tmp_path / "said.yaml"
    twisted = ((0.0, 0.2), (20.0, -0.2), (20.0, 40.2), (0.0, 39.8))
    rows = [{"drawing": list(point), "corner": n} for n, point in enumerate(twisted, 1)]
    said.write_text(yaml.safe_dump({**SAID, "ties": rows}))
    report = judged(path, ties=read_quantities(said).ties)
    assert report.placement is not None
    assert report.placement.residual == pytest.approx(0.2, abs=0.01)
    side = next(f for f in report.findings if f.rule == "SET-02")
    assert (side.outcome, side.reason and side.reason.code) == (Outcome.UNDECIDED, "near_limit")


def test_a_drawing_beside_the_plot_is_not_placed(tmp_path: Path) -> None:
    report = judged(written(tmp_path, moved(LAYERS, 0, 3.0, 0)))
    reasons = {f.reason.code for f in report.findings if f.rule in ("SET-01", "COV-01", "PRJ-02") and f.reason}
    assert reasons == {"drawing_not_on_plot"}


def test_arabic_layers_arcs_and_circles_are_read(tmp_path: Path) -> None:
    document = ezdxf.new("R2010", units=6)
    space = document.modelspace()
    for layer, ring in (("رخصة-المقسم", PLOT), ("رخصة-أرضي", HOUSE), ("رخصة-طابق-٢", HOUSE)):
        space.add_lwpolyline(ring, close=True, dxfattribs={"layer": layer})
    space.add_circle((10, 17), 1.0, dxfattribs={"layer": "رخصة-منور"})
    space.add_lwpolyline([(8, 27, 0, 0, -1), (12, 27, 0, 0, 0)], close=True, dxfattribs={"layer": "رخصة-بروز"})
    document.saveas(tmp_path / "arabic.dxf")
    found = values(judged(tmp_path / "arabic.dxf"))
    assert found["FAR-01 "] == pytest.approx((400 - 2 * math.pi) / 800, rel=3e-3)
    assert "PRJ-01 " not in found  # the half circle is 2 m deep, and 1.5 m are permitted


@given(st.integers(1, 60))
def test_layers_are_known_by_number_in_either_digits(number: int) -> None:
    arabic = str(number).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    expected = Meaning("ground", 1) if number == 1 else Meaning("storey", number)
    assert meaning(f"rukhsa-storey-{number}") == meaning(f"رخصة-طابق-{arabic}") == expected
    assert meaning(f"RUKHSA-STOREY-{number}X") is None


def test_what_is_not_declared_is_undecided_and_named(tmp_path: Path) -> None:
    report = judged(written(tmp_path), height=None, parking_bays=None)
    reasons = {f.rule: f.reason and (f.reason.code, f.reason.values) for f in report.findings}
    assert reasons["HGT-01"] == ("not_declared", {"name": "height"})
    assert reasons["PRK-01"] == ("not_declared", {"name": "parking_bays"})
    assert not {"height", "parking_bays"} & {m.name for m in report.measures}


@pytest.mark.slow
def test_what_is_not_drawn_is_undecided_until_it_is_declared_not_to_be(tmp_path: Path) -> None:
    flat = {name: rings for name, rings in LAYERS.items() if "PROJECTION" not in name}
    about = {"PRJ-01", "PRJ-02", "PRJ-04", "BSM-01", "BSM-02", "ANX-01", "ANX-02"}
    silent = judged(written(tmp_path, flat))
    assert {f.rule: f.reason and f.reason.code for f in silent.findings if f.rule in about} == dict.fromkeys(
        about, "not_drawn"
    )
    told = judged(written(tmp_path, flat), without=("projection", "basement", "annex"))
    outcomes = {f.rule: f.outcome.value for f in told.findings if f.rule in about}
    assert (outcomes["PRJ-01"], outcomes["PRJ-02"]) == ("pass", "pass")
    assert {outcomes[rule] for rule in ("BSM-01", "BSM-02", "ANX-01", "ANX-02")} == {"not_applicable"}


def test_a_declared_area_that_is_not_the_drawn_one_leaves_the_ratio_undecided(tmp_path: Path) -> None:
    report = judged(written(tmp_path), storey_areas={2: 150.0})
    ratio = next(f for f in report.findings if f.rule == "FAR-01")
    assert ratio.reason is not None
    assert (ratio.reason.code, ratio.reason.values) == (
        "declared_differs", {"storey": 2, "declared": 150.0, "drawn": 200.0},
    )  # fmt: skip


def refusal(path: Path, **said: Any) -> tuple[str, Mapping[str, Any]]:
    report = judged(path, **said)
    assert report.refusal is not None
    return report.refusal.code, report.refusal.values


OPEN: Ring = [(5, 7), (15, 7), (15, 27)]


@pytest.mark.parametrize(
    ("layers", "said", "code"),
    [
        ({"RUKHSA-PLOT": [PLOT]}, {}, "drawing_no_layer"),
        ({"walls": [HOUSE]}, {}, "drawing_no_layer"),
        ({**LAYERS, "RUKHSA-GROUND": [[(5, 7), (15, 27), (15, 7), (5, 27)]]}, {}, "drawing_crossing"),
        ({**LAYERS, "RUKHSA-GROUND": [[(5, 7), (15, 7), (5, 7)]]}, {}, "drawing_crossing"),
        ({**LAYERS, "RUKHSA-GROUND": [[(5, 7), (1e12, 7), (5, 27)]]}, {}, "drawing_far"),
        (LAYERS, {"floors": 3}, "drawing_no_storey"),
        (LAYERS, {"floors": 1}, "drawing_more_storeys"),
        ({**LAYERS, "RUKHSA-BASEMENT": [HOUSE]}, {}, "quantity_missing"),
    ],
)
def test_faults_of_a_drawing_are_refused(tmp_path: Path, layers: Any, said: Any, code: str) -> None:
    assert refusal(written(tmp_path, layers), **said)[0] == code


@pytest.mark.slow
def test_open_lines_blocks_and_missing_units_are_refused_with_their_place(tmp_path: Path) -> None:
    def changed(change: Any) -> Path:
        document = ezdxf.readfile(written(tmp_path))
        change(document)
        document.saveas(tmp_path / "changed.dxf")
        return tmp_path / "changed.dxf"

    on_ground = {"layer": "RUKHSA-GROUND"}
    code, where = refusal(changed(lambda d: d.modelspace().add_lwpolyline(OPEN, dxfattribs=on_ground)))
    assert (code, where["layer"]) == ("drawing_open", "RUKHSA-GROUND")
    assert refusal(changed(lambda d: d.modelspace().add_line((0, 0), (1, 1), dxfattribs=on_ground)))[0] == code

    def block(document: Any) -> None:
        document.blocks.new("house")
        document.modelspace().add_blockref("house", (0, 0), dxfattribs=on_ground)

    assert refusal(changed(block))[0] == "drawing_block"

    def no_unit(document: Any) -> None:
        document.header["$INSUNITS"] = 0

    assert refusal(changed(no_unit))[0] == "drawing_unit"
    assert judged(changed(no_unit), unit="m").refusal is None


@pytest.mark.slow
def test_hostile_files_are_refused_with_a_code(tmp_path: Path) -> None:
    whole = written(tmp_path).read_bytes()
    rubbish = {
        "empty": (b"", "drawing_no_dxf"),
        "ifc": (b"ISO-10303-21;", "drawing_no_dxf"),
        "dwg": (b"AC1027" + bytes(100), "drawing_is_dwg"),
        "half": (whole[: len(whole) // 2], "drawing_broken"),
        "tags": (b"0\nSECTION\n" + b"x\n" * 1000, "drawing_broken"),
    }
    for name, (raw, code) in rubbish.items():
        (tmp_path / name).write_bytes(raw)
        assert refusal(tmp_path / name)[0] == code, name
    assert refusal(tmp_path / "absent.dxf")[0] == "no_file"


SAMPLE = (SAMPLES / "drawings" / drawing.DRAWING).read_bytes()
LINES = SAMPLE.split(b"\n")
WRONG = st.sampled_from([b"", b"0", b"SECTION", b"-1", b"1e400", b"nan", b"\xff"])
DAMAGE = st.lists(st.tuples(st.integers(0, len(LINES) - 1), WRONG), min_size=1, max_size=6)


@settings(max_examples=60, deadline=None)
@given(DAMAGE, st.integers(0, len(LINES)))
def test_a_damaged_drawing_is_read_or_refused(damage: list[tuple[int, bytes]], length: int) -> None:
    import tempfile

    lines = list(LINES)
    for at, line in damage:
        lines[at] = line
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "damaged.dxf"
        path.write_bytes(b"\n".join(lines[:length] if length > len(LINES) // 2 else lines))
        try:
            drawn = read(path, None).drawn
        except RefusedError:
            return
        assert all(one.region.is_valid for one in drawn)


def test_a_drawing_beyond_the_limit_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bim.drawings.check.MAX_BYTES", 1000)
    assert refusal(written(tmp_path)) == ("drawing_too_large", {"limit": 1000})


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        ({"floor": 2}, "unknown_key", ("floor",)),
        ({"floors": None}, "wrong_type", ("floors",)),
        ({"floors": 2.5}, "wrong_type", ("floors",)),
        ({"floors": True}, "wrong_type", ("floors",)),
        ({"height": -1}, "wrong_type", ("height",)),
        ({"height": "high"}, "wrong_type", ("height",)),
        ({"height": float("nan")}, "wrong_type", ("height",)),
        ({"storey_heights": [3, 3, 3]}, "wrong_type", ("storey_heights",)),
        ({"ties": [{"drawing": [0, 0]}]}, "wrong_type", ("ties",)),
        ({"unit": "ell"}, "wrong_type", ("unit",)),
        ({"same_plan": [3]}, "wrong_type", ("same_plan",)),
        ({"without": ["roof"]}, "wrong_type", ("without",)),
    ],
)
def test_wrong_quantities_are_told_with_their_place(tmp_path: Path, change: Any, code: str, where: Any) -> None:
    path = tmp_path / "said.yaml"
    path.write_text(yaml.safe_dump({**SAID, **change}))
    with pytest.raises(PackError) as error:
        read_quantities(path)
    assert [(p.code, p.where) for p in error.value.problems] == [(code, where)]


def test_quantities_of_a_csv_are_those_of_yaml(tmp_path: Path) -> None:
    (tmp_path / "said.csv").write_text(
        "floors,4\nground_level,0.9\nstorey_heights,3.2;3.2;3.2;3.0\nheight,13.5\nsame_plan,3=2;4=2\nstorey_areas,1=260.96\n"
    )
    said = {"floors": 4, "ground_level": 0.9, "storey_heights": [3.2, 3.2, 3.2, 3.0], "height": 13.5,
            "same_plan": {3: 2, 4: 2}, "storey_areas": {1: 260.96}}  # fmt: skip
    (tmp_path / "said.yaml").write_text(yaml.safe_dump(said))
    assert read_quantities(tmp_path / "said.csv") == read_quantities(tmp_path / "said.yaml")


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader_of_quantities(raw: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        for suffix in ("yaml", "csv"):
            path = Path(folder) / f"said.{suffix}"
            path.write_bytes(raw)
            with pytest.raises(PackError):
                read_quantities(path)


def test_the_command_writes_every_form_and_refuses_without_quantities(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sample = SAMPLES / "drawings" / drawing.DRAWING
    place = ["--layers", str(SAMPLES / "zone" / "zone.gpkg"), "--plot", COMPLIES.plot, "--on", DAY.isoformat()]
    out = {kind: tmp_path / f"out.{kind}" for kind in ("json", "html", "xlsx", "pdf", "bcf")}
    options = [part for kind, path in out.items() for part in (f"--{kind}", str(path))]
    said = ["--quantities", str(SAMPLES / "drawings" / drawing.QUANTITIES)]
    assert main(["check", str(sample), *said, *place, *options, "--lang", "ar"]) == 0
    assert "HGT-02" in capsys.readouterr().out
    assert json.loads(out["json"].read_bytes())["model"]["schema"] == "DXF"
    assert all(path.stat().st_size > 500 for path in out.values())
    assert main(["check", str(sample), *place, "--lang", "en"]) == 2
    assert "--quantities" in capsys.readouterr().err


def test_the_template_has_every_layer_and_the_plot(tmp_path: Path) -> None:
    out = tmp_path / "template.dxf"
    place = ["--layers", str(SAMPLES / "zone" / "zone.gpkg"), "--plot", COMPLIES.plot, "--on", DAY.isoformat()]
    assert main(["template-dxf", str(out), *place, "--storeys", "3", "--lang", "en"]) == 0
    document = ezdxf.readfile(out)
    layers = {layer.dxf.name for layer in document.layers}
    assert {"RUKHSA-PLOT", "RUKHSA-GROUND", "RUKHSA-STOREY-2", "RUKHSA-STOREY-3", "RUKHSA-LIGHT-WELL"} <= layers
    assert "RUKHSA-STOREY-4" not in layers
    assert [entity.dxf.layer for entity in document.modelspace()] == ["RUKHSA-PLOT"]
    assert main(["template-dxf", str(out), *place[:3], "999", "--lang", "en"]) == 2
    write_template(out)
    assert refusal(out)[0] == "drawing_no_layer"


@pytest.mark.parametrize("language", ["ar", "en"])
def test_what_was_typed_is_marked_as_declared_where_it_is_judged(language: str) -> None:
    by_method = {method: Finding("HGT-01", Outcome.FAIL, "", 15.0, 14.0, "m", method=method) for method in
                 ("declared", "drawing_and_declared", "drawing")}  # fmt: skip
    said = {method: found(finding, language) for method, finding in by_method.items()}
    assert said["declared"].startswith(said["drawing"])
    assert len({*said.values()}) == 3
