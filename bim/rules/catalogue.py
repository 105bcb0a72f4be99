"""Importing this module registers every rule."""

from bim.rules import (
    area,
    basement,
    detached,
    door,
    dwelling,
    height,
    land,
    lift,
    parking,
    plot,
    projection,
    rooms,
    stair,
    storey,
    upper,
    well,
)
from bim.rules.registry import RULES, judge

SUBJECTS = (
    area,
    basement,
    detached,
    door,
    dwelling,
    height,
    land,
    lift,
    parking,
    plot,
    projection,
    rooms,
    stair,
    storey,
    upper,
    well,
)

__all__ = ["RULES", "SUBJECTS", "judge"]
