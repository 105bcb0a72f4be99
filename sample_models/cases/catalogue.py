"""Every module that registers cases, and the writing of them all."""

from collections.abc import Iterator
from pathlib import Path

from sample_models.cases import (
    circulation,
    doubles,
    federation,
    file,
    georeference,
    health,
    information,
    naming,
    openings,
    parking,
    project,
    rooms,
    spatial,
    standard,
    storeys,
)
from sample_models.cases.case import CASES
from sample_models.cases.house import House

MODULES = (
    information,
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
"""Importing them registers their cases."""


def write(folder: Path, codes: tuple[str, ...] = ()) -> Iterator[Path]:
    """Write the cases (of `codes`, or all) below `folder`; equal bytes each time."""
    for path, made in sorted(CASES.items()):
        if codes and made.code not in codes:
            continue
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        house = House(made.parts, schema=made.schema, millimetres=made.millimetres, role=made.role)
        made.change(house)
        house.write(target)
        yield target
