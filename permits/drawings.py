"""What plans drawn as SVG have in common: grid metres on a sheet with north up, edges by role, labels, a scale bar."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from math import atan2, degrees
from unicodedata import bidirectional, category

import shapely
from shapely import LineString

from permits.i18n import translate

WIDTH = 760.0
MARGIN = 4.0
"""Units across a drawing, and metres left around what it shows."""

PRINTED = 25
"""Drawing units of a text on a printed page, where the drawing is about 8 cm wide."""

EDGE = {"front": "#b3261e", "side": "#1f5fa8", "rear": "#4c7a34"}
"""The colour of an edge by its role."""

Point = tuple[float, float]


@dataclass(frozen=True)
class Sheet:
    """Grid metres to drawing units: north up, what is shown filling the width."""

    left: float
    top: float
    scale: float
    height: float

    @classmethod
    def around(cls, shapes: Iterable[object]) -> "Sheet":
        """A sheet for shapes of the grid."""
        left, bottom, right, top = shapely.total_bounds([s for s in shapes if not shapely.is_empty(s)])
        scale = WIDTH / (right - left + 2 * MARGIN)
        return cls(left - MARGIN, top + MARGIN, scale, (top - bottom + 2 * MARGIN) * scale)

    def point(self, x: float, y: float) -> Point:
        """Drawing position of a grid point."""
        return ((x - self.left) * self.scale, (self.top - y) * self.scale)

    def path(self, ring: Iterable[Point]) -> str:
        """A closed path."""
        points = " L".join("{:.1f} {:.1f}".format(*self.point(x, y)) for x, y in ring)
        return f"M{points}Z"

    def area(self, rings: Iterable[Iterable[Point]], style: str) -> str:
        """Rings as one area, holes open."""
        return f'<path d="{"".join(map(self.path, rings))}" fill-rule="evenodd" {style}/>'

    def edge(
        self, line: Sequence[Point], role: str, street: str | None, language: str, *, corrected: bool = False,
        number: int | None = None,
    ) -> str:  # fmt: skip
        """An edge of a plot in the colour of its role, named by role and street; `number` where edges are chosen."""
        points = [self.point(x, y) for x, y in line]
        colour = EDGE.get(role, "#333")
        drawn = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        middle = LineString(points).interpolate(0.5, normalized=True)
        turned = along(points[0], points[-1])
        name = translate(language, f"review-role-{role}") + (f" · \u2068{street}\u2069" if street else "")
        name = name if number is None else f"{number}. {name}"
        name += f" ({translate(language, 'edge-role-corrected')})" if corrected else ""
        return (
            f'<polyline points="{drawn}" fill="none" stroke="{colour}" stroke-width="3"/>'
            f"{label(middle.x, middle.y, name, colour, turned)}"
        )

    def dimension(self, start: Point, end: Point, text: str) -> str:
        """A line between two grid points with its length."""
        (x1, y1), (x2, y2) = self.point(*start), self.point(*end)
        line = f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="#000" marker-end="none"/>'
        return line + label((x1 + x2) / 2, (y1 + y2) / 2, text, "#000")

    def scale_bar(self) -> str:
        """Ten metres."""
        y = self.height - 10
        return (
            f'<line x1="10" y1="{y:.1f}" x2="{10 + 10 * self.scale:.1f}" y2="{y:.1f}" stroke="#000" stroke-width="2"/>'
            + label(10 + 5 * self.scale, y - 14, "10 m", "#000")
        )

    def drawing(self, parts: Iterable[str], title: str, *, font: str = "") -> str:
        """The whole SVG; with a `font` it is for a printed page, where it is smaller and its texts larger."""
        family = f' font-family="{font}" font-size="{PRINTED}"' if font else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {self.height:.0f}" role="img" '
            f'aria-label="{escape(title)}" direction="ltr"{family}>{"".join(parts)}</svg>'
        )


def along(start: Point, end: Point) -> float:
    """Degrees by which a text along a line of the drawing is turned, never upside down."""
    turned = degrees(atan2(end[1] - start[1], end[0] - start[0]))
    return turned - 180 * round(turned / 180 - 1e-9)


def label(x: float, y: float, text: str, colour: str, turned: float = 0.0) -> str:
    """A text centred on a drawing position, read in its own direction, with a white halo over what it lies on.

    Without harakat: beside them the printer finds no other font for the brackets that an Arabic one does not have.
    """
    text = "".join(sign for sign in text if category(sign) != "Mn")
    direction = "rtl" if any(bidirectional(sign) in ("R", "AL") for sign in text) else "ltr"
    halo = 'paint-order="stroke" stroke="#fff" stroke-width="7" stroke-linejoin="round"'
    place = f'x="{x:.1f}" y="{y:.1f}" dy="0.35em" text-anchor="middle" direction="{direction}"'
    turn = f' transform="rotate({turned:.1f} {x:.1f} {y:.1f})"' if turned else ""
    return f'<text {place}{turn} fill="{colour}" {halo}>{escape(text)}</text>'
