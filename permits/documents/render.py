"""Typesetting: a template and its data become a PDF whose bytes are the same for the same input."""

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
import typst

FAMILIES = ("IBM Plex Sans Arabic", "Noto Sans Arabic")
"""Fonts the templates ask for, the first one found is used."""

FONTS = Path(__file__).parents[2] / "api" / "assets" / "fonts"
"""Where the build puts the TTF files of the font package; they are no part of the source."""

TEMPLATES = Path(__file__).parent / "templates"
_DAMASCUS = timezone(timedelta(hours=3))  # permanent since 2022-10-28


class NoArabicFont(RuntimeError):
    """None of FAMILIES is installed: an Arabic document would come out as empty boxes."""


def font_folder() -> Path | None:
    """The fonts of the build, or None for those of the system."""
    return FONTS if any(FONTS.glob("*.ttf")) else None


def qr_svg(text: str) -> str:
    """A QR code as SVG, error correction M, with its quiet zone of four modules."""
    stream = BytesIO()
    segno.make(text, error="m", micro=False).save(stream, kind="svg", border=4, xmldecl=False, svgns=True)
    return stream.getvalue().decode()


def render_pdf(template: str, data: Mapping[str, Any], *, created: date, fonts: Path | None) -> bytes:
    """A document as PDF/A-3u, dated `created`; `fonts` is a folder of TTF files, None for the system's fonts."""
    stamp = datetime(created.year, created.month, created.day, tzinfo=_DAMASCUS)
    compiler = _compiler(template, data, fonts)
    pdf = compiler.compile(format="pdf", timestamp=stamp, pdf_standards="a-3u")
    if not isinstance(pdf, bytes):
        raise TypeError(f"{template}: no single document came of it")
    return pdf


def render_pages(template: str, data: Mapping[str, Any], *, fonts: Path | None, ppi: float = 144) -> list[bytes]:
    """The same document as PNG pages, for looking at."""
    pages = _compiler(template, data, fonts).compile(format="png", ppi=ppi)
    return [pages] if isinstance(pages, bytes) else list(pages or [])


def _compiler(template: str, data: Mapping[str, Any], fonts: Path | None) -> typst.Compiler:
    return typst.Compiler(
        TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        font_paths=_fonts(fonts),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False, sort_keys=True)},
    )


@cache
def _fonts(folder: Path | None) -> typst.Fonts:
    """The fonts of a folder and of the system, looked up once per process."""
    found = typst.Fonts(font_paths=[folder] if folder else [])
    if not set(FAMILIES) & set(found.families()):
        raise NoArabicFont(f"install one of {', '.join(FAMILIES)}, or name a folder with its TTF files")
    return found
