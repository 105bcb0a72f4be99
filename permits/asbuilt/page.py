"""The deviations as one self-contained page: Arabic right to left or English, on screen and on A4."""

from functools import partial
from pathlib import Path

from markupsafe import Markup

from bim.asbuilt.report import AsBuilt
from bim.findings import Outcome
from bim.packs import CodePack
from permits.asbuilt import telling
from permits.asbuilt.map import drawing
from permits.i18n import translate
from permits.review import wording
from permits.standalone import style, template

TEMPLATES = Path(__file__).parent / "templates"


def render(found: AsBuilt, *, language: str, pack: CodePack) -> str:
    """The page; nothing in it asks for anything from outside."""
    names = found.outlines["permitted"]
    page: str = template(TEMPLATES / "as_built.html").render(
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
        style=style(),
    )
    return page
