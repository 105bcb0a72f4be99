"""HTML fragments of the desks: Jinja2, escaped, with the texts of the reader's language."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from permits.i18n import translate

DAMASCUS = ZoneInfo("Asia/Damascus")
Translator = Callable[..., str]


def translator(language: str) -> Translator:
    """`t(key, …)` in one language."""

    def t(key: str, **values: str | float) -> str:
        return translate(language, key, **values)

    return t


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["local"] = _local
    return environment


def _local(moment: datetime) -> str:
    return moment.astimezone(DAMASCUS).strftime("%Y-%m-%d %H:%M")


def fragment(name: str, language: str, **values: Any) -> str:
    """The fragment `name`.html as HTML."""
    return _environment().get_template(f"{name}.html").render(t=translator(language), language=language, **values)
