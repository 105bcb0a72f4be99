"""The scene of a reviewed submission: its elements, and around them what is allowed and what breaks out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bim import archive
from bim.orders import Limits
from bim.report import Report
from bim.scene.check import scene
from bim.scene.gltf import read_json
from bim.tie_points import TiePoint
from gis.roles import CorrectedRole
from permits.review import volumes
from permits.review.check import site_on


@dataclass(frozen=True)
class Scene:
    """Two scenes in binary glTF with one origin: the elements by GlobalId, and the volumes by their kind.

    `building` is None where a drawing was handed in, whose building is then among the volumes.
    """

    building: bytes | None
    around: bytes | None


@dataclass(frozen=True)
class Shown:
    """What is told of an element of a scene; `storey` is a GlobalId, or empty."""

    kind: str
    name: str
    storey: str


def make_scene(
    submitted: Path,
    report: Report,
    *,
    layers: Path,
    plot: str,
    on: date,
    ties: Sequence[TiePoint] = (),
    roles: Sequence[CorrectedRole] = (),
    limits: Limits | None = None,
) -> Scene:
    """The scene of what was judged by `report`. Raises `RefusedError` and `ReviewFailedError` as a review does."""
    if submitted.is_file() and archive.is_zip(submitted) and archive.holds_drawing(submitted):
        return Scene(None, volumes.around(report, masses=True))
    building = scene(submitted, site=site_on(layers, plot, on, roles), ties=ties, limits=limits)
    origin = read_json(building)["scenes"][0]["extras"]["origin"]
    return Scene(building, volumes.around(report, origin=origin))


def elements_of(building: bytes) -> Mapping[str, Shown]:
    """The elements of a scene by GlobalId."""
    told = ((node["name"], node["extras"]) for node in read_json(building).get("nodes", ()))
    return {guid: Shown(extras["class"], extras["name"], extras["storey"]) for guid, extras in told}


def metadata(building: bytes) -> dict[str, Any]:
    """The same for programs: storeys with their levels, and [class, name, storey] by GlobalId."""
    extras = read_json(building)["scenes"][0]["extras"]
    elements = {guid: [one.kind, one.name, one.storey] for guid, one in elements_of(building).items()}
    return {**extras, "elements": elements}
