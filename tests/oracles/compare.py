"""Both sides on one model: what a check says and what its oracle says, and in what they differ."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import ifcopenshell

from bim import step
from bim.extract import Structure
from bim.guide.checks import CHECKS, Checked, Subject
from bim.guide.pack import Clause, guide_in_force
from tests.oracles import (
    circulation,
    doubles,
    federation,
    file,
    georeference,
    health,
    naming,
    openings,
    project,
    rooms,
    spatial,
    storeys,
)
from tests.oracles.model import Model, near
from tests.oracles.registry import ORACLES, Answer

MODULES = (
    file, project, georeference, spatial, storeys, naming, rooms, openings, circulation, health, doubles, federation,
)  # fmt: skip
"""Importing them registers their oracles."""
PACK = guide_in_force(date(2026, 6, 1))
NAMED = {code: clause for code, clause in PACK.entries.items() if clause.check in ORACLES}


@dataclass(frozen=True)
class Difference:
    """A clause on which the two do not agree: what each of them alone finds failing, and what else differs."""

    code: str
    ours: frozenset[str]
    theirs: frozenset[str]
    what: str = ""

    @property
    def count(self) -> int:
        """How many elements the difference is about."""
        return max(len(self.ours) + len(self.theirs), 1)


def opened(path: Path, discipline: str = "architecture", *others: "Both") -> "Both":
    """A file as both sides see it."""
    scan, model = step.scan(path), ifcopenshell.open(str(path))
    subject = Subject(model, Structure(model), scan.header, scan.size, discipline, tuple(o.subject for o in others))
    return Both(subject, Model(path, model, discipline, tuple(o.model for o in others)))


@dataclass(frozen=True)
class Both:
    """The subject of the checks and the model of the oracles, of one file."""

    subject: Subject
    model: Model

    def differences(self, clauses: dict[str, Clause]) -> Iterator[Difference]:
        """The clauses, of those given, on which check and oracle differ."""
        for code, clause in clauses.items():
            name = str(clause.check)
            found = difference(
                code, CHECKS[name](self.subject, clause.params), ORACLES[name](self.model, clause.params)
            )
            if found is not None:
                yield found


def difference(code: str, ours: Checked, theirs: Answer) -> Difference | None:
    """What differs, or None."""
    failed = frozenset(ours.failed)
    told = [
        _told("looked", ours.applicable, theirs.looked) if theirs.looked is not None else "",
        _told("open", ours.undecided is not None, theirs.open),
        _number(ours.value, theirs.value) if not failed ^ theirs.failed else "",
    ]
    what = "; ".join(filter(None, told))
    if not what and failed == theirs.failed:
        return None
    return Difference(code, failed - theirs.failed, theirs.failed - failed, what)


def _told(what: str, ours: object, theirs: object) -> str:
    return "" if ours == theirs else f"{what}: {ours}, not {theirs}"


def _number(ours: float | None, theirs: float | None) -> str:
    if ours is None or theirs is None or near(ours, theirs, 1e-4):
        return ""
    return f"value: {ours}, not {theirs}"
