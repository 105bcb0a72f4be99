"""An assessment and its lines, and the bytes by which it is kept: the same content gives the same hash for ever.

What was added to a line after the first assessments were kept is left out of the bytes where it says nothing,
so that an old assessment reads back and keeps its hash.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from permits.money.bands import BandUse
from permits.money.evaluation import Value
from permits.money.exact import plain
from permits.money.money import CashRounding, Epoch, Money, round_to_note

BIGGEST = 10**17
"""New piastres of one line or total: what a database holds, with room to sum."""


class AssessmentError(ValueError):
    """An assessment that cannot be made; `code` says why, `name` names the input, item or exemption."""

    def __init__(self, code: str, name: str) -> None:
        super().__init__(f"{code}: {name}")
        self.code = code
        self.name = name


@dataclass(frozen=True)
class Input:
    """A quantity with its unit and where it comes from; a date has the unit "date".

    `source` is a code: "measure" (a measure of a model), "value_zone", "municipality", "declared", "tariff",
    "computed" (a sum of lines above); `reference` identifies it, such as "gross_floor_area of model sha256:…".
    """

    name: str
    value: Value
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
    """One fee, or what is added to one or taken off it: `exact`, `rounded` in the tariff's currency, `piastres` new.

    `kind` is fee, surcharge, exemption, penalty, amnesty or rounding; `of` the fee that an exemption, a penalty or
    an amnesty is about; `evidence` what an exemption was granted on; `limit` is "minimum" or "maximum" where that
    stood in for `exact`, with its amount in `bounded`. `clause` is in the act's own language, Arabic.
    """

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
    kind: str = "fee"
    of: str = ""
    evidence: str = ""
    limit: str = ""
    bounded: Decimal | None = None
    bands: tuple[BandUse, ...] = ()
    refundable: bool = False
    clause_en: str = ""

    @property
    def key(self) -> str:
        """The code, with that of the fee it is about."""
        return f"{self.code}/{self.of}" if self.of else self.code


_ADDED_TO_LINES = {
    "kind": "fee", "of": "", "evidence": "", "limit": "", "bounded": None, "bands": (), "refundable": False,
    "clause_en": "",
}  # fmt: skip


@dataclass(frozen=True)
class Assessment:
    """All lines of one case on one day; `total` in new piastres, `currency` that of the lines' own steps.

    `decided`, `due` and `paid` are the other days that the computation looked at.
    """

    act: str
    act_ar: str
    act_en: str
    tariff_sha256: str
    on: date
    currency: Epoch
    lines: tuple[Line, ...]
    total: int
    decided: date | None = None
    due: date | None = None
    paid: date | None = None

    @property
    def canonical(self) -> bytes:
        """The assessment as bytes that are the same for the same content: sorted keys, plain decimals as text."""
        content = {k: v for k, v in asdict(self).items() if v is not None}
        content["lines"] = [_brief(line) for line in content["lines"]]
        text = json.dumps(content, default=plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
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


def _brief(line: dict[str, Any]) -> dict[str, Any]:
    """A line without what was added to lines later and says nothing."""
    silent = {name for name, nothing in _ADDED_TO_LINES.items() if line[name] == nothing}
    return {name: value for name, value in line.items() if name not in silent}


def read_assessment(canonical: str) -> Assessment:
    """The assessment whose canonical bytes were kept."""
    data = json.loads(canonical)
    lines = tuple(_read_line(line) for line in data.pop("lines"))
    currency = Epoch(data.pop("currency"))
    written = ("on", "decided", "due", "paid")
    days: dict[str, Any] = {name: date.fromisoformat(data.pop(name)) for name in written if name in data}
    return Assessment(currency=currency, lines=lines, **days, **data)


def _read_line(data: dict[str, Any]) -> Line:
    read: dict[str, Any] = {
        name: Decimal(data[name]) for name in ("exact", "rounded", "rounding", "bounded") if name in data
    }
    read["inputs"] = tuple(_read_input(given) for given in data["inputs"])
    read["parts"] = tuple(Part(**part) for part in data["parts"])
    read["bands"] = tuple(_read_band(band) for band in data.get("bands", ()))
    return Line(**{**data, **read})


def _read_input(data: dict[str, Any]) -> Input:
    text = data["value"]
    return Input(**{**data, "value": date.fromisoformat(text) if data["unit"] == "date" else Decimal(text)})


def _read_band(data: dict[str, Any]) -> BandUse:
    numbers = {name: Decimal(data[name]) for name in ("at", "above", "value", "part")}
    to = Decimal(data["to"]) if data["to"] is not None else None
    return BandUse(**{**data, **numbers, "to": to})
