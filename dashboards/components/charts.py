"""Charts as SVG made on the server: read right to left in Arabic, values written at the marks, no need of colour.

Series differ by their filling (full, hatched), so that they are told apart on grey paper too.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup
from shapely.geometry.base import BaseGeometry

from dashboards.fragments import fragment

WIDTH, HEIGHT, FOOT, HEAD, GAP = 720.0, 230.0, 44.0, 26.0, 0.24

LEAST = 6
"""Room for so many groups is kept, so that one month alone is no wall."""


@dataclass(frozen=True)
class Series:
    """One row of values, each with its text; a value that is not known has no bar."""

    name: str
    values: Sequence[float | None]
    texts: Sequence[str]


@dataclass(frozen=True)
class Bar:
    """A drawn bar: its place in the picture, which series, and the text at it."""

    x: float
    y: float
    width: float
    height: float
    series: int
    text: str


@dataclass(frozen=True)
class Tick:
    """A label under a group of bars."""

    x: float
    text: str


def bar_chart(key: str, title: str, labels: Sequence[str], series: Sequence[Series], language: str) -> Markup:
    """A group of bars to a label; `key` makes its ids its own. The text alternative says every value."""
    bars, ticks = place(labels, series, right_to_left=language == "ar")
    told = [f"{label}: " + " · ".join(f"{one.name} {one.texts[n]}" for one in series) for n, label in enumerate(labels)]
    return Markup(  # noqa: S704 - the fragment escapes what goes in
        fragment(
            "chart",
            language,
            key=key,
            title=title,
            bars=bars,
            ticks=ticks,
            series=series,
            told=told,
            width=WIDTH,
            height=HEIGHT,
            base=HEIGHT - FOOT,
        )
    )


def place(labels: Sequence[str], series: Sequence[Series], *, right_to_left: bool) -> tuple[list[Bar], list[Tick]]:
    """Where the bars and labels go; the first label is at the side where reading begins."""
    count = max(len(labels), LEAST)
    slot, most = WIDTH / count, max([v for one in series for v in one.values if v is not None] + [0])
    room, wide = HEIGHT - FOOT - HEAD, slot * (1 - GAP) / max(len(series), 1)
    bars, ticks = [], []
    for at, label in enumerate(labels):
        left = WIDTH - (at + 1) * slot if right_to_left else at * slot
        ticks.append(Tick(left + slot / 2, label))
        for number, one in enumerate(series):
            value = one.values[at]
            if value is None:
                continue
            side = len(series) - 1 - number if right_to_left else number
            tall = room * max(value, 0) / most if most else 0.0
            bars.append(
                Bar(left + slot * GAP / 2 + side * wide, HEIGHT - FOOT - tall, wide, tall, number, one.texts[at])
            )
    return bars, ticks


@dataclass(frozen=True)
class ZoneMap:
    """A zone's outline as an SVG path and points on it, in a box of `SIDE` units; north is up."""

    path: str
    points: tuple[tuple[float, float], ...]


SIDE = 200.0
_MARGIN = 12.0


def zone_map(outline: BaseGeometry, points: Sequence[tuple[float, float]]) -> ZoneMap:
    """The drawing of one zone; points that fall together are drawn on top of each other."""
    left, low, right, high = outline.bounds
    scale = (SIDE - 2 * _MARGIN) / max(right - left, high - low, 1e-9)

    def put(x: float, y: float) -> tuple[float, float]:
        return round(_MARGIN + (x - left) * scale, 1), round(SIDE - _MARGIN - (y - low) * scale, 1)

    ring = [put(x, y) for x, y in getattr(outline, "exterior", outline).coords]
    path = "M" + "L".join(f"{x} {y}" for x, y in ring) + "Z"
    return ZoneMap(path, tuple(put(x, y) for x, y in points))
