"""A resubmission beside what it replaces, as versioned JSON and back."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bim.comparison.elements import Change, ElementChange, Elements
from bim.comparison.findings import Course, FindingChange
from bim.comparison.signature import Signature
from bim.report import ModelInfo, finding_json, read_finding

FORMAT = "rukhsa-comparison"
VERSION = 1


@dataclass(frozen=True)
class Comparison:
    """What became of the findings and of the elements between two submissions."""

    old: ModelInfo
    new: ModelInfo
    findings: tuple[FindingChange, ...]
    elements: Elements

    def count(self, course: Course) -> int:
        """How many findings took that course."""
        return sum(change.course is course for change in self.findings)

    def changed(self, change: Change) -> int:
        """How many elements changed so."""
        return sum(change in element.changes for element in self.elements.changes)

    def to_json(self) -> bytes:
        """The same bytes for the same two models and packs."""
        body = {
            "format": FORMAT,
            "version": VERSION,
            "old": asdict(self.old),
            "new": asdict(self.new),
            "findings": [_change_json(change) for change in self.findings],
            "elements": json.loads(elements_json(self.elements)),
        }
        return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def from_json(cls, raw: bytes) -> "Comparison":
        """Read what `to_json` wrote; raise ValueError for another format or version."""
        data = json.loads(raw)
        if (data.get("format"), data.get("version")) != (FORMAT, VERSION):
            raise ValueError(f"no {FORMAT} of version {VERSION}")
        findings = tuple(_read_change(change) for change in data["findings"])
        return cls(ModelInfo(**data["old"]), ModelInfo(**data["new"]), findings, _read_elements(data["elements"]))


def elements_json(elements: Elements) -> bytes:
    """The elements alone, as the confined child hands them over."""
    changes = [
        {"old": c.old and asdict(c.old), "new": c.new and asdict(c.new), "changes": list(c.changes)}
        for c in elements.changes
    ]
    body = {"rekeyed": elements.rekeyed, "same": dict(elements.same), "changes": changes}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def read_elements(raw: bytes) -> Elements:
    """Read what `elements_json` wrote."""
    return _read_elements(json.loads(raw))


def _read_elements(data: Mapping[str, Any]) -> Elements:
    changes = (
        ElementChange(_signature(c["old"]), _signature(c["new"]), tuple(map(Change, c["changes"])))
        for c in data["changes"]
    )
    return Elements(tuple(changes), data["same"], data["rekeyed"])


def _signature(data: Mapping[str, Any] | None) -> Signature | None:
    if data is None:
        return None
    return Signature(**{**data, "origin": None if data["origin"] is None else tuple(data["origin"])})


def _change_json(change: FindingChange) -> dict[str, Any]:
    return {
        "course": change.course,
        "old": change.old and finding_json(change.old),
        "new": change.new and finding_json(change.new),
        "mended": change.mended,
        "newly": change.newly,
    }


def _read_change(data: Mapping[str, Any]) -> FindingChange:
    old, new = (None if data[side] is None else read_finding(data[side]) for side in ("old", "new"))
    return FindingChange(Course(data["course"]), old, new, tuple(data["mended"]), tuple(data["newly"]))
