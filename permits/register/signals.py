"""What signals do to acts: the policy table as data, and its answer for an act and the people it concerns."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from gis.site import SheetStatus
from permits.errors import Conflict
from permits.register.acts import Act
from permits.register.state import Signal

PERMIT = "permit"
"""The act of granting a building permit, which is no entry of a sheet."""

_FILE = Path(__file__).parent / "signals.yaml"
_ACTS = frozenset({*map(str, Act), PERMIT})


class Effect(StrEnum):
    """What a signal does to an act, the strongest first."""

    BLOCK = "block"
    WARN = "warn"
    INFORM = "inform"


class SignalKind(StrEnum):
    """The kinds of signal; each has its row in the policy."""

    LAWSUIT = "lawsuit"
    MORTGAGE = "mortgage"
    ATTACHMENT = "attachment"
    PRECAUTIONARY_ATTACHMENT = "precautionary-attachment"
    NO_DISPOSAL = "no-disposal"
    EXPROPRIATION = "expropriation"
    VIOLATION = "violation"
    PERMIT = "permit"
    OCCUPANCY_PERMIT = "occupancy-permit"


class KindPolicy(BaseModel):
    """A row: why, in both languages, and the effect on each act that it names."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reason: dict[str, str]
    effects: dict[str, Effect]


class Policy(BaseModel):
    """The whole table."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    status: SheetStatus
    source: str
    kinds: dict[SignalKind, KindPolicy]

    def effect(self, kind: str, act: str) -> Effect:
        """What a signal of `kind` does to `act`."""
        return self.kinds[SignalKind(kind)].effects.get(act, Effect.INFORM)


@dataclass(frozen=True)
class Told:
    """A signal in force and what it does to the act asked about; `person` if it lies on a person, not on the sheet."""

    signal: Signal
    effect: Effect
    person: bool = False


def read_policy(content: str) -> Policy:
    """A table from YAML; ValueError unless it has every kind once and names known acts only."""
    found = Policy.model_validate(yaml.safe_load(content))
    unknown = {act for row in found.kinds.values() for act in row.effects} - _ACTS
    if set(found.kinds) != set(SignalKind) or unknown:
        raise ValueError(f"the policy lacks kinds or names unknown acts: {sorted(unknown)}")
    if any(set(row.reason) != {"ar", "en"} for row in found.kinds.values()):
        raise ValueError("a kind of signal has no reason in both languages")
    return found


@cache
def policy() -> Policy:
    """The table in force in this installation."""
    return read_policy(_FILE.read_text(encoding="utf-8"))


def blocked_by(kind: str) -> tuple[str, ...]:
    """The acts that a signal of `kind` blocks, the grant of a permit among them, in the order of the table."""
    row = policy().kinds[SignalKind(kind)]
    return tuple(act for act, effect in row.effects.items() if effect is Effect.BLOCK)


def effects(
    act: str,
    *,
    sheet: Iterable[Signal],
    persons: Mapping[str, Iterable[Signal]],
    involved: frozenset[str] | None = None,
) -> tuple[Told, ...]:
    """Every signal that concerns an act, the strongest first.

    `persons` are the signals on the people involved; `involved` leaves out signals on the shares of other owners
    (None: the act concerns all of them).
    """
    table = policy()
    on_sheet = (s for s in sheet if s.party is None or involved is None or s.party in involved)
    told = [Told(signal, table.effect(signal.kind, act)) for signal in on_sheet]
    told += [Told(s, table.effect(s.kind, act), person=True) for signals in persons.values() for s in signals]
    return tuple(sorted(told, key=lambda one: list(Effect).index(one.effect)))


def need_free(told: Iterable[Told]) -> list[str]:
    """The details of signals that warn; raises Conflict where one blocks."""
    found = list(told)
    blocking = [one.signal for one in found if one.effect is Effect.BLOCK]
    if blocking:
        raise Conflict("signal-blocks", annotation=blocking[0].kind, detail=blocking[0].detail)
    return [f"{one.signal.kind}: {one.signal.detail}" for one in found if one.effect is Effect.WARN]
