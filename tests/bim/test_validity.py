"""The registry of normative rules and the geometry beneath them."""

from collections.abc import Iterator
from pathlib import Path

import ifcopenshell
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from bim.extract import Entity
from bim.validity import registry
from bim.validity.catalogue import RULES, run, violations
from bim.validity.crossing import plainly_simple, touching
from bim.validity.express import express_verdict
from bim.validity.facts import Facts
from bim.validity.georeference import DATUMS, known_datum, known_system
from bim.validity.loops import Floats, flat
from bim.validity.registry import KEPT, Fault, kind, normative, presence
from bim.validity.schema import schema_verdict
from bim.validity.shells import off_plane
from bim.validity.templates import template
from bim.validity.verdicts import Outcome

PRECISION = 1e-5
_CORNER = st.tuples(st.integers(0, 6), st.integers(0, 6))
CHAINS = st.lists(_CORNER, min_size=3, max_size=8, unique=True)


def _space(corners: list[tuple[int, int]]) -> Floats:
    return np.array([(x, y, 0) for x, y in corners], np.float64)


@given(CHAINS)
def test_touching_is_not_simple(corners: list[tuple[int, int]]) -> None:
    """A chain of corners on a lattice meets itself exactly where shapely's ring is not simple."""
    ring = shapely.LinearRing(corners)
    assert touching(_space(corners), PRECISION) == (not ring.is_simple)


@given(CHAINS)
def test_plainly_simple_never_touches(corners: list[tuple[int, int]]) -> None:
    """What is seen at a glance to be simple is so."""
    points = _space(corners)
    if plainly_simple(points[None], PRECISION)[0]:
        assert not touching(points, PRECISION)


@given(CHAINS, st.floats(0, 6.28), st.floats(-1, 1))
def test_turning_changes_nothing(corners: list[tuple[int, int]], angle: float, lift: float) -> None:
    """The plane in which a chain lies is no matter."""
    c, s = np.cos(angle), np.sin(angle)
    turned = _space(corners) @ np.array([[c, s, lift], [-s, c, 0], [0, 0, 1]])
    assert touching(turned, PRECISION) == touching(_space(corners), PRECISION)


def test_closing_point_repeated() -> None:
    """A chain that repeats its first point at its end is as good as one that does not."""
    square = _space([(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)])
    assert not touching(square, PRECISION)


@pytest.mark.parametrize(("lift", "away"), [(0.0, 0.0), (0.4, 0.1)])
def test_off_plane(lift: float, away: float) -> None:
    """A square with one corner lifted fits a plane to a quarter of the lift, about."""
    points = np.array([(0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, lift)], np.float64)
    assert off_plane(points) == pytest.approx(away, rel=0.1)
    assert bool(flat(points[None], PRECISION)[0]) is (lift == 0.0)


@pytest.fixture
def model() -> ifcopenshell.file:
    """Thirty walls without a place and a door."""
    model = ifcopenshell.file(schema="IFC4")
    for number in range(30):
        model.createIfcWall(ifcopenshell.guid.new(), Name=f"W{number}")
    model.createIfcDoor(ifcopenshell.guid.new())
    return model


@pytest.fixture
def rules() -> Iterator[None]:
    """A registry to add to, put back afterwards."""
    before = dict(RULES)
    yield
    RULES.clear()
    RULES.update(before)


def test_all_counted_few_kept(model: ifcopenshell.file) -> None:
    """Violations of one code are counted all and kept to a limit, with the object they are about."""
    verdict = next(run(Facts(model), ["SPS005"]))
    assert verdict.outcome is Outcome.FAIL
    assert verdict.counts == {"no_place": 31}
    assert len(verdict.violations) == KEPT
    first = verdict.violations[0]
    assert (first.kind, model.by_id(first.entity).GlobalId) == ("IfcDoor", first.owner)


def test_failing_rule_is_undecided(model: ifcopenshell.file, rules: None) -> None:
    """A rule that raises is undecided, and the rest run."""

    @normative("AAA000", kind("IfcWall"))
    def broken(_facts: Facts, _wall: Entity) -> Iterator[Fault]:
        raise KeyError("x")
        yield Fault("never")

    first, second = run(Facts(model), ["AAA000", "PJS003"])
    assert (first.outcome, first.violations[0].code) == (Outcome.UNDECIDED, "rule_error")
    assert second.outcome is Outcome.PASS


def test_practice_is_declared_once(rules: None) -> None:
    """The checks of one rule cannot be normative and good practice at a time."""
    presence("AAA001", kind("IfcWall"))
    with pytest.raises(ValueError, match="AAA001"):
        normative("AAA001", kind("IfcDoor"), practice=True)(lambda _facts, _subject: iter(()))


def test_named_checks(model: ifcopenshell.file) -> None:
    """The guide can ask for the violations of a few rules on shared facts."""
    facts = Facts(model)
    assert {v.code for v in violations(facts, ["PJS101", "SPS005", "GEM004"])} == {"projects", "no_place"}


def test_owner_of_a_shape(model: ifcopenshell.file) -> None:
    """A shape is told by the object that has it; one that nothing has, by nothing."""
    point = model.createIfcCartesianPoint((0.0, 0.0, 0.0))
    line = model.createIfcPolyline([point, model.createIfcCartesianPoint((1.0, 0.0, 0.0))])
    facts = Facts(model)
    assert facts.owner(line) == ""
    shape = model.createIfcShapeRepresentation(None, "Axis", "Curve3D", [line])
    wall = model.by_type("IfcWall")[0]
    wall.Representation = model.createIfcProductDefinitionShape(None, None, [shape])
    assert facts.owner(point) == wall.GlobalId


def test_precision_by_context() -> None:
    """The precision is that of the context an item is in; a subcontext has that of its parent."""
    model = ifcopenshell.file(schema="IFC4")
    items = []
    for precision in (1e-3, 1e-6):
        context = model.createIfcGeometricRepresentationContext(None, "Model", 3, precision)
        below = model.createIfcGeometricRepresentationSubContext("Body", "Model", ParentContext=context)
        items.append(model.createIfcPolyline())
        model.createIfcShapeRepresentation(below, "Body", "Curve3D", [items[-1]])
    facts = Facts(model)
    assert [facts.precision(item) for item in items] == [1e-3, 1e-6]
    assert (facts.finest, facts.coarsest) == (1e-6, 1e-3)


def test_codes_of_grids() -> None:
    """Syria's grids are known; a withdrawn code, a code in letters and a bare number are not."""
    assert known_system("EPSG:22770") is not None
    assert all(known_system(name) is None for name in ("EPSG:5704", "EPSG:12x", "22770", "EPSG:", "EPSG:٢٢٧٧٠"))
    assert known_datum("EPSG:6227", DATUMS["GeodeticDatum"])
    assert not known_datum("EPSG:6227", DATUMS["VerticalDatum"])


@pytest.mark.parametrize("schema", ["IFC2X3", "IFC4", "IFC4X3"])
def test_templates(schema: str) -> None:
    """The standard's wall set is known to each schema, with the type of a well-known property."""
    found = template(schema, "Pset_WallCommon")
    assert found is not None
    assert found.members["IsExternal"].measure == "IfcBoolean"
    assert template(schema, "Pset_NoSuch") is None


def test_every_rule_is_named_for_its_family() -> None:
    """Codes are three capitals and three digits, and each rule has a check."""
    assert all(code[:3].isupper() and code[3:].isdigit() and rule.checks for code, rule in registry.RULES.items())


@pytest.mark.slow
def test_no_rule_breaks_down(shared: Path) -> None:
    """On every published test file, whatever it breaks, rules decide; but for one whose loops hold no points."""
    broken = set()
    for path in sorted((shared / "conformance" / "gherkin").rglob("*.ifc")):
        try:
            facts = Facts(ifcopenshell.open(str(path)))
        except ifcopenshell.SchemaError:  # a draft of a schema that the library does not read
            continue
        verdicts = [schema_verdict(facts), express_verdict(facts), *run(facts)]
        broken |= {(path.parent.name, v.rule) for v in verdicts if v.outcome is Outcome.UNDECIDED}
    assert broken == {("asm000", rule) for rule in ("BRP001", "BRP002", "BRP003", "GEM001", "GEM111")}
