"""The zones of spaces in a model: the sections (أقسام) that a designer made, and common parts put together."""

from collections.abc import Iterator
from dataclasses import dataclass

import ifcopenshell

from bim.extract import properties
from bim.guids import guid


@dataclass(frozen=True)
class Zone:
    """An IfcZone: `kind` is its ObjectType, `number` its Reference or else its name, `spaces` are GlobalIds."""

    id: str
    name: str
    number: str
    kind: str
    spaces: tuple[str, ...]


def zones(model: ifcopenshell.file) -> tuple[Zone, ...]:
    """Every zone with its spaces, in the order of their numbers, those of digits by their value."""
    return tuple(sorted(_zones(model), key=lambda zone: (zone.number.zfill(12), zone.id)))


def _zones(model: ifcopenshell.file) -> Iterator[Zone]:
    members: dict[int, set[str]] = {}
    for relation in model.by_type("IfcRelAssignsToGroup"):
        group = relation.RelatingGroup
        if group is not None and group.is_a("IfcZone"):
            found = {guid(e) for e in relation.RelatedObjects or () if e.is_a("IfcSpace")}
            members.setdefault(group.id(), set()).update(found)
    for zone in model.by_type("IfcZone"):
        said = str(properties(zone).get("Pset_ZoneCommon", {}).get("Reference") or "")
        name, kind = zone.Name or "", zone.ObjectType or ""
        yield Zone(guid(zone), name, said or name, kind, tuple(sorted(members.get(zone.id(), ()))))
