"""The building of a model as rules see it, unplaced: metres of the model."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import ifcopenshell

from bim.assemble import assemble
from bim.building import Building
from bim.extract import Structure, extract
from bim.findings import Reason
from bim.shapes import Mesh, tessellate


@dataclass(frozen=True)
class Measured:
    """An open model with its meshes and its building."""

    model: ifcopenshell.file
    meshes: tuple[Mesh, ...]
    building: Building


@lru_cache(maxsize=1)  # what is asked of one model follows each other
def measured(path: Path) -> Measured:
    """Open, tessellate and assemble as a review does, without a plot."""
    return of(ifcopenshell.open(str(path)))


def of(model: ifcopenshell.file) -> Measured:
    """The same of a model in memory."""
    structure = Structure(model)
    meshes, geometry = tessellate(model, structure, progress=_silent)
    building = assemble(
        extract(model, structure), meshes, geometry, placed=(None, Reason("no_plot")), site=None, progress=_silent
    )
    return Measured(model, tuple(meshes), building)


def _silent(_share: float) -> None:
    """No one listens."""
