"""All normative rules: importing this module registers every family."""

from bim.validity import (
    alignment,
    built,
    curves,
    georeference,
    layouts,
    predefined,
    project,
    properties,
    representation,
    shells,
    spatial,
    units,
)
from bim.validity.registry import RULES, run, violations

FAMILIES = (
    alignment,
    built,
    curves,
    georeference,
    layouts,
    predefined,
    project,
    properties,
    representation,
    shells,
    spatial,
    units,
)

__all__ = ["FAMILIES", "RULES", "run", "violations"]
