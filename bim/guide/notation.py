"""The values of IDS in one line of text, as a cell of a table holds them.

`EI60` is that value; `A | B` any of them; `/EI[0-9]+/` a pattern (several: `/A/ | /B/`); `>= 0.9 & < 2` bounds of
numbers; `length <= 20` of texts. Any other restriction is a JSON object of its parts. A value that would be read
as one of these stands in double quotes: `"A | B"`.
"""

import json
import re
from dataclasses import asdict, fields
from typing import Any

from bim.ids.document import Restriction, Value

_BOUND = re.compile(r"(>=|<=|>|<)\s*([-+.\w]+)$")
_LENGTH = re.compile(r"length\s+(?:(>=|<=)\s*)?(\d+)$")
_BOUNDS = {">=": "min_inclusive", "<=": "max_inclusive", ">": "min_exclusive", "<": "max_exclusive"}
_LENGTHS = {"": "length", ">=": "min_length", "<=": "max_length"}
_SPECIAL = re.compile(r"[/<>{\"]|length |.* \| ", re.DOTALL)
_NUMBER = "xs:double"


class NotationError(ValueError):
    """The text begins like a restriction and is none."""


def read(text: str) -> Value:
    """The value that the text says; raise `NotationError` where it is none."""
    if not _SPECIAL.match(text):
        return text
    if text.startswith('"'):
        return _quoted(text)
    if text.startswith("{"):
        return _from_json(text)
    if text.startswith("/"):
        return Restriction(patterns=tuple(_pattern(part) for part in text.split(" | ")))
    if text[0] in "<>" or text.startswith("length "):
        return _bounds(text.split(" & "))
    return Restriction(enumeration=tuple(part.strip() for part in text.split(" | ")))


def write(value: Value) -> str:
    """The text of a value, so that `read(write(value)) == value`."""
    if isinstance(value, str):
        return f'"{value}"' if _SPECIAL.match(value) or value != value.strip() else value
    for text in (_listed(value), _patterns(value), _bounded(value)):
        if text and _reads_as(text, value):
            return text
    defaults = asdict(Restriction())
    said = {name: part for name, part in asdict(value).items() if part != defaults[name]}
    return json.dumps(said or {"base": value.base}, ensure_ascii=False)


def _reads_as(text: str, value: Value) -> bool:
    try:
        return read(text) == value
    except NotationError:
        return False


def _quoted(text: str) -> str:
    if len(text) < 2 or not text.endswith('"'):
        raise NotationError(text)
    return text[1:-1]


def _pattern(part: str) -> str:
    if len(part) < 2 or not part.endswith("/") or not part.startswith("/"):
        raise NotationError(part)
    return part[1:-1]


def _bounds(parts: list[str]) -> Restriction:
    said: dict[str, Any] = {}
    for part in parts:
        bound, length = _BOUND.match(part.strip()), _LENGTH.match(part.strip())
        if bound:
            said[_BOUNDS[bound[1]]] = bound[2]
        elif length:
            said[_LENGTHS[length[1] or ""]] = int(length[2])
        else:
            raise NotationError(part)
    number = any(name in said for name in _BOUNDS.values())
    return Restriction(_NUMBER if number else "xs:string", **said)


def _from_json(text: str) -> Restriction:
    try:
        said = json.loads(text)
    except ValueError as error:
        raise NotationError(text) from error
    if not set(said) <= {f.name for f in fields(Restriction)}:
        raise NotationError(text)
    lists = {name: tuple(said[name]) for name in ("enumeration", "patterns") if name in said}
    return Restriction(**{**said, **lists})


def _listed(value: Restriction) -> str:
    return " | ".join(value.enumeration) if len(value.enumeration) > 1 else ""


def _patterns(value: Restriction) -> str:
    return " | ".join(f"/{pattern}/" for pattern in value.patterns)


def _bounded(value: Restriction) -> str:
    parts = [f"{sign} {bound}" for sign, name in _BOUNDS.items() if (bound := getattr(value, name)) is not None]
    for sign, name in _LENGTHS.items():
        if (count := getattr(value, name)) is not None:
            parts.append(f"length {sign} {count}".replace("  ", " "))
    return " & ".join(parts)
