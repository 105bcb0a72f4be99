"""Importing this module registers every rule."""

from bim.rules import (
    area,
    barrier,
    basement,
    detached,
    door,
    dwelling,
    egress,
    height,
    land,
    lift,
    parking,
    plot,
    projection,
    ramp,
    rooms,
    stair,
    storey,
    upper,
    well,
    window,
)
from bim.rules.registry import RULES, judge

SUBJECTS = (
    area,
    barrier,
    basement,
    detached,
    door,
    dwelling,
    egress,
    height,
    land,
    lift,
    parking,
    plot,
    projection,
    ramp,
    rooms,
    stair,
    storey,
    upper,
    well,
    window,
)

__all__ = ["RULES", "SUBJECTS", "judge"]
