"""What an extract shows for each purpose, and who may ask for it: strict data of the office."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from gis.site import SheetStatus
from permits.errors import Invalid
from permits.money.strict import Strict, TariffError, read_strict
from permits.register.signals import SignalKind

_FILE = Path(__file__).with_name("purposes.yaml")


class Purpose(StrEnum):
    """What an extract is asked for; the text of each is `extract-purpose-<code>`."""

    OWNER = "owner"
    SALE = "sale"
    BANK = "bank"
    COURT = "court"
    HEIR = "heir"
    PERMIT = "permit"
    INFORMATION = "information"


class Ground(StrEnum):
    """Why somebody may ask."""

    OWNER = "owner"
    ENGINEER = "engineer"
    LETTER = "letter"
    ANYONE = "anyone"


class Shown(StrEnum):
    """How much of a part is seen."""

    SHOWN = "shown"
    MASKED = "masked"
    HIDDEN = "hidden"


class Sees(Strict):
    """One purpose: its grounds, the exemption of its fee if there is one, and what the paper shows."""

    grounds: tuple[Ground, ...] = Field(min_length=1)
    exempt: str = ""
    names: Literal[Shown.SHOWN, Shown.HIDDEN]
    identities: Shown
    shares: Literal[Shown.SHOWN, Shown.HIDDEN]
    signals: Literal["all"] | tuple[SignalKind, ...]
    details: Literal[Shown.SHOWN, Shown.HIDDEN]
    journal: Literal[Shown.SHOWN, Shown.HIDDEN]
    history: Literal[Shown.SHOWN, Shown.HIDDEN]

    def sees_signal(self, kind: str) -> bool:
        """Whether signals of a kind are shown."""
        return self.signals == "all" or kind in self.signals

    @property
    def hidden(self) -> tuple[str, ...]:
        """Codes of what the paper withholds; the text of each is `extract-hidden-<code>`."""
        parts = ("names", "identities", "shares", "details", "journal", "history")
        withheld = [part for part in parts if getattr(self, part) is Shown.HIDDEN]
        withheld += ["identities-masked"] if self.identities is Shown.MASKED else []
        return (*withheld, *([] if self.signals == "all" else ["signals"]))


class Purposes(Strict):
    """The whole table."""

    status: SheetStatus
    source: str = Field(min_length=1)
    purposes: Mapping[Purpose, Sees]


def read_purposes(raw: bytes) -> Purposes:
    """A table from YAML; raises TariffError or ValueError unless every purpose stands there once."""
    found = Purposes.model_validate(read_strict(raw, _FILE))
    if missing := set(Purpose) - set(found.purposes):
        raise TariffError(f"purposes missing: {sorted(missing)}")
    return found


@cache
def purposes() -> Purposes:
    """The table in force in this installation."""
    return read_purposes(_FILE.read_bytes())


def sees(code: str) -> Sees:
    """What a purpose shows; raises Invalid for an unknown one."""
    if code not in set(Purpose):
        raise Invalid("extract-purpose-unknown", purpose=code[:40])
    return purposes().purposes[Purpose(code)]
