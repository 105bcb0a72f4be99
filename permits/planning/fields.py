"""The fields of a planning sheet that a planner may change: as the zone file names them, each with its unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gis.site import Attachment, BasementRule, EdgeRole, PlanningSheet
from gis.zone_file import sheet_row
from permits.i18n import known, translate
from permits.review.wording import with_unit


@dataclass(frozen=True)
class Field:
    """One value: `unit` is a code of `review-unit-<unit>`, empty for a word; `words` are those it may be."""

    name: str
    unit: str = ""
    words: tuple[str, ...] = ()
    empty: bool = False
    """Whether a sheet may leave it out."""


FIELDS = (
    Field("use"),
    *(Field(f"setback_{role}", "m") for role in EdgeRole),
    Field("coverage", "ratio"),
    Field("floor_area_ratio", "ratio"),
    Field("max_floors", "count"),
    Field("max_height_m", "m"),
    Field("projection_depth_m", "m"),
    Field("projection_clearance_m", "m", empty=True),
    Field("parking_per_dwelling", "count"),
    Field("basement", words=tuple(map(str, BasementRule))),
    Field("basement_rise_m", "m"),
    Field("attachment", words=tuple(map(str, Attachment))),
    Field("band_from_floor", "count", empty=True),
    *(Field(f"band_setback_{role}", "m", empty=True) for role in EdgeRole),
    Field("fence_height_m", "m", empty=True),
)
BY_NAME: Mapping[str, Field] = {field.name: field for field in FIELDS}


def row_of(sheet: PlanningSheet) -> dict[str, Any]:
    """A sheet as the columns of the zone file."""
    return sheet_row("", sheet)


def shown(field: Field, value: Any, language: str) -> str:
    """A value in words, with its unit."""
    if value is None:
        return translate(language, "planner-nothing")
    if field.unit:
        return with_unit(float(value), field.unit, language)
    for key in (f"use-{value}", f"review-basement-{value}", f"planner-attachment-{value}".replace("_", "-")):
        if known(language, key):
            return translate(language, key)
    return str(value)
