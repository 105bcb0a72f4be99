"""What was built in place of `complies.ifc`: a model from another hand, with planted deviations, and what they are.

Its GlobalIds are others throughout. The manifest is computed from the design parameters, never from the models.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from sample_models import manifest, plan
from sample_models.building import Written, build
from sample_models.design import STOREY_HEIGHT, WIDTH, Design, Hole
from sample_models.placement import setbacks_of
from sample_models.samples import COMPLIES

Entry = dict[str, Any]
FILE = "as-built.ifc"
PERMITTED = "complies.ifc"
WINDOW = Hole("opened window left", "window", 6.90, 1.00, 1.20, 0.90)
BUILT = replace(
    COMPLIES, key="as-built", floors=5, deep_balcony={2: 1.80}, widened=0.30, tall={1: 0.50}, opened={3: (WINDOW,)}
)


def deviations(permitted: Design, built: Design, written: Written) -> list[Entry]:
    """Every deviation of `built`; `storey` is a GlobalId of it, amounts are square metres, metres or counts."""
    storeys, width = written.storeys, built.outline_of(0).x1 - WIDTH
    strip, depth = width * built.outline.y1, built.deep_balcony[2]
    balcony = (plan.BALCONY[1] - plan.BALCONY[0]) * (depth - permitted.balcony_depth)
    areas = [manifest.storey_area(design) * design.floors for design in (permitted, built)]
    side, height = setbacks_of(permitted).side, manifest.height(permitted)
    ground, both = manifest.storey_area(permitted), 2 * manifest.balcony_area(permitted) / 6
    return [
        _entry("ABT-01", "count", permitted.floors, built.floors, storey=storeys["4"], elements=[storeys["4"]]),
        _entry("ABT-02", "m", STOREY_HEIGHT, STOREY_HEIGHT + built.tall[1], storey=storeys["1"]),
        _entry("ABT-03", "m", height, manifest.height(built)),
        _entry("ABT-05", "m", 0.0, width, subject="ground", area=strip),
        _entry("ABT-05", "m", 0.0, width, subject="envelope", area=strip),
        _entry("ABT-05", "m", 0.0, depth - permitted.balcony_depth, subject="projection", area=strip + balcony),
        _entry("ABT-06", "m2", ground, ground + strip, storey=storeys["0"]),
        _entry("ABT-06", "m2", areas[0], areas[1] + strip),
        _entry("ABT-07", "m", permitted.balcony_depth, depth, storey=storeys["2"]),
        _entry("ABT-08", "m2", both, both + balcony, storey=storeys["2"]),
        _entry("ABT-09", "m", side, side - width, subject="side"),
        _entry("ABT-10", "m2", 0.0, WINDOW.width * WINDOW.height, storey=storeys["3"], subject="opened",
               elements=[written.elements[f"3/{WINDOW.name}"]]),
    ]  # fmt: skip


def generate(folder: Path) -> list[Path]:
    """Write the model and its manifest below `folder`; the paths written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = build(BUILT, folder / FILE)
    head = {"status": "fictitious", "permitted": PERMITTED, "built": FILE, "plot": BUILT.plot, "on": "2026-11-01"}
    body = {**head, "deviations": deviations(COMPLIES, BUILT, written)}
    path = folder / "manifest.yaml"
    path.write_text(yaml.safe_dump(body, allow_unicode=True, sort_keys=False, width=120), encoding="utf-8")
    return [folder / FILE, path]


def _entry(
    rule: str, unit: str, permitted: float, built: float, *, storey: str | None = None, subject: str = "",
    area: float | None = None, elements: list[str] | None = None,
) -> Entry:  # fmt: skip
    numbers = {"permitted": permitted, "built": built, "area": area}
    rounded = {name: None if n is None else round(float(n), 6) for name, n in numbers.items()}
    return {"rule": rule, "storey": storey, "subject": subject, "unit": unit, **rounded, "elements": elements or []}
