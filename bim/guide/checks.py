"""Named checks: what an IDS specification cannot say about a model."""

# ruff: noqa: ARG001 - all checks share one signature

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import ifcopenshell
import numpy as np

from bim.extract import Entity, Structure, guid, unit_scale
from bim.placement import declaration, normal_grid
from bim.positions import Positions
from bim.shapes import has_body
from bim.step import Header

Params = Mapping[str, Any]


@dataclass(frozen=True)
class Checked:
    """How many things were looked at, and the GlobalIds or names of what fails; `value` where one is compared."""

    applicable: int
    failed: tuple[str, ...] = ()
    value: float | None = None
    limit: float | None = None


@dataclass(frozen=True)
class Subject:
    """What a named check sees."""

    model: ifcopenshell.file
    structure: Structure
    header: Header

    @cached_property
    def physical(self) -> list[Entity]:
        """Elements that are matter: openings, virtual elements and grids are none."""
        elements: list[Entity] = list(self.model.by_type("IfcElement"))
        return [e for e in elements if not e.is_a("IfcFeatureElement") and not e.is_a("IfcVirtualElement")]


Check = Callable[[Subject, Params], Checked]
CHECKS: dict[str, Check] = {}
_GUID = re.compile(r"[0-3][0-9A-Za-z_$]{21}")


def _check(name: str) -> Callable[[Check], Check]:
    def register(function: Check) -> Check:
        CHECKS[name] = function
        return function

    return register


@_check("global_ids")
def global_ids(subject: Subject, params: Params) -> Checked:
    """GlobalIds are 22 characters of the IFC alphabet, each used once."""
    ids = [root[0] or "" for root in subject.model.by_type("IfcRoot")]  # by position: there are very many
    count = Counter(ids)
    return Checked(len(ids), tuple(sorted(i for i, n in count.items() if n > 1 or not _GUID.fullmatch(i))))


@_check("units")
def units(subject: Subject, params: Params) -> Checked:
    """Length, area and volume units are declared, and metric."""
    missing = {"LENGTHUNIT", "AREAUNIT", "VOLUMEUNIT"}
    for project in subject.model.by_type("IfcProject"):
        assignment = project.UnitsInContext
        for unit in assignment.Units if assignment else ():
            if unit.is_a("IfcSIUnit"):
                missing.discard(unit.UnitType)
    return Checked(3, tuple(sorted(missing)))


@_check("spatial_structure")
def spatial_structure(subject: Subject, params: Params) -> Checked:
    """One project, one site, one building, and every physical element has its place under them."""
    model = subject.model
    counts = {name: len(model.by_type(name)) for name in ("IfcProject", "IfcSite", "IfcBuilding")}
    wrong = [name for name, count in counts.items() if count != 1]
    placed = set(subject.structure.parent) | _dependent(model)
    elements = subject.physical
    lost = sorted(guid(e) for e in elements if e.id() not in placed)
    return Checked(len(elements) + 3, (*wrong, *lost))


def _dependent(model: ifcopenshell.file) -> set[int]:
    """Elements that fill, void or project from another one have its place."""
    related = (
        ("IfcRelFillsElement", "RelatedBuildingElement"),
        ("IfcRelVoidsElement", "RelatedOpeningElement"),
        ("IfcRelProjectsElement", "RelatedFeatureElement"),
    )
    found = {getattr(r, name).id() for kind, name in related for r in model.by_type(kind) if getattr(r, name)}
    nests = {e.id() for r in model.by_type("IfcRelNests") for e in r.RelatedObjects or ()}
    return found | nests


@_check("georeference")
def georeference(subject: Subject, params: Params) -> Checked:
    """A map conversion to a projected system with a known code is declared."""
    declared = declaration(subject.model)
    named = declared is not None and normal_grid(declared.grid)
    return Checked(1, () if named else ("IfcMapConversion" if declared is None else "IfcProjectedCRS",))


@_check("storeys")
def storeys(subject: Subject, params: Params) -> Checked:
    """Storeys have a name of their own and an elevation, and no two the same elevation."""
    found = subject.model.by_type("IfcBuildingStorey")
    names = Counter(storey.Name for storey in found)
    levels = Counter(round(s.Elevation, 6) for s in found if s.Elevation is not None)
    wrong = (s for s in found if not s.Name or names[s.Name] > 1 or s.Elevation is None)
    double = (s for s in found if s.Elevation is not None and levels[round(s.Elevation, 6)] > 1)
    return Checked(max(len(found), 1), _ids([*wrong, *double]) if found else ("IfcBuildingStorey",))


@_check("proxies")
def proxies(subject: Subject, params: Params) -> Checked:
    """The share of elements without a class of their own is below `most`."""
    elements = subject.physical
    without = [e for e in elements if e.is_a("IfcBuildingElementProxy")]
    share = len(without) / len(elements) if elements else 0.0
    failed = _ids(without) if share > params["most"] else ()
    return Checked(len(elements), failed, share, params["most"])


@_check("shapes")
def shapes(subject: Subject, params: Params) -> Checked:
    """Every physical element has a shape, or parts that have one."""
    whole = {r.RelatingObject.id() for r in subject.model.by_type("IfcRelAggregates") if r.RelatingObject}
    elements = subject.physical
    return Checked(len(elements), _ids(e for e in elements if e.id() not in whole and not has_body(e)))


@_check("header")
def header(subject: Subject, params: Params) -> Checked:
    """The file says which system made it and who."""
    missing = [n for n, said in (("author", subject.header.authors), ("system", subject.header.tool)) if not said]
    return Checked(2, tuple(missing))


@_check("far_elements")
def far_elements(subject: Subject, params: Params) -> Checked:
    """No element stands further than `metres` from the middle of them all."""
    positions = Positions()
    placed = [(e, point) for e in subject.physical if (point := positions.origin(e)) is not None]
    if not placed:
        return Checked(0)
    metre = unit_scale(subject.model, "LENGTHUNIT")
    points = np.array([point for _, point in placed]) * metre
    away = np.linalg.norm(points - np.median(points, axis=0), axis=1)
    failed = _ids(e for e, distance in zip((e for e, _ in placed), away, strict=True) if distance > params["metres"])
    return Checked(len(placed), failed, float(away.max()), params["metres"])


def _ids(elements: Iterable[Entity]) -> tuple[str, ...]:
    return tuple(sorted({guid(e) for e in elements}))
