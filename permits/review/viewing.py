"""What a face needs to show findings on the building: colours by element, texts, and outlines for the map."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np
import shapely

from bim.comparison.report import Comparison
from bim.findings import Outcome
from bim.report import WARNING, Report
from gis.geojson import GeoJson, collection
from permits.i18n import translate
from permits.review.kept import Shown

TEXTS = (
    "title", "label", "loading", "no-webgl", "lost", "failed", "storey", "all-storeys", "unnamed-storey", "cut",
    "cut-none", "cut-height", "cut-east", "cut-north", "cut-at", "measure", "measure-first", "measure-second", "reset",
    "fit", "left", "right", "up", "down", "nearer", "farther", "ghost", "envelope", "tools", "picked-none", "legend",
    "legend-error", "legend-warning", "legend-selected", "legend-allowed", "legend-beyond",
)  # fmt: skip
_FILLED = {
    "chosen": ("count",), "measured": ("length", "flat", "rise"), "picked": ("name", "kind"),
    "picked-storey": ("name", "kind", "storey"),
}  # fmt: skip


def viewer_texts(language: str, lost: int = 0) -> dict[str, str]:
    """The texts of the viewer by key; what is known only in the browser stands as {name}."""
    texts = {key: translate(language, f"viewer-{key}") for key in TEXTS}
    for key, names in _FILLED.items():
        texts[key] = translate(language, f"viewer-{key}", **{name: f"{{{name}}}" for name in names})
    return {**texts, "lost-elements": translate(language, "viewer-lost-elements", count=lost)}


def states_of(report: Report) -> dict[str, str]:
    """ "error" or "warning" by the GlobalId of each element that a failed or undecided finding names."""
    states: dict[str, str] = {}
    for finding in report.of(Outcome.FAIL, Outcome.UNDECIDED):
        grave = finding.outcome is Outcome.FAIL and finding.severity != WARNING
        for guid in finding.elements:
            if grave or guid not in states:
                states[guid] = "error" if grave else "warning"
    return states


def states_of_raw(raw: bytes) -> dict[str, str]:
    """The same of a kept report."""
    return states_of(Report.from_json(raw))


def by_storey(shown: Iterable[Shown]) -> Mapping[str, Sequence[Shown]]:
    """The open findings under the name of their storey, those of none under an empty name, at the end."""
    named: dict[str, list[Shown]] = {}
    for finding in shown:
        if finding.outcome in ("fail", "undecided"):
            named.setdefault(finding.storey, []).append(finding)
    return {name: named[name] for name in sorted(named, key=lambda name: (not name, name))}


def footprints(scene: Mapping[str, Any], guids: Iterable[str]) -> GeoJson:
    """Where elements of a scene (its JSON) stand, as the boxes around their shapes, in WGS84; empty without a grid."""
    extras, wanted = scene["scenes"][0]["extras"], set(guids)
    if not extras["grid"]:
        return {"type": "FeatureCollection", "features": []}
    nodes = [node for node in scene.get("nodes", ()) if node["name"] in wanted]
    return collection([(_plan_of(scene, node), {"kind": "marked"}) for node in nodes], extras["grid"])


def _plan_of(scene: Mapping[str, Any], node: Mapping[str, Any]) -> shapely.Geometry:
    """The plan of a node's box; y is up in a scene and north is away."""
    primitive = scene["meshes"][node["mesh"]]["primitives"][0]
    box = scene["accessors"][primitive["attributes"]["POSITION"]]
    corners = np.array(list(product(*zip(box["min"], box["max"], strict=True))))
    matrix = np.array(node["matrix"]).reshape(4, 4).T
    x, _, z = (corners @ matrix[:3, :3].T + matrix[:3, 3]).T
    east, north, _ = scene["scenes"][0]["extras"]["origin"]
    return shapely.MultiPoint(np.column_stack([x + east, north - z])).convex_hull.buffer(0.05)


def change_states(found: Comparison) -> tuple[dict[str, str], dict[str, str]]:
    """How the elements of the older and of the newer building are coloured: removed as an error, added as selected,
    changed as a warning."""
    old: dict[str, str] = {}
    new: dict[str, str] = {}
    for change in found.elements.changes:
        if change.old is not None:
            old[change.old.id] = "error" if change.new is None else "warning"
        if change.new is not None:
            new[change.new.id] = "selected" if change.old is None else "warning"
    return old, new
