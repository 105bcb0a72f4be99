"""The golden cases of planning rules: for each rule dimensions that keep it, lie at its limit, and break it.

A file is written as `rules/<CODE>/<outcome>-<what>.ifc`. At the limit of a measured length or area the answer is
undecided, since the value is nearer than its tolerance; a count and a declared size have none, and pass.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sample_models.planned.dimensions import Dimensions
from sample_models.planned.house import Planned

UNDECIDED, PASS = "undecided", "pass"
Sizes = Mapping[str, Any]


@dataclass(frozen=True)
class Case:
    """One small house: its dimensions that are not the default ones, and the rule it is judged by."""

    code: str
    outcome: str
    what: str
    sizes: Sizes

    @property
    def path(self) -> Path:
        """Below the folder of the samples."""
        return Path("rules") / self.code / f"{self.outcome}-{self.what}.ifc"


# Rule, the dimension that is bent, what keeps the rule, what is at its limit, what breaks it; and what else is needed.
LIMITS: tuple[tuple[str, str, Any, Any, Any, Sizes], ...] = (
    ("PLOT-01", "left", 0.1, 0.0, -0.5, {}),
    ("SET-01", "front", 5.05, 5.0, 4.95, {}),
    ("SET-02", "left", 4.05, 4.0, 3.95, {}),
    ("SET-03", "rear", 6.05, 6.0, 5.95, {}),
    ("COV-01", "rear", 7.0, 6.667, 6.0, {"front": 6.0, "left": 4.0, "right": 4.0}),
    ("FAR-01", "rear", 7.0, 6.2667, 5.0, {"front": 6.0, "left": 4.0, "right": 4.0, "floors": 4}),
    ("HGT-01", "rise", 0.47, 0.50, 0.53, {"floors": 4, "storey": 3.5}),
    ("FLR-01", "floors", 3, 4, 5, {}),
    ("HGT-02", "clear", 2.72, 2.70, 2.68, {}),
    ("PRJ-01", "balcony", 1.47, 1.50, 1.53, {}),
    ("PRJ-02", "balcony", 5.9, 6.0, 6.1, {}),
    ("BSM-01", "basement_out", 0.9, 1.0, 1.1, {"basement": True}),
    ("BSM-02", "rise", 1.17, 1.20, 1.23, {"basement": True}),
    ("PRK-01", "bays", 2, 1, 0, {}),
    ("LWL-01", "well", 2.02, 2.00, 1.98, {}),
    ("STR-01", "storey", 3.18, 3.24, 3.30, {"risers": 18}),
    ("STR-02", "flight", 1.12, 1.10, 1.08, {}),
    ("ROM-01", "bedroom", 2.27, 2.25, 2.23, {}),
    ("DOR-01", "entrance", 0.91, 0.90, 0.89, {}),
)
PASSES_AT_THE_LIMIT = {"FLR-01", "PRK-01", "DOR-01"}
# Rule, outcome, what, dimensions: what is no matter of a limit.
OTHERS: tuple[tuple[str, str, str, Sizes], ...] = (
    ("BSM-01", "na", "no-basement", {}),
    ("BSM-02", "na", "no-basement", {}),
    ("USE-01", "pass", "dwelling", {}),
    ("USE-01", "fail", "shop-in-a-residential-plot", {"shop": True}),
    ("LFT-01", "pass", "from-four-floors-on", {"floors": 4, "lift": True}),
    ("LFT-01", "fail", "four-floors-without", {"floors": 4}),
    ("LFT-01", "na", "three-floors", {"floors": 3}),
    ("STR-01", "undecided", "no-stair", {"stair": False}),
)


def cases() -> Iterator[Case]:
    """Every golden case of a planning rule."""
    for code, name, keeps, at, breaks, more in LIMITS:
        middle = PASS if code in PASSES_AT_THE_LIMIT else UNDECIDED
        yield Case(code, PASS, "within-the-limit", {**more, name: keeps})
        yield Case(code, middle, "at-the-limit", {**more, name: at})
        yield Case(code, "fail", "beyond-the-limit", {**more, name: breaks})
    for code, outcome, what, sizes in OTHERS:
        yield Case(code, outcome, what, sizes)


def write(folder: Path) -> Iterator[Path]:
    """Write the cases below `folder`; equal bytes each time."""
    for made in cases():
        target = folder / made.path
        target.parent.mkdir(parents=True, exist_ok=True)
        Planned(Dimensions(**made.sizes)).write(target)
        yield target
