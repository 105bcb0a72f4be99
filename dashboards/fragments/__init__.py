"""HTML fragments of the desks: Jinja2, escaped, with the texts of the reader's language."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from permits.calendar import local_time
from permits.digits import READER, in_digits
from permits.i18n import translator


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["local"] = local_time
    return environment


def fragment(name: str, language: str, **values: Any) -> str:
    """The fragment `name`.html as HTML, in the digits of the reader whom the present callback serves."""
    made = _environment().get_template(f"{name}.html").render(t=translator(language), language=language, **values)
    return in_digits(made, READER.get())
