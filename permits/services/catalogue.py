"""The catalogue of services: every card read, checked against the acts it names, and found again.

A service joins by its file alone. A card that names an act, an item or an input that there is not, or whose
form lacks what its fees need, is refused with the whole catalogue.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from permits.errors import NotFound
from permits.money.act import Exemption, InputSpec, Item
from permits.money.expression import names
from permits.money.money import Epoch
from permits.money.strict import Named, TariffError, read_strict
from permits.money.tariff import Tariff, chosen_by, find_tariff, read_tariff
from permits.services.card import Asked, Card
from permits.text import fold

CARDS = Path(__file__).parent
RESERVED = frozenset({"on", "lang", "paid", "due", "exempt"})
"""Names that the calculator keeps for itself."""


@dataclass(frozen=True)
class Field:
    """One question of a service's form; `kind` is number, date or choice."""

    name: str
    label: Named
    unit: str
    help: Named
    example: str
    required: bool
    kind: Literal["number", "date", "choice"]
    choices: Mapping[str, Named]


@dataclass(frozen=True)
class Fees:
    """The items of one act that a service charges, by patterns of their codes."""

    tariff: Tariff
    patterns: tuple[str, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """Every version of the items meant."""
        return tuple(item for item in self.tariff.items if chosen_by(self.patterns, item.code))

    @property
    def exemptions(self) -> tuple[Exemption, ...]:
        """The exemptions that may apply to them."""
        return tuple(e for e in self.tariff.exemptions if any(e.covers(item.code) for item in self.items))


@dataclass(frozen=True)
class Service:
    """A card with the acts and the questions it names."""

    card: Card
    fees: tuple[Fees, ...]
    fields: tuple[Field, ...]

    @property
    def code(self) -> str:
        """The code in addresses and commands."""
        return self.card.code


def read_service(path: Path) -> Service:
    """Read and check one card; raises TariffError, or OSError where there is no file."""
    raw = path.read_bytes()
    try:
        card = Card.model_validate({**read_strict(raw, path), "sha256": hashlib.sha256(raw).hexdigest()})
        return _service(card, path.stem)
    except (ValidationError, TariffError) as error:
        raise TariffError(f"{path.name}: {error}") from error


def _service(card: Card, stem: str) -> Service:
    if card.code != stem:
        raise TariffError(f"the code is {card.code}")
    fees = tuple(Fees(_act(one.act), one.items) for one in card.fees)
    for one in fees:
        if idle := [p for p in one.patterns if not any(chosen_by([p], item.code) for item in one.tariff.items)]:
            raise TariffError(f"{one.tariff.act.id} has no item {idle}")
    return Service(card, fees, _fields(card, fees))


@cache
def _act(act: str) -> Tariff:
    return read_tariff(find_tariff(act))


def _fields(card: Card, fees: Iterable[Fees]) -> tuple[Field, ...]:
    """The questions; what the items name and what the form asks must be the same."""
    named = {name: one for one in fees for item in one.items for name in names(item.tree)}
    settable = {name: one.tariff.settable[name] for name, one in named.items() if name in one.tariff.settable}
    asked = [one.name for one in card.inputs]
    if len(set(asked)) < len(asked) or RESERVED & set(asked):
        raise TariffError(f"inputs are named once and not {sorted(RESERVED)}")
    if unknown := set(asked) - set(settable):
        raise TariffError(f"no item of the service names the inputs {sorted(unknown)}")
    for one in fees:
        needed = {name for name, where in named.items() if where is one and name in one.tariff.inputs}
        if missing := needed - {question.name for question in card.inputs if question.required}:
            raise TariffError(f"the form does not ask for {sorted(missing)}")
    return tuple(_field(one, settable[one.name]) for one in card.inputs)


def _field(asked: Asked, spec: InputSpec) -> Field:
    if not _fits(asked.unit, spec.unit):
        raise TariffError(f"{asked.name}: asked in {asked.unit}, the act has {spec.unit}")
    kind: Literal["number", "date", "choice"] = (
        "choice" if spec.choices else "date" if spec.unit == "date" else "number"
    )
    label = asked.label or Named(ar=spec.ar, en=spec.en)
    return Field(asked.name, label, asked.unit, asked.help, asked.example, asked.required, kind, spec.choices)


def _fits(asked: str, unit: str) -> bool:
    """The same unit, or money of the other epoch, which is converted exactly."""
    old, new = f"{Epoch.OLD}", f"{Epoch.NEW}"
    return asked == unit or asked.replace(old, new, 1) == unit.replace(old, new, 1)


@cache
def services() -> tuple[Service, ...]:
    """The whole catalogue by number; raises TariffError where two cards share one."""
    found = sorted((read_service(path) for path in CARDS.glob("*.yaml")), key=lambda service: service.card.number)
    numbers = [service.card.number for service in found]
    if len(set(numbers)) < len(numbers):
        raise TariffError("two services have one number")
    return tuple(found)


def find_service(code: str) -> Service:
    """A service by its code; raises NotFound."""
    for service in services():
        if service.code == code:
            return service
    raise NotFound("service-unknown", service=code[:60])


def categories() -> tuple[str, ...]:
    """The categories in use, in the order of the catalogue."""
    return tuple(dict.fromkeys(name for service in services() for name in service.card.categories))


def list_services(*, category: str = "", text: str = "") -> tuple[Service, ...]:
    """The services of a category whose names or descriptions hold every word of `text`, however it is spelt."""
    words = fold(text).split()
    return tuple(
        service
        for service in services()
        if (not category or category in service.card.categories) and all(word in _searched(service) for word in words)
    )


def _searched(service: Service) -> str:
    card = service.card
    return fold(" ".join([card.ar, card.en, card.description.ar, card.description.en, card.code]))
