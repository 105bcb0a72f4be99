"""What a schema asks of every entity, and the rules that it states of itself."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import ifcopenshell
import pytest

from bim.validity.express import express_verdict
from bim.validity.facts import Facts
from bim.validity.registry import KEPT
from bim.validity.schema import listen, schema_verdict
from bim.validity.verdicts import Outcome, Verdict

HEADER = (
    "ISO-10303-21;HEADER;FILE_DESCRIPTION((''),'2;1');FILE_NAME('','2020-01-01T00:00:00',(''),(''),'','','');"
    "FILE_SCHEMA(('IFC4'));ENDSEC;DATA;\n"
)
GOOD = "#1=IFCPOSTALADDRESS($,$,$,'x',$,$,$,$,$,$);\n"
ID = "2ZcYtzLnLCrRn_00g093yf"


def _judge(folder: Path, body: str) -> Verdict:
    path = folder / "model.ifc"
    path.write_text(f"{HEADER}{body}\nENDSEC;END-ISO-10303-21;", encoding="ascii")
    listen()
    return schema_verdict(Facts(ifcopenshell.open(str(path))))


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (f"#2=IFCWALL('{ID}',$,$,$,$,$,$,$,.NOPE.);", "value_unknown"),
        ("#2=IFCWALL($,$,$,$,$,$,$,$,$);", "value_missing IfcWall.GlobalId"),
        (f"#2=IFCWALL('{ID}',$,$,$,$,$,$,$,$);\n#3=IFCDOOR('{ID}',$,$,$,$,$,$,$,$,$,$,$,$);", "double_id"),
        ("#2=IFCWALL('short',$,$,$,$,$,$,$,$);", "id_format"),
        (f"#2=IFCWALL('{ID}',$,*,$,$,$,$,$,$);", "value_type IfcWall.Name"),
        ("#2=IFCCARTESIANPOINT((0.,0.,0.),1);", "value_count"),
        ("#2=IFCPOSTALADDRESS($,$,$,$,(),$,$,$,$,$);", "value_type IfcPostalAddress.AddressLines"),
        (f"#2=IFCROOT('{ID}',$,$,$);", "abstract_class"),
    ],
)
def test_kinds(tmp_path: Path, body: str, kind: str) -> None:
    """Each way to break a schema has its code, with the attribute where there is one."""
    verdict = _judge(tmp_path, GOOD + body)
    assert verdict.outcome is Outcome.FAIL
    assert kind in verdict.counts


def test_good(tmp_path: Path) -> None:
    """A model as its schema has it passes, and all its entities were looked at."""
    verdict = _judge(tmp_path, GOOD)
    assert (verdict.outcome, verdict.counts, verdict.subjects) == (Outcome.PASS, {}, 1)


def test_where_and_what(tmp_path: Path) -> None:
    """A violation names the entity and tells the value; no more than a few of a kind are kept."""
    walls = "\n".join(f"#{n}=IFCWALL('{n:022}',$,*,$,$,$,$,$,$);" for n in range(2, 52))
    verdict = _judge(tmp_path, walls)
    assert verdict.counts == {"value_type IfcWall.Name": 50}
    assert len(verdict.violations) == KEPT
    found = verdict.violations[0]
    assert (found.kind, dict(found.values)) == ("IfcWall", {"attribute": "IfcWall.Name", "value": "*"})


def _express(name: str) -> Verdict:
    """Rules of a type, of an entity and of the file are each broken once or not."""
    model = ifcopenshell.file(schema="IFC4")
    if name == "IfcPositiveLengthMeasure.WR1":
        model.createIfcRectangleProfileDef("AREA", None, None, -1.0, 1.0)
    elif name == "IfcTypeObject.NameRequired":
        model.createIfcWallType(ifcopenshell.guid.new(), PredefinedType="SOLIDWALL")
    elif name == "IfcSingleProjectInstance":
        for _ in range(2):
            model.createIfcProject(ifcopenshell.guid.new(), Name="P")
    elif name == "IfcNonNegativeLengthMeasure.NotNegative":
        model.createIfcPropertySingleValue("x", None, model.createIfcNonNegativeLengthMeasure(-1.0))
    return express_verdict(Facts(model))


@pytest.mark.parametrize(
    "name",
    [
        "IfcPositiveLengthMeasure.WR1",
        "IfcTypeObject.NameRequired",
        "IfcSingleProjectInstance",
        "IfcNonNegativeLengthMeasure.NotNegative",
    ],
)
def test_express_rules(name: str) -> None:
    """Rules are told by their name in the schema, wherever the value stands."""
    verdict = _express(name)
    assert verdict.outcome is Outcome.FAIL
    assert f"clause {name}" in verdict.counts


def test_express_good() -> None:
    """An empty model breaks no rule."""
    assert _express("").outcome is Outcome.NOT_APPLICABLE


def test_settings_put_back() -> None:
    """The library's switches are as they were."""
    settings = ifcopenshell.settings
    before = settings.unpack_non_aggregate_inverses, settings.compare_instances_by_value
    _express("IfcTypeObject.NameRequired")
    assert (settings.unpack_non_aggregate_inverses, settings.compare_instances_by_value) == before


@pytest.mark.slow
def test_without_assertions() -> None:
    """Where the interpreter leaves assertions out, nothing is said to hold."""
    code = (
        "import ifcopenshell; from bim.validity.facts import Facts; from bim.validity.express import express_verdict;"
        "print(express_verdict(Facts(ifcopenshell.file(schema='IFC4'))).outcome)"
    )
    done = subprocess.run([sys.executable, "-O", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "undecided"


@pytest.mark.parametrize("name", [pytest.param("AC20-FZK-Haus.ifc", marks=pytest.mark.slow), "xbim_House.ifc"])
# The library leaves the file of its rules open.
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_as_the_library(shared: Path, name: str) -> None:
    """On a real model each rule is broken as often as the library's own runner has it."""
    model = ifcopenshell.open(str(shared / "ifc" / name))

    class Names(Counter[str]):
        """Takes the place of a logger, and reads the name of the rule out of the prose."""

        def error(self, message: str) -> None:
            name = next(line for line in message.splitlines() if line.startswith("Rule "))
            self[name.removeprefix("Rule ").removesuffix(":")] += 1

    names = Names()
    ifcopenshell.express.rule_executor.run(model, names)
    assert express_verdict(Facts(model)).counts == {f"clause {name}": count for name, count in names.items()}
