"""What is said about a layer that comes in: codes with places and values, never prose; faces translate them.

A remark either accompanies what was read (a note) or stands in `LayerRefused` (a fault).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from gis.errors import LandError

Progress = Callable[[int, int], None]
"""Called with (rows done, rows in all)."""


class Code(StrEnum):
    """What can be said; the text of each is `land-<code>`."""

    # about a file
    FILE_MISSING = "file_missing"
    FORMAT_UNKNOWN = "format_unknown"
    FILE_BROKEN = "file_broken"
    FILE_TRUNCATED = "file_truncated"
    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    PART_MISSING = "part_missing"
    COUNTS_DIFFER = "counts_differ"
    FOREIGN_TABLE = "foreign_table"
    NO_LAYER = "no_layer"
    LAYER_NEEDED = "layer_needed"
    LAYER_UNKNOWN = "layer_unknown"
    WRONG_ENCODING = "wrong_encoding"
    ENCODING_GUESSED = "encoding_guessed"
    ENCODING_UNKNOWN = "encoding_unknown"
    READER_REMARK = "reader_remark"
    COLUMN_UNNAMED = "column_unnamed"
    COLUMN_TWICE = "column_twice"
    ROW_LENGTH = "row_length"
    # about its grid
    GRID_MISSING = "grid_missing"
    GRID_UNNAMED = "grid_unnamed"
    GRID_CANDIDATES = "grid_candidates"
    GRID_NOWHERE = "grid_nowhere"
    GRID_OTHER = "grid_other"
    # about one geometry
    GEOMETRY_UNREADABLE = "geometry_unreadable"
    GEOMETRY_MISSING = "geometry_missing"
    NOT_A_POLYGON = "not_a_polygon"
    OUTLINE_NOT_READ = "outline_not_read"
    SELF_CROSSING = "self_crossing"
    MULTI_PART = "multi_part"
    HOLE = "hole"
    NO_AREA = "no_area"
    AXES_SWAPPED = "axes_swapped"
    DEGREES_AS_METRES = "degrees_as_metres"
    METRES_AS_DEGREES = "metres_as_degrees"
    MIXED_GRIDS = "mixed_grids"
    OUTSIDE = "outside"
    # about a drawing
    OUTLINE_OPEN = "outline_open"
    OUTLINE_CLOSED = "outline_closed"
    TEXT_MISSING = "text_missing"
    TEXT_SEVERAL = "text_several"
    # about values
    COLUMN_MISSING = "column_missing"
    VALUE_MISSING = "value_missing"
    NO_NUMBER = "no_number"
    NOT_POSITIVE = "not_positive"
    CODE_UNKNOWN = "code_unknown"
    NOT_UNDERSTOOD = "not_understood"
    NUMBER_MISSING = "number_missing"
    NUMBER_TWICE = "number_twice"
    NOTHING_LEFT = "nothing_left"
    # about a zone put together of several layers
    NUMBER_IN_ZONES = "number_in_zones"
    SHEET_OF_NOBODY = "sheet_of_nobody"
    SHEETS_MISSING = "sheets_missing"
    LEVEL_MISSING = "level_missing"
    AREA_FROM_OUTLINE = "area_from_outline"
    WIDTH_MEASURED = "width_measured"
    GRIDS_DIFFER = "grids_differ"
    # about a planning sheet
    SHEETS_OVERLAP = "sheets_overlap"
    SHEET_DAYS = "sheet_days"
    SHEET_NEGATIVE = "sheet_negative"
    SHEET_COVERAGE = "sheet_coverage"
    SHEET_HEIGHT = "sheet_height"
    SHEET_FLOOR_AREA = "sheet_floor_area"
    SHEET_FLOORS = "sheet_floors"
    SHEET_BAND = "sheet_band"
    # about a mapping file
    MAPPING_BROKEN = "mapping_broken"
    KEY_UNKNOWN = "key_unknown"
    KEY_MISSING = "key_missing"
    KEY_WRONG = "key_wrong"
    GRID_UNUSABLE = "grid_unusable"
    # about control points
    CONTROL_FEW = "control_few"
    CONTROL_COINCIDENT = "control_coincident"
    CONTROL_WRONG = "control_wrong"


@dataclass(frozen=True)
class Remark:
    """One thing said: the row counts from 1 in the order of the source, None where it is about the whole."""

    code: Code
    row: int | None = None
    column: str = ""
    value: str = ""
    values: Mapping[str, str | float | int] = field(default_factory=dict)

    @property
    def said(self) -> dict[str, str | float | int]:
        """Everything that a text may name."""
        return {"row": self.row or 0, "column": self.column, "value": self.value, **self.values}

    def __str__(self) -> str:
        place = "".join(f" {name}={value}" for name, value in self.said.items() if value not in ("", 0))
        return f"{self.code}{place}"


class LayerRefused(LandError):
    """A layer or mapping that is not taken; `faults` are those that were kept, `total` counts all that were found.

    Its `values` are the count of faults and the code of the first of them.
    """

    code = "layer_refused"

    def __init__(self, *faults: Remark, total: int | None = None) -> None:
        self.faults = faults
        self.total = len(faults) if total is None else total
        super().__init__(total=self.total, first=str(faults[0].code) if faults else "")

    def __str__(self) -> str:
        return "; ".join(map(str, self.faults[:5]))


class Faults:
    """Faults as they are found: counts all, keeps the first `limit`."""

    def __init__(self, limit: int = 1000) -> None:
        self._limit = limit
        self.kept: list[Remark] = []
        self.total = 0

    def add(self, *faults: Remark) -> None:
        """Count, and keep what there is room for."""
        self.total += len(faults)
        self.kept += faults[: max(0, self._limit - len(self.kept))]

    def refuse(self) -> None:
        """Raise `LayerRefused` where any fault was found."""
        if self.total:
            raise LayerRefused(*self.kept, total=self.total)


def shortened(text: object, most: int = 80) -> str:
    """A value as it may stand in a remark: on one line, without what turns the direction of a text."""
    plain = "".join(character if character.isprintable() else " " for character in str(text))
    return plain if len(plain) <= most else plain[: most - 1] + "…"


def listed(names: Sequence[str], most: int = 20) -> str:
    """Names in one value."""
    return ", ".join(shortened(name, 40) for name in names[:most]) + (", …" if len(names) > most else "")
