"""`python -m tests.bench.geometry ours|library|alike MODEL`: seconds to make the shapes of the planning classes."""

import sys
import time
from multiprocessing import cpu_count
from typing import Any

import ifcopenshell
import ifcopenshell.geom

from bim import shapes
from bim.extract import Structure


def ours(model: ifcopenshell.file) -> int:
    """As a review does it: walls without openings, the rest with theirs, lost elements again."""
    meshes, _ = shapes.tessellate(model, Structure(model), progress=lambda _: None)
    return len(meshes)


def library(model: ifcopenshell.file) -> int:
    """One pass of the library's iterator over the same elements, with its own defaults."""
    return _pass(model, ifcopenshell.geom.settings())


def alike(model: ifcopenshell.file) -> int:
    """The same pass without openings and normals: no more work than ours."""
    settings = ifcopenshell.geom.settings()
    settings.set("disable-opening-subtractions", True)
    settings.set("no-normals", True)
    return _pass(model, settings)


def _pass(model: ifcopenshell.file, settings: Any) -> int:
    structure = Structure(model)
    elements = [e for group in shapes.GROUPS for e in shapes._elements(model, structure, group)]
    iterator = ifcopenshell.geom.iterator(
        settings, model, min(cpu_count(), 4), include=elements, geometry_library=shapes.HYBRID
    )
    made = int(iterator.initialize())
    while made and iterator.next():
        made += 1
    return made


def main() -> None:
    """Print seconds and the number of shapes; opening the file is not counted."""
    model = ifcopenshell.open(sys.argv[2])
    started = time.perf_counter()
    count = {"ours": ours, "library": library, "alike": alike}[sys.argv[1]](model)
    print(f"{time.perf_counter() - started:.4f} {count}")


if __name__ == "__main__":
    main()
