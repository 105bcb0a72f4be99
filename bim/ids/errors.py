"""Why an IDS document is refused: a code, where, and its values; texts live with the application."""

from collections.abc import Mapping


class IdsError(Exception):
    """The document is no valid IDS 1.0.

    `path` is an XPath-like location such as /ids/specifications/specification[2]/applicability; `line` is
    counted from 1, and is 0 where the document did not come from a file.
    """

    def __init__(self, code: str, path: str = "", line: int = 0, **values: str | float) -> None:
        super().__init__(code)
        self.code = code
        self.path = path
        self.line = line
        self.details: dict[str, str | float] = dict(values)

    @property
    def values(self) -> Mapping[str, str | float]:
        """All that a text needs: the details, the path and the line."""
        return {**self.details, "path": self.path, "line": self.line}

    def __str__(self) -> str:
        return f"{self.code} at {self.path}, line {self.line} {self.details}"
