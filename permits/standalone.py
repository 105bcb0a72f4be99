"""Pages that stand alone: one template environment, and the style that every report is printed in."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

SHARED = Path(__file__).parent / "review" / "templates"
"""Where the style is, and what templates of several folders may include."""


@cache
def template(path: Path) -> Any:
    """A template that escapes what it is given, and breaks on what it is not given; kept for the next page."""
    environment = Environment(
        loader=FileSystemLoader((path.parent, SHARED)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(path.name)


@cache
def style() -> Markup:
    """The style sheet, to stand in the page itself."""
    return Markup((SHARED / "report.css").read_text(encoding="utf-8"))  # noqa: S704 - our own file
