"""A drawing and its quantities in one archive, as the portal takes them."""

import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bim import archive
from bim.report import Report
from permits.cases import running, scenes
from permits.cases.cases import open_case
from permits.cases.tables import Model, Review
from permits.cases.uploads import suffix_of
from permits.jobs import Context
from permits.land.zones import import_zone
from permits.people.actor import SYSTEM, Role
from permits.registry import register_jobs
from permits.review.check import check_drawing, check_submission
from sample_models import drawing
from tests.bim.files import ROOT
from tests.factories import make_actor

FOLDER = ROOT / "sample_models" / "drawings"
ZONE = ROOT / "sample_models" / "zone" / "zone.gpkg"
ON: dict[str, Any] = {"layers": ZONE, "plot": "103", "on": date(2026, 11, 1)}
FILES = {name: (FOLDER / name).read_bytes() for name in (drawing.DRAWING, drawing.QUANTITIES)}


def packed(folder: Path, files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    path = folder / "dossier.zip"
    with zipfile.ZipFile(path, "w", method) as made:
        for name, raw in files.items():
            made.writestr(name, raw)
    return path


def refusal(path: Path) -> str:
    report = check_submission(path, **ON, name="x.zip")
    assert report.model.name == "x.zip"
    return report.refusal.code if report.refusal else ""


@pytest.mark.slow
def test_an_archive_gives_the_report_of_its_drawing(tmp_path: Path) -> None:
    found = check_submission(packed(tmp_path, FILES), **ON, name="case.zip")
    alone = check_drawing(FOLDER / drawing.DRAWING, FOLDER / drawing.QUANTITIES, **ON, name="case.zip")
    assert found.timed(0).to_json() == alone.timed(0).to_json()


def test_names_in_the_archive_lead_nowhere(tmp_path: Path) -> None:
    files = {f"../../{name}": raw for name, raw in FILES.items()}
    assert refusal(packed(tmp_path, files)) == ""
    assert sorted(path.name for path in tmp_path.parent.glob("complies*")) == []


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({drawing.DRAWING: FILES[drawing.DRAWING]}, "zip_dossier"),
        ({**FILES, "more.txt": b""}, "zip_dossier"),
        ({drawing.DRAWING: FILES[drawing.DRAWING], "other.dxf": b""}, "zip_dossier"),
        ({**FILES, drawing.QUANTITIES: b"floors: many"}, "quantities_wrong"),
        ({**FILES, drawing.DRAWING: b"0\nSECTION\n"}, "drawing_broken"),
        ({**FILES, drawing.DRAWING: b"0" * 10_000_000}, "zip_ratio"),
        ({"model.txt": b""}, "zip_members"),
    ],
)
def test_other_archives_are_refused(tmp_path: Path, files: dict[str, bytes], code: str) -> None:
    assert refusal(packed(tmp_path, files)) == code


def test_a_broken_archive_and_a_strange_method_are_refused(tmp_path: Path) -> None:
    whole = packed(tmp_path, FILES).read_bytes()
    (tmp_path / "dossier.zip").write_bytes(whole[: len(whole) // 2])
    assert not archive.holds_drawing(tmp_path / "dossier.zip")
    assert refusal(tmp_path / "dossier.zip") == "zip_broken"
    assert refusal(packed(tmp_path, FILES, zipfile.ZIP_LZMA)) == "zip_method"


@pytest.mark.slow
def test_the_portals_job_reviews_it(context: Context, tmp_path: Path) -> None:
    register_jobs()
    with context.database.transaction() as session:
        import_zone(session, actor=SYSTEM, storage=context.storage, layers=ZONE)
        engineer = make_actor(session, Role.ENGINEER)
        case = open_case(session, actor=engineer, office="T", zone="FZ-1", plot="103", title="x")
        sha256 = context.storage.keep(packed(tmp_path, FILES))
        kept = Model(case_id=case.id, name="case.zip", size=1, sha256=sha256)
        session.add(kept)
        session.flush()
        review = Review(model_id=kept.id)
        session.add(review)
        session.flush()
        review_id = review.id
    running.run_review(context, review_id=review_id)
    with context.database.reading() as session:
        done = session.get_one(Review, review_id)
        assert (done.state, done.report_sha256 is not None) == ("done", True)
        report = Report.from_json(context.storage.read(done.report_sha256 or ""))
    assert (report.model.name, report.verdict) == ("case.zip", "undecided")
    scenes.run_scene(context, review_id=review_id)
    with context.database.reading() as session:
        kept = scenes.scene_of(session, case_id=session.get_one(Model, review.model_id).case_id)
    assert kept.building is None  # a drawing has no elements: its building stands among the volumes
    assert b'"storey"' in context.storage.read(kept.around or "")


def test_a_submission_is_taken_out_under_its_own_ending() -> None:
    assert [suffix_of(name) for name in ("a.zip", "b.IFCZIP", "c.ifc", "d", "e.exe")] == [
        ".zip", ".ifczip", ".ifc", ".ifc", ".ifc",
    ]  # fmt: skip
