"""A tariff: one legal act as one strict YAML file, with the worked examples that are its tests.

An unknown key, a key written twice, a number that is not quoted, a formula whose unit is not money of the
act's currency, a pattern that means nothing, or split shares that are not a whole, all refuse the file.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path

from pydantic import Field, ValidationError, model_validator

from permits.money.act import (
    Act,
    Amnesty,
    Applied,
    Deciding,
    Example,
    Exemption,
    InputSpec,
    InstalmentTerms,
    Item,
    Param,
    Penalty,
    Surcharge,
)  # fmt: skip
from permits.money.bands import Jump, Table, jumps_of
from permits.money.expression import Band, FormulaError, Name, names, tables, walk
from permits.money.money import Epoch
from permits.money.strict import Strict, TariffError, read_strict
from permits.money.units import parse_unit, unit_of

__all__ = ["TARIFFS", "Example", "Tariff", "TariffError", "find_tariff", "jumps", "read_tariff", "tariff_on"]

TARIFFS = Path(__file__).parent / "tariffs"
Provision = Item | Surcharge | Exemption | Penalty | Amnesty


class Tariff(Strict):
    """A read tariff; `sha256` is that of the file's bytes."""

    act: Act
    currency: Epoch
    params: Mapping[str, Param] = Field(default_factory=dict)
    tables: Mapping[str, Table] = Field(default_factory=dict)
    inputs: Mapping[str, InputSpec] = Field(default_factory=dict)
    items: tuple[Item, ...] = Field(min_length=1)
    surcharges: tuple[Surcharge, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    penalties: tuple[Penalty, ...] = ()
    amnesties: tuple[Amnesty, ...] = ()
    instalments: InstalmentTerms | None = None
    examples: tuple[Example, ...]
    sha256: str

    @model_validator(mode="after")
    def _consistent(self) -> "Tariff":
        if set(self.params) & set(self.inputs):
            raise ValueError("a name is both a parameter and an input")
        units = {name: parse_unit(unit) for name, unit in self.units.items()}
        for item in self.items:
            if unit_of(item.tree, units, self.tables) != parse_unit(self.currency):
                raise ValueError(f"{item.code}: the formula does not give {self.currency}")
        self._one_version_per_day()
        self._nothing_unused()
        self._choices_fit()
        self._patterns_mean_something()
        return self

    @property
    def units(self) -> Mapping[str, str]:
        """The unit of every quantity a formula may name."""
        params = {name: param.unit for name, param in self.params.items()}
        return params | {name: spec.unit for name, spec in self.inputs.items()}

    @property
    def provisions(self) -> tuple[Provision, ...]:
        """Everything that has a code."""
        return (*self.items, *self.surcharges, *self.exemptions, *self.penalties, *self.amnesties)

    @cached_property
    def settable(self) -> Mapping[str, InputSpec]:
        """What may be brought by a case: the inputs, and what the municipality sets."""
        given = {
            name: InputSpec(ar=param.ar, en=param.en, unit=param.unit)
            for name, param in self.params.items()
            if param.set_by == "municipality"
        }
        return {**self.inputs, **given}

    def _one_version_per_day(self) -> None:
        """Successive versions of one code follow each other without meeting."""
        for one in self.provisions:
            if any(
                other is not one and other.code == one.code and other.in_force(one.valid_from)
                for other in self.provisions
            ):
                raise ValueError(f"{one.code}: two versions are in force on {one.valid_from}")

    def _nothing_unused(self) -> None:
        named = frozenset[str]().union(*(names(item.tree) | tables(item.tree) for item in self.items))
        if unused := {*self.params, *self.inputs, *self.tables} - named:
            raise ValueError(f"no formula names {sorted(unused)}")

    def _choices_fit(self) -> None:
        """A choice is looked up by an input alone, and has a row for each of its classes."""
        for band in (node for item in self.items for node in walk(item.tree) if isinstance(node, Band)):
            table = self.tables[band.table]
            if table.kind != "choice":
                continue
            spec = self.inputs.get(band.at.name) if isinstance(band.at, Name) else None
            if spec is None or {*spec.choices} != {str(row.at) for row in table.rows}:
                raise ValueError(f"{band.table}: the rows are not the classes of an input")

    def _patterns_mean_something(self) -> None:
        fees = [one.code for one in (*self.items, *self.surcharges)]
        penalties = [penalty.code for penalty in self.penalties]
        applied: list[Applied] = [*self.surcharges, *self.exemptions, *self.penalties, *self.amnesties]
        for one in applied:
            codes = penalties if isinstance(one, Amnesty) else fees
            if idle := [p for p in one.applies if not any(fnmatchcase(code, p) for code in codes)]:
                raise ValueError(f"{idle} applies to nothing")

    def items_on(self, on: date, days: Mapping[Deciding, date] | None = None) -> tuple[Item, ...]:
        """The items charged, in the order of the act; those not decided by the day `on` are by a day of `days`."""
        if on < self.act.in_force:
            return ()
        return tuple(item for item in self.items if item.in_force((days or {}).get(item.decided_on, on)))

    def needed_inputs(self, on: date, items: Sequence[str] = ("*",)) -> frozenset[str]:
        """The inputs that the items of a day name, or those of them whose code a pattern of `items` means."""
        chosen = (item for item in self.items_on(on) if chosen_by(items, item.code))
        return frozenset[str]().union(*(names(item.tree) for item in chosen)) & frozenset(self.inputs)


def chosen_by(patterns: Iterable[str], code: str) -> bool:
    """Whether one of the patterns, such as PRM.*, means a code."""
    return any(fnmatchcase(code, pattern) for pattern in patterns)


def jumps(tariff: Tariff) -> tuple[Jump, ...]:
    """Every edge of the act's tables at which a value changes at once, in the order of the file."""
    return tuple(jump for name, table in tariff.tables.items() for jump in jumps_of(name, table))


def read_tariff(path: Path) -> Tariff:
    """Read and check a tariff file; raises TariffError, or OSError where there is no file."""
    raw = path.read_bytes()
    try:
        return Tariff.model_validate({**read_strict(raw, path), "sha256": hashlib.sha256(raw).hexdigest()})
    except (ValidationError, FormulaError) as error:
        raise TariffError(f"{path.name}: {error}") from error


def find_tariff(act: str) -> Path:
    """The file of a shipped act by its id, such as "law-37-2021"; raises TariffError."""
    for path in sorted(TARIFFS.glob("*.yaml")):
        if path.stem == act:
            return path
    raise TariffError(f"no tariff {act!r}")


def tariff_on(day: date) -> Tariff:
    """The shipped act that charges building permits on a day: the newest in force; raises TariffError."""
    shipped = (read_tariff(path) for path in sorted(TARIFFS.glob("*.yaml")))
    in_force = [tariff for tariff in shipped if tariff.act.subject == "building" and tariff.items_on(day)]
    if not in_force:
        raise TariffError(f"no tariff in force on {day}")
    return max(in_force, key=lambda tariff: tariff.act.in_force)
