"""Named checks: what an IDS specification cannot say about a model."""

from bim.guide.checks import (
    circulation,
    doubles,
    federation,
    file,
    georeference,
    health,
    naming,
    openings,
    parking,
    project,
    rooms,
    spatial,
    standard,
    storeys,
)
from bim.guide.checks.registry import CHECKS, Check, Checked
from bim.guide.checks.subject import Subject

MODULES = (
    file,
    project,
    georeference,
    spatial,
    standard,
    storeys,
    naming,
    rooms,
    openings,
    circulation,
    parking,
    health,
    doubles,
    federation,
)
"""Importing them registers their checks."""

__all__ = ["CHECKS", "MODULES", "Check", "Checked", "Subject"]
