"""Importing this module registers every rule."""

from bim.rules import area, basement, door, height, lift, parking, plot, projection, rooms, stair, well
from bim.rules.registry import RULES, judge

SUBJECTS = (area, basement, door, height, lift, parking, plot, projection, rooms, stair, well)

__all__ = ["RULES", "SUBJECTS", "judge"]
