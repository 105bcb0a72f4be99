"""The dimensions of the small house: the defaults keep every rule of plot 103 and of the demonstration code.

Metres in the plot's own system: x along the front from its left end, y from the street into the plot, z from the
ground floor's level.
"""

from dataclasses import dataclass

from sample_models.design import Rect

PLOT = "103"
PLOT_WIDTH, PLOT_DEPTH = 26.0, 30.0
WALL, SLAB = 0.30, 0.20


@dataclass(frozen=True)
class Dimensions:
    """Setbacks of the four sides, levels, and the sizes of what stands in the house."""

    front: float = 6.0
    left: float = 5.0
    right: float = 5.0
    rear: float = 8.0
    floors: int = 2
    storey: float = 3.20
    rise: float = 0.90
    clear: float = 3.00
    balcony: float = 1.20
    basement: bool = False
    basement_out: float = 0.0
    bays: int = 1
    shop: float = 0.0
    bedroom: float = 4.00
    well: float = 2.40
    risers: int = 20
    stair: bool = True
    flight: float = 1.20
    entrance: float = 1.00
    lift: bool = False
    shaft: float = 2.00
    second: float = 0.0
    annex: float = 0.0
    annex_back: float = 2.50
    cover: float = 0.0
    kitchen_clear: float = 3.00
    basement_clear: float = 2.60
    without: str = ""
    corridor: float = 1.40
    bay_width: float = 2.50
    bay_length: float = 5.00
    wide_bays: int = 0
    aisle: float = 0.0
    balcony_length: float = 4.00
    rail: float = 1.00
    windows: bool = True
    bedroom_window: float = 1.20
    kitchen_window: float = 1.00
    entrance_height: float = 2.10
    entrance_to_lobby: bool = False
    gate: float = 1.40
    second_gate: float = 0.0
    tread: float = 0.28
    stair_length: float = 3.90
    hatch: float = 0.0
    ramp_length: float = 0.0
    ramp_width: float = 3.50
    parapet: float = 1.00
    fence: float = 0.0

    @property
    def outline(self) -> Rect:
        """The outer faces of the external walls."""
        return Rect(self.left, self.front, PLOT_WIDTH - self.right, PLOT_DEPTH - self.rear)

    @property
    def inner(self) -> Rect:
        """The inner faces of the external walls."""
        x0, y0, x1, y1 = self.outline
        return Rect(x0 + WALL, y0 + WALL, x1 - WALL, y1 - WALL)

    @property
    def light_well(self) -> Rect:
        """In the right part of the house, wide enough along y."""
        x0, y0, _, _ = self.outline
        return Rect(x0 + 9.0, y0 + 8.0, x0 + 9.0 + self.well, y0 + 11.0)

    @property
    def stair_room(self) -> Rect:
        """Behind the lobby."""
        x0, y0, _, _ = self.outline
        return Rect(x0 + 5.6, y0 + 3.0, x0 + 8.3, y0 + 3.0 + self.stair_length)
