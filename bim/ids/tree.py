"""XML as a tree with line numbers, from documents that nobody vouches for: no DTD, no entities, limits on all.

Expat itself, since nothing else both counts lines and lets a document type be refused before it is read.
"""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from bim.ids.errors import IdsError

MAX_BYTES = 20 * 1024 * 1024
MAX_DEPTH = 20
MAX_ELEMENTS = 200_000
NUMBERED = {"specification", "entity", "partOf", "classification", "attribute", "property", "material"}
"""Elements whose path is told with their number among those of their name."""


@dataclass
class Node:
    """An element: namespace and local name, attributes by name ("{namespace}name" where they have one)."""

    namespace: str
    name: str
    attributes: dict[str, str]
    path: str
    line: int
    prefixes: dict[str, str]
    children: list["Node"] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    _seen: Counter[str] = field(default_factory=Counter)

    @property
    def text(self) -> str:
        """The text between its children, all of it."""
        return "".join(self.parts)

    def refuse(self, code: str, **values: str | float) -> IdsError:
        """The error to raise here."""
        return IdsError(code, self.path, self.line, **values)


def parse(source: Path | bytes) -> Node:
    """The root element; raise `IdsError` for what is no XML or beyond the limits."""
    data = _bytes(source)
    builder = _Builder()
    try:
        builder.parser.Parse(data, True)  # noqa: FBT003 - the parser has no name for it
    except expat.ExpatError as error:
        raise IdsError("not_xml", builder.path, error.lineno, error=expat.ErrorString(error.code)) from error
    except (ValueError, LookupError) as error:  # an encoding that is none
        raise IdsError("not_xml", builder.path, 1, error=type(error).__name__) from error
    assert builder.root is not None  # noqa: S101 - a document without an element is an ExpatError
    return builder.root


def _bytes(source: Path | bytes) -> bytes:
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    if size > MAX_BYTES:
        raise IdsError("document_too_large", size=size, limit=MAX_BYTES)
    return source if isinstance(source, bytes) else source.read_bytes()


class _Builder:
    """Collects the tree while expat reads."""

    def __init__(self) -> None:
        self.parser = parser = expat.ParserCreate(namespace_separator="\n")
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters
        parser.StartDoctypeDeclHandler = self.doctype
        parser.StartNamespaceDeclHandler = self.prefix
        self.root: Node | None = None
        self.open: list[Node] = []
        self.declared: dict[str, str] = {}
        self.count = 0

    @property
    def path(self) -> str:
        """Where the parser is."""
        return self.open[-1].path if self.open else ""

    def doctype(self, *_declaration: object) -> None:
        """A document type could declare entities; IDS has no use for one."""
        raise IdsError("dtd_forbidden", self.path, self.parser.CurrentLineNumber)

    def prefix(self, prefix: str | None, address: str | None) -> None:
        """Declared for the element that follows."""
        self.declared[prefix or ""] = address or ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element opens."""
        line = self.parser.CurrentLineNumber
        namespace, _, name = tag.rpartition("\n")
        above = self.open[-1] if self.open else None
        path = f"{above.path if above else ''}/{name}"
        if above is not None:
            above._seen[name] += 1
            path += f"[{above._seen[name]}]" if name in NUMBERED else ""
        self.count += 1
        if len(self.open) >= MAX_DEPTH:
            raise IdsError("document_too_deep", self.path, line, limit=MAX_DEPTH)
        if self.count > MAX_ELEMENTS:
            raise IdsError("too_many_elements", self.path, line, limit=MAX_ELEMENTS)
        prefixes = above.prefixes if above else {}
        if self.declared:
            prefixes, self.declared = {**prefixes, **self.declared}, {}
        node = Node(namespace, name, {_attribute(key): v for key, v in attributes.items()}, path, line, prefixes)
        if above is None:
            self.root = node
        else:
            above.children.append(node)
        self.open.append(node)

    def end(self, _tag: str) -> None:
        """It closes."""
        self.open.pop()

    def characters(self, text: str) -> None:
        """Text of the innermost element."""
        if self.open:
            self.open[-1].parts.append(text)


def _attribute(key: str) -> str:
    namespace, separator, name = key.rpartition("\n")
    return f"{{{namespace}}}{name}" if separator else name
