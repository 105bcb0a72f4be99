"""Named checks: what an IDS specification cannot say about a model."""

from bim.guide.checks import file, georeference, health, naming, project, spatial, storeys
from bim.guide.checks.registry import CHECKS, Check, Checked
from bim.guide.checks.subject import Subject

MODULES = (file, project, georeference, spatial, storeys, naming, health)
"""Importing them registers their checks."""

__all__ = ["CHECKS", "MODULES", "Check", "Checked", "Subject"]
