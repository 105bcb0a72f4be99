"""The deviations as one self-contained page: Arabic right to left or English, on screen and on A4."""

from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bim.asbuilt.report import AsBuilt
from bim.findings import Outcome
from bim.packs import CodePack
from permits.asbuilt import telling
from permits.asbuilt.map import drawing
from permits.i18n import translate
from permits.review import wording

TEMPLATES = Path(__file__).parent / "templates"
STYLE = Path(__file__).parents[1] / "review" / "templates" / "report.css"


def render(found: AsBuilt, *, language: str, pack: CodePack) -> str:
    """The page; nothing in it asks for anything from outside."""
    names = found.outlines["permitted"]
    page: str = _template().render(
        found=found,
        language=language,
        direction="rtl" if language == "ar" else "ltr",
        t=partial(translate, language),
        rows=telling.heaviest_first(found),
        titles={code: entry.title[language] for code, entry in pack.entries.items()},
        storeys=telling.storey_names(found),
        open=(Outcome.FAIL, Outcome.UNDECIDED),
        frame=telling.frame_text(found, language),
        subject=lambda deviation: telling.subject(deviation, language),
        sentence=lambda deviation: telling.sentence(deviation, language),
        with_unit=lambda value, unit: wording.with_unit(value, unit, language),
        drawings={name: Markup(drawing(found, name, language)) for name in names},  # noqa: S704 - drawn by us
        style=Markup(STYLE.read_text(encoding="utf-8")),  # noqa: S704 - our own file
    )
    return page


@cache
def _template() -> Any:
    loader = FileSystemLoader(TEMPLATES)
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("as_built.html")
