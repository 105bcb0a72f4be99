"""What a review looks at, counted in a confined child: asked for only where a mutation looks better than its source."""

import json
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import ifcopenshell

from bim import confined
from bim.confined import Attempt
from bim.guide.pack import guide_in_force
from bim.launch import Child
from bim.orders import Go, Limits, Task

DAY = date(2026, 11, 1)
GUIDE = guide_in_force(DAY)


@dataclass(frozen=True)
class Account:
    """By clause: how many things it applies to. By group: which elements shapes are asked of, and which are lost.

    `classes` has the class of every GlobalId.
    """

    applicable: Mapping[str, int]
    requested: Mapping[str, list[str]]
    lost: Mapping[str, list[str]]
    classes: Mapping[str, str]

    def to_json(self) -> bytes:
        """As the child leaves it."""
        return json.dumps(asdict(self)).encode()


@dataclass(frozen=True)
class AccountJob(Task):
    """Count in the model."""

    geometry: bool


def take(path: Path, limits: Limits, *, geometry: bool = True) -> Account | None:
    """The account of a file, None where the child ended without one."""
    with tempfile.TemporaryDirectory(prefix="rukhsa-") as folder:
        task = AccountJob(path, Path(folder) / "result", limits, geometry)
        raw = confined.run(Attempt(Child("tests.fuzz.account"), task), lambda: confined.scan(path, path))
    return None if raw is None else Account(**json.loads(raw))


def prepare(_job: AccountJob) -> None:
    """Nothing is needed beforehand."""


def inspect(job: AccountJob, go: Go, _prepared: Any, progress: Callable[[str, float], None]) -> Account:
    """Count."""
    from bim.extract import Structure
    from bim.guide.checks import Subject
    from bim.guids import guid
    from bim.inspect import open_model
    from bim.shapes import GROUPS, _elements, tessellate

    model = open_model(job.model, go)
    structure = Structure(model)
    progress("geometry", 0.0)
    lost = tessellate(model, structure, progress=lambda _share: None)[1].lost if job.geometry else {}
    return Account(
        _applicable(Subject(model, structure, go.header, go.info.size)),
        {group: [guid(e) for e in _elements(model, structure, group)] for group in GROUPS},
        {group: list(keys) for group, keys in lost.items()},
        _classes(model),
    )


def _applicable(subject: Any) -> dict[str, int]:
    from bim.guide import judge

    index, parsed = judge.Index(subject.model), judge.specifications(GUIDE)
    counts = {}
    for entry in GUIDE.entries.values():
        # A check that breaks is undecided in the review, and counts nothing here.
        with suppress(Exception):
            checked = judge._named(subject, entry) if entry.check else judge._specified(index, parsed[entry.code])
            counts[entry.code] = checked.applicable
    return counts


def _classes(model: ifcopenshell.file) -> dict[str, str]:
    return {root[0]: root.is_a() for root in model.by_type("IfcRoot") if isinstance(root[0], str)}
