"""Rule packs: dated texts and numbers, read from YAML with a strict schema."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from enum import Enum
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, get_origin

import yaml

from gis.site import SheetStatus

CODES = Path(__file__).parent / "rules" / "codes"
LANGUAGES = ("ar", "en")
P = TypeVar("P", bound="Pack")
_DEEPEST = 50
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Problem:
    """One fault of a pack: `where` is the way to it from the top (keys and list positions, from 0)."""

    code: str
    where: tuple[str | int, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{'.'.join(map(str, self.where))}: {self.code} {dict(self.values) or ''}".strip(": ")


class PackError(ValueError):
    """A pack is not what the schema says, or none is in force; `problems` are all that were found."""

    def __init__(self, *problems: Problem, name: str = "") -> None:
        super().__init__("; ".join([name, *map(str, problems)] if name else map(str, problems)))
        self.problems = problems
        self.name = name


@dataclass(frozen=True)
class Entry:
    """One clause: title and text in both languages, where they come from, and the parameters of its rule."""

    code: str
    title_ar: str
    title_en: str
    text_ar: str
    text_en: str
    source: str
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def title(self) -> Mapping[str, str]:
        """By language."""
        return {"ar": self.title_ar, "en": self.title_en}

    @property
    def text(self) -> Mapping[str, str]:
        """By language."""
        return {"ar": self.text_ar, "en": self.text_en}


@dataclass(frozen=True)
class Pack:
    """A dated pack, in force from `valid_from` until before `valid_to`; `sha256` of its file."""

    id: str
    version: str
    status: SheetStatus
    valid_from: date
    valid_to: date | None
    source: str
    sha256: str

    def in_force(self, on: date) -> bool:
        """Whether the pack judges on that day."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True)
class CodePack(Pack):
    """The planning and building rules with the numbers that are not on a planning sheet."""

    entries: Mapping[str, Entry]


def read_code(path: Path) -> CodePack:
    """Read a code pack; raise `PackError` for an unknown, missing or wrong key."""
    raw = path.read_bytes()
    return parse(CodePack, Entry, load(raw, path.name), hashlib.sha256(raw).hexdigest(), path.name)


def code_in_force(on: date, folder: Path = CODES) -> CodePack:
    """The one code pack that judges on that day; the latest start wins where two overlap."""
    return latest([read_code(path) for path in sorted(folder.glob("*.yaml"))], on)


def latest(packs: list[P], on: date) -> P:
    """The pack in force with the latest start."""
    in_force = [pack for pack in packs if pack.in_force(on)]
    if not in_force:
        raise PackError(Problem("none_in_force", values={"on": on.isoformat()}))
    return max(in_force, key=lambda pack: pack.valid_from)


def load(raw: bytes, name: str) -> object:
    """The YAML's value; raise `PackError` for what is none, and for one that would take all memory or the stack."""
    try:
        fault = _harm(raw)
        if fault:
            raise PackError(Problem("no_yaml", values={"detail": fault}), name=name)
        return yaml.load(raw, Loader=_LOADER)  # noqa: S506 - both are safe loaders
    except yaml.YAMLError as error:
        raise PackError(Problem("no_yaml", values={"detail": str(error)}), name=name) from error


def _harm(raw: bytes) -> str:
    """Aliases, of which nine lines can make a thousand million values, or such depth that the loader's stack ends."""
    depth = 0
    for event in yaml.parse(raw, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent) or depth > _DEEPEST:
            return "alias" if depth <= _DEEPEST else "depth"
    return ""


def parse(pack: type[P], entry: type[Any], data: object, sha256: str, name: str) -> P:
    """A pack of that kind with entries of that kind; raise `PackError` with every problem."""
    problems: list[Problem] = []
    said = data if isinstance(data, dict) else {}
    if not isinstance(data, dict):
        problems.append(Problem("no_mapping"))
    entries = said.get("entries")
    if not isinstance(entries, dict):
        problems.append(Problem("no_mapping", ("entries",)))
        entries = {}
    made = {}
    for code, row in entries.items():
        made[code] = build(entry, row, ("entries", code), problems, given={"code": code})
    head = {key: value for key, value in said.items() if key != "entries"}
    result: P | None = build(pack, head, (), problems, given={"sha256": sha256, "entries": made})
    if problems or result is None:
        raise PackError(*problems, name=name)
    return result


def build(
    kind: type[Any], row: object, where: tuple[str | int, ...], problems: list[Problem], given: Mapping[str, Any]
) -> Any:
    """A dataclass from a mapping by the types of its fields; None, with problems, where that cannot be."""
    if not isinstance(row, dict):
        problems.append(Problem("no_mapping", where))
        return None
    known = {f.name: f for f in fields(kind) if f.name not in given}
    found = list(_keys(row, known, where))
    values: dict[str, Any] = {}
    for name, value in row.items():
        if name in known:
            values[name] = said = converted(known[name].type, value)
            if isinstance(said, Problem):
                found.append(Problem(said.code, (*where, name, *said.where), said.values))
    problems += found
    return None if found else kind(**values, **given)


def _keys(row: Mapping[str, Any], known: Mapping[str, Any], where: tuple[str | int, ...]) -> Iterator[Problem]:
    for name in row:
        if name not in known:
            yield Problem("unknown_key", (*where, name), {"known": ", ".join(known)})
    for name, of in known.items():
        if name not in row and of.default is MISSING and of.default_factory is MISSING:
            yield Problem("missing_key", (*where, name))


def _text(value: Any) -> Any:
    return value.strip() if isinstance(value, str) and value.strip() else Problem("no_text")


def _day(value: Any) -> Any:
    return value if type(value) is date else Problem("no_date", values={"said": str(value)})


def _mapping(value: Any) -> Any:
    return value if isinstance(value, dict) else Problem("no_mapping")


def _member(kind: type[Enum], value: Any) -> Any:
    """A member of an enumeration by its value."""
    if value in [member.value for member in kind]:
        return kind(value)
    return Problem("not_one_of", values={"said": str(value), "known": ", ".join(str(m.value) for m in kind)})


CONVERTERS: dict[Any, Callable[[Any], Any]] = {str: _text, date: _day, Mapping[str, Any]: _mapping}
"""From YAML's values to the type of a field; gives a `Problem` where that cannot be."""


def converted(kind: Any, value: Any) -> Any:
    """The value as that type, or a `Problem`."""
    if isinstance(kind, UnionType):
        return None if value is None else converted(kind.__args__[0], value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _member(kind, value)
    if get_origin(kind) is tuple:
        return _several(kind.__args__[0], value)
    return CONVERTERS[kind](value)


def _several(kind: Any, value: Any) -> Any:
    """A list with at least one member, each of that type."""
    if not isinstance(value, list) or not value:
        return Problem("no_list")
    made = [converted(kind, item) for item in value]
    return next((item for item in made if isinstance(item, Problem)), tuple(made))
