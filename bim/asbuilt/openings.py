"""ABT-10: windows and doors that look at a neighbour: opened, moved along the façade, enlarged.

The plan alone is compared: a window that was only raised or lowered is not found.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from shapely import Point

from bim import light
from bim.asbuilt.deviation import Deviation, Direction, Params, compared, not_applicable, undecided
from bim.asbuilt.pair import Level, Pair
from bim.building import Building, Window
from bim.findings import Reason
from gis.site import Edge, EdgeRole, Site

CENTRE = 0.02
"""Metres to which the middle of an opening and its sizes are known."""


@dataclass(frozen=True)
class Opening:
    """A window or door that looks at an edge of the plot which is no street; `along` metres from the edge's start."""

    window: Window
    edge: Edge
    along: float


def openings(pair: Pair, params: Params) -> Iterator[Deviation]:
    """Each opening to a neighbour's side that differs; one pass by their number where none does."""
    if pair.site is None:
        yield undecided(Reason("no_plot"))
        return
    if not (pair.permitted.windows and pair.built.windows):  # a survey that leaves windows out says nothing of them
        yield undecided(Reason("no_windows"))
        return
    unplaced = pair.unplaced()
    if unplaced is not None:
        yield undecided(unplaced)
        return
    permitted, built = toward_neighbours(pair.permitted, pair.site), toward_neighbours(pair.built, pair.site)
    found = [one for level in pair.common for one in _of_level(level, permitted, built, params)]
    yield from found
    if not permitted and not built:
        yield not_applicable(Reason("no_window_to_neighbours"))
    elif not found:
        yield replace(compared(0.0, 0.0, "m2", _tolerating(params, 0.0), method="openings_in_plan"),
                      permitted=None, built=None)  # fmt: skip


def toward_neighbours(building: Building, site: Site) -> list[Opening]:
    """The windows and doors that look straight at an edge which is no front, on every storey."""
    doors = tuple(
        Window(door.id, door.name, door.storey, door.width, door.height, door.centre) for door in building.doors
    )
    found = []
    for view in light.views(replace(building, windows=building.windows + doors)).values():
        met = None if view.sight is None else light.to_edge(view.sight, site)
        if met is not None and met[1].role is not EdgeRole.FRONT:
            found.append(Opening(view.window, met[1], float(met[1].line.project(Point(view.window.centre)))))
    return found


def _of_level(level: Level, permitted: list[Opening], built: list[Opening], params: Params) -> Iterator[Deviation]:
    assert level.permitted is not None  # noqa: S101 - a storey of both
    assert level.built is not None  # noqa: S101 - the same
    before = [o for o in permitted if o.window.storey == level.permitted.id]
    after = [o for o in built if o.window.storey == level.built.id]
    pairs = matched(before, after, params["same_within"])
    for old, new in pairs:
        yield from _changed(old, new, params)
    for opening in after:
        if not any(opening is new for _, new in pairs):
            yield _whole(opening, Direction.MORE, params)
    for opening in before:
        if not any(opening is old for old, _ in pairs):
            yield _whole(opening, Direction.LESS, params)


def matched(before: list[Opening], after: list[Opening], within: float) -> list[tuple[Opening, Opening]]:
    """Pairs on the same edge, the nearest first and none farther apart than `within` metres along it."""
    apart = sorted(
        (abs(old.along - new.along), i, j)
        for i, old in enumerate(before)
        for j, new in enumerate(after)
        if old.edge is new.edge
    )
    taken: list[tuple[int, int]] = []
    for distance, i, j in apart:
        if distance <= within and all(i != x and j != y for x, y in taken):
            taken.append((i, j))
    return [(before[i], after[j]) for i, j in taken]


def _changed(old: Opening, new: Opening, params: Params) -> Iterator[Deviation]:
    """Moved along the façade or changed in size, where that is beyond what is tolerated or near it."""
    about: dict[str, Any] = {"elements": (new.window.id,), "storey": new.window.storey, "method": "openings_in_plan"}
    of = [("moved", 0.0, abs(new.along - old.along), params["moved"])]
    if old.window.width is not None and new.window.width is not None:
        of.append(("enlarged", old.window.width, new.window.width, params["enlarged"]))
    if old.window.height is not None and new.window.height is not None:
        of.append(("heightened", old.window.height, new.window.height, params["enlarged"]))
    for subject, before, after, tolerance in of:
        found = compared(before, after, "m", _tolerating(params, tolerance), tolerance=CENTRE, subject=subject, **about)
        if found.finding.outcome != "pass" or abs(after - before) > tolerance:
            yield found


def _whole(opening: Opening, direction: Direction, params: Params) -> Deviation:
    """An opening that only one of both has, by its area; by its number where it gives no size."""
    area = opening.window.area
    size, unit = (1.0, "count") if area is None else (area, "m2")
    of = (0.0, size) if direction is Direction.MORE else (size, 0.0)
    about: dict[str, Any] = {
        "elements": (opening.window.id,),
        "storey": opening.window.storey,
        "method": "openings_in_plan",
    }
    subject = "opened" if direction is Direction.MORE else "closed"
    return compared(*of, unit, _tolerating(params, 0.0), subject=subject, **about)


def _tolerating(params: Params, tolerance: float) -> Params:
    return {"tolerance": tolerance, "counted": params["counted"]}
