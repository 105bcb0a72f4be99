"""Why an IDS document is refused: a code, where, and its values; texts live with the application."""

from bim.refusals import RefusedError


class IdsError(RefusedError):
    """The document is no valid IDS 1.0.

    `path` is an XPath-like location such as /ids/specifications/specification[2]/applicability; `line` is
    counted from 1, and is 0 where the document did not come from a file. `values` names both.
    """

    of = "document"

    def __init__(self, code: str, path: str = "", line: int = 0, **details: str | float) -> None:
        super().__init__(code, path=path, line=line, **details)
        self.path = path
        self.line = line
        self.details = details
