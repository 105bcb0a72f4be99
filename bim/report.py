"""The report of a review: one versioned JSON, the same bytes for the same input and packs."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from typing import Any

from bim.findings import Finding, Measure, Outcome, Reason
from bim.versioned import opened, written

FORMAT = "rukhsa-report"
VERSION = 1
WARNING = "warning"
_OUTLINES = ("ground", "envelope", "projection")
Rings = list[list[list[tuple[float, float]]]]
Box = tuple[float, float, float, float, float, float]
"""Least and greatest x, y and z, metres of the model."""


@dataclass(frozen=True)
class ModelInfo:
    """The judged file: `size` in bytes; schema and tool are empty where it was refused before its header."""

    name: str
    sha256: str
    size: int
    schema: str = ""
    tool: str = ""


@dataclass(frozen=True)
class CompanionInfo:
    """A model of another discipline that was handed in with the judged one."""

    discipline: str
    model: ModelInfo


@dataclass(frozen=True)
class PlotInfo:
    """The plot as judged: `polygon` and edge lines in metres of `grid`.

    `lost_roles` are roles that the office gave to edges which are no longer there.
    """

    number: str
    zone: str
    grid: str
    status: str
    fictitious: bool
    reference_level: float
    polygon: Sequence[tuple[float, float]]
    edges: Sequence[Mapping[str, Any]]
    lost_roles: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True)
class PlacementInfo:
    """How the building was put into the grid; `hypothesis` metres in one unit of its eastings or tie points.

    `residual` is its one-sigma error and `band` the same with the plot's, which widens every limit of a position;
    `points`, `rms` and `outliers` are of tie points; without `levelled` its height is not known.
    """

    method: str
    grid: str
    residual: float
    hypothesis: float
    rotation: float
    scale: float = 1.0
    band: float = 0.0
    points: int = 0
    rms: float = 0.0
    outliers: Sequence[str] = ()
    levelled: bool = True


@dataclass(frozen=True)
class DeclarationInfo:
    """Where a declaration of the model would put the building: metres from the plot, and from where it was put.

    `default` names the tool and the city where a position is only the tool's own.
    """

    method: str
    level: int
    grid: str
    distance: float | None
    apart: float | None
    default: str = ""


@dataclass(frozen=True)
class StoreyInfo:
    """One storey; `elevation` in the grid's heights where the building is placed, `doubt` why its kind is not sure."""

    id: str
    name: str
    kind: str
    elevation: float
    doubt: Reason | None = None


@dataclass(frozen=True)
class VolumeInfo:
    """A region between two levels: of the building, of what is allowed, or outside of that (`bim/massing.py`).

    `depth` is how far a breakout reaches over its limit, `area` that of `rings`.
    """

    kind: str
    storey: str | None
    bottom: float
    top: float
    depth: float
    area: float
    rings: Rings


@dataclass(frozen=True)
class RoomInfo:
    """A room of a storey's plan: its GlobalId, what people call it, its area in square metres."""

    id: str
    name: str
    area: float
    rings: Rings


@dataclass(frozen=True)
class StoreyPlanInfo:
    """The plan of a storey: `rings` of its walls' outer face, empty where it was not found, and its rooms."""

    storey: str
    rings: Rings
    rooms: Sequence[RoomInfo]


@dataclass(frozen=True)
class ShadowInfo:
    """The building's shadow on flat ground at a clock time of a day (`gis/sun.py`).

    `bearing` is that of the sun from grid north, `shaded` square metres by the number of a neighbour's plot.
    """

    day: str
    at: str
    bearing: float
    elevation: float
    shaded: Mapping[str, float]
    rings: Rings


@dataclass(frozen=True)
class PackInfo:
    """A pack that judged."""

    id: str
    version: str
    sha256: str
    status: str


@dataclass(frozen=True)
class Report:
    """Everything a review found; see docs/report-format.md."""

    model: ModelInfo
    on: date
    plot: PlotInfo | None = None
    placement: PlacementInfo | None = None
    declarations: Sequence[DeclarationInfo] = ()
    remarks: Sequence[Reason] = ()
    storeys: Sequence[StoreyInfo] = ()
    measures: Sequence[Measure] = ()
    findings: Sequence[Finding] = ()
    elements: Mapping[str, Mapping[str, str | None]] = field(default_factory=dict)
    boxes: Mapping[str, Box] = field(default_factory=dict)
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    outlines: Mapping[str, Rings] = field(default_factory=dict)
    volumes: Sequence[VolumeInfo] = ()
    plans: Sequence[StoreyPlanInfo] = ()
    shadows: Sequence[ShadowInfo] = ()
    window_sun: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    refusal: Reason | None = None
    packs: Sequence[PackInfo] = ()
    companions: Sequence[CompanionInfo] = ()
    elapsed: float = 0.0

    @property
    def summary(self) -> dict[str, int | str]:
        """The number of findings of each outcome, of failures that only warn, and the verdict."""
        counts: dict[str, int | str] = {o.value: sum(f.outcome is o for f in self.findings) for o in Outcome}
        warnings = sum(f.severity == WARNING for f in self.of(Outcome.FAIL))
        return {**counts, "warnings": warnings, "verdict": self.verdict}

    @property
    def verdict(self) -> str:
        """ "refused", "fail", "undecided" or "pass": the worst that was found, warnings left aside."""
        if self.refusal is not None:
            return "refused"
        outcomes = {finding.outcome for finding in self.findings if finding.severity != WARNING}
        return next((o.value for o in (Outcome.FAIL, Outcome.UNDECIDED) if o in outcomes), Outcome.PASS.value)

    def of(self, *outcomes: Outcome) -> list[Finding]:
        """The findings with one of `outcomes`."""
        return [finding for finding in self.findings if finding.outcome in outcomes]

    def to_json(self) -> bytes:
        """UTF-8 JSON with fixed key order, lists sorted and floats rounded to 4 decimals."""
        body = {
            "model": asdict(self.model),
            "plot": None if self.plot is None else asdict(self.plot),
            "on": self.on.isoformat(),
            "placement": None if self.placement is None else asdict(self.placement),
            "declarations": [asdict(declaration) for declaration in self.declarations],
            "remarks": [asdict(remark) for remark in self.remarks],
            "storeys": [asdict(storey) for storey in self.storeys],
            "measures": [_measure(measure) for measure in self.measures],
            "findings": [finding_json(finding) for finding in sorted(self.findings, key=_order)],
            "elements": {key: dict(self.elements[key]) for key in sorted(self.elements)},
            "boxes": {key: self.boxes[key] for key in sorted(self.boxes)},
            "pictures": {key: base64.b64encode(self.pictures[key]).decode() for key in sorted(self.pictures)},
            "outlines": {key: self.outlines[key] for key in _OUTLINES if key in self.outlines},
            "volumes": [asdict(volume) for volume in self.volumes],
            "plans": [asdict(plan) for plan in self.plans],
            "shadows": [asdict(shadow) for shadow in self.shadows],
            "window_sun": {key: dict(self.window_sun[key]) for key in sorted(self.window_sun)},
            "summary": self.summary,
            "refusal": None if self.refusal is None else asdict(self.refusal),
            "packs": [asdict(pack) for pack in self.packs],
            "companions": [asdict(companion) for companion in self.companions],
            "elapsed": self.elapsed,
        }
        return written(FORMAT, VERSION, body)

    @classmethod
    def from_json(cls, raw: bytes) -> "Report":
        """Read what `to_json` wrote; raise ValueError for another format or version."""
        data = opened(raw, FORMAT, VERSION)
        placement, plot = data["placement"], data["plot"]
        return cls(
            model=ModelInfo(**data["model"]),
            on=date.fromisoformat(data["on"]),
            plot=None if plot is None else PlotInfo(**plot),
            placement=None if placement is None else PlacementInfo(**placement),
            declarations=tuple(DeclarationInfo(**said) for said in data.get("declarations", ())),
            remarks=tuple(Reason(**remark) for remark in data.get("remarks", ())),
            storeys=tuple(map(_read_storey, data["storeys"])),
            measures=tuple(Measure(**measure) for measure in data["measures"]),
            findings=tuple(read_finding(finding) for finding in data["findings"]),
            elements=data["elements"],
            boxes={key: tuple(box) for key, box in data.get("boxes", {}).items()},
            pictures={key: base64.b64decode(picture) for key, picture in data.get("pictures", {}).items()},
            outlines=data["outlines"],
            volumes=tuple(VolumeInfo(**volume) for volume in data.get("volumes", ())),
            plans=tuple(map(_read_plan, data.get("plans", ()))),
            shadows=tuple(ShadowInfo(**shadow) for shadow in data.get("shadows", ())),
            window_sun=data.get("window_sun", {}),
            refusal=None if data["refusal"] is None else Reason(**data["refusal"]),
            packs=tuple(PackInfo(**pack) for pack in data["packs"]),
            companions=tuple(_read_companion(companion) for companion in data.get("companions", ())),
            elapsed=data["elapsed"],
        )

    def timed(self, elapsed: float) -> "Report":
        """The same report with its elapsed seconds."""
        return replace(self, elapsed=round(elapsed, 3))


def _order(finding: Finding) -> tuple[str, str, str, tuple[str, ...], str]:
    return (finding.rule, finding.storey or "", finding.subject, finding.elements, finding.outcome.value)


def _measure(measure: Measure) -> dict[str, Any]:
    names = ("name", "storey", "subject", "value", "unit", "tolerance", "method")
    return {name: getattr(measure, name) for name in names}


def finding_json(finding: Finding) -> dict[str, Any]:
    """A finding as the report writes it."""
    names = [f.name for f in fields(Finding) if f.name not in ("elements", "reason")]
    row = {name: getattr(finding, name) for name in names}
    ordered = {key: row[key] for key in ("rule", "outcome", "clause", "value", "limit", "unit", "tolerance", "method")}
    reason = None if finding.reason is None else asdict(finding.reason)
    tail = {"elements": sorted(finding.elements), "storey": row["storey"], "subject": row["subject"], "reason": reason}
    return {**ordered, **tail, "severity": finding.severity}


def read_finding(data: Mapping[str, Any]) -> Finding:
    """A finding as the report wrote it."""
    reason = data["reason"]
    parts = {"outcome": Outcome(data["outcome"]), "elements": tuple(data["elements"])}
    return Finding(**{**data, **parts, "reason": None if reason is None else Reason(**reason)})


def _read_companion(data: Mapping[str, Any]) -> CompanionInfo:
    return CompanionInfo(data["discipline"], ModelInfo(**data["model"]))


def _read_plan(data: Mapping[str, Any]) -> StoreyPlanInfo:
    return StoreyPlanInfo(data["storey"], data["rings"], tuple(RoomInfo(**room) for room in data["rooms"]))


def _read_storey(data: Mapping[str, Any]) -> StoreyInfo:
    doubt = data.get("doubt")
    return StoreyInfo(**{**data, "doubt": None if doubt is None else Reason(**doubt)})
