"""The modelling guide as data: clauses, each with its check, in one YAML file that Excel and IDS go into and out of."""

import hashlib
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from bim.guide.rows import SpecificationRow
from bim.ids.document import Document, Info, Specification
from bim.packs import CONVERTERS, Entry, Pack, PackError, Problem, latest, load, parse
from gis.site import SheetStatus

GUIDES = Path(__file__).parent


class Stage(StrEnum):
    """When a clause is asked for."""

    CONCEPT = "concept"
    LICENCE = "licence"
    AS_BUILT = "as_built"


class Discipline(StrEnum):
    """Whose model a clause speaks of."""

    ARCHITECTURE = "architecture"
    STRUCTURE = "structure"
    MEP = "mep"
    SITE = "site"
    ALL = "all"


class Severity(StrEnum):
    """What a failure means: an error stops the permit, a warning is for the reviewer to weigh."""

    ERROR = "error"
    WARNING = "warning"


class Remedy(StrEnum):
    """What a designer does about a failure; the application tells how, for each authoring tool."""

    HEADER = "header"
    SCHEMA = "schema"
    GUIDS = "guids"
    UNITS = "units"
    GEOREFERENCE = "georeference"
    PROJECT_INFO = "project_info"
    LEVELS = "levels"
    SPATIAL_STRUCTURE = "spatial_structure"
    NAMING = "naming"
    CLASSES = "classes"
    CLASSIFICATION = "classification"
    PROPERTY = "property"
    QUANTITY = "quantity"
    MATERIAL = "material"
    ROOMS = "rooms"
    APARTMENTS = "apartments"
    OPENINGS = "openings"
    DOORS_WINDOWS = "doors_windows"
    STAIRS = "stairs"
    RAMPS = "ramps"
    LIFTS = "lifts"
    PARKING = "parking"
    STRUCTURE = "structure"
    SYSTEMS = "systems"
    GEOMETRY = "geometry"
    DUPLICATES = "duplicates"
    OVERLAPS = "overlaps"
    FAR = "far"
    FEDERATION = "federation"


@dataclass(frozen=True)
class Clause(Entry):
    """One clause of a guide.

    It is judged by `check` (a named check, with `params`) or by `specification` (facets of IDS), never by both.
    `remedy` names how a designer puts it right; status and validity are the pack's where they are None.
    """

    stages: tuple[Stage, ...] = tuple(Stage)
    discipline: Discipline = Discipline.ALL
    severity: Severity = Severity.ERROR
    remedy: Remedy = Remedy.PROPERTY
    check: str | None = None
    specification: SpecificationRow | None = None
    status: SheetStatus | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    def asked(self, stage: Stage, on: date) -> bool:
        """Whether the clause is asked for at that stage on that day."""
        begun = self.valid_from is None or self.valid_from <= on
        return stage in self.stages and begun and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True)
class GuidePack(Pack):
    """The modelling guide."""

    entries: Mapping[str, Clause]

    def at(self, stage: Stage, on: date) -> "GuidePack":
        """The clauses that are asked for at that stage on that day."""
        return replace(self, entries={c: e for c, e in self.entries.items() if e.asked(stage, on)})

    def document(self) -> Document:
        """The clauses that IDS can say, as an IDS document; each identifier is a clause's code."""
        info = Info(self.source, version=self.version, date=self.valid_from.isoformat())
        judged = [(clause, row) for clause in self.entries.values() if (row := clause.specification) is not None]
        return Document(info, tuple(_specification(clause, row) for clause, row in judged))


def _specification(clause: Clause, row: SpecificationRow) -> Specification:
    """The specification of a clause, which tells the clause's own text where it has no other."""
    made = row.specification(clause.code, f"{clause.code} {clause.title_en}")
    return made if made.description else replace(made, description=clause.text_ar)


CONVERTERS[SpecificationRow] = SpecificationRow.read


def read_guide(path: Path) -> GuidePack:
    """Read a guide; raise `PackError` with every problem that is found."""
    raw = path.read_bytes()
    return parse_guide(load(raw, path.name), hashlib.sha256(raw).hexdigest(), path.name)


def parse_guide(data: object, sha256: str, name: str) -> GuidePack:
    """A guide from a mapping as YAML gives it."""
    pack = parse(GuidePack, Clause, data, sha256, name)
    problems = [
        Problem(problem.code, ("entries", code, *problem.where), problem.values)
        for code, clause in pack.entries.items()
        for problem in _faults(clause)
    ]
    if problems:
        raise PackError(*problems, name=name)
    return pack


def _faults(clause: Clause) -> Iterator[Problem]:
    """What is wrong with how a clause is judged; places are relative to it."""
    from bim.guide.checks import CHECKS  # whoever only lists packs need not load them

    if (clause.check is None) == (clause.specification is None):
        yield Problem("one_check")
    if clause.check is None:
        return
    if clause.check not in CHECKS:
        yield Problem("no_check", ("check",), {"said": clause.check})
        return
    asked = CHECKS[clause.check].params
    for name in sorted(set(asked) - set(clause.params)):
        yield Problem("missing_key", ("params", name))
    for name, value in clause.params.items():
        if name not in asked:
            yield Problem("unknown_key", ("params", name), {"known": ", ".join(asked)})
        elif not fits(value, asked[name]):
            yield Problem("wrong_type", ("params", name), {"said": str(value), "wanted": asked[name].__name__})


def fits(value: object, kind: type) -> bool:
    """Whether a parameter is of its declared type; a text is a pattern that must compile, a list is never empty."""
    if kind is str:
        try:
            return isinstance(value, str) and re.compile(value) is not None
        except re.error:
            return False
    if kind is list:
        return isinstance(value, list) and bool(value)
    whole = isinstance(value, int) and not isinstance(value, bool)
    return whole or (kind is float and isinstance(value, float) and math.isfinite(value))


def guides(*folders: Path) -> list[GuidePack]:
    """Every guide of ours and of `folders`."""
    return [read_guide(path) for folder in (GUIDES, *folders) for path in sorted(folder.glob("*.yaml"))]


def guide_in_force(on: date, named: str | Path | None = None, *folders: Path) -> GuidePack:
    """The guide in force on that day; or the one of that id or in that file, whatever the day."""
    if named is None:
        return latest(guides(*folders), on)
    if Path(named).suffix == ".yaml":
        return read_guide(Path(named))
    for guide in guides(*folders):
        if guide.id == str(named):
            return guide
    raise PackError(Problem("no_such_guide", values={"id": str(named)}))
