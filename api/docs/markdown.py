"""Small pieces of Markdown."""

from collections.abc import Iterable, Sequence

NOTE = "<!-- Written by `make docs`; change the code, not this page. -->"


def heading(title: str, introduction: str) -> str:
    """The top of a page."""
    return f"# {title}\n\n{NOTE}\n\n{introduction}\n"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; a cell's bars are escaped and its line breaks become spaces."""
    lines = [_line(head), _line(["---"] * len(head)), *(_line(row) for row in rows)]
    return "\n".join(lines) + "\n"


def code(text: object) -> str:
    """`text` as code, or nothing where it is empty."""
    return f"`{text}`" if str(text) else ""


def _line(cells: Iterable[object]) -> str:
    return "| " + " | ".join(" ".join(str(cell).split()).replace("|", "\\|") for cell in cells) + " |"
