"""Verdicts on small models whose every line is here."""

from collections.abc import Sequence

import ifcopenshell
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bim.ids.document import (
    Attribute,
    Cardinality,
    Classification,
    Entity,
    Facet,
    Material,
    PartOf,
    Property,
    Requirement,
    Restriction,
    Specification,
    Value,
)
from bim.ids.index import Index
from bim.ids.judge import SpecificationResult, judge_specification
from bim.ids.units import Scale, Units

MILLI = "#2=IFCSIUNIT(*,.LENGTHUNIT.,.MILLI.,.METRE.);"
PROJECT = "#1=IFCPROJECT('0000000000000000000001',$,'P',$,$,$,$,$,#9);"
UNITS = f"{PROJECT}{MILLI}#9=IFCUNITASSIGNMENT((#2));"
WALL = "#20=IFCWALL('0000000000000000000020',$,'W',$,$,$,$,$,$);"
LENGTH = "IFCLENGTHMEASURE"
BETWEEN = Restriction("xs:double", min_exclusive="2", max_inclusive="5")


def model(lines: str, schema: str = "IFC4") -> ifcopenshell.file:
    """A model of these entities."""
    header = "ISO-10303-21;HEADER;FILE_DESCRIPTION((''),'2;1');FILE_NAME('','',(''),(''),'','','');"
    return ifcopenshell.file.from_string(
        f"{header}FILE_SCHEMA(('{schema}'));ENDSEC;DATA;\n{lines}\nENDSEC;END-ISO-10303-21;"
    )


def on(
    lines: str,
    *asked: Facet | Requirement,
    about: Facet | Sequence[Facet] = Entity("IFCWALL"),  # noqa: B008 - it is frozen
    cardinality: Cardinality = "optional",
    schema: str = "IFC4",
) -> SpecificationResult:
    """Judge by one specification."""
    requirements = tuple(one if isinstance(one, Requirement) else Requirement(one) for one in asked)
    applicability = tuple(about) if isinstance(about, Sequence) else (about,)
    specification = Specification("S", ("IFC4",), applicability, requirements, cardinality)
    return judge_specification(Index(model(lines, schema)), specification)


def wall_with(*members: str) -> str:
    """A wall with a property set P of these properties, in millimetres."""
    numbered = "".join(f"#{50 + number}={member};" for number, member in enumerate(members))
    listed = ",".join(f"#{50 + number}" for number in range(len(members)))
    return (
        f"{UNITS}{WALL}#30=IFCPROPERTYSET('0000000000000000000030',$,'P',$,({listed}));"
        f"#31=IFCRELDEFINESBYPROPERTIES('0000000000000000000031',$,$,$,(#20),#30);{numbered}"
    )


def single(value: str, unit: str = "$") -> str:
    """A single value called B."""
    return f"IFCPROPERTYSINGLEVALUE('B',$,{value},{unit})"


def code(result: SpecificationResult) -> str:
    """The one failure's code, empty where all pass."""
    assert len(result.failures) <= 1
    return result.failures[0].code if result.failures else ""


LOW = Restriction("xs:double", max_inclusive="2.8")
LIST = "IFCPROPERTYLISTVALUE('B',$,(IFCLENGTHMEASURE(3000.),IFCLENGTHMEASURE(9000.)),$)"
INCH = "#40=IFCMEASUREWITHUNIT(IFCLENGTHMEASURE(25.4),#2);#41=IFCDIMENSIONALEXPONENTS(1,0,0,0,0,0,0);"


@pytest.mark.parametrize(
    ("member", "asked", "expected"),
    [
        (single("IFCLENGTHMEASURE(2800.)"), Property("P", "B", "2.8", LENGTH), ""),
        (single("IFCLENGTHMEASURE(2800.)"), Property("P", "B", LOW, LENGTH), ""),
        (single("IFCPOSITIVELENGTHMEASURE(2800.)"), Property("P", "B", "2.8", "IFCPOSITIVELENGTHMEASURE"), ""),
        (single("IFCLENGTHMEASURE(2800.)"), Property("P", "B", "2800", LENGTH), "value"),
        (single("IFCLENGTHMEASURE(2800.)"), Property("P", "B", None, "IFCREAL"), "data_type"),
        (single("IFCLENGTHMEASURE(100.)", "#42"), Property("P", "B", "2.54", LENGTH), ""),
        (single("IFCREAL(2800.)"), Property("P", "B", "2800", "IFCREAL"), ""),
        (single("IFCLABEL('')"), Property("P", "B"), "empty"),
        (single("$"), Property("P", "B"), "absent"),
        (single("IFCLOGICAL(.U.)"), Property("P", "B"), "absent"),
        (single("IFCBOOLEAN(.F.)"), Property("P", "B", "false", "IFCBOOLEAN"), ""),
        (single("IFCLABEL('x')"), Property("P", "C"), "absent"),
        (single("IFCLABEL('x')"), Property("Q", "B"), "no_set"),
        (single("IFCLABEL('x')"), Property(Restriction(patterns=("[PQ]",)), Restriction(patterns=(".",))), ""),
        (LIST, Property("P", "B", "9", LENGTH), ""),
        (LIST, Property("P", "B", BETWEEN, LENGTH), "value"),
        ("IFCPROPERTYENUMERATEDVALUE('B',$,(IFCLABEL('a'),IFCLABEL('b')),$)", Property("P", "B", "b", "IFCLABEL"), ""),
        ("IFCPROPERTYREFERENCEVALUE('B',$,$,$)", Property("P", "B"), "unsupported"),
        ("IFCCOMPLEXPROPERTY('B',$,'u',(#50))", Property("P", "B"), "unsupported"),
    ],
)  # fmt: skip
def test_a_property_is_compared_in_si_units_and_by_its_type(member: str, asked: Property, expected: str) -> None:
    unit = f"{INCH}#42=IFCCONVERSIONBASEDUNIT(#41,.LENGTHUNIT.,'INCH',#40);"
    assert code(on(wall_with(member) + unit, asked)) == expected


def bound(low: str, high: str) -> str:
    """A bounded value called B; bounds in millimetres or $."""
    written = [f"IFCLENGTHMEASURE({text}.)" if text != "$" else "$" for text in (high, low)]
    return f"IFCPROPERTYBOUNDEDVALUE('B',$,{written[0]},{written[1]},$,$)"


@pytest.mark.parametrize(
    ("low", "high", "value", "expected"),
    [
        ("3000", "4000", BETWEEN, ""),
        ("$", "4000", BETWEEN, "value"),
        ("3000", "$", BETWEEN, "value"),
        ("2000", "3000", BETWEEN, "value"),
        ("3000", "5000", BETWEEN, ""),
        ("2000", "4000", "2", ""),
        ("2000", "$", "2", ""),
        ("2000", "4000", "5", "value"),
        ("$", "$", "3", "absent"),
        ("2000", "$", None, ""),
    ],
)
def test_a_range_must_hold_for_both_bounds(low: str, high: str, value: Value | None, expected: str) -> None:
    """As the table of the IDS manual says; but "3 lies between 2 and 4", which the published pairs deny."""
    assert code(on(wall_with(bound(low, high)), Property("P", "B", value, LENGTH))) == expected


def test_a_property_of_the_type_is_had_unless_the_occurrence_has_one() -> None:
    kind = (
        "#60=IFCWALLTYPE('0000000000000000000060',$,$,$,$,(#61),$,$,$,.NOTDEFINED.);"
        "#61=IFCPROPERTYSET('0000000000000000000061',$,'P',$,(#62,#63));#62=IFCPROPERTYSINGLEVALUE('B',$,IFCLABEL('t'),$);"
        "#63=IFCPROPERTYSINGLEVALUE('C',$,IFCLABEL('t'),$);"
        "#64=IFCRELDEFINESBYTYPE('0000000000000000000064',$,$,$,(#20),#60);"
    )
    lines = wall_with(single("IFCLABEL('own')")) + kind
    assert code(on(lines, Property("P", "B", "own", "IFCLABEL"))) == ""
    assert code(on(lines, Property("P", "C", "t", "IFCLABEL"))) == ""
    assert code(on(lines, Property("P", "B", "t", "IFCLABEL"), about=Entity("IFCWALLTYPE"))) == ""


def test_a_list_of_sets_is_as_good_as_one() -> None:
    lines = wall_with(single("IFCLABEL('x')")).replace("(#20),#30)", "(#20),IFCPROPERTYSETDEFINITIONSET((#30)))")
    assert code(on(lines, Property("P", "B", "x", "IFCLABEL"))) == ""


def test_a_material_has_properties_too() -> None:
    lines = f"#5=IFCMATERIAL('M',$,$);#6=IFCMATERIALPROPERTIES('P',$,(#7),#5);#7={single('IFCREAL(1.)')};"
    assert code(on(lines, Property("P", "B", "1", "IFCREAL"), about=Entity("IFCMATERIAL"))) == ""


def test_an_attribute_is_compared_in_si_units() -> None:
    door = f"{UNITS}#20=IFCDOOR('0000000000000000000020',$,$,$,$,$,$,$,2100.,$,$,$,$);"
    assert code(on(door, Attribute("OverallHeight", "2.1"), about=Entity("IFCDOOR"))) == ""
    assert code(on(door, Attribute("OverallHeight", "2100"), about=Entity("IFCDOOR"))) == "value"


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("IFCSIUNIT(*,.AREAUNIT.,.CENTI.,.SQUARE_METRE.)", Scale(1, 10_000)),
        ("IFCSIUNIT(*,.VOLUMEUNIT.,.MILLI.,.CUBIC_METRE.)", Scale(1, 10**9)),
        ("IFCSIUNIT(*,.MASSUNIT.,.KILO.,.GRAM.)", Scale(1, 1)),
        ("IFCSIUNIT(*,.MASSUNIT.,$,.GRAM.)", Scale(1, 1000)),
        ("IFCSIUNIT(*,.MASSUNIT.,.MEGA.,.GRAM.)", Scale(1000, 1)),
        ("IFCSIUNIT(*,.THERMODYNAMICTEMPERATUREUNIT.,$,.DEGREE_CELSIUS.)", Scale(1, 1, 273.15)),
        ("IFCSIUNIT(*,.TIMEUNIT.,$,.SECOND.)", Scale()),
        ("IFCMONETARYUNIT('SYP')", Scale()),
        ("IFCDERIVEDUNIT((#61,#62),.LINEARVELOCITYUNIT.,$)", Scale(1, 1000)),
        ("IFCDERIVEDUNIT((#63),.USERDEFINED.,$)", Scale(1000, 1)),
    ],
)
def test_units_are_scaled_to_si(unit: str, expected: Scale) -> None:
    lines = (
        f"{MILLI}#60={unit};#61=IFCDERIVEDUNITELEMENT(#2,1);#62=IFCDERIVEDUNITELEMENT(#64,-1);"
        "#63=IFCDERIVEDUNITELEMENT(#2,-1);#64=IFCSIUNIT(*,.TIMEUNIT.,$,.SECOND.);"
    )
    found = model(lines)
    assert Units(found).of_unit(found.by_id(60)) == expected


def test_units_that_refer_to_each_other_end_in_an_error() -> None:
    found = model("#60=IFCDERIVEDUNIT((#61),.USERDEFINED.,$);#61=IFCDERIVEDUNITELEMENT(#60,1);")
    with pytest.raises(ValueError, match="refer to each other"):
        Units(found).of_unit(found.by_id(60))


TYPED = "#{kind}=IFCAIRTERMINALTYPE('00000000000000000000{kind}',$,$,$,$,$,$,$,$,.GRILLE.);"
RELATED = "#{rel}=IFCRELDEFINESBYTYPE('00000000000000000000{rel}',$,$,$,(#20,#21),#60);"


def test_ifc2x3_says_some_classes_by_their_types() -> None:
    lines = (
        "#20=IFCFLOWTERMINAL('0000000000000000000020',$,$,$,$,$,$,$);#21=IFCWALL('0000000000000000000021',$,$,$,$,$,$,$);"
        "#22=IFCFLOWTERMINAL('0000000000000000000022',$,$,$,$,$,$,$);" + TYPED.format(kind=60) + RELATED.format(rel=70)
    )
    terminal = Entity("IFCAIRTERMINAL")
    assert on(lines, terminal, about=terminal, schema="IFC2X3").applicable == (20,)
    assert on(lines, about=Entity("IFCAIRTERMINAL", "GRILLE"), schema="IFC2X3").applicable == (20,)
    assert on(lines, about=Entity(Restriction(patterns=("IFC.*TERMINAL",))), schema="IFC2X3").applicable == (20, 22)
    assert on(lines, terminal, about=Entity("IFCFLOWTERMINAL"), schema="IFC2X3").failed == (22,)


def test_the_predefined_type_is_that_of_the_type_first() -> None:
    lines = (
        "#20=IFCWALL('0000000000000000000020',$,$,$,'own',$,$,$,.USERDEFINED.);"
        "#60=IFCWALLTYPE('0000000000000000000060',$,$,$,$,$,$,$,$,.SHEAR.);"
        "#70=IFCRELDEFINESBYTYPE('0000000000000000000070',$,$,$,(#20),#60);"
    )
    assert on(lines, about=Entity("IFCWALL", "SHEAR")).applicable == (20,)
    assert on(lines, about=Entity("IFCWALL", "own")).status == "not_applicable"
    undefined = lines.replace("SHEAR", "NOTDEFINED")
    assert on(undefined, about=Entity("IFCWALL", "own")).applicable == (20,)
    assert on(undefined, about=Entity("IFCWALL", "USERDEFINED")).applicable == (20,)


BUILDING = (
    "#10=IFCBUILDING('0000000000000000000010',$,'B',$,$,$,$,$,$,$,$,$);"
    "#11=IFCBUILDINGSTOREY('0000000000000000000011',$,'S',$,$,$,$,$,$,$);"
    "#12=IFCRELAGGREGATES('0000000000000000000012',$,$,$,#10,(#11));"
    "#13=IFCRELCONTAINEDINSPATIALSTRUCTURE('0000000000000000000013',$,$,$,(#20),#11);"
    "#14=IFCOPENINGELEMENT('0000000000000000000014',$,$,$,$,$,$,$,$);"
    "#15=IFCRELVOIDSELEMENT('0000000000000000000015',$,$,$,#20,#14);"
    "#16=IFCDOOR('0000000000000000000016',$,$,$,$,$,$,$,$,$,$,$,$);"
    "#17=IFCRELFILLSELEMENT('0000000000000000000017',$,$,$,#14,#16);"
    "#18=IFCZONE('0000000000000000000018',$,'Z',$,$,$);"
    "#19=IFCRELASSIGNSTOGROUP('0000000000000000000019',$,$,$,(#11),$,#18);" + WALL
)


@pytest.mark.parametrize(
    ("facet", "expected"),
    [
        (PartOf(Entity("IFCBUILDINGSTOREY"), "IFCRELCONTAINEDINSPATIALSTRUCTURE"), (20,)),
        (PartOf(Entity("IFCBUILDING"), "IFCRELCONTAINEDINSPATIALSTRUCTURE"), ()),
        (PartOf(Entity("IFCBUILDING"), "IFCRELAGGREGATES"), (11,)),
        (PartOf(Entity("IFCBUILDING")), (11, 14, 16, 20)),
        (PartOf(Entity("IFCWALL"), "IFCRELVOIDSELEMENT IFCRELFILLSELEMENT"), (14, 16)),
        (PartOf(Entity("IFCZONE"), "IFCRELASSIGNSTOGROUP"), (11,)),
        (PartOf(Entity("IFCWALL", "SHEAR")), ()),
        (PartOf(Entity(Restriction(patterns=(".*",))), "IFCRELNESTS"), ()),
    ],
)
def test_what_is_part_of_something_is_looked_up_from_it(facet: PartOf, expected: tuple[int, ...]) -> None:
    assert on(BUILDING, about=facet).applicable == expected
    every = Entity(Restriction(patterns=("IFC(WALL|DOOR|OPENINGELEMENT|BUILDINGSTOREY)",)))
    assert set(on(BUILDING, facet, about=every).failed) == {11, 14, 16, 20} - set(expected)


def test_parts_that_go_round_in_circles_are_found_once() -> None:
    circle = (
        f"{WALL}#21=IFCWALL('0000000000000000000021',$,$,$,$,$,$,$,$);"
        "#22=IFCRELAGGREGATES('0000000000000000000022',$,$,$,#20,(#21));"
        "#23=IFCRELAGGREGATES('0000000000000000000023',$,$,$,#21,(#20));"
    )
    assert on(circle, about=PartOf(Entity("IFCWALL"))).applicable == (20, 21)
    assert on(circle, PartOf(Entity("IFCSLAB"))).failed == (20, 21)


CLASSIFIED = (
    f"{WALL}#5=IFCCLASSIFICATION($,$,$,'Uni',$,$,$);#6=IFCCLASSIFICATION($,$,$,'Omni',$,$,$);"
    "#7=IFCCLASSIFICATIONREFERENCE($,'EF_25',$,#5,$,$);#8=IFCCLASSIFICATIONREFERENCE($,'EF_25_10',$,#7,$,$);"
    "#9=IFCCLASSIFICATIONREFERENCE($,'23',$,#6,$,$);"
    "#10=IFCRELASSOCIATESCLASSIFICATION('0000000000000000000010',$,$,$,(#20),#8);"
    "#11=IFCRELASSOCIATESCLASSIFICATION('0000000000000000000011',$,$,$,(#20),#9);"
)


@pytest.mark.parametrize(
    ("facet", "expected"),
    [
        (Classification("Uni"), ""),
        (Classification("Uni", "EF_25"), ""),
        (Classification("Uni", "EF_25_10"), ""),
        (Classification("Omni", "EF_25"), "value"),
        (Classification("Third"), "system"),
        (Classification(Restriction(patterns=(".*ni",)), "23"), ""),
    ],
)
def test_system_and_code_must_be_of_one_reference(facet: Classification, expected: str) -> None:
    assert code(on(CLASSIFIED, facet)) == expected
    assert on(CLASSIFIED, about=facet).applicable == (() if expected else (20,))


def test_what_has_no_classification_or_material_lacks_it() -> None:
    assert code(on(WALL, Classification("Uni"))) == "absent"
    assert code(on(WALL, Material())) == "absent"
    assert code(on(WALL, Requirement(Material("brick"), "optional"))) == ""


def test_materials_are_looked_up_with_those_of_the_type() -> None:
    lines = (
        f"{WALL}#60=IFCWALLTYPE('0000000000000000000060',$,$,$,$,$,$,$,$,.SHEAR.);"
        "#61=IFCRELDEFINESBYTYPE('0000000000000000000061',$,$,$,(#20),#60);#62=IFCMATERIAL('Clay brick',$,'brick');"
        "#63=IFCMATERIALLAYER(#62,1.,$,$,$,$,$);#64=IFCMATERIALLAYERSET((#63),'Outside',$);"
        "#65=IFCRELASSOCIATESMATERIAL('0000000000000000000065',$,$,$,(#60),#64);"
    )
    for name in ("Clay brick", "brick", "Outside"):
        assert on(lines, about=Material(name)).applicable == (20, 60)
    assert on(lines, about=[Material("brick"), Entity("IFCWALL")]).applicable == (20,)
    (failure,) = on(lines, Material("stone")).failures
    assert (failure.code, failure.found) == ("value", "Clay brick, Outside, brick")


def test_a_specification_says_whether_there_must_be_anything() -> None:
    slab = Entity("IFCSLAB")
    assert on(WALL, about=slab).status == "not_applicable"
    assert on(WALL, about=slab, cardinality="required").status == "fail"
    assert on(WALL, about=slab, cardinality="prohibited").status == "pass"
    prohibited = on(WALL, cardinality="prohibited")
    assert (prohibited.status, prohibited.failed, prohibited.failures[0].requirement) == ("fail", (20,), None)
    assert on(WALL, cardinality="required").status == "pass"


def test_a_failure_names_the_element_and_what_was_found() -> None:
    (failure,) = on(WALL, Attribute("GlobalId"), Attribute("Name", "V")).failures
    assert (failure.entity, failure.global_id, failure.class_name) == (20, "0000000000000000000020", "IfcWall")
    assert (failure.requirement, failure.facet, failure.code, failure.found) == (1, "attribute", "value", "W")
    (nameless,) = on("#5=IFCMATERIAL('M',$,$);", Attribute("Category"), about=Entity("IFCMATERIAL")).failures
    assert nameless.global_id is None


def test_only_attributes_have_to_be_searched_for() -> None:
    assert on(BUILDING, about=Attribute("Name", "Z")).applicable == (18,)
    assert on(BUILDING, about=Attribute(Restriction(patterns=("Nam.",)))).applicable == (10, 11, 18, 20)


NAMES = st.sampled_from(["W", "V", "", "true", "1"])


@settings(max_examples=60, deadline=None)
@given(NAMES, NAMES)
def test_what_is_prohibited_fails_where_what_is_required_passes(found: str, asked: str) -> None:
    lines = wall_with(single(f"IFCLABEL('{found}')"))
    for facet in (Property("P", "B", asked, "IFCLABEL"), Attribute("Name", asked), PartOf(Entity("IFCSITE"))):
        required = on(lines, Requirement(facet, "required")).failed
        assert bool(required) != bool(on(lines, Requirement(facet, "prohibited")).failed)


@settings(max_examples=60, deadline=None)
@given(NAMES, NAMES)
def test_what_applies_is_what_meets_the_requirement(found: str, asked: str) -> None:
    lines = wall_with(single(f"IFCLABEL('{found}')"))
    facet = Property("P", "B", asked, "IFCLABEL")
    assert (on(lines, about=facet).applicable == (20,)) == (on(lines, facet).failed == ())
