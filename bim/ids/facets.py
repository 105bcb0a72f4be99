"""Each facet as a lookup of the elements it may hold for, and as a check of one element."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from bim.ids import schema
from bim.ids.document import Attribute, Classification, Entity, Facet, Material, PartOf, Property, Value
from bim.ids.index import Index
from bim.ids.properties import Reading
from bim.ids.schema import AttributeInfo
from bim.ids.units import Units
from bim.ids.values import Found, bounded, matcher


@dataclass(frozen=True, slots=True)
class Miss:
    """Why a facet does not hold: a code, what was found instead, and whether nothing was there at all.

    Codes: absent, no_set, empty, class, predefined_type, data_type, value, system, unsupported.
    """

    code: str
    found: Found | None = None
    absent: bool = False


Check = Callable[[int], Miss | None]
"""None where the facet holds for the element."""

ABSENT = Miss("absent", absent=True)
EMPTY = Miss("empty")
NO_SET = Miss("no_set", absent=True)


def check(index: Index, facet: Facet) -> Check:
    """The check of one element."""
    match facet:
        case Entity():
            return _entity(index, facet)
        case Attribute():
            return _attribute(index, facet)
        case Property():
            return _property(index, facet)
        case Material():
            return _material(index, facet)
        case Classification():
            return _classification(index, facet)
        case PartOf():
            return _part_of(index, facet)


def lookup(index: Index, facet: Facet) -> tuple[Iterable[int], bool]:
    """Elements that the facet may hold for, and whether it holds for all of them; it holds for no others.

    Only attributes have to be searched for.
    """
    if isinstance(facet, Entity):
        return index.of_class(facet.name), facet.predefined_type is None
    if isinstance(facet, PartOf):
        return _parts(index, facet), True
    return _domain(index, facet), False


def _domain(index: Index, facet: Attribute | Property | Material | Classification) -> Iterable[int]:
    match facet:
        case Attribute():
            known = [name for name in index.classes if index.attributes(name, facet.name)]
            return [entity for name in known for entity in index.of_class(name)]
        case Property():
            return index.sets.named(facet.property_set)
        case Material():
            return index.materials
        case Classification():
            return index.classifications


def _parts(index: Index, facet: PartOf) -> set[int]:
    """Down from the wholes; models may go round in circles."""
    is_whole, parts = _entity(index, facet.entity), index.parts(facet.relation)
    queue = [whole for whole in index.of_class(facet.entity.name) if is_whole(whole) is None]
    found: set[int] = set()
    while queue:
        below = set(parts.get(queue.pop(), ())) - found
        found |= below
        queue += below
    return found


def _entity(index: Index, facet: Entity) -> Check:
    named, typed = matcher(facet.name), matcher(facet.predefined_type) if facet.predefined_type is not None else None

    def verdict(entity: int) -> Miss | None:
        names = index.names_of(entity)
        if not any(named(name) for name in names):
            return Miss("class", names[-1])
        if typed is None:
            return None
        types = index.predefined_types(entity)
        return None if any(typed(one) for one in types) else Miss("predefined_type", types[-1] if types else None)

    return verdict


def _attribute(index: Index, facet: Attribute) -> Check:
    matches = matcher(facet.value) if facet.value is not None else None
    units = Units(index.model)

    by_id = index.model.by_id
    known: dict[str, tuple[AttributeInfo, ...]] = {}

    def verdict(entity: int) -> Miss | None:
        instance: Any = by_id(entity)
        name = instance.is_a()
        if name not in known:
            known[name] = index.attributes(name, facet.name)
        miss: Miss | None = ABSENT
        for attribute in known[name]:
            value = instance.get_argument(attribute.position)  # of the schema, so that no length need be asked
            if value is None:
                continue
            if _empty(attribute, value):
                miss = EMPTY if miss is ABSENT else miss
                continue
            if matches is not None:
                found = _simple(attribute, value, units)
                if found is None or not matches(found):
                    return Miss("value", found)
            miss = None
        return miss

    return verdict


def _empty(attribute: AttributeInfo, value: Any) -> bool:
    return value in ("", ()) or (attribute.logical and value == "UNKNOWN")


def _simple(attribute: AttributeInfo, value: Any, units: Units) -> Found | None:
    """The value in SI, None where it is none that IDS compares."""
    if isinstance(value, bool | str | int) and attribute.kind != schema.LIST:
        return value
    if isinstance(value, float):
        return units.of_measure(attribute.data_type).si(value) if attribute.data_type else value
    return None


def _property(index: Index, facet: Property) -> Check:
    holders = index.sets.named(facet.property_set)
    verdicts: dict[tuple[tuple[str, tuple[int, ...]], ...], Miss | None] = {}

    def verdict(entity: int) -> Miss | None:
        groups = holders.get(entity)
        if groups is None:
            return NO_SET
        if groups not in verdicts:  # elements often share the sets of their type
            verdicts[groups] = _of_groups(index, facet, groups)
        return verdicts[groups]

    return verdict


def _of_groups(index: Index, facet: Property, groups: tuple[tuple[str, tuple[int, ...]], ...]) -> Miss | None:
    """Every set of a matching name must have such properties, and all of them must satisfy."""
    misses: list[Miss | None] = []
    for _, set_ids in groups:
        readings = _readings(index, facet.base_name, set_ids)
        misses += [_reading(facet, reading) for reading in readings] if readings else [ABSENT]
    wrong = [miss for miss in misses if miss is not None]
    return next((miss for miss in wrong if not miss.absent), wrong[0] if wrong else None)


def _readings(index: Index, name: Value, set_ids: tuple[int, ...]) -> list[Reading]:
    """Properties of the name; an earlier set, which is the element's own, hides those of a later one."""
    matches = matcher(name)
    found: dict[str, int] = {}
    for set_id in set_ids:
        for one in index.sets.names(set_id):
            if one not in found and one is not None and matches(one):
                found[one] = set_id
    return [index.sets.reading(set_id, one) for one, set_id in found.items()]


def _reading(facet: Property, reading: Reading) -> Miss | None:
    if reading.kind == "unsupported":
        return Miss("unsupported")
    items = reading.items
    if not items:
        return ABSENT
    if facet.data_type is not None:
        items = tuple(item for item in items if item[0] == facet.data_type)
        if not items:
            return Miss("data_type", reading.items[0][0])
    values = [value for _, value in items if value != ""]
    if not values:  # exporters write an empty text where nothing is said
        return Miss("empty", absent=True)
    if facet.value is None or _holds(facet.value, reading, values):
        return None
    return Miss("value", values[0] if len(values) == 1 else ", ".join(map(str, values)))


def _holds(asked: Value, reading: Reading, values: list[Found]) -> bool:
    """A range must hold for all values and for both ends of bounded ones, anything else for any of them."""
    matches = matcher(asked)
    low, high = bounded(asked)
    if not low and not high:
        return any(map(matches, values))
    if reading.kind == "bounded" and ((low and reading.low is None) or (high and reading.high is None)):
        return False
    return all(map(matches, values))


def _material(index: Index, facet: Material) -> Check:
    matches = matcher(facet.value) if facet.value is not None else None
    verdicts: dict[tuple[int, ...], Miss | None] = {}

    def of_materials(materials: tuple[int, ...]) -> Miss | None:
        names = sorted({name for material in materials for name in index.material_names(material)})
        if matches is None or any(map(matches, names)):
            return None
        return Miss("value", ", ".join(names))

    def verdict(entity: int) -> Miss | None:
        materials = index.materials.get(entity)
        if not materials:
            return ABSENT
        if materials not in verdicts:
            verdicts[materials] = of_materials(materials)
        return verdicts[materials]

    return verdict


def _classification(index: Index, facet: Classification) -> Check:
    system = matcher(facet.system) if facet.system is not None else None
    code = matcher(facet.value) if facet.value is not None else None

    def verdict(entity: int) -> Miss | None:
        references = index.classifications.get(entity)
        if not references:
            return ABSENT
        of_system = [r for r in references if system is None or (r.system and system(r.system))]
        if not of_system:
            return Miss("system", ", ".join(r.system or "" for r in references))
        if code is None or any(code(one) for reference in of_system for one in reference.codes):
            return None
        return Miss("value", ", ".join(one for reference in of_system for one in reference.codes))

    return verdict


def _part_of(index: Index, facet: PartOf) -> Check:
    parts = _parts(index, facet)

    def verdict(entity: int) -> Miss | None:
        if entity in parts:
            return None
        whole = index.wholes(facet.relation).get(entity)
        return ABSENT if whole is None else Miss("class", index.class_of(whole))

    return verdict
