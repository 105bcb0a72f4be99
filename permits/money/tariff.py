"""A tariff: one legal act as one strict YAML file, with the worked examples that are its tests.

An unknown key, a key written twice, a number that is not quoted, a formula whose unit is not money of the
act's currency, or split shares that are not a whole, all refuse the file when it is read.
"""

import hashlib
from collections.abc import Hashable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from gis.site import SheetStatus
from permits.money.expression import FormulaError, Node, names, parse, parse_unit, unit_of
from permits.money.money import Epoch

TARIFFS = Path(__file__).parent / "tariffs"


class TariffError(ValueError):
    """A tariff file that is not well formed."""


def _quoted_decimal(value: object) -> Decimal:
    """Only quoted numbers: YAML would read an unquoted one through binary floating point."""
    if not isinstance(value, str):
        raise ValueError("numbers of a tariff are quoted")  # noqa: TRY004 - pydantic collects ValueErrors
    try:
        return Decimal(value)
    except InvalidOperation as error:
        raise ValueError(f"not a number: {value!r}") from error


def _quoted_fraction(value: object) -> Fraction:
    if not isinstance(value, str):
        raise ValueError("shares of a tariff are quoted")  # noqa: TRY004 - pydantic collects ValueErrors
    return Fraction(value)


Number = Annotated[Decimal, BeforeValidator(_quoted_decimal)]
Part = Annotated[Fraction, BeforeValidator(_quoted_fraction)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Act(_Strict):
    """The legal act; `status` is how sure we are of the file as a whole."""

    id: str
    ar: str
    en: str
    dated: date
    in_force: date
    status: SheetStatus
    sources: tuple[str, ...] = Field(min_length=1)


class Param(_Strict):
    """A number of the act, or one that the municipality sets and may override with an input."""

    value: Number
    unit: str
    status: SheetStatus
    set_by: Literal["act", "municipality"] = "act"


class InputSpec(_Strict):
    """A quantity of the case: its unit and its name for people."""

    unit: str
    ar: str
    en: str


class Beneficiary(_Strict):
    to: str
    share: Part


class Item(_Strict):
    """One fee, in force from `valid_from` until before `valid_to`; rounded half up to `round_to`."""

    code: str
    ar: str
    en: str
    valid_from: date
    valid_to: date | None = None
    formula: str
    round_to: Number
    clause: str
    status: SheetStatus
    split: tuple[Beneficiary, ...]

    @cached_property
    def tree(self) -> Node:
        """The parsed formula."""
        return parse(self.formula)

    def in_force(self, on: date) -> bool:
        """Whether the item is charged on a day."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)

    @model_validator(mode="after")
    def _whole(self) -> "Item":
        if sum(part.share for part in self.split) != 1:
            raise ValueError(f"{self.code}: the shares of the beneficiaries are not a whole")
        return self


class Example(_Strict):
    """A situation a lawyer can read: expected lines in the act's currency, total in new pounds."""

    name: str
    day: date
    inputs: Mapping[str, Number]
    expect: Mapping[str, Number]
    total_new: Number


class Tariff(_Strict):
    """A read tariff; `sha256` is that of the file's bytes."""

    act: Act
    currency: Epoch
    params: Mapping[str, Param]
    inputs: Mapping[str, InputSpec]
    items: tuple[Item, ...] = Field(min_length=1)
    examples: tuple[Example, ...]
    sha256: str

    @model_validator(mode="after")
    def _consistent(self) -> "Tariff":
        if set(self.params) & set(self.inputs):
            raise ValueError("a name is both a parameter and an input")
        units = {name: parse_unit(unit) for name, unit in self.units.items()}
        for item in self.items:
            if unit_of(item.tree, units) != parse_unit(self.currency):
                raise ValueError(f"{item.code}: the formula does not give {self.currency}")
        self._one_item_per_day()
        return self

    @property
    def units(self) -> Mapping[str, str]:
        """The unit of every quantity a formula may name."""
        params = {name: param.unit for name, param in self.params.items()}
        return params | {name: spec.unit for name, spec in self.inputs.items()}

    def _one_item_per_day(self) -> None:
        """Successive versions of one code follow each other without meeting."""
        for item in self.items:
            if any(
                other is not item and other.code == item.code and other.in_force(item.valid_from)
                for other in self.items
            ):
                raise ValueError(f"{item.code}: two versions are in force on {item.valid_from}")

    def items_on(self, on: date) -> tuple[Item, ...]:
        """The items charged on a day, in the order of the act."""
        return tuple(item for item in self.items if item.in_force(on)) if on >= self.act.in_force else ()

    def needed_inputs(self, on: date) -> frozenset[str]:
        """The inputs that the items of a day name."""
        named = frozenset[str]().union(*(names(item.tree) for item in self.items_on(on)))
        return named & frozenset(self.inputs)


class _UniqueKeys(yaml.SafeLoader):
    """YAML in which a key written twice is an error, not the last one wins."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002 - the signature of the library
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        doubled = {key for key in keys if keys.count(key) > 1}
        if doubled:
            raise TariffError(f"written twice: {sorted(map(str, doubled))}")
        return super().construct_mapping(node, deep)


def read_tariff(path: Path) -> Tariff:
    """Read and check a tariff file; raises TariffError, or OSError where there is no file."""
    raw = path.read_bytes()
    try:
        content = yaml.load(raw, Loader=_UniqueKeys)  # noqa: S506 - a safe loader, made stricter
        if not isinstance(content, dict):
            raise TariffError(f"{path.name}: not a tariff")
        return Tariff.model_validate({**content, "sha256": hashlib.sha256(raw).hexdigest()})
    except (yaml.YAMLError, ValidationError, FormulaError) as error:
        raise TariffError(f"{path.name}: {error}") from error


def find_tariff(act: str) -> Path:
    """The file of a shipped act by its id, such as "law-37-2021"; raises TariffError."""
    for path in sorted(TARIFFS.glob("*.yaml")):
        if path.stem == act:
            return path
    raise TariffError(f"no tariff {act!r}")


def tariff_on(day: date) -> Tariff:
    """The shipped act that charges building permits on a day: the newest in force; raises TariffError."""
    in_force = [tariff for tariff in map(read_tariff, sorted(TARIFFS.glob("*.yaml"))) if tariff.items_on(day)]
    if not in_force:
        raise TariffError(f"no tariff in force on {day}")
    return max(in_force, key=lambda tariff: tariff.act.in_force)
