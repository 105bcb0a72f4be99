"""The design parameters of a sample building, and the plain shapes a plan is made of.

Lengths in metres in the building's own system: x along the front, y from the street into the plot,
z up from the ground floor's level. Outlines are given at the outer faces of the external walls.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

WIDTH, DEPTH = 17.0, 16.0  # of the building
EXTERNAL, CORE, PARTITION = 0.30, 0.20, 0.15  # wall thicknesses
STOREY_HEIGHT, SLAB = 3.20, 0.20
BASEMENT_HEIGHT, GROUND_SLAB, BASE_SLAB = 3.00, 0.25, 0.30
PARAPET = 1.00


class Rect(NamedTuple):
    """An upright rectangle of the plan."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def area(self) -> float:
        """Square metres."""
        return (self.x1 - self.x0) * (self.y1 - self.y0)

    def mirrored(self) -> "Rect":
        """The same on the other side of the building's middle."""
        return Rect(WIDTH - self.x1, self.y0, WIDTH - self.x0, self.y1)

    def stretched(self, by: float) -> "Rect":
        """Reaching farther to the right."""
        return Rect(self.x0, self.y0, self.x1 + by, self.y1) if by else self


@dataclass(frozen=True)
class Hole:
    """An opening of a wall from `start` along the wall's longer side, filled by a door or a window."""

    name: str
    kind: str  # "door" or "window"
    start: float
    width: float
    height: float
    sill: float = 0.0
    use: str = ""

    def mirrored(self) -> "Hole":
        """The same in a wall along x on the other side of the building's middle."""
        start = WIDTH - self.start - self.width
        return Hole(_right(self.name), self.kind, start, self.width, self.height, self.sill, self.use)


@dataclass(frozen=True)
class Wall:
    """An upright wall on its rectangle."""

    name: str
    rect: Rect
    external: bool = False
    load_bearing: bool = False
    holes: tuple[Hole, ...] = ()

    def mirrored(self) -> "Wall":
        """The same on the other side of the building's middle."""
        along_x = self.rect.x1 - self.rect.x0 > self.rect.y1 - self.rect.y0
        turned = [h.mirrored() for h in self.holes] if along_x else [_renamed(h) for h in self.holes]
        return Wall(_right(self.name), self.rect.mirrored(), self.external, self.load_bearing, tuple(turned))


@dataclass(frozen=True)
class Room:
    """A space: its use code, its Arabic name and the side of the dwelling it belongs to ("left", "right" or "")."""

    name: str
    use: str
    long_name: str
    rect: Rect
    dwelling: str = ""

    def mirrored(self) -> "Room":
        """The same in the other dwelling."""
        return Room(_right(self.name), self.use, self.long_name, self.rect.mirrored(), "right")


@dataclass(frozen=True)
class Design:
    """What tells one sample from another; the defaults break no rule.

    `narrow_bedroom`, `deep_balcony`, `steep_stair`, `narrow_entrance` name the storey (0 = ground floor) of a planted
    violation of the left dwelling; `no_area` names spaces without a net area, `no_material` a wall without material.
    `widened` moves the right outer wall of the ground floor out, `tall` says by how much a storey is higher than
    `STOREY_HEIGHT`, and `opened` which holes the left outer wall of a storey has besides those of the plan.
    """

    key: str
    plot: str
    reference_level: float
    front_setback: float = 5.50
    floors: int = 4
    ground_rise: float = 0.90
    balcony_depth: float = 1.20
    light_well_depth: float = 2.40
    bays: int = 10
    deep_balcony: Mapping[int, float] = field(default_factory=dict)
    bedroom_depth: Mapping[int, float] = field(default_factory=dict)
    risers: Mapping[int, int] = field(default_factory=dict)
    entrance_width: Mapping[int, float] = field(default_factory=dict)
    no_area: tuple[str, ...] = ()
    no_material: tuple[str, ...] = ()
    widened: float = 0.0
    tall: Mapping[int, float] = field(default_factory=dict)
    opened: Mapping[int, tuple[Hole, ...]] = field(default_factory=dict)
    georeferenced: bool = True
    spaces: bool = True

    @property
    def outline(self) -> Rect:
        """The outer faces of the external walls, on every storey but a widened ground floor."""
        return Rect(0.0, 0.0, WIDTH, DEPTH)

    def outline_of(self, storey: int) -> Rect:
        """The outer faces of the external walls of one storey (0 = ground floor)."""
        return self.outline.stretched(0.0 if storey else self.widened)

    def level(self, storey: int) -> float:
        """The floor of a storey above the ground floor's; of one more than there are, the top of the roof slab."""
        return storey * STOREY_HEIGHT + sum(more for number, more in self.tall.items() if number < storey)

    @property
    def light_well(self) -> Rect:
        """The light well between the core walls."""
        return Rect(6.20, 7.10, 10.80, round(7.10 + self.light_well_depth, 3))

    @property
    def roof_level(self) -> float:
        """Top of the roof slab above the ground floor."""
        return self.level(self.floors)


def _right(name: str) -> str:
    return name.replace("left", "right")


def _renamed(hole: Hole) -> Hole:
    return Hole(_right(hole.name), hole.kind, hole.start, hole.width, hole.height, hole.sill, hole.use)
