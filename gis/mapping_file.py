"""Field mappings as data: which column of an office's layer is which of ours. YAML with a strict schema."""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from gis.crs import DATUM_OF, is_plane
from gis.mapping_targets import TARGETS, Table, Targets
from gis.remarks import Code, Faults, LayerRefused, Remark, listed, shortened
from gis.site import SheetStatus

MAPPINGS = Path(__file__).parent / "mappings"
DEGREES = "EPSG:4326"
_MOST_BYTES = 1 << 20


class AxisOrder(StrEnum):
    """Which coordinate comes first in the file."""

    XY = "xy"
    YX = "yx"


@dataclass(frozen=True)
class FieldRule:
    """Where one of our fields comes from: columns joined by a text, or a constant.

    `codes` translate values; `unknown` are those that stand for nothing, such as an area of 0 not yet measured.
    """

    columns: tuple[str, ...] = ()
    join: str = "-"
    constant: str = ""
    unit: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class LayerMapping:
    """How to read one office's plots or streets, or its planning sheets, which have none of the keys about places.

    `grid` is that of the coordinates ("EPSG:…", or "LOCAL:…" for one without a register); where it is EPSG:4326,
    `to` is the plane grid that plots are brought into. `extent` (left, low, right, high in `grid`) is where they must
    lie; without one it is Syria, where the grid is one of ours. `only` keeps rows with one of the values in a column.
    """

    id: str
    version: str
    status: SheetStatus
    source: str
    sha256: str
    fields: Mapping[str, FieldRule]
    table: Table = Table.PLOTS
    grid: str = ""
    to: str = ""
    axis_order: AxisOrder = AxisOrder.XY
    coordinate_unit: str = "m"
    extent: tuple[float, float, float, float] | None = None
    multipart: bool = False
    holes: bool = False
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def targets(self) -> Targets:
        """The fields of ours that its rows fill."""
        return TARGETS[self.table]

    @property
    def plane(self) -> str:
        """The grid that the plots come out in."""
        return self.to or self.grid


def read_mapping(path: Path) -> LayerMapping:
    """Read a mapping; raises LayerRefused with every unknown, missing or wrong key."""
    raw = path.read_bytes()
    return parse_mapping(raw)


def parse_mapping(raw: bytes) -> LayerMapping:
    """A mapping from YAML; raises LayerRefused with every unknown, missing or wrong key."""
    said = _loaded(raw)
    faults = Faults()
    table = next((known for known in Table if said.get("table") == known), Table.PLOTS)
    places = table is not Table.PLANNING_SHEETS
    keys = {**_KEYS, **(_PLACE_KEYS if places else {}), "fields": lambda value: _fields(value, TARGETS[table])}
    needed = ("id", "version", "status", "source", "fields", *(("grid",) if places else ()))
    values = _checked(said, keys, needed, "", faults)
    if not faults.total and places:
        faults.add(*_contradictions(values))
    faults.refuse()
    return LayerMapping(sha256=hashlib.sha256(raw).hexdigest(), **values)


class _Wrong(Exception):
    """A value that cannot be; the argument names what can."""


class _Plain(yaml.SafeLoader):
    """Without aliases, of which a few lines can make a thousand million values."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("alias")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 - as inherited
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        if len({str(key) for key in keys}) < len(keys):
            raise yaml.YAMLError("a key given twice")
        return super().construct_mapping(node, deep)


def _loaded(raw: bytes) -> dict[str, Any]:
    try:
        said = yaml.load(raw, Loader=_Plain) if len(raw) <= _MOST_BYTES else None  # noqa: S506 - a safe loader
    except (yaml.YAMLError, RecursionError, ValueError, TypeError) as error:
        raise LayerRefused(Remark(Code.MAPPING_BROKEN, value=shortened(error))) from error
    if not isinstance(said, dict):
        raise LayerRefused(Remark(Code.MAPPING_BROKEN, value=type(said).__name__))
    return said


def _checked(
    said: Mapping[str, Any], keys: Mapping[str, Callable[[Any], Any]], needed: tuple[str, ...], way: str, faults: Faults
) -> dict[str, Any]:
    """The values of known keys, each as its kind; every fault is told with the way to it."""
    result = {}
    for key, value in said.items():
        if key not in keys:
            faults.add(Remark(Code.KEY_UNKNOWN, column=f"{way}{shortened(key)}", values={"known": listed([*keys])}))
            continue
        try:
            result[key] = keys[key](value)
        except _Wrong as wrong:
            values = {"known": str(wrong)}
            faults.add(Remark(Code.KEY_WRONG, column=f"{way}{key}", value=shortened(value), values=values))
        except LayerRefused as refused:
            faults.add(*refused.faults)
    faults.add(*(Remark(Code.KEY_MISSING, column=f"{way}{key}") for key in needed if key not in said))
    return result


def _contradictions(values: Mapping[str, Any]) -> Iterator[Remark]:
    grid, to = values["grid"], values.get("to", "")
    if (grid == DEGREES) != bool(to):
        yield (
            Remark(Code.KEY_MISSING, column="to")
            if not to
            else Remark(Code.KEY_WRONG, column="to", value=to, values={"known": DEGREES})
        )
    usable = listed(sorted({*DATUM_OF, DEGREES}))
    if grid.startswith("EPSG:") and grid != DEGREES and not is_plane(grid):
        yield Remark(Code.GRID_UNUSABLE, column="grid", value=grid, values={"known": usable})
    if to and to not in DATUM_OF:
        yield Remark(Code.GRID_UNUSABLE, column="to", value=to, values={"known": listed(sorted(DATUM_OF))})


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _Wrong("text")
    return value


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _Wrong("true, false")
    return value


def _one_of(*known: str) -> Callable[[Any], str]:
    def choose(value: Any) -> str:
        if value not in known:
            raise _Wrong(listed(known))
        return str(value)

    return choose


def _grid(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"EPSG:[0-9]{4,6}|LOCAL:[\w-]{1,40}", value):
        raise _Wrong("EPSG:…, LOCAL:…")
    return value


def _extent(value: Any) -> tuple[float, ...]:
    numbers = isinstance(value, list) and len(value) == 4 and all(type(n) in (int, float) for n in value)
    if not numbers or not (value[0] < value[2] and value[1] < value[3]):
        raise _Wrong("[left, low, right, high]")
    return tuple(map(float, value))


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or not all(isinstance(item, str) and item for item in value):
        raise _Wrong("[text, …]")
    return tuple(value)


def _codes(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(text, str) for pair in value.items() for text in pair):
        raise _Wrong("{text: text}")
    return dict(value)


def _only(value: Any) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise _Wrong("{column: [text, …]}")
    return {_text(column): _texts(values) for column, values in value.items()}


def _fields(value: Any, targets: Targets) -> dict[str, FieldRule]:
    if not isinstance(value, dict):
        raise _Wrong("{field: …}")
    faults = Faults()
    rules = {name: _rule_of(name, targets.numbers.get(name, ())) for name in (*targets.texts, *targets.numbers)}
    made = _checked(value, rules, targets.required, "fields.", faults)
    faults.refuse()
    return made


def _rule_of(name: str, units: tuple[str, ...]) -> Callable[[Any], FieldRule]:
    keys: dict[str, Callable[[Any], Any]] = {"columns": _texts, "constant": _text, "codes": _codes, "unknown": _texts}
    keys |= {"unit": _one_of(*units)} if units else {"join": _joint}

    def rule(value: Any) -> FieldRule:
        if not isinstance(value, dict):
            raise _Wrong("{columns: […]}, {constant: …}")
        faults = Faults()
        made = _checked(value, keys, ("unit",) if units else (), f"fields.{name}.", faults)
        if ("columns" in value) == ("constant" in value):
            faults.add(Remark(Code.KEY_MISSING, column=f"fields.{name}.columns"))
        faults.refuse()
        return FieldRule(**made)

    return rule


def _joint(value: Any) -> str:
    if not isinstance(value, str):
        raise _Wrong("text")
    return value


_KEYS: Mapping[str, Callable[[Any], Any]] = {
    "id": _text, "version": _text, "source": _text, "only": _only,
    "status": lambda value: SheetStatus(_one_of(*SheetStatus)(value)),
    "table": lambda value: Table(_one_of(*Table)(value)),
}  # fmt: skip
_PLACE_KEYS: Mapping[str, Callable[[Any], Any]] = {
    "grid": _grid, "to": _grid, "extent": _extent, "multipart": _truth, "holes": _truth,
    "axis_order": lambda value: AxisOrder(_one_of(*AxisOrder)(value)),
    "coordinate_unit": _one_of("m", "cm", "mm"),
}  # fmt: skip
