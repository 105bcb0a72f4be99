"""BCF of both versions is what the published schemas ask, opens in a reader of others, and looks at its elements."""

import io
import itertools
import warnings
import zipfile
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from bcf.bcfxml import load
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bim.bcf import VERSIONS, Project, Topic, Version, write
from bim.bcf.topics import MOST_COMPONENTS
from bim.findings import Finding, Outcome
from bim.report import ModelInfo, Report
from permits.review.kept import clauses_of
from permits.review.topics import bcf_of
from tests.bcf.oracle import MODELS, of_document, problems
from tests.review.test_samples import checked

DAY = date(2026, 11, 1)
PROJECT = Project("p.ifc", "me", DAY)
GUID = "2O2Fr$t4X7Zf8NOew3FL9r"
FILES = ("planted-violations.ifc", "cannot-be-judged.ifc", "complies.ifc")


def of_sample(file: str, version: Version, language: str = "ar") -> tuple[Report, bytes]:
    report = checked(file)
    return report, bcf_of(report, language=language, clauses=clauses_of(report), version=version)


def documents(raw: bytes, ending: str) -> list[ET.Element]:
    archive = zipfile.ZipFile(io.BytesIO(raw))
    return [ET.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith(ending)]  # noqa: S314 - our own


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("file", FILES)
def test_a_report_s_file_is_what_the_schemas_ask(file: str, language: str, version: Version) -> None:
    report, raw = of_sample(file, version, language)
    assert problems(raw, version) == []
    assert len(documents(raw, "markup.bcf")) == len(report.of(Outcome.FAIL, Outcome.UNDECIDED))
    assert raw == of_sample(file, version, language)[1]


@pytest.mark.parametrize("version", VERSIONS)
def test_another_reader_opens_it(version: Version, tmp_path: Path) -> None:
    report, raw = of_sample("planted-violations.ifc", version)
    path = tmp_path / "report.bcf"
    path.write_bytes(raw)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the reader's own deprecations
        opened: Any = load(path)
    with opened:
        assert opened.version.version_id == version
        assert opened.project.name == "planted-violations.ifc"
        assert len(opened.topics) == len(report.of(Outcome.FAIL))
        looked_at = set()
        for handler in opened.topics.values():
            for view in handler.viewpoints.values():
                info = view.visualization_info
                looked_at |= {component.ifc_guid for component in info.components.selection.component}
                assert info.perspective_camera.field_of_view == 60
        assert looked_at == {element for finding in report.of(Outcome.FAIL) for element in finding.elements}


TEXTS = st.text(max_size=20)
TOPICS = st.builds(
    Topic,
    key=TEXTS,
    title=TEXTS.map(lambda text: f"t{text}"),
    description=TEXTS,
    elements=st.lists(st.sampled_from([GUID, "#17", "", "x" * 22, '"<&>'])).map(tuple),
    severity=st.sampled_from(["error", "warning", "undecided"]),
    box=st.none() | st.just((0.0, 0.0, 0.0, 1.0, 2.0, 3.0)),
    labels=st.lists(TEXTS.map(lambda text: f"l{text}"), unique=True).map(tuple),
    snapshot=st.sampled_from([b"", b"\x89PNG"]),
    spaces=st.booleans(),
)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@example([Topic("k", "t", "  ")], "", "3.0")
@given(st.lists(TOPICS, max_size=4), TEXTS, st.sampled_from(VERSIONS))
def test_whatever_the_texts_hold_the_file_is_good(topics: list[Topic], name: str, version: Version) -> None:
    raw = write(topics, project=Project(f"n{name}", "me", DAY), version=version)
    assert problems(raw, version) == []
    assert len(documents(raw, "markup.bcf")) == len(topics)  # topics of one key are told apart


@pytest.mark.parametrize(
    ("member", "old", "new", "problem"),
    [
        ("markup.bcf", "<Title>t</Title>", "", "no ('Element', 'Title')"),
        ("markup.bcf", 'TopicType="Error"', "", "no ('Attribute', 'TopicType')"),
        ("markup.bcf", "<Title>t</Title>", "<Title>t</Title><Title>t</Title>", "Title twice"),
        ("markup.bcf", "<Title>t</Title>", "<Title> </Title>", "Title: empty"),
        ("markup.bcf", "T00:00:00Z", "", "is no date"),
        ("markup.bcf", "snapshot.png", "other.png", "no Snapshot"),
        ("markup.bcf", 'TopicStatus="Open"', 'TopicStatus="Shut"', "Shut is not listed"),
        ("markup.bcf", "<Label>l</Label>", "<Label>m</Label>", "m is not listed"),
        ("viewpoint.bcfv", GUID, GUID[1:], "21 characters"),
        ("viewpoint.bcfv", "<AspectRatio>1.3333</AspectRatio>", "", "no ('Element', 'AspectRatio')"),
        ("viewpoint.bcfv", 'DefaultVisibility="true"', 'Visible="true"', "unknown attribute Visible"),
        ("viewpoint.bcfv", "<Selection>", "<Lines/><Selection>", "unknown element Lines"),
        ("bcf.version", "VersionId", "Version", "no ('Attribute', 'VersionId')"),
    ],
)
def test_the_oracle_finds_what_is_wrong(member: str, old: str, new: str, problem: str) -> None:
    topic = Topic("k", "t", "d", (GUID,), box=(0, 0, 0, 1, 1, 1), labels=("l",), snapshot=b"\x89PNG")
    good = zipfile.ZipFile(io.BytesIO(write([topic], project=PROJECT, version="3.0")))
    broken = io.BytesIO()
    with zipfile.ZipFile(broken, "w") as archive:
        for name in good.namelist():
            content = good.read(name)
            assert not name.endswith(member) or old.encode() in content
            archive.writestr(name, content.replace(old.encode(), new.encode()) if name.endswith(member) else content)
    assert any(problem in found for found in problems(broken.getvalue(), "3.0"))


def test_the_oracle_minds_the_order() -> None:
    swapped = b'<Components><Visibility DefaultVisibility="true"/><Selection/></Components>'
    assert of_document(swapped, MODELS["3.0"].Components) == ["Components: Selection out of order"]


@pytest.mark.parametrize("version", VERSIONS)
def test_the_camera_of_a_topic_looks_at_its_elements(version: Version) -> None:
    report, raw = of_sample("planted-violations.ifc", version)
    for view in documents(raw, ".bcfv"):
        boxes = np.array([report.boxes[str(c.get("IfcGuid"))] for c in view.iter("Component")])
        eye, along = (
            np.array([float(str(view.findtext(f"PerspectiveCamera/{part}/{axis}"))) for axis in "XYZ"])
            for part in ("CameraViewPoint", "CameraDirection")
        )
        middle = (boxes[:, :3].min(axis=0) + boxes[:, 3:].max(axis=0)) / 2
        ahead = middle - eye
        assert np.linalg.norm(np.cross(ahead, along)) < 0.01
        assert ahead @ along > 0
        for box in boxes:  # every corner lies in the cone of the view
            for corner in itertools.product(*zip(box[:3], box[3:], strict=True)):
                to = np.array(corner) - eye
                assert to @ along / np.linalg.norm(to) > np.cos(np.radians(30.01))


def test_a_topic_shows_its_picture_and_says_how_to_put_it_right() -> None:
    report, raw = of_sample("planted-violations.ifc", "2.1")
    archive = zipfile.ZipFile(io.BytesIO(raw))
    pictures = {archive.read(name) for name in archive.namelist() if name.endswith("snapshot.png")}
    assert pictures
    assert pictures <= set(report.pictures.values())
    (material,) = [m for m in documents(raw, "markup.bcf") if "BIM-603" in str(m.findtext("Topic/Title"))]
    assert "أعط العنصر مادته" in str(material.findtext("Topic/Description"))
    assert [label.text for label in material.iter("Labels")] == ["العمارة", "3"]


def test_topics_keep_their_identity_while_their_elements_change() -> None:
    def guids(*elements: str) -> list[str]:
        findings = (Finding("BIM-603", Outcome.FAIL, "c", elements=elements),)
        report = Report(ModelInfo("a.ifc", "", 0), DAY, findings=findings)
        raw = bcf_of(report, language="en", clauses=clauses_of(report))
        return [str(markup.find("Topic").get("Guid")) for markup in documents(raw, "markup.bcf")]  # type: ignore[union-attr]  # there is one

    assert guids(GUID, "x" * 22) == guids(GUID)


def test_spaces_are_shown_where_a_topic_speaks_of_them() -> None:
    _, raw = of_sample("planted-violations.ifc", "3.0")
    shown = [view.find("Components/Visibility/ViewSetupHints") is not None for view in documents(raw, ".bcfv")]
    assert 0 < sum(shown) < len(shown)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_selection_is_no_longer_than_viewers_expect(version: Version) -> None:
    many = tuple(f"0{number:021}" for number in range(MOST_COMPONENTS + 5))
    (view,) = documents(write([Topic("k", "t", "d", many)], project=PROJECT, version=version), ".bcfv")
    assert len(view.findall("Components/Selection/Component")) == MOST_COMPONENTS


def test_without_shapes_the_camera_looks_at_origins_and_is_left_out_where_nothing_is_known() -> None:
    (unknown,) = documents(write([Topic("k", "t", "d", (GUID,))], project=PROJECT), ".bcfv")
    assert unknown.find("PerspectiveCamera") is None
    point = Topic("k", "t", "d", (GUID,), box=(1, 1, 1, 1, 1, 1))
    (near,) = documents(write([point], project=PROJECT), ".bcfv")
    assert near.find("PerspectiveCamera") is not None
    assert documents(write([Topic("k", "t", "d")], project=PROJECT), ".bcfv") == []
