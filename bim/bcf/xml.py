"""Elements of XML as plain data, written without anything that XML forbids."""

import re
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Node:
    """One element: its attributes, and either text or other elements; None among them is left out."""

    name: str
    content: "str | tuple[Node | None, ...]" = ()
    attributes: tuple[tuple[str, str], ...] = ()

    def text(self) -> str:
        """The element as XML; characters that no XML may hold become U+FFFD."""
        said = "".join(f" {name}={quoteattr(_clean(value))}" for name, value in self.attributes)
        if isinstance(self.content, str):
            inner = escape(_clean(self.content))
        else:
            inner = "".join(node.text() for node in self.content if node is not None)
        return f"<{self.name}{said}>{inner}</{self.name}>" if inner else f"<{self.name}{said}/>"


def node(name: str, *content: Node | None, **attributes: str) -> Node:
    """An element of elements."""
    return Node(name, content, tuple(attributes.items()))


def leaf(name: str, content: str) -> Node:
    """An element of text."""
    return Node(name, content)


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
