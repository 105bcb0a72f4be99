"""What a case owes, and why: every line keeps its formula, its inputs with their provenance, and its rounding.

`assess` is pure. The same tariff file, day and inputs give the same bytes and the same hash, so that years
later anyone can work the fee out again and see that it is the one that was asked for.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from permits.money.expression import evaluate, names, parse_unit, substituted
from permits.money.money import CashRounding, Epoch, Money, round_to_note, split
from permits.money.tariff import Item, Tariff


class AssessmentError(ValueError):
    """An assessment that cannot be made; `code` is "not_in_force", "missing", "unknown", "unit" or "negative"."""

    def __init__(self, code: str, name: str) -> None:
        super().__init__(f"{code}: {name}")
        self.code = code
        self.name = name


@dataclass(frozen=True)
class Input:
    """A quantity with its unit and where it comes from.

    `source` is a code: "measure" (a measure of a model), "value_zone", "municipality", "declared", "tariff";
    `reference` identifies it, such as "gross_floor_area of model sha256:…".
    """

    name: str
    value: Decimal
    unit: str
    source: str
    reference: str = ""
    status: str = "confirmed"


@dataclass(frozen=True)
class Part:
    """What one beneficiary gets of a line, in new piastres."""

    beneficiary: str
    piastres: int


@dataclass(frozen=True)
class Line:
    """One fee: `exact` and `rounded` in the tariff's currency, `piastres` in new piastres."""

    code: str
    ar: str
    en: str
    formula: str
    inputs: tuple[Input, ...]
    steps: str
    exact: Decimal
    rounded: Decimal
    rounding: Decimal
    piastres: int
    clause: str
    status: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Assessment:
    """All lines of one case on one day; `total` in new piastres, `currency` that of the lines' own steps."""

    act: str
    act_ar: str
    act_en: str
    tariff_sha256: str
    on: date
    currency: Epoch
    lines: tuple[Line, ...]
    total: int

    @property
    def canonical(self) -> bytes:
        """The assessment as bytes that are the same for the same content: sorted keys, plain decimals as text."""
        text = json.dumps(asdict(self), default=plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return text.encode()

    @property
    def sha256(self) -> str:
        """Hash of the canonical bytes."""
        return hashlib.sha256(self.canonical).hexdigest()

    @property
    def statuses(self) -> frozenset[str]:
        """How sure the numbers behind the total are: every status that went into it."""
        used = (item.status for line in self.lines for item in line.inputs)
        return frozenset(line.status for line in self.lines).union(used)

    def in_cash(self, note: Decimal) -> CashRounding:
        """What is paid over the counter when the smallest note is `note` new pounds."""
        return round_to_note(Money.of_piastres(self.total), note)


def read_assessment(canonical: str) -> Assessment:
    """The assessment whose canonical bytes were kept."""
    data = json.loads(canonical)
    lines = tuple(_read_line(line) for line in data.pop("lines"))
    on, currency = date.fromisoformat(data.pop("on")), Epoch(data.pop("currency"))
    return Assessment(on=on, currency=currency, lines=lines, **data)


def _read_line(data: dict[str, Any]) -> Line:
    read: dict[str, Any] = {name: Decimal(data[name]) for name in ("exact", "rounded", "rounding")}
    read["inputs"] = tuple(Input(**{**given, "value": Decimal(given["value"])}) for given in data["inputs"])
    read["parts"] = tuple(Part(**part) for part in data["parts"])
    return Line(**{**data, **read})


def plain(value: object) -> str:
    """480 and 480.0 are one number, so they are written alike."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def assess(tariff: Tariff, *, on: date, inputs: Sequence[Input]) -> Assessment:
    """Work out every fee of `tariff` in force on a day; raises AssessmentError."""
    items = tariff.items_on(on)
    if not items:
        raise AssessmentError("not_in_force", tariff.act.id)
    known = _known(tariff, inputs)
    missing = tariff.needed_inputs(on) - set(known)
    if missing:
        raise AssessmentError("missing", min(missing))
    lines = tuple(_line(tariff, item, known) for item in items)
    return Assessment(
        act=tariff.act.id, act_ar=tariff.act.ar, act_en=tariff.act.en, tariff_sha256=tariff.sha256,
        on=on, currency=tariff.currency, lines=lines, total=sum(line.piastres for line in lines),
    )  # fmt: skip


def _known(tariff: Tariff, inputs: Sequence[Input]) -> dict[str, Input]:
    """Every quantity a formula may name: the act's own numbers, then what the case brings."""
    known = {
        name: Input(name, param.value, param.unit, "tariff", tariff.act.id, param.status)
        for name, param in tariff.params.items()
    }
    for given in inputs:
        known[given.name] = _accepted(tariff, given)
    return known


def _accepted(tariff: Tariff, given: Input) -> Input:
    """An input in the unit its formula expects; money of the other epoch is converted exactly."""
    param = tariff.params.get(given.name)
    spec = tariff.inputs.get(given.name) or (param if param and param.set_by == "municipality" else None)
    if spec is None:
        raise AssessmentError("unknown", given.name)
    if not given.value.is_finite() or given.value < 0:
        raise AssessmentError("negative", given.name)
    value = _converted(given, spec.unit)
    written = Decimal(plain(value))  # 480 and 480.0 must not make two hashes
    return Input(given.name, written, spec.unit, given.source, given.reference, given.status)


def _converted(given: Input, unit: str) -> Decimal:
    if parse_unit(given.unit) == parse_unit(unit):
        return given.value
    currency, *per = given.unit.split("/")
    expected, *expected_per = unit.split("/")
    if per == expected_per and {currency, expected} == {Epoch.OLD, Epoch.NEW}:
        return Money(given.value, Epoch(currency)).to(Epoch(expected)).amount
    raise AssessmentError("unit", given.name)


def _line(tariff: Tariff, item: Item, known: Mapping[str, Input]) -> Line:
    used = tuple(known[name] for name in sorted(names(item.tree)))
    values = {given.name: given.value for given in used}
    exact = evaluate(item.tree, values)
    if exact < 0:
        raise AssessmentError("negative", item.code)
    rounded = (exact / item.round_to).quantize(Decimal(1), rounding=ROUND_HALF_UP) * item.round_to
    piastres = Money(rounded, tariff.currency).piastres
    shares: list[Fraction] = [beneficiary.share for beneficiary in item.split]
    parts = zip(item.split, split(piastres, shares), strict=True)
    return Line(
        code=item.code, ar=item.ar, en=item.en, formula=item.formula, inputs=used,
        steps=substituted(item.tree, values), exact=exact, rounded=rounded, rounding=rounded - exact,
        piastres=piastres, clause=item.clause, status=item.status,
        parts=tuple(Part(beneficiary.to, part) for beneficiary, part in parts),
    )  # fmt: skip
