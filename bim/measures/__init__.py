"""Every measure of a building on its plot, taken by the functions that the rules use (docs/measures.md)."""

import math
from collections import Counter
from collections.abc import Iterator

from bim.building import Building
from bim.findings import Measure
from bim.measures import barriers, basement, land, outline, parking, projections, rooms, stairs, storeys, ways, wells
from bim.measures.registry import DEFINITIONS, Definition, Group, Row, Seen
from bim.packs import CodePack
from gis.site import Site

SUBJECTS = (land, outline, storeys, projections, wells, basement, rooms, stairs, ways, parking, barriers)
"""Importing them registers their measures."""

__all__ = ["DEFINITIONS", "SUBJECTS", "in_order", "measures"]


def measures(building: Building, site: Site | None, code: CodePack | None = None) -> tuple[Measure, ...]:
    """Every measure that can be taken, in a fixed order; no two have the same name, storey and subject.

    What hinges on the code's notion of a use (which doors lead out) is taken with `code` alone.
    """
    params = {} if code is None else {key: entry.params for key, entry in code.entries.items()}
    seen = Seen(building, site, params)
    taken = (measure for definition in in_order() for measure in _of(definition, seen))
    return tuple(measure for measure in taken if math.isfinite(measure.value))


def in_order() -> list[Definition]:
    """The definitions, group by group."""
    groups = list(Group)
    return sorted(DEFINITIONS.values(), key=lambda definition: groups.index(definition.group))


def _of(definition: Definition, seen: Seen) -> Iterator[Measure]:
    rows: list[Row] = [row for row in definition.take(seen) if row.value is not None]
    by_subject, by_name = (Counter((row.storey, told(row)) for row in rows) for told in (_subject, _named))
    for row in rows:
        if by_subject[row.storey, row.subject] == 1:
            yield definition.of(row, row.subject)
        else:
            alone = by_name[row.storey, _named(row)] == 1
            yield definition.of(row, _named(row) if alone else f"{row.subject} {row.element}".strip())


def _subject(row: Row) -> str:
    return row.subject


def _named(row: Row) -> str:
    return f"{row.subject} ({row.name})"
