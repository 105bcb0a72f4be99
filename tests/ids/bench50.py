"""A document of 50 specifications as an office would ask for them, five of which name no entity."""

from bim.ids.document import (
    VERSIONS,
    Attribute,
    Classification,
    Document,
    Entity,
    Facet,
    Info,
    Material,
    PartOf,
    Property,
    Relation,
    Requirement,
    Restriction,
    Specification,
    Value,
)

WALLS = Restriction(enumeration=("IFCWALL", "IFCWALLSTANDARDCASE"))
BUILT = Restriction(enumeration=("IFCBEAM", "IFCCOLUMN", "IFCDOOR", "IFCSLAB", "IFCSTAIR", "IFCWALL", "IFCWINDOW"))
ANY = Restriction(patterns=(".+",))
COMMON = Restriction(patterns=("Pset_.*Common",))
QUANTITIES = Restriction(patterns=("Qto_.*|BaseQuantities",))
POSITIVE = Restriction("xs:double", min_exclusive="0")
INSULATED = Restriction("xs:double", max_inclusive="1.4")
CONTAINED: Relation = "IFCRELCONTAINEDINSPATIALSTRUCTURE"


def one_of(*texts: str) -> Restriction:
    """Any of the texts."""
    return Restriction(enumeration=texts)


def asks(name: str, about: Value | tuple[Facet, ...], *facets: Facet | Requirement) -> Specification:
    """A specification about an entity, or about what the given facets say."""
    applicability = about if isinstance(about, tuple) else (Entity(about),)
    required = tuple(facet if isinstance(facet, Requirement) else Requirement(facet) for facet in facets)
    return Specification(name, VERSIONS, applicability, required)


def common(kind: str, name: str, data_type: str | None = None, value: Value | None = None) -> Property:
    """A property of a class's common set."""
    return Property(f"Pset_{kind}Common", name, value, data_type)


NAMED = (
    asks("project name", "IFCPROJECT", Attribute("Name"), Attribute("LongName")),
    asks("project phase", "IFCPROJECT", Requirement(Attribute("Phase", ANY), "optional")),
    asks("site name", "IFCSITE", Attribute("Name")),
    asks("site place", "IFCSITE", Attribute("RefLatitude"), Attribute("RefLongitude")),
    asks("building name", "IFCBUILDING", Attribute("Name", ANY)),
    asks("building on a site", "IFCBUILDING", PartOf(Entity("IFCSITE"), "IFCRELAGGREGATES")),
    asks("storey name", "IFCBUILDINGSTOREY", Attribute("Name", Restriction(patterns=(r"[\w .:\-]+",)))),
    asks("storey in a building", "IFCBUILDINGSTOREY", PartOf(Entity("IFCBUILDING"))),
    asks("space name", "IFCSPACE", Attribute("Name"), Attribute("LongName")),
    asks("space number", "IFCSPACE", Attribute("Name", Restriction(patterns=(r"[A-Z]?[0-9]{1,3}[a-z]?",)))),
    asks("space outside or in", "IFCSPACE", common("Space", "IsExternal", "IFCBOOLEAN")),
    asks("space floor area", "IFCSPACE",
         Property(QUANTITIES, one_of("NetFloorArea", "GSA BIM Area"), POSITIVE, "IFCAREAMEASURE")),
    asks("space in a storey", "IFCSPACE", PartOf(Entity("IFCBUILDINGSTOREY"), "IFCRELAGGREGATES")),
    asks("wall name", WALLS, Attribute("Name")),
    asks("wall tag", WALLS, Attribute("Tag", Restriction(min_length=1, max_length=36))),
    asks("wall is external", WALLS, common("Wall", "IsExternal", "IFCBOOLEAN")),
    asks("external walls bear", (Entity(WALLS), common("Wall", "IsExternal", "IFCBOOLEAN", "true")),
         common("Wall", "LoadBearing", "IFCBOOLEAN", "true")),
    asks("wall fire rating", WALLS,
         common("Wall", "FireRating", "IFCLABEL", Restriction(patterns=("(REI|F) ?[0-9]+",)))),
    asks("wall reference", WALLS, Requirement(common("Wall", "Reference", "IFCIDENTIFIER"), "optional")),
    asks("wall material", WALLS, Material()),
    asks("wall material is mineral", WALLS, Material(Restriction(patterns=(".*([Bb]rick|[Cc]oncrete|[Bb]eton).*",)))),
    asks("wall not of gypsum", WALLS, Requirement(Material(Restriction(patterns=(".*[Gg]ypsum.*",))), "prohibited")),
    asks("wall in a storey", WALLS, PartOf(Entity("IFCBUILDINGSTOREY"), CONTAINED)),
    asks("wall classified", WALLS, Classification(ANY)),
    asks("slab predefined type", "IFCSLAB", Entity("IFCSLAB", one_of("FLOOR", "ROOF", "BASESLAB", "LANDING"))),
    asks("floors bear", (Entity("IFCSLAB", "FLOOR"),), common("Slab", "LoadBearing", "IFCBOOLEAN")),
    asks("slab material", "IFCSLAB", Material(ANY)),
    asks("slab thickness", "IFCSLAB", Property(QUANTITIES, one_of("Width", "Thickness"), POSITIVE, "IFCLENGTHMEASURE")),
    asks("slab type", "IFCSLABTYPE", Attribute("Name"), Attribute("PredefinedType")),
    asks("roof parts", "IFCROOF", common("Roof", "IsExternal", "IFCBOOLEAN")),
    asks("door name", "IFCDOOR", Attribute("Name")),
    asks("door fire exit", "IFCDOOR", common("Door", "FireExit", "IFCBOOLEAN")),
    asks("door fire rating", "IFCDOOR", Requirement(common("Door", "FireRating", "IFCLABEL", ANY), "optional")),
    asks("door in an opening", "IFCDOOR", PartOf(Entity(WALLS), "IFCRELVOIDSELEMENT IFCRELFILLSELEMENT")),
    asks("window name", "IFCWINDOW", Attribute("Name"), Attribute("Tag")),
    asks("window outside", "IFCWINDOW", common("Window", "IsExternal", "IFCBOOLEAN", "true")),
    asks("window insulation", "IFCWINDOW",
         common("Window", "ThermalTransmittance", "IFCTHERMALTRANSMITTANCEMEASURE", INSULATED)),
    asks("stair exit", "IFCSTAIR", common("Stair", "FireExit", "IFCBOOLEAN")),
    asks("stair flight", "IFCSTAIRFLIGHT", PartOf(Entity("IFCSTAIR"), "IFCRELAGGREGATES")),
    asks("railing name", "IFCRAILING", Attribute("Name"), common("Railing", "Reference")),
    asks("column bears", "IFCCOLUMN", common("Column", "LoadBearing", "IFCBOOLEAN", "true")),
    asks("beam material", "IFCBEAM", Material(Restriction(patterns=(".*[Ss]te?el.*|.*[Hh]olz.*|.*[Ww]ood.*",)))),
    asks("member material", "IFCMEMBER", Material()),
    asks("proxies none", "IFCBUILDINGELEMENTPROXY", Requirement(Attribute("Name", ANY), "prohibited")),
    asks("furniture in a space", "IFCFURNISHINGELEMENT", PartOf(Entity("IFCSPACE"), CONTAINED)),
)  # fmt: skip
"""Forty-five that name an entity."""

NAMELESS = (
    asks("what is of concrete has a name", (Material(Restriction(patterns=(".*([Cc]oncrete|[Bb]eton).*",))),),
         Attribute("Name")),
    asks("what is in a storey has a name", (PartOf(Entity("IFCBUILDINGSTOREY"), CONTAINED),), Attribute("Name")),
    asks("what bears says if it is external", (Property(COMMON, "LoadBearing", "true", "IFCBOOLEAN"),),
         Property(COMMON, "IsExternal", None, "IFCBOOLEAN")),
    asks("what is classified has a name", (Classification(ANY),), Attribute("Name")),
    asks("what is of a building has an identifier", (PartOf(Entity("IFCBUILDING")),),
         Attribute("GlobalId", Restriction(length=22))),
)  # fmt: skip
"""Five that name none."""

BENCH = Document(Info("Fifty specifications"), NAMED + NAMELESS)
assert len(BENCH.specifications) == 50
