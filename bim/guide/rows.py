"""The specification of a clause as plain rows, one to a facet: the same in YAML, in Excel and towards IDS."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, get_args

from bim.guide import notation
from bim.ids.document import (
    VERSIONS,
    Attribute,
    Cardinality,
    Classification,
    Entity,
    Facet,
    Material,
    PartOf,
    Property,
    Relation,
    Requirement,
    Specification,
    Value,
    Version,
)
from bim.packs import Problem

NEEDS: Mapping[str, tuple[set[str], set[str]]] = {
    "entity": ({"name"}, {"predefined"}),
    "attribute": ({"name"}, {"value"}),
    "property": ({"set", "name"}, {"value", "type"}),
    "classification": (set(), {"system", "value"}),
    "material": (set(), {"value"}),
    "part_of": ({"name"}, {"predefined", "relation"}),
}
"""The cells that each kind of facet must and may have, beside `cardinality`, `instructions` and `uri`."""
_ANY = {"facet", "cardinality", "instructions", "uri"}
_CARDINALITIES: tuple[str, ...] = get_args(Cardinality)
_RELATIONS: tuple[str, ...] = get_args(Relation)


class RowError(ValueError):
    """A row is no facet; `problem` says why, its place being relative to the row."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True)
class FacetRow:
    """One facet in words; values are in the notation of `bim.guide.notation`."""

    facet: str
    name: str | None = None
    predefined: str | None = None
    set: str | None = None
    type: str | None = None
    system: str | None = None
    relation: str | None = None
    value: str | None = None
    cardinality: str | None = None
    instructions: str | None = None
    uri: str | None = None

    def made(self) -> Facet:
        """The facet of IDS."""
        match self.facet:
            case "entity":
                return _entity(self)
            case "attribute":
                return Attribute(_value(self, "name"), _maybe(self, "value"))
            case "property":
                return Property(_value(self, "set"), _value(self, "name"), _maybe(self, "value"), self.type)
            case "classification":
                return Classification(_maybe(self, "system"), _maybe(self, "value"))
            case "material":
                return Material(_maybe(self, "value"))
        relation: Any = self.relation or ""
        return PartOf(_entity(self), relation)

    def requirement(self) -> Requirement:
        """The facet as something asked for."""
        cardinality: Any = self.cardinality or "required"
        return Requirement(self.made(), cardinality, self.instructions, self.uri)


@dataclass(frozen=True)
class SpecificationRow:
    """The rows of one specification; `occurs` says whether such elements must, may or must not be there."""

    applies_to: tuple[FacetRow, ...]
    requires: tuple[FacetRow, ...] = ()
    occurs: str = "optional"
    versions: tuple[str, ...] = VERSIONS
    name: str | None = None
    description: str | None = None
    instructions: str | None = None
    requirements_description: str | None = None

    def specification(self, identifier: str, name: str) -> Specification:
        """The specification of IDS; `name` stands where it has none of its own."""
        versions: tuple[Version, ...] = tuple(v for v in VERSIONS if v in self.versions)
        occurs: Any = self.occurs
        return Specification(
            self.name or name, versions, tuple(row.made() for row in self.applies_to),
            tuple(row.requirement() for row in self.requires), occurs, identifier, self.description,
            self.instructions, self.requirements_description,
        )  # fmt: skip

    @classmethod
    def read(cls, said: object) -> "SpecificationRow | Problem":
        """From a mapping as YAML gives it."""
        if not isinstance(said, dict):
            return Problem("no_mapping")
        unknown = set(said) - {f.name for f in fields(cls)}
        if unknown:
            return Problem("unknown_key", (min(unknown),), {"known": ", ".join(f.name for f in fields(cls))})
        try:
            return cls._made(dict(said))
        except RowError as error:
            return error.problem

    @classmethod
    def _made(cls, said: dict[str, Any]) -> "SpecificationRow":
        for part in ("applies_to", "requires"):
            said[part] = tuple(_row(row, part, at) for at, row in enumerate(said.get(part) or ()))
        if not said["applies_to"]:
            raise RowError(Problem("missing_key", ("applies_to",)))
        _check_word(said.get("occurs", "optional"), _CARDINALITIES, ("occurs",))
        said["versions"] = tuple(said.get("versions") or VERSIONS)
        for version in said["versions"]:
            _check_word(version, VERSIONS, ("versions",))
        return cls(**said)


def row_of(item: Facet | Requirement) -> FacetRow:
    """The row of a facet, or of a requirement with its cardinality."""
    if isinstance(item, Requirement):
        cardinality = None if item.cardinality == "required" else item.cardinality
        return FacetRow(**_cells(item.facet), cardinality=cardinality, instructions=item.instructions, uri=item.uri)
    return FacetRow(**_cells(item))


def rows_of(item: Specification, *, name: str) -> SpecificationRow:
    """The rows of a specification; its name is left out where it is `name` already."""
    return SpecificationRow(
        tuple(map(row_of, item.applicability)), tuple(map(row_of, item.requirements)), item.cardinality,
        item.versions, None if item.name == name else item.name, item.description, item.instructions,
        item.requirements_description,
    )  # fmt: skip


def _cells(facet: Facet) -> dict[str, Any]:
    match facet:
        case Entity(name, predefined):
            return {"facet": "entity", "name": notation.write(name), "predefined": _written(predefined)}
        case Attribute(name, value):
            return {"facet": "attribute", "name": notation.write(name), "value": _written(value)}
        case Property(of, name, value, kind):
            cells = {"set": notation.write(of), "name": notation.write(name), "value": _written(value), "type": kind}
            return {"facet": "property", **cells}
        case Classification(system, value):
            return {"facet": "classification", "system": _written(system), "value": _written(value)}
        case Material(value):
            return {"facet": "material", "value": _written(value)}
        case PartOf(Entity(name, predefined), relation):
            cells = {"name": notation.write(name), "predefined": _written(predefined), "relation": relation or None}
            return {"facet": "part_of", **cells}


def _written(value: Value | None) -> str | None:
    return None if value is None else notation.write(value)


def _entity(row: FacetRow) -> Entity:
    return Entity(_value(row, "name"), _maybe(row, "predefined"))


def _value(row: FacetRow, cell: str) -> Value:
    return notation.read(getattr(row, cell) or "")


def _maybe(row: FacetRow, cell: str) -> Value | None:
    return None if getattr(row, cell) is None else _value(row, cell)


def _row(said: object, part: str, at: int) -> FacetRow:
    """A checked row; raise `RowError` with the place of its fault."""
    where = (part, at)
    if not isinstance(said, dict):
        raise RowError(Problem("no_mapping", where))
    kind = said.get("facet")
    _check_word(kind, tuple(NEEDS), (*where, "facet"))
    required, optional = NEEDS[str(kind)]
    for missing in sorted(required - set(said)):
        raise RowError(Problem("missing_key", (*where, missing)))
    known = _ANY | required | optional
    for unknown in sorted(set(said) - known):
        raise RowError(Problem("unknown_key", (*where, unknown), {"known": ", ".join(sorted(known))}))
    for cell, value in said.items():
        if not isinstance(value, str):
            raise RowError(Problem("no_text", (*where, cell)))
    row = FacetRow(**said)
    _check_words(row, where)
    return row


def _check_words(row: FacetRow, where: tuple[str | int, ...]) -> None:
    if row.cardinality is not None:
        _check_word(row.cardinality, _CARDINALITIES, (*where, "cardinality"))
    if row.relation is not None:
        _check_word(row.relation, _RELATIONS, (*where, "relation"))
    for cell in ("name", "predefined", "set", "system", "value"):
        try:
            _maybe(row, cell)
        except notation.NotationError as error:
            raise RowError(Problem("no_value", (*where, cell), {"said": str(error)})) from error


def _check_word(said: object, known: tuple[str, ...], where: tuple[str | int, ...]) -> None:
    if said not in known:
        raise RowError(Problem("not_one_of", where, {"said": str(said), "known": ", ".join(k for k in known if k)}))
