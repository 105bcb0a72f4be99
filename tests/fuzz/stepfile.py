"""A STEP file as text that can be edited by entity: enough for mutations, and no parser."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

_ENTITY = re.compile(rb"#(\d+)\s*=\s*([A-Za-z0-9_]+)\s*\(((?:'[^']*+'|[^';])*+);")
_PART = re.compile(rb"'(?:[^']|'')*+'|[(),]|[^'(),]+")
REFERENCE = re.compile(rb"#\d+")
NUMBER = re.compile(rb"(?<=[(,])-?\d+\.?[\dE+-]*(?=[,)])")


@dataclass(frozen=True)
class Entity:
    """One instance: its number, class in capitals, where it stands in the file and its arguments."""

    id: int
    kind: bytes
    start: int
    end: int
    arguments: tuple[bytes, ...]

    def written(self, *arguments: bytes, kind: bytes = b"", number: int = 0) -> bytes:
        """Its line with other arguments, class or number."""
        return b"#%d=%s(%s);" % (number or self.id, kind or self.kind, b",".join(arguments or self.arguments))

    def with_argument(self, at: int, value: bytes) -> bytes:
        """Its line with one argument changed."""
        return self.written(*(value if i == at else old for i, old in enumerate(self.arguments)))

    @property
    def references(self) -> list[int]:
        """The numbers it refers to, strings left aside."""
        return [int(r[1:]) for a in self.arguments if not a.startswith(b"'") for r in REFERENCE.findall(a)]


@dataclass(frozen=True)
class Step:
    """The bytes of a file and its entities in order."""

    raw: bytes
    name: str = ""
    _kinds: dict[bytes, list[Entity]] = field(default_factory=dict)

    @cached_property
    def entities(self) -> dict[int, Entity]:
        """By number, in the order of the file."""
        found = (
            Entity(int(m[1]), m[2].upper(), m.start(), m.end(), split(m[3].rstrip()[:-1]))
            for m in _ENTITY.finditer(self.raw)
        )
        return {entity.id: entity for entity in found}

    @cached_property
    def by_kind(self) -> dict[bytes, list[Entity]]:
        """The entities of each class."""
        made: dict[bytes, list[Entity]] = {}
        for entity in self.entities.values():
            made.setdefault(entity.kind, []).append(entity)
        return made

    def of(self, *kinds: str) -> list[Entity]:
        """The entities of these very classes."""
        return [entity for kind in kinds for entity in self.by_kind.get(kind.upper().encode(), ())]

    @cached_property
    def users(self) -> dict[int, list[Entity]]:
        """By number: what refers to it."""
        made: dict[int, list[Entity]] = {}
        for entity in self.entities.values():
            for number in entity.references:
                made.setdefault(number, []).append(entity)
        return made

    @cached_property
    def next(self) -> int:
        """A number above all that are used."""
        return max(self.entities, default=0) + 1

    def replaced(self, changes: Iterable[tuple[Entity, bytes]], *added: bytes) -> bytes:
        """The file with some entities written anew, and lines added at the end of its data."""
        raw, at = [], 0
        for entity, line in sorted(changes, key=lambda change: change[0].start):
            raw += [self.raw[at : entity.start], line]
            at = entity.end
        whole = b"".join([*raw, self.raw[at:]])
        if not added:
            return whole
        end = whole.rfind(b"ENDSEC;")
        return whole[:end] + b"\n".join(added) + b"\n" + whole[end:]

    def changed(self, entity: Entity, at: int, value: bytes, *added: bytes) -> bytes:
        """The file with one argument of one entity changed."""
        return self.replaced([(entity, entity.with_argument(at, value))], *added)


def split(text: bytes) -> tuple[bytes, ...]:
    """Arguments at the outermost commas."""
    parts, depth = [b""], 0
    for token in _PART.findall(text):
        depth += (token == b"(") - (token == b")")
        if token == b"," and depth == 0:
            parts.append(b"")
        else:
            parts[-1] += token
    return tuple(part.strip() for part in parts)


def listed(argument: bytes) -> list[bytes]:
    """The items of a list argument; none of anything else."""
    return list(split(argument[1:-1])) if argument.startswith(b"(") and len(argument) > 2 else []


def a_list(items: Sequence[bytes]) -> bytes:
    """A list argument."""
    return b"(" + b",".join(items) + b")"
