"""The quality of a zone's land as a table, a layer for a map, and a page with the defects drawn."""

import io
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from markupsafe import Markup
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from shapely import Point

from gis.geojson import GeoJson, collection
from gis.quality.defects import Defect, DefectKind
from gis.zone import Zone
from permits.i18n import translate
from permits.land.drawing import COLOURS, defect_map
from permits.land.telling import defect_text
from permits.review.wording import number
from permits.standalone import style, template

COLUMNS = ("number", "kind", "plots", "sentence", "measure", "unit", "tolerance", "x", "y")
_WIDTHS = {"kind": 24, "plots": 24, "sentence": 70, "x": 14, "y": 14}
TEMPLATES = Path(__file__).parent / "templates"
MOST_ROWS = 2000
"""Defects in the table of the page; the workbook and the layer have them all."""


def place_of(defect: Defect, zone: Zone) -> Point:
    """A point of the grid that lies on the defect."""
    shape = defect.geometry if defect.geometry is not None else zone.plots[defect.at[0]].polygon
    return shape if isinstance(shape, Point) else shape.representative_point()


def counted(defects: Sequence[Defect]) -> dict[DefectKind, int]:
    """How many of each kind that was found, in the order of kinds."""
    found = Counter(defect.kind for defect in defects)
    return {kind: found[kind] for kind in DefectKind if found[kind]}


def kind_name(kind: DefectKind, language: str) -> str:
    """The kind in a few words."""
    return translate(language, f"layers-defect-{kind}".replace("_", "-"))


def as_layer(defects: Sequence[Defect], zone: Zone, language: str) -> GeoJson:
    """Every defect where it lies, in WGS84 for a map."""
    features = [
        (
            defect.geometry if defect.geometry is not None else place_of(defect, zone),
            {"kind": str(defect.kind), "plots": list(defect.plots), "measure": defect.measure, "unit": defect.unit,
             "tolerance": defect.tolerance, "text": defect_text(defect, language)},
        )
        for defect in defects
    ]  # fmt: skip
    return collection(features, zone.grid)


def workbook_of(defects: Sequence[Defect], zone: Zone, language: str) -> bytes:
    """One sheet with a row for each defect, right to left in Arabic; no text in it is ever a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(translate(language, "layers-quality"))
    sheet.sheet_view.rightToLeft = language == "ar"
    sheet.freeze_panes = "A2"
    for at, name in enumerate(COLUMNS):
        sheet.column_dimensions["ABCDEFGHI"[at]].width = _WIDTHS.get(name, 12)
    sheet.append([_cell(sheet, translate(language, f"layers-column-{name}"), head=True) for name in COLUMNS])
    for at, defect in enumerate(defects, 1):
        place = place_of(defect, zone)
        unit = translate(language, f"review-unit-{defect.unit}") if defect.unit else ""
        row = (at, kind_name(defect.kind, language), ", ".join(defect.plots), defect_text(defect, language),
               round(defect.measure, 4), unit, defect.tolerance, round(place.x, 2), round(place.y, 2))  # fmt: skip
        sheet.append([_cell(sheet, value) if isinstance(value, str) else value for value in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _cell(sheet: Any, text: str, *, head: bool = False) -> Any:
    """A text that stays one, whatever it begins with."""
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("\ufffd", text))
    cell.data_type, cell.quotePrefix = "s", True
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if head:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DCE6E4")
    return cell


def page_of(defects: Sequence[Defect], zone: Zone, language: str, *, name: str) -> str:
    """A self-contained page to print: counts, the map, and the first `MOST_ROWS` defects."""
    page: str = template(TEMPLATES / "quality.html").render(
        language=language,
        direction="rtl" if language == "ar" else "ltr",
        t=partial(translate, language),
        name=name,
        zone=zone,
        counts=counted(defects),
        colours=COLOURS,
        kind=lambda kind: kind_name(kind, language),
        text=lambda defect: defect_text(defect, language),
        place=lambda defect: place_of(defect, zone),
        number=number,
        defects=defects[:MOST_ROWS],
        more=max(len(defects) - MOST_ROWS, 0),
        total=len(defects),
        drawing=Markup(defect_map(defects, zone, language)),  # noqa: S704 - drawn by us, every text in it escaped
        style=style(),
    )
    return page
