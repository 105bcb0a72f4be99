"""The division of a building as versioned JSON and back; metres and square metres of `grid`, or of the model."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from bim.findings import Finding, Outcome
from bim.report import ModelInfo, PackInfo, PlotInfo, Rings, StoreyInfo, finding_json, read_finding
from bim.strata.division import Closure
from bim.versioned import opened, written

FORMAT = "rukhsa-strata"
VERSION = 1


@dataclass(frozen=True)
class PartRow:
    """A section on one storey, with the outline of its legal space between two levels."""

    storey: str
    net: float
    open: float
    mid_wall: float | None
    gross: float | None
    region: Rings
    bottom: float
    top: float


@dataclass(frozen=True)
class SectionRow:
    """A section of the table; areas over all its storeys, `shares` of 2400 in the land, None where not known."""

    id: str
    number: str
    name: str
    kind: str
    net: float | None
    open: float | None
    mid_wall: float | None
    gross: float | None
    shares: int | None
    spaces: tuple[str, ...]
    parts: tuple[PartRow, ...]


@dataclass(frozen=True)
class CommonRow:
    """A common part of the table, with the outline of its legal space between two levels where it has them."""

    id: str
    label: str
    use: str
    storey: str | None
    area: float
    region: Rings
    bottom: float | None
    top: float | None


@dataclass(frozen=True)
class Strata:
    """The whole division; `grid` is "" where the model does not say where it stands."""

    model: ModelInfo
    on: date
    grid: str
    pack: PackInfo
    basis: str
    facade: str
    plot: PlotInfo | None = None
    storeys: tuple[StoreyInfo, ...] = ()
    sections: tuple[SectionRow, ...] = ()
    common: tuple[CommonRow, ...] = ()
    closures: tuple[Closure, ...] = ()
    findings: tuple[Finding, ...] = ()

    def of(self, *outcomes: Outcome) -> list[Finding]:
        """The findings with one of `outcomes`."""
        return [finding for finding in self.findings if finding.outcome in outcomes]

    @property
    def verdict(self) -> str:
        """ "fail", "undecided" or "pass": the worst that was found."""
        outcomes = {finding.outcome for finding in self.findings}
        return next((o.value for o in (Outcome.FAIL, Outcome.UNDECIDED) if o in outcomes), Outcome.PASS.value)

    def to_json(self) -> bytes:
        """The same bytes for the same model, plot and pack."""
        body = {
            **asdict(self),
            "on": self.on.isoformat(),
            "verdict": self.verdict,
            "findings": [finding_json(finding) for finding in self.findings],
        }
        return written(FORMAT, VERSION, body)

    @classmethod
    def from_json(cls, raw: bytes) -> "Strata":
        """Read what `to_json` wrote; raise ValueError for another format or version."""
        data = opened(raw, FORMAT, VERSION)
        del data["verdict"]
        made = {
            "model": ModelInfo(**data["model"]),
            "on": date.fromisoformat(data["on"]),
            "pack": PackInfo(**data["pack"]),
            "plot": None if data["plot"] is None else PlotInfo(**data["plot"]),
            "storeys": tuple(StoreyInfo(**row) for row in data["storeys"]),
            "sections": tuple(_section(row) for row in data["sections"]),
            "common": tuple(CommonRow(**row) for row in data["common"]),
            "closures": tuple(Closure(**row) for row in data["closures"]),
            "findings": tuple(read_finding(row) for row in data["findings"]),
        }
        return cls(**{**data, **made})


def _section(data: Mapping[str, Any]) -> SectionRow:
    parts = tuple(PartRow(**part) for part in data["parts"])
    return SectionRow(**{**data, "parts": parts, "spaces": tuple(data["spaces"])})
