"""The table of sections as one self-contained page, ready to print on A4: Arabic right to left, or English."""

from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bim.packs import CodePack
from bim.strata.report import Strata
from permits.i18n import translate
from permits.strata import table

TEMPLATES = Path(__file__).parent / "templates"
STYLE = Path(__file__).parents[1] / "review" / "templates" / "report.css"


def render(found: Strata, *, language: str, pack: CodePack) -> str:
    """The page; nothing in it asks for anything from outside."""
    titles = {code: entry.title[language] for code, entry in pack.entries.items()}
    tables = {
        "sections": (table.SECTIONS, list(table.sections(found, language))),
        "common": (table.COMMON, list(table.common(found, language))),
        "storeys": (table.STOREYS, list(table.storeys(found, language))),
        "checks": (table.CHECKS, list(table.checks(found, titles, language))),
    }
    page: str = _template().render(
        found=found,
        language=language,
        direction="rtl" if language == "ar" else "ltr",
        t=partial(translate, language),
        tables=tables,
        totals=table.totals(found, language) if found.sections else (),
        shown=table.shown,
        style=Markup(STYLE.read_text(encoding="utf-8")),  # noqa: S704 - our own file
    )
    return page


@cache
def _template() -> Any:
    loader = FileSystemLoader(TEMPLATES)
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("strata.html")
