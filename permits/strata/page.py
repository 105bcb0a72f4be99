"""The table of sections as one self-contained page, ready to print on A4: Arabic right to left, or English."""

from functools import partial
from pathlib import Path

from bim.packs import CodePack
from bim.strata.report import Strata
from permits.i18n import translate
from permits.standalone import style, template
from permits.strata import table

TEMPLATES = Path(__file__).parent / "templates"


def render(found: Strata, *, language: str, pack: CodePack) -> str:
    """The page; nothing in it asks for anything from outside."""
    titles = {code: entry.title[language] for code, entry in pack.entries.items()}
    tables = {
        "sections": (table.SECTIONS, list(table.sections(found, language))),
        "common": (table.COMMON, list(table.common(found, language))),
        "storeys": (table.STOREYS, list(table.storeys(found, language))),
        "checks": (table.CHECKS, list(table.checks(found, titles, language))),
    }
    page: str = template(TEMPLATES / "strata.html").render(
        found=found,
        language=language,
        direction="rtl" if language == "ar" else "ltr",
        t=partial(translate, language),
        tables=tables,
        totals=table.totals(found, language) if found.sections else (),
        shown=table.shown,
        style=style(),
    )
    return page
