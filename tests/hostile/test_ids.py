"""A model that gives an entity, or no number, where an IDS document asks for a value."""

import json
from pathlib import Path

import pytest

from bim.ids.check import check
from bim.ids.document import Attribute, Document, Entity, Info, Property, Requirement, Restriction, Specification
from bim.ids.write import write
from bim.refusals import RefusedError
from tests.bim.files import step

pytestmark = pytest.mark.slow

WALL = "#1=IFCWALL('0000000000000000000001',$,'w',$,$,$,$,$,$);"
REQUIRED = (
    Requirement(Attribute("Name", "x")),
    Requirement(Property("P", "p", Restriction("xs:double", min_inclusive="1"), "IFCREAL")),
)
ASKED = Document(Info("asked"), (Specification("a wall", ("IFC4",), (Entity("IFCWALL"),), REQUIRED),))
PROPERTY = (
    "#2=IFCPROPERTYSINGLEVALUE('p',$,IFCREAL({}),$);", "#3=IFCPROPERTYSET('0000000000000000000002',$,'P',$,(#2));",
    "#4=IFCRELDEFINESBYPROPERTIES('0000000000000000000003',$,$,$,(#1),#3);",
)  # fmt: skip


@pytest.mark.parametrize("name", ["#1", "5", ".T.", "('a')", "IFCLABEL('a')", "$"])
@pytest.mark.parametrize("value", ["-1.E300", "#1", "'x'", "$", ".U."])
def test_the_report_is_plain_json_or_a_refusal(tmp_path: Path, name: str, value: str) -> None:
    (tmp_path / "asked.ids").write_bytes(write(ASKED))
    model = tmp_path / "model.ifc"
    model.write_bytes(step(WALL.replace("'w'", name), *(line.format(value) for line in PROPERTY)))
    try:
        report = check(model, tmp_path / "asked.ids")
    except RefusedError as refused:
        assert refused.code in ("invalid_model", "unreadable", "entities_lost")  # noqa: PT017 - so is a report
        return
    body = json.loads(report.to_json(), parse_constant=lambda name: pytest.fail(f"{name} is no number of JSON"))
    assert body
    assert [verdict.status for verdict in report.verdicts] == ["fail"]


@pytest.mark.parametrize("global_id", ["#2", "5", "$", ".T."])
def test_what_stands_for_a_global_id_is_none(tmp_path: Path, global_id: str) -> None:
    (tmp_path / "asked.ids").write_bytes(write(ASKED))
    model = tmp_path / "model.ifc"
    wall = WALL.replace("'0000000000000000000001'", global_id)
    model.write_bytes(step(wall, *(line.format("0.") for line in PROPERTY)))
    (verdict,) = check(model, tmp_path / "asked.ids").verdicts
    assert {unmet.global_id for unmet in verdict.failures} == {None}
    assert verdict.status == "fail"
