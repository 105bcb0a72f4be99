"""Our side of a mapping: the fields that an office's columns can fill, and the units they may come in."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

UNITS: Mapping[str, float] = {
    "m2": 1.0, "are": 100.0, "dunum": 1000.0, "ha": 10_000.0, "m": 1.0, "cm": 0.01, "mm": 0.001,
    "ratio": 1.0, "percent": 0.01, "number": 1.0, "count": 1.0,
}  # fmt: skip
WHOLE = "count"
"""The unit of what is counted: it must be a whole number."""

_AREA = ("m2", "are", "dunum", "ha")
_LENGTH = ("m", "cm", "mm")
_SHARE = ("ratio", "percent")


class Table(StrEnum):
    """What the rows of a layer become."""

    PLOTS = "plots"
    PLANNING_SHEETS = "planning_sheets"
    STREETS = "streets"


@dataclass(frozen=True)
class Targets:
    """Fields that a mapping can fill: texts, numbers with the units they may come in, and what must be given.

    A required field must be mapped, and filled in every row unless it is among `blank`.
    """

    texts: tuple[str, ...]
    numbers: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]
    blank: tuple[str, ...] = ()


_SHEET_TEXTS = ("plot", "use", "basement", "legal_act", "clause", "status", "valid_from", "valid_to")
_SHEET_NUMBERS: Mapping[str, tuple[str, ...]] = {
    "setback_front": _LENGTH, "setback_side": _LENGTH, "setback_rear": _LENGTH, "coverage": _SHARE,
    "floor_area_ratio": _SHARE, "max_floors": (WHOLE,), "max_height_m": _LENGTH, "projection_depth_m": _LENGTH,
    "parking_per_dwelling": ("number",), "basement_rise_m": _LENGTH,
}  # fmt: skip
_SHEET_MAY_TEXTS = ("attachment",)
_SHEET_MAY_NUMBERS: Mapping[str, tuple[str, ...]] = {
    "band_from_floor": (WHOLE,), "band_setback_front": _LENGTH, "band_setback_side": _LENGTH,
    "band_setback_rear": _LENGTH,
    "fence_height_m": _LENGTH, "projection_clearance_m": _LENGTH,
}  # fmt: skip
"""What a sheet may say; see `gis.records.planning_sheet`."""
TARGETS: Mapping[Table, Targets] = {
    Table.PLOTS: Targets(
        texts=("number", "zone", "block", "parcel", "use"),
        numbers={"official_area": _AREA, "reference_level": _LENGTH},
        required=("number", "zone"),
    ),
    Table.PLANNING_SHEETS: Targets(
        texts=(*_SHEET_TEXTS, *_SHEET_MAY_TEXTS),
        numbers={**_SHEET_NUMBERS, **_SHEET_MAY_NUMBERS},
        required=(*_SHEET_TEXTS, *_SHEET_NUMBERS),
        blank=("valid_to",),
    ),
    Table.STREETS: Targets(texts=("code", "name_ar", "name_en"), numbers={"width": _LENGTH}, required=("code",)),
}
