"""Mutations of what holds a model together: spatial structure, units, georeference, shape of the project."""

import random

from tests.fuzz.registry import Harm, operator
from tests.fuzz.stepfile import Step, a_list, listed

SPATIAL = ["IfcProject", "IfcSite", "IfcBuilding", "IfcBuildingStorey", "IfcSpace"]


@operator("structure")
def aggregation_cycle(rng: random.Random, step: Step) -> bytes | None:
    found = step.of("IfcRelAggregates")
    if not found:
        return None
    relation, other = rng.choice(found), rng.choice(found)
    return step.changed(relation, 4, rng.choice([other.arguments[4], *listed(other.arguments[5])]))


@operator("structure", heavy=True)
def aggregation_chain(rng: random.Random, step: Step) -> bytes | None:
    """Thousands of storeys, each part of the one before."""
    storeys = step.of("IfcBuildingStorey")
    if not storeys:
        return None
    storey, n = rng.choice(storeys), step.next
    history, lines, above = storey.arguments[1], [], storey.id
    for i in range(rng.choice([50, 3_000])):
        part, relation = n + 2 * i, n + 2 * i + 1
        lines.append(storey.written(b"'%022d'" % part, *storey.arguments[1:], number=part))
        lines.append(b"#%d=IFCRELAGGREGATES('%022d',%s,$,$,#%d,(#%d));" % (relation, relation, history, above, part))
        above = part
    return step.replaced([], *lines)


@operator("structure", Harm.LOSS)
def members_lost(rng: random.Random, step: Step) -> bytes | None:
    kinds = [("IfcRelAggregates", 5), ("IfcRelContainedInSpatialStructure", 4), ("IfcRelAssignsToGroup", 4)]
    kind, at = rng.choice(kinds)
    found = step.of(kind)
    if not found:
        return None
    relation = rng.choice(found)
    items = listed(relation.arguments[at])
    return step.changed(relation, at, a_list(rng.sample(items, rng.randrange(len(items) + 1) if items else 0)))


@operator("structure", Harm.LOSS)
def relations_lost(rng: random.Random, step: Step) -> bytes | None:
    """All relations of one kind."""
    kinds = [kind for kind in step.by_kind if kind.startswith(b"IFCREL")]
    return step.replaced([(e, b"") for e in step.by_kind[rng.choice(kinds)]]) if kinds else None


@operator("structure")
def contained_twice(rng: random.Random, step: Step) -> bytes | None:
    found, storeys = step.of("IfcRelContainedInSpatialStructure"), step.of(*SPATIAL)
    if not found or not storeys:
        return None
    copy = rng.choice(found)
    arguments = (b"'%022d'" % step.next, *copy.arguments[1:5], b"#%d" % rng.choice(storeys).id)
    return step.replaced([], copy.written(*arguments, number=step.next))


@operator("structure")
def several_of_one(rng: random.Random, step: Step) -> bytes | None:
    found = step.of(*SPATIAL[:3])
    if not found:
        return None
    copy = rng.choice(found)
    count = rng.choice([1, 3, 300])
    numbers = range(step.next, step.next + count)
    return step.replaced([], *(copy.written(b"'%022d'" % n, *copy.arguments[1:], number=n) for n in numbers))


@operator("structure")
def storey_level(rng: random.Random, step: Step) -> bytes | None:
    found = step.of("IfcBuildingStorey")
    if not found:
        return None
    value = rng.choice([b"$", b"0.", b"NAN", b"1.E400", b"-1.E300", b"1.E7", b"'3.0'", b"IFCLENGTHMEASURE(3.)"])
    return step.replaced([(e, e.with_argument(9, value)) for e in rng.sample(found, rng.randrange(1, len(found) + 1))])


@operator("units")
def unit_argument(rng: random.Random, step: Step) -> bytes | None:
    found = step.of("IfcSIUnit", "IfcConversionBasedUnit", "IfcMeasureWithUnit", "IfcUnitAssignment", "IfcDerivedUnit")
    if not found:
        return None
    unit = rng.choice(found)
    values = [b"$", b"*", b"()", b".MILLI.", b".KILO.", b".METRE.", b".LENGTHUNIT.", b".AREAUNIT.", b"#%d" % unit.id]
    values += [b"'FOOT'", b"IFCLENGTHMEASURE(0.)", b"IFCLENGTHMEASURE(-1.)", b"IFCRATIOMEASURE(1.E400)"]
    values += [b"IFCLABEL('x')"]
    return step.changed(unit, rng.randrange(len(unit.arguments)), rng.choice(values))


@operator("units")
def unit_dropped(rng: random.Random, step: Step) -> bytes | None:
    found = step.of("IfcUnitAssignment")
    if not found:
        return None
    items = listed(found[0].arguments[0])
    kept = rng.sample(items, rng.randrange(len(items))) if items else []
    return step.changed(found[0], 0, a_list(rng.choice([kept, items * 2, items[::-1]])))


@operator("units")
def foot(rng: random.Random, step: Step) -> bytes | None:
    """The length unit is one based on a conversion, of some factor or none."""
    found = [u for u in step.of("IfcSIUnit") if b".LENGTHUNIT." in u.arguments]
    if not found:
        return None
    n, unit = step.next, found[0]
    factors = [b"IFCLENGTHMEASURE(0.3048)", b"IFCRATIOMEASURE(0.0254)", b"IFCLENGTHMEASURE(0.)", b"$", b"0.3048"]
    factor = rng.choice(factors)
    lines = [
        b"#%d=IFCSIUNIT(*,.LENGTHUNIT.,$,.METRE.);" % n,
        b"#%d=IFCMEASUREWITHUNIT(%s,%s);" % (n + 1, factor, rng.choice([b"#%d" % n, b"$", b"#%d" % unit.id])),
        b"#%d=IFCDIMENSIONALEXPONENTS(1,0,0,0,0,0,0);" % (n + 2),
        b"#%d=IFCCONVERSIONBASEDUNIT(#%d,.LENGTHUNIT.,'FOOT',#%d);" % (unit.id, n + 2, n + 1),
    ]
    return step.replaced([(unit, b"")], *lines)


@operator("georeference")
def conversion(rng: random.Random, step: Step) -> bytes | None:
    found = step.of("IfcMapConversion", "IfcProjectedCRS", "IfcGeometricRepresentationContext")
    if not found:
        return None
    entity = rng.choice(found)
    values = [b"$", b"0.", b"NAN", b"1.E400", b"-1.E300", b"'EPSG:22770'", b"'EPSG:0'", b"'x'", b"1.E7"]
    values.append(b"#%d" % entity.id)
    return step.changed(entity, rng.randrange(len(entity.arguments)), rng.choice(values))
