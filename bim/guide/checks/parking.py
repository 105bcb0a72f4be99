"""Checks of parking bays."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from bim.findings import Reason
from bim.guide.checks.registry import Checked, Params, check, ids
from bim.guide.checks.rooms import unique
from bim.guide.checks.subject import Entity, Subject

if TYPE_CHECKING:  # loaded where an outline is made
    from shapely import Polygon


def _bays(subject: Subject, params: Params) -> list[tuple[Entity, Polygon | None]]:
    return [(space, outline) for space, outline in subject.footprints if space.ObjectType in params["uses"]]


@check("bays_numbered", uses=list)
def bays_numbered(subject: Subject, params: Params) -> Checked:
    """Spaces whose object type is one of `uses` have numbers of their own on each storey."""
    return unique(subject, [bay for bay, _ in _bays(subject, params)])


@check("bay_sizes", unit="m", uses=list, width=float, length=float)
def bay_sizes(subject: Subject, params: Params) -> Checked:
    """The least rectangle around each bay is at least `width` by `length` metres."""
    bays = _bays(subject, params)
    sizes = [(bay, *_sides(outline)) for bay, outline in bays if outline is not None]
    narrow = [bay for bay, width, _ in sizes if width < params["width"] - 1e-6]
    short = [bay for bay, _, length in sizes if length < params["length"] - 1e-6]
    unread = len(bays) - len(sizes)
    open_ = Reason("shapes_unread", {"count": unread}) if unread else None
    told = (min(s[2] for s in sizes), params["length"]) if short and not narrow else None
    value, limit = told or (min((s[1] for s in sizes), default=0.0), params["width"])
    return Checked(len(bays), ids([*narrow, *short]), value, limit, undecided=open_)


def _sides(outline: Polygon) -> tuple[float, float]:
    """Shorter and longer side of the least rectangle around an outline."""
    a, b, c = outline.minimum_rotated_rectangle.exterior.coords[:3]
    first, second = math.dist(a, b), math.dist(b, c)
    return min(first, second), max(first, second)
