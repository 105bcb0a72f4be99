"""The measures of the sample models against those that follow from their design."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bim.guide.pack import guide_in_force
from bim.packs import code_in_force
from bim.report import Report
from bim.review import review
from gis.planning import site_for
from tests.bim.files import ROOT

SAMPLES = ROOT / "sample_models"
MANIFEST: dict[str, Any] = yaml.safe_load((SAMPLES / "manifest.yaml").read_text(encoding="utf-8"))
DAY = date.fromisoformat(MANIFEST["on"])
MODELS = [model for model in MANIFEST["models"] if model.get("measures")]


@dataclass(frozen=True)
class Row:
    """One measure over all models: the greatest error in metres, counts, or as a share."""

    name: str
    unit: str
    count: int
    error: float


def rows() -> list[Row]:
    """One for every measure of the manifest, by name."""
    errors: dict[tuple[str, str], list[float]] = defaultdict(list)
    for sample in MODELS:
        ours = {(m.name, m.storey, m.subject): m.value for m in reviewed(sample).measures}
        for wanted in sample["measures"]:
            found = ours[wanted["name"], wanted["storey"], wanted["subject"]]
            difference = abs(found - wanted["value"])
            absolute = wanted["unit"] in ("m", "count") or not wanted["value"]
            errors[wanted["name"], wanted["unit"]].append(difference if absolute else difference / wanted["value"])
    return [Row(name, unit, len(of), max(of)) for (name, unit), of in sorted(errors.items())]


def reviewed(sample: dict[str, Any]) -> Report:
    """The report of a sample on its plot."""
    site = site_for(SAMPLES / MANIFEST["zone"], sample["plot"], on=DAY)
    path: Path = SAMPLES / "models" / sample["file"]
    return review(path, site=site, guide=guide_in_force(DAY), code=code_in_force(DAY), on=DAY)
