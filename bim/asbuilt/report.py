"""What was built beside what was permitted, as versioned JSON and back; metres and square metres of `frame`."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from bim.asbuilt.deviation import Deviation, Direction
from bim.findings import Outcome
from bim.report import ModelInfo, PackInfo, PlotInfo, Rings, finding_json, read_finding
from bim.versioned import opened, written

FORMAT = "rukhsa-as-built"
VERSION = 1


@dataclass(frozen=True)
class Side:
    """A storey of one of both: its GlobalId and name, the level of its floor, its area where walls close it."""

    id: str
    name: str
    level: float
    area: float | None


@dataclass(frozen=True)
class Row:
    """A storey of both; one side is None where it has no counterpart."""

    kind: str
    permitted: Side | None
    built: Side | None


@dataclass(frozen=True)
class AsBuilt:
    """All that was compared.

    `frame` is "grid", "model" (neither model says where it stands) or "" where they cannot be put beside each other;
    `grid` the name of the grid. `outlines` are those of both by "permitted" or "built" and their names, `differences`
    by name what of the built ones lies "outside" and what is "lacking". `elements` are class and name by GlobalId.
    """

    permitted: ModelInfo
    built: ModelInfo
    on: date
    frame: str
    grid: str
    pack: PackInfo
    plot: PlotInfo | None = None
    storeys: tuple[Row, ...] = ()
    deviations: tuple[Deviation, ...] = ()
    outlines: Mapping[str, Mapping[str, Rings]] = field(default_factory=dict)
    differences: Mapping[str, Mapping[str, Rings]] = field(default_factory=dict)
    elements: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def of(self, *outcomes: Outcome) -> list[Deviation]:
        """The deviations with one of `outcomes`."""
        return [deviation for deviation in self.deviations if deviation.finding.outcome in outcomes]

    @property
    def verdict(self) -> str:
        """ "fail", "undecided" or "pass": the worst that was found."""
        found = {deviation.finding.outcome for deviation in self.deviations}
        return next((o.value for o in (Outcome.FAIL, Outcome.UNDECIDED) if o in found), Outcome.PASS.value)

    def to_json(self) -> bytes:
        """The same bytes for the same two models, plot and pack."""
        body = {
            **{name: asdict(getattr(self, name)) for name in ("permitted", "built", "pack")},
            "on": self.on.isoformat(),
            "frame": self.frame,
            "grid": self.grid,
            "verdict": self.verdict,
            "plot": None if self.plot is None else asdict(self.plot),
            "storeys": [asdict(row) for row in self.storeys],
            "deviations": [_deviation(deviation) for deviation in self.deviations],
            "outlines": self.outlines,
            "differences": self.differences,
            "elements": self.elements,
        }
        return written(FORMAT, VERSION, body)

    @classmethod
    def from_json(cls, raw: bytes) -> "AsBuilt":
        """Read what `to_json` wrote; raise ValueError for another format or version."""
        data = opened(raw, FORMAT, VERSION)
        del data["verdict"]
        made = {
            "permitted": ModelInfo(**data["permitted"]),
            "built": ModelInfo(**data["built"]),
            "pack": PackInfo(**data["pack"]),
            "on": date.fromisoformat(data["on"]),
            "plot": None if data["plot"] is None else PlotInfo(**data["plot"]),
            "storeys": tuple(_read_row(row) for row in data["storeys"]),
            "deviations": tuple(_read_deviation(row) for row in data["deviations"]),
        }
        return cls(**{**data, **made})


def _deviation(deviation: Deviation) -> dict[str, Any]:
    names = ("direction", "permitted", "built", "area")
    return {**finding_json(deviation.finding), **{name: getattr(deviation, name) for name in names}}


def _read_deviation(data: dict[str, Any]) -> Deviation:
    rest = {name: data.pop(name) for name in ("direction", "permitted", "built", "area")}
    direction = rest.pop("direction")
    return Deviation(read_finding(data), None if direction is None else Direction(direction), **rest)


def _read_row(data: Mapping[str, Any]) -> Row:
    sides = (None if data[name] is None else Side(**data[name]) for name in ("permitted", "built"))
    return Row(data["kind"], *sides)
