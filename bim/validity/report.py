"""What validation says of a model, as versioned JSON and back."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bim.report import ModelInfo
from bim.validity.verdicts import Outcome, Verdict, Violation

FORMAT = "rukhsa-validity-report"
VERSION = 1


@dataclass(frozen=True)
class ValidityReport:
    """The file and the verdict of every rule, those of the schema first."""

    model: ModelInfo
    verdicts: tuple[Verdict, ...]

    @property
    def verdict(self) -> str:
        """ "not_valid", "undecided" or "valid": the worst that was found; a warning makes nothing invalid."""
        outcomes = {verdict.outcome for verdict in self.verdicts}
        if Outcome.FAIL in outcomes:
            return "not_valid"
        return "undecided" if Outcome.UNDECIDED in outcomes else "valid"

    def to_json(self) -> bytes:
        """UTF-8 JSON; the times apart, the same bytes for the same model."""
        body = {"format": FORMAT, "version": VERSION, "verdict": self.verdict, **asdict(self)}
        return json.dumps(body, ensure_ascii=False, indent=1).encode()

    @classmethod
    def from_json(cls, raw: bytes) -> "ValidityReport":
        """Read what `to_json` wrote; raise `ValueError` for anything else."""
        body: dict[str, Any] = json.loads(raw)
        if (body.get("format"), body.get("version")) != (FORMAT, VERSION):
            raise ValueError(f"no {FORMAT} of version {VERSION}")
        return cls(ModelInfo(**body["model"]), tuple(_verdict(verdict) for verdict in body["verdicts"]))


def _verdict(body: Mapping[str, Any]) -> Verdict:
    kept = tuple(Violation(**violation) for violation in body["violations"])
    return Verdict(**{**body, "outcome": Outcome(body["outcome"]), "violations": kept})
