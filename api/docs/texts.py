"""The locale files as they are written: the pattern of every text and the placeholders in it."""

from functools import cache
from typing import Any

from fluent.syntax import FluentParser, ast
from fluent.syntax.serializer import serialize_pattern
from fluent.syntax.visitor import Visitor

from permits.i18n import LOCALE


@cache
def messages(language: str) -> dict[str, dict[str, Any]]:
    """File name: key: message, of one language; raises ValueError for text that is no Fluent."""
    return {path.name: _parse(path.read_text(encoding="utf-8")) for path in sorted((LOCALE / language).glob("*.ftl"))}


@cache
def patterns(language: str) -> dict[str, str]:
    """The text of every key on one line, placeholders as written."""
    found = {key: m for file in messages(language).values() for key, m in file.items()}
    return {key: " ".join(serialize_pattern(message.value).split()) for key, message in found.items()}


def placeholders(message: Any) -> set[str]:
    """The names of the values that a message asks for."""
    names: set[str] = set()

    class Names(Visitor):
        def visit_VariableReference(self, node: Any) -> None:  # noqa: N802 - the library calls it by this name
            names.add(node.id.name)

    Names().visit(message)
    return names


def _parse(source: str) -> dict[str, Any]:
    body = FluentParser(with_spans=False).parse(source).body
    broken = [entry.content for entry in body if isinstance(entry, ast.Junk)]
    if broken:
        raise ValueError(f"not Fluent: {broken[0]}")
    return {entry.id.name: entry for entry in body if isinstance(entry, ast.Message)}
