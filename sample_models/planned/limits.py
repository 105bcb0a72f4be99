"""The golden cases of planning rules: for each rule dimensions that keep it, lie at its limit, and break it.

A file is written as `rules/<CODE>/<outcome>-<what>.ifc`. At the limit of a measured length or area the answer is
undecided, since the value is nearer than its tolerance; a count and a declared size have none, and pass.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gis.site import Attachment
from sample_models.planned.dimensions import Dimensions
from sample_models.planned.house import Planned

UNDECIDED, PASS = "undecided", "pass"
Sizes = Mapping[str, Any]


@dataclass(frozen=True)
class Case:
    """One small house: its dimensions that are not the default ones, and the rule it is judged by.

    `sheet` and `params` stand for values of the plot's planning sheet and of the code where the demonstration's own
    ones leave nothing to judge, or where the plot itself would have to be bent.
    """

    code: str
    outcome: str
    what: str
    sizes: Sizes
    sheet: Sizes = field(default_factory=dict)
    params: Sizes = field(default_factory=dict)

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
    ("FLR-01", "floors", 3, 4, 5, {"windows": False}),
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
    ("SET-04", "left", 4.25, 4.20, 4.15, {"floors": 3}),
    ("ATT-01", "left", 0.05, 0.10, 0.15, {}),
    ("DST-01", "second", 6.03, 6.00, 5.97, {}),
    ("ANX-01", "annex", 9.4, 9.6, 9.8, {}),
    ("ANX-02", "annex_back", 2.03, 2.00, 1.97, {"annex": 8.0}),
    ("LWL-02", "well", 2.02, 2.00, 1.98, {}),
    ("LWL-03", "well", 2.02, 2.00, 1.98, {}),
    ("LWL-04", "cover", 0.04, 0.05, 0.06, {}),
    ("HGT-03", "kitchen_clear", 2.52, 2.50, 2.48, {}),
    ("STY-01", "storey", 2.93, 2.90, 2.87, {}),
    ("STY-02", "storey", 4.47, 4.50, 4.53, {}),
    ("BSM-03", "basement_clear", 2.42, 2.40, 2.38, {"basement": True}),
    ("DWL-01", "bedroom", 1.70, 1.625, 1.55, {}),
    ("ROM-02", "bedroom", 2.02, 2.00, 1.98, {}),
    ("COR-01", "corridor", 1.02, 1.00, 0.98, {}),
    ("USE-02", "shop", 9.5, 9.6935, 9.9, {}),
    ("PRJ-03", "rise", 0.03, 0.00, -0.03, {}),
    ("PRJ-04", "balcony_length", 9.5, 9.6, 9.7, {}),
    ("PAR-02", "rail", 0.92, 0.90, 0.88, {}),
    ("PRK-02", "bay_width", 2.42, 2.40, 2.38, {}),
    ("PRK-03", "bay_length", 4.82, 4.80, 4.78, {}),
    ("PRK-04", "aisle", 3.52, 3.50, 3.48, {}),
    ("PRK-05", "wide_bays", 2, 1, 0, {"bays": 20, "windows": False, "floors": 1}),
    ("LFT-02", "shaft", 1.52, 1.50, 1.48, {"lift": True}),
    ("WIN-01", "bedroom_window", 0.94, 0.914286, 0.89, {}),
    ("WIN-03", "left", 2.05, 2.00, 1.95, {}),
    ("VNT-01", "kitchen_window", 0.51, 0.50, 0.49, {}),
    ("DOR-02", "entrance_height", 2.01, 2.00, 1.99, {}),
    ("DOR-03", "gate", 1.21, 1.20, 1.19, {}),
    ("STR-03", "tread", 0.27, 0.26, 0.25, {}),
    ("STR-04", "tread", 0.24, 0.23, 0.22, {}),
    ("STR-05", "stair_length", 3.64, 3.62, 3.60, {}),
    ("STR-06", "storey", 2.98, 2.933333, 2.89, {"hatch": 1.40}),
    ("RMP-01", "ramp_length", 5.7, 5.555556, 5.4, {}),
    ("RMP-02", "ramp_width", 3.02, 3.00, 2.98, {"ramp_length": 6.0}),
    ("PAR-01", "parapet", 0.92, 0.90, 0.88, {}),
    ("FNC-01", "fence", 1.97, 2.00, 2.03, {}),
    ("EXT-03", "second_gate", 5.69, 5.656854, 5.63, {}),
)
SHEETS: Mapping[str, Sizes] = {
    "ATT-01": {"attachment": Attachment.SEMI_ATTACHED},
    "USE-02": {"use": "residential_commercial"},
}
PASSES_AT_THE_LIMIT = {"FLR-01", "PRK-01", "DOR-01", "DOR-02", "DOR-03", "VNT-01", "PRK-05", "STR-07", "EXT-01"}
# Rule, outcome, what, dimensions: what is no matter of a limit.
OTHERS: tuple[tuple[str, str, str, Sizes], ...] = (
    ("BSM-01", "na", "no-basement", {}),
    ("BSM-02", "na", "no-basement", {}),
    ("USE-01", "pass", "dwelling", {}),
    ("USE-01", "fail", "shop-in-a-residential-plot", {"shop": 4.0}),
    ("SET-04", "na", "two-floors", {}),
    ("ATT-01", "na", "detached", {}),
    ("DST-01", "na", "one-building", {}),
    ("ANX-01", "na", "no-annex", {}),
    ("ANX-02", "na", "no-annex", {}),
    ("BSM-03", "na", "no-basement", {}),
    ("DWL-02", "pass", "all-rooms", {}),
    ("DWL-02", "fail", "no-kitchen", {"without": "kitchen"}),
    ("USE-02", "na", "no-shop", {}),
    ("PRJ-03", "na", "no-balcony", {"balcony": 0.0}),
    ("PRK-04", "na", "no-aisle", {}),
    ("PAR-02", "na", "no-balcony", {"balcony": 0.0}),
    ("PRK-05", "na", "one-bay", {}),
    ("LFT-02", "na", "no-lift", {}),
    ("LFT-03", "pass", "one-for-one-dwelling", {"floors": 4, "lift": True}),
    ("LFT-03", "fail", "four-floors-without", {"floors": 4}),
    ("LFT-03", "na", "three-floors", {"floors": 3}),
    ("WIN-02", "pass", "one-window", {}),
    ("WIN-02", "fail", "bedroom-without", {"bedroom_window": 0.0}),
    ("WIN-02", "undecided", "no-windows", {"windows": False}),
    ("DOR-04", "pass", "at-the-living-room", {}),
    ("DOR-04", "fail", "at-the-lobby-alone", {"entrance_to_lobby": True}),
    ("RMP-01", "na", "no-ramp", {}),
    ("RMP-02", "na", "no-ramp", {}),
    ("FNC-01", "na", "no-fence", {}),
    ("EXT-02", "undecided", "rooms-without-doors", {}),
    ("EXT-03", "na", "one-exit", {}),
    ("LFT-01", "pass", "from-four-floors-on", {"floors": 4, "lift": True}),
    ("LFT-01", "fail", "four-floors-without", {"floors": 4}),
    ("LFT-01", "na", "three-floors", {"floors": 3}),
    ("STR-01", "undecided", "no-stair", {"stair": False}),
)
# Rule, parameter, values that plot and house keep, lie at, and break: 26 by 30 metres, two floors, one stair.
BENT_LIMITS: tuple[tuple[str, str, float, float, float, Sizes], ...] = (
    ("PLOT-02", "least", 25.9, 26.0, 26.1, {}),
    ("PLOT-03", "least", 770.0, 780.0, 790.0, {}),
    ("STR-07", "from_floors", 4, 3, 2, {}),
    ("EXT-01", "from_floors", 4, 3, 2, {}),
    ("EXT-02", "most", 9.0, 8.36, 7.8, {"uses": ["living"]}),
)


def cases() -> Iterator[Case]:
    """Every golden case of a planning rule."""
    for code, name, keeps, at, breaks, more in LIMITS:
        middle = PASS if code in PASSES_AT_THE_LIMIT else UNDECIDED
        sheet = SHEETS.get(code, {})
        yield Case(code, PASS, "within-the-limit", {**more, name: keeps}, sheet)
        yield Case(code, middle, "at-the-limit", {**more, name: at}, sheet)
        yield Case(code, "fail", "beyond-the-limit", {**more, name: breaks}, sheet)
    for code, outcome, what, sizes in OTHERS:
        yield Case(code, outcome, what, sizes)
    for code, name, keeps, at, breaks, others in BENT_LIMITS:
        yield Case(code, PASS, "within-the-limit", {}, params={**others, name: keeps})
        middle = PASS if code in PASSES_AT_THE_LIMIT else UNDECIDED
        yield Case(code, middle, "at-the-limit", {}, params={**others, name: at})
        yield Case(code, "fail", "beyond-the-limit", {}, params={**others, name: breaks})


def write(folder: Path) -> Iterator[Path]:
    """Write the cases below `folder`; equal bytes each time."""
    for made in cases():
        target = folder / made.path
        target.parent.mkdir(parents=True, exist_ok=True)
        Planned(Dimensions(**made.sizes)).write(target)
        yield target
