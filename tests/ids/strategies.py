"""Any valid IDS document, for properties that must hold of all of them."""

from hypothesis import strategies as st

from bim.ids.document import (
    VERSIONS,
    Attribute,
    Cardinality,
    Classification,
    Document,
    Entity,
    Facet,
    Info,
    Material,
    PartOf,
    Property,
    Requirement,
    Restriction,
    Specification,
    Value,
)
from bim.ids.read import ORDER, RELATIONS

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]) | st.sampled_from("\t\n\r&<>\"'"), max_size=12)
TEXT = TEXT.map(lambda text: text.replace("\ufffe", "").replace("\uffff", ""))
MAYBE = st.none() | TEXT
COUNTS = st.integers(0, 40)
PATTERNS = st.sampled_from(["W.*", "[A-Z]{2}-\\d+", "جدار|باب", "\\p{Lu}\\P{L}*", "a&b<c>\"d'"])
NUMBERS = st.floats(-1e6, 1e6).map(repr)


@st.composite
def _texts(draw: st.DrawFn) -> Restriction:
    least = draw(st.none() | COUNTS)
    return Restriction(
        enumeration=tuple(draw(st.lists(TEXT, max_size=3))),
        patterns=tuple(draw(st.lists(PATTERNS, max_size=2))),
        length=draw(st.none() | COUNTS),
        min_length=least,
        max_length=draw(st.none() | COUNTS.map(lambda count: count + (least or 0))),
    )


@st.composite
def _numbers(draw: st.DrawFn) -> Restriction:
    low, high = sorted((draw(st.floats(-1e6, 0)), draw(st.floats(1, 1e6))))
    return Restriction(
        "xs:double",
        enumeration=tuple(draw(st.lists(NUMBERS, max_size=3))),
        min_inclusive=draw(st.sampled_from([None, repr(low)])),
        max_exclusive=draw(st.sampled_from([None, repr(high)])),
    )


VALUES: st.SearchStrategy[Value] = TEXT | _texts()
ENTITIES = st.builds(
    Entity,
    st.sampled_from(
        ["IFCWALL", "IFCSLABTYPE", Restriction(patterns=("IFC.*TYPE",)), Restriction(enumeration=("IFCSLAB",))]
    ),
)
TYPED = st.builds(Entity, st.sampled_from(["IFCSLAB", "IFCWALLTYPE"]), VALUES)
ATTRIBUTES = st.builds(Attribute, st.sampled_from(["Name", "GlobalId"]), st.none() | VALUES)
PROPERTIES = st.one_of(
    st.builds(Property, VALUES, VALUES),
    st.builds(Property, VALUES, VALUES, st.none() | VALUES, st.sampled_from(["IFCLABEL", "IFCTEXT"])),
    st.builds(Property, VALUES, VALUES, NUMBERS | _numbers(), st.sampled_from(["IFCREAL", "IFCLENGTHMEASURE"])),
)
FACETS: dict[str, st.SearchStrategy[Facet]] = {
    "entity": ENTITIES | TYPED,
    "partOf": st.builds(PartOf, ENTITIES | TYPED, st.sampled_from(("", *RELATIONS))),
    "classification": st.builds(Classification, VALUES, st.none() | VALUES),
    "attribute": ATTRIBUTES,
    "property": PROPERTIES,
    "material": st.builds(Material, st.none() | VALUES),
}


@st.composite
def _applicability(draw: st.DrawFn) -> tuple[Facet, ...]:
    names = draw(st.lists(st.sampled_from(ORDER), min_size=1, max_size=3, unique=True))
    return tuple(draw(FACETS[name]) for name in sorted(names, key=ORDER.index))


@st.composite
def _requirement(draw: st.DrawFn) -> Requirement:
    name = draw(st.sampled_from(ORDER[1:]))
    uri = draw(MAYBE) if name in ("classification", "property", "material") else None
    facet = draw(FACETS[name])
    cardinalities: list[Cardinality] = ["required", "prohibited"]
    if getattr(facet, "value", None) is not None or getattr(facet, "data_type", None) is not None:
        cardinalities.append("optional")
    return Requirement(facet, draw(st.sampled_from(cardinalities)), draw(MAYBE), uri)


@st.composite
def _specification(draw: st.DrawFn) -> Specification:
    cardinality: Cardinality = draw(st.sampled_from(["required", "optional", "prohibited"]))
    requirements = [] if cardinality == "prohibited" else draw(st.lists(_requirement(), max_size=3))
    return Specification(
        name=draw(TEXT),
        versions=tuple(draw(st.lists(st.sampled_from(VERSIONS), min_size=1, max_size=3))),
        applicability=draw(_applicability()),
        requirements=tuple(requirements),
        cardinality=cardinality,
        identifier=draw(MAYBE),
        description=draw(MAYBE),
        instructions=draw(MAYBE),
        requirements_description=draw(MAYBE) if requirements else None,
    )


INFOS = st.builds(
    Info,
    title=TEXT,
    copyright=MAYBE,
    version=MAYBE,
    description=MAYBE,
    author=st.sampled_from([None, "office@example.sy"]),
    date=st.none() | st.dates().map(str),
    purpose=MAYBE,
    milestone=MAYBE,
)
DOCUMENTS = st.builds(Document, INFOS, st.lists(_specification(), min_size=1, max_size=3).map(tuple))
