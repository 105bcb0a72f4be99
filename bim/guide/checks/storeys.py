"""Checks of the storeys: names, levels, heights, and what stands on them."""

import re
from collections import Counter
from itertools import pairwise

from bim.findings import Reason
from bim.guide.checks.registry import Checked, Params, check, found, ids
from bim.guide.checks.subject import Level, Subject

_NONE = Reason("no_storeys")
_UNLEVELLED = Reason("no_elevation")


@check("storeys")
def storeys(subject: Subject, _: Params) -> Checked:
    """Storeys have a name of their own and an elevation, and no two the same elevation."""
    every = subject.of("IfcBuildingStorey")
    names = Counter(storey.Name for storey in every)
    levels = Counter(round(s.Elevation, 6) for s in every if s.Elevation is not None)
    wrong = (s for s in every if not s.Name or names[s.Name] > 1 or s.Elevation is None)
    double = (s for s in every if s.Elevation is not None and levels[round(s.Elevation, 6)] > 1)
    return Checked(max(len(every), 1), ids([*wrong, *double]) if every else ("IfcBuildingStorey",))


@check("storey_names", pattern=str)
def storey_names(subject: Subject, params: Params) -> Checked:
    """Every storey's name matches `pattern` as a whole."""
    named = subject.of("IfcBuildingStorey")
    wrong = [s for s in named if not re.fullmatch(params["pattern"], (s.Name or "").strip())]
    return Checked(len(named), ids(wrong), reason=found(", ".join(s.Name or "-" for s in wrong), params["pattern"]))


@check("storey_order", pattern=str)
def storey_order(subject: Subject, params: Params) -> Checked:
    """Storeys whose names say a number (the last group of `pattern`) rise with it."""
    every = [(_number(level, params["pattern"]), level) for level in subject.levels]
    numbered = [(number, level) for number, level in every if number is not None]
    if any(level.height is None for _, level in numbered):
        return Checked(0, undecided=_UNLEVELLED)
    pairs = list(pairwise(sorted(numbered, key=lambda pair: pair[0])))
    wrong = [b.storey for (_, a), (_, b) in pairs if (b.height or 0.0) <= (a.height or 0.0)]
    return Checked(len(pairs), ids(wrong))


def _number(level: Level, pattern: str) -> int | None:
    said = re.fullmatch(pattern, (level.storey.Name or "").strip())
    try:
        return int(said[said.lastindex or 0]) if said else None
    except (TypeError, ValueError):
        return None  # the pattern lets through what is no number


@check("elevation_is_placement", unit="m", tolerance=float)
def elevation_is_placement(subject: Subject, params: Params) -> Checked:
    """Each storey's elevation and the height of its placement differ by at most `tolerance`."""
    both = [(lv.storey, abs(lv.elevation - lv.placed)) for lv in subject.levels if None not in lv[1:]]  # type: ignore[operator]  # neither is None
    if not both:
        return Checked(0, undecided=_UNLEVELLED if subject.levels else None, reason=_NONE)
    away = max(apart for _, apart in both)
    wrong = [storey for storey, apart in both if apart > params["tolerance"] + 1e-9]
    return Checked(len(both), ids(wrong), away, params["tolerance"])


@check("storey_heights", unit="m", least=float, most=float)
def storey_heights(subject: Subject, params: Params) -> Checked:
    """From each storey to the next there are `least` to `most` metres."""
    heights = [level.height for level in subject.levels]
    if None in heights:
        return Checked(0, undecided=_UNLEVELLED)
    rises = [(b.storey, (b.height or 0.0) - (a.height or 0.0)) for a, b in pairwise(subject.levels)]
    if not rises:
        return Checked(0)
    least, most = params["least"], params["most"]
    wrong = [storey for storey, rise in rises if not least - 1e-9 <= rise <= most + 1e-9]
    low, high = min(rise for _, rise in rises), max(rise for _, rise in rises)
    value, limit = (low, least) if low < least - 1e-9 else (high, most)
    return Checked(len(rises), ids(wrong), value, limit)


@check("ground_storey", unit="m", metres=float)
def ground_storey(subject: Subject, params: Params) -> Checked:
    """Some storey lies within `metres` of level zero."""
    heights = [abs(level.height) for level in subject.levels if level.height is not None]
    if not heights:
        return Checked(0, undecided=_UNLEVELLED if subject.levels else None, reason=_NONE)
    nearest = min(heights)
    return Checked(1, ("IfcBuildingStorey",) if nearest > params["metres"] else (), nearest, params["metres"])


@check("storeys_not_empty")
def storeys_not_empty(subject: Subject, _: Params) -> Checked:
    """Every storey holds something."""
    held = {place.id() for place in subject.structure.parent.values() if place is not None}
    storeys = subject.of("IfcBuildingStorey")
    return Checked(len(storeys), ids(storey for storey in storeys if storey.id() not in held))


@check("within_storey", below=float, above=float)
def within_storey(subject: Subject, params: Params) -> Checked:
    """Placements lie from `below` metres under their storey to `above` metres over the next one."""
    bounds = _bounds(subject, params)
    looked, wrong = 0, []
    for key, places in subject.contained.items():
        bound, at = bounds.get(places[0].id()) if places[0] is not None else None, subject.origins.get(key)
        if bound is not None and at is not None:
            looked += 1
            if not bound[0] <= at[2] <= bound[1]:
                wrong.append(key)
    return Checked(looked, ids(map(subject.model.by_id, wrong)))


def _bounds(subject: Subject, params: Params) -> dict[int, tuple[float, float]]:
    """Lowest and highest origin, in the world, on each storey; the uppermost has no end."""
    origins = [(subject.positions.origin(storey), storey) for storey in subject.of("IfcBuildingStorey")]
    placed = sorted(((at[2] * subject.metre, s) for at, s in origins if at is not None), key=lambda pair: pair[0])
    tops = [*(z for z, _ in placed[1:]), float("inf")]
    rows = zip(placed, tops, strict=False)  # without storeys there is an end too many
    return {s.id(): (z - params["below"] - 1e-9, top + params["above"] + 1e-9) for (z, s), top in rows}
