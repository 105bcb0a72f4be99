"""What an IDS document says of a model, as versioned JSON and back."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal

from bim.report import ModelInfo

FORMAT = "rukhsa-ids-report"
VERSION = 1
Status = Literal["pass", "fail", "not_applicable"]


@dataclass(frozen=True)
class Unmet:
    """One element and the requirement it does not meet, as `bim.ids.judge.Failure` says it.

    `requirement` counts from 0 and is None where the element itself is prohibited; `found` is what the model says.
    """

    entity: int
    global_id: str | None
    class_name: str
    requirement: int | None
    facet: str
    reason: str
    found: str | float | bool | None


@dataclass(frozen=True)
class Verdict:
    """One specification: how many elements it applies to, how many of them fail, and why."""

    name: str
    identifier: str | None
    cardinality: str
    status: Status
    applicable: int
    failed: int
    failures: tuple[Unmet, ...]


@dataclass(frozen=True)
class IdsReport:
    """The whole document: its title and one verdict to a specification."""

    model: ModelInfo
    title: str
    verdicts: tuple[Verdict, ...]

    @property
    def satisfied(self) -> bool:
        """Whether no specification fails."""
        return all(verdict.status != "fail" for verdict in self.verdicts)

    def to_json(self) -> bytes:
        """The same bytes for the same model and document."""
        body = {"format": FORMAT, "version": VERSION, "satisfied": self.satisfied, **asdict(self)}
        return json.dumps(body, ensure_ascii=False, indent=1).encode()

    @classmethod
    def from_json(cls, raw: bytes) -> "IdsReport":
        """Read what `to_json` wrote; raise `ValueError` for anything else."""
        body: dict[str, Any] = json.loads(raw)
        if (body.get("format"), body.get("version")) != (FORMAT, VERSION):
            raise ValueError(f"no {FORMAT} of version {VERSION}")
        return cls(ModelInfo(**body["model"]), body["title"], tuple(_verdicts(body["verdicts"])))


def _verdicts(bodies: list[dict[str, Any]]) -> Iterable[Verdict]:
    for body in bodies:
        failures = tuple(Unmet(**failure) for failure in body.pop("failures"))
        yield Verdict(**body, failures=failures)
