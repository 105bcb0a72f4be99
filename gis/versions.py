"""What changed between two versions of a cadastre: each plot is told once, in the one class that fits it best."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import shapely
from numpy.typing import NDArray

from gis.cadastre import CadastralPlot
from gis.quality.defects import Shapes

Pair = tuple[int, int]
_ATTRIBUTES = ("block", "parcel", "use", "official_area", "reference_level")


class ChangeKind(StrEnum):
    """Kinds of changes, from the strongest; the text of each is `land-change-<kind>`."""

    ADDED = "added"
    GONE = "gone"
    RENUMBERED = "renumbered"
    MOVED = "moved"
    RESHAPED = "reshaped"
    ATTRIBUTES = "attributes"


@dataclass(frozen=True)
class Sameness:
    """When two outlines are one: `same` is the least overlap over union, below it they differ.

    `shift` is how far, in metres, an outline of one form may have moved; `form` how far, in metres, two outlines laid
    on each other may differ and be of one form; `area` the difference of areas of record (m²) that is no change.
    """

    same: float = 0.999
    shift: float = 50.0
    form: float = 0.02
    area: float = 0.005


@dataclass(frozen=True)
class Change:
    """One plot that changed: its place (from 0) and number in either version, None where it is not there.

    `iou` is overlap over union of both outlines; `shift` the way its middle went (dx, dy), metres; `attributes` are
    old and new values by name, whatever the kind.
    """

    kind: ChangeKind
    old: int | None
    new: int | None
    old_number: str | None
    new_number: str | None
    iou: float
    shift: tuple[float, float]
    attributes: Mapping[str, tuple[object, object]]

    @property
    def said(self) -> dict[str, str | float]:
        """What the text of its kind may name; the way in metres, the names of changed attributes as a list."""
        numbers = {"old": self.old_number or "", "new": self.new_number or ""}
        return {**numbers, "metres": round(math.hypot(*self.shift), 2), "percent": round(self.iou * 100, 1),
                "names": ", ".join(self.attributes)}  # fmt: skip


def compare(
    old: Sequence[CadastralPlot], new: Sequence[CadastralPlot], sameness: Sameness | None = None
) -> tuple[Change, ...]:
    """Every change from `old` to `new`, both in one grid, by kind; a plot without a change is not told.

    Outlines that lie on each other are one plot whatever its number; of those left, one zone and number is one plot
    however its outline changed, and one form nearby is one plot that moved and got another number. Raises ValueError
    where a version gives a number twice in a zone; outlines must be valid: quality comes first.
    """
    rule = sameness or Sameness()
    before, after = _differing(old, new)
    changes = _compared([old[at] for at in before], [new[at] for at in after], rule)
    return tuple(
        replace(c, old=None if c.old is None else before[c.old], new=None if c.new is None else after[c.new])
        for c in changes
    )


def _differing(old: Sequence[CadastralPlot], new: Sequence[CadastralPlot]) -> tuple[list[int], list[int]]:
    """Indices of plots that are not the same in every value and corner: of a whole city few are left to compare."""
    here, there = _numbers(old), _numbers(new)
    both = [(at, there[key]) for key, at in here.items() if key in there]
    if not both:
        return list(range(len(old))), list(range(len(new)))
    a, b = np.array(both, dtype=np.int64).T
    same = shapely.equals_identical(_shapes(old)[a], _shapes(new)[b])
    alike = {(i, j) for (i, j), equal in zip(both, same, strict=True) if equal and _values(old[i]) == _values(new[j])}
    left, came = {i for i, _ in alike}, {j for _, j in alike}
    return [at for at in range(len(old)) if at not in left], [at for at in range(len(new)) if at not in came]


def _values(plot: CadastralPlot) -> tuple[object, ...]:
    return plot.block, plot.parcel, plot.use, plot.official_area, plot.reference_level


def _compared(old: Sequence[CadastralPlot], new: Sequence[CadastralPlot], rule: Sameness) -> Sequence[Change]:
    versions = _Versions(old, new)
    pairs = versions.by_outline(rule.same)
    pairs += versions.by_number(pairs)
    pairs += versions.by_form(pairs, rule)
    changes = [change for pair in pairs if (change := versions.change(pair, rule))]
    left, came = versions.unpaired(pairs)
    changes += [_alone(ChangeKind.GONE, at, old[at]) for at in left]
    changes += [_alone(ChangeKind.ADDED, at, new[at]) for at in came]
    order = {kind: at for at, kind in enumerate(ChangeKind)}
    return sorted(changes, key=lambda c: (order[c.kind], -1 if c.old is None else c.old, c.new or 0))


class _Versions:
    """Both versions with their outlines as arrays."""

    def __init__(self, old: Sequence[CadastralPlot], new: Sequence[CadastralPlot]) -> None:
        self.old, self.new = old, new
        self.old_shapes, self.new_shapes = _shapes(old), _shapes(new)
        self.old_numbers, self.new_numbers = _numbers(old), _numbers(new)

    def by_outline(self, same: float) -> list[Pair]:
        """Pairs whose outlines lie on each other, best first, each plot once; of equals one number goes first."""
        if not self.old or not self.new:
            return []
        b, a = shapely.STRtree(self.old_shapes).query(self.new_shapes)
        old, new = shapely.area(self.old_shapes)[a], shapely.area(self.new_shapes)[b]
        like = np.minimum(old, new) >= same * np.maximum(old, new)  # else they cannot cover each other so far
        a, b = a[like], b[like]
        iou = _iou(self.old_shapes[a], self.new_shapes[b])
        close = np.flatnonzero(iou >= same)
        other = np.array([self.old[a[at]].number != self.new[b[at]].number for at in close], dtype=bool)
        ranked = close[np.lexsort((b[close], a[close], other, -iou[close].round(9)))]
        return _each_once((int(a[at]), int(b[at])) for at in ranked)

    def by_number(self, taken: Sequence[Pair]) -> list[Pair]:
        """Pairs of one zone and number among those left."""
        left, came = self.unpaired(taken)
        free = set(came)
        found = ((at, self.new_numbers.get((self.old[at].zone, self.old[at].number))) for at in left)
        return [(a, b) for a, b in found if b is not None and b in free]

    def by_form(self, taken: Sequence[Pair], rule: Sameness) -> list[Pair]:
        """Pairs of one form within reach among those left, the nearest first."""
        left, came = self.unpaired(taken)
        if not left or not came:
            return []
        ours, theirs = self.old_shapes[left], self.new_shapes[came]
        tree = shapely.STRtree(shapely.centroid(ours))
        b, a = tree.query(shapely.centroid(theirs), predicate="dwithin", distance=rule.shift)
        alike = np.array(
            [_form_differs(ours[i], theirs[j]) <= rule.form for i, j in zip(a, b, strict=True)], dtype=bool
        )
        far = shapely.distance(shapely.centroid(ours[a]), shapely.centroid(theirs[b]))
        ranked = [at for at in np.lexsort((b, a, far)) if alike[at]]
        return _each_once((left[a[at]], came[b[at]]) for at in ranked)

    def unpaired(self, pairs: Sequence[Pair]) -> tuple[list[int], list[int]]:
        """Indices of old and of new plots in no pair."""
        a, b = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
        return [at for at in range(len(self.old)) if at not in a], [at for at in range(len(self.new)) if at not in b]

    def change(self, pair: Pair, rule: Sameness) -> Change | None:
        """What became of one plot; None where nothing did."""
        before, after = self.old[pair[0]], self.new[pair[1]]
        iou = float(_iou(self.old_shapes[[pair[0]]], self.new_shapes[[pair[1]]])[0])
        differing = dict(_attributes(before, after, rule.area))
        kind = None
        if (before.zone, before.number) != (after.zone, after.number):
            kind = ChangeKind.RENUMBERED
        elif iou < rule.same:
            moved = _form_differs(before.polygon, after.polygon) <= rule.form
            kind = ChangeKind.MOVED if moved else ChangeKind.RESHAPED
        elif differing:
            kind = ChangeKind.ATTRIBUTES
        shift = _shift(before, after)
        return Change(kind, *pair, before.number, after.number, iou, shift, differing) if kind else None


def counts(changes: Sequence[Change]) -> Mapping[ChangeKind, int]:
    """How many of each kind, zeros too."""
    found = Counter(change.kind for change in changes)
    return {kind: found[kind] for kind in ChangeKind}


def _shapes(plots: Sequence[CadastralPlot]) -> Shapes:
    return np.array([plot.polygon for plot in plots], dtype=object)


def _numbers(plots: Sequence[CadastralPlot]) -> dict[tuple[str, str], int]:
    found = {(plot.zone, plot.number): at for at, plot in enumerate(plots)}
    if len(found) < len(plots):
        raise ValueError("a number is given twice in a zone")
    return found


def _iou(a: Shapes, b: Shapes) -> NDArray[np.float64]:
    common = shapely.area(shapely.intersection(a, b))
    return np.asarray(common / np.maximum(shapely.area(a) + shapely.area(b) - common, 1e-12))


def _form_differs(a: shapely.Geometry, b: shapely.Geometry) -> float:
    """How far two outlines lie apart, metres, when their middles are laid on each other."""
    from_a, from_b = (np.array(shapely.centroid(shape).coords[0]) for shape in (a, b))
    laid = shapely.transform(b, lambda points: points - from_b + from_a)
    return float(shapely.hausdorff_distance(a.boundary, laid.boundary))


def _shift(before: CadastralPlot, after: CadastralPlot) -> tuple[float, float]:
    start, end = shapely.centroid(before.polygon), shapely.centroid(after.polygon)
    return end.x - start.x, end.y - start.y


def _attributes(
    before: CadastralPlot, after: CadastralPlot, area: float
) -> Iterator[tuple[str, tuple[object, object]]]:
    for name in _ATTRIBUTES:
        a, b = getattr(before, name), getattr(after, name)
        near = name == "official_area" and a is not None and b is not None and abs(a - b) <= area
        if a != b and not near:
            yield name, (a, b)


def _each_once(ranked: Iterator[Pair]) -> list[Pair]:
    """The pairs in their order, without one whose either plot was taken before."""
    a_taken: set[int] = set()
    b_taken: set[int] = set()
    result = []
    for a, b in ranked:
        if a not in a_taken and b not in b_taken:
            a_taken.add(a)
            b_taken.add(b)
            result.append((a, b))
    return result


def _alone(kind: ChangeKind, at: int, plot: CadastralPlot) -> Change:
    gone = kind is ChangeKind.GONE
    return Change(
        kind=kind,
        old=at if gone else None,
        new=None if gone else at,
        old_number=plot.number if gone else None,
        new_number=None if gone else plot.number,
        iou=0.0,
        shift=(0.0, 0.0),
        attributes={},
    )
