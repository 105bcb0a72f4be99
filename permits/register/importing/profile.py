"""How a source writes its register: the names of its columns and the words of its cells, one strict file per source."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from gis.site import SheetStatus
from permits.errors import Invalid
from permits.money.money import Epoch
from permits.register.opening import Evidence, RegisterKind
from permits.register.parties import IdentityKind, PartyKind
from permits.register.shares import WHOLE
from permits.register.signals import SignalKind
from permits.text import fold

PROFILES = Path(__file__).parent / "profiles"


class Column(StrEnum):
    """What a column may say; the text of each is `register-column-<code>`."""

    ZONE = "zone"
    ZONE_EN = "zone-en"
    PARCEL = "parcel"
    SECTION = "section"
    TENURE = "tenure"
    AREA = "area"
    DESCRIPTION = "description"
    REGISTER = "register"
    EVIDENCE = "evidence"
    OWNER = "owner"
    OWNER_EN = "owner-en"
    KIND = "kind"
    IDENTITY = "identity"
    IDENTITY_KIND = "identity-kind"
    SHARE = "share"
    SIGNAL = "signal"
    SIGNAL_DETAIL = "signal-detail"
    SIGNAL_FOR = "signal-for"
    SIGNAL_AMOUNT = "signal-amount"
    SIGNAL_EPOCH = "signal-epoch"
    SIGNAL_RANK = "signal-rank"
    SIGNAL_ON = "signal-on"


NEEDED = (Column.PARCEL, Column.TENURE, Column.AREA, Column.OWNER, Column.SHARE)
CODES: Mapping[Column, frozenset[str]] = {
    Column.REGISTER: frozenset(RegisterKind), Column.EVIDENCE: frozenset(Evidence),
    Column.KIND: frozenset(PartyKind) - {PartyKind.GROUP}, Column.IDENTITY_KIND: frozenset(IdentityKind),
    Column.SIGNAL: frozenset(SignalKind), Column.SIGNAL_ON: frozenset({"sheet", "share"}),
    Column.SIGNAL_EPOCH: frozenset(Epoch),
}  # fmt: skip
"""Columns whose cells name one of our codes, by the words of the profile."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Zone(_Strict):
    """A cadastral zone: its names, and other ways in which the source writes it."""

    ar: str = Field(min_length=1)
    en: str = Field(min_length=1)
    also: tuple[str, ...] = ()


class Profile(_Strict):
    """A source. `whole` is what a bare number of a share counts parts of (2400, 24, 100 or 1).

    `fill_down` repeats what names a sheet in rows that leave it empty, as merged cells do; `zones` are those of the
    source (all that are written, where it names none); `epoch` is that of its amounts.
    """

    status: SheetStatus
    source: str = Field(min_length=1, max_length=40)
    columns: dict[Column, tuple[str, ...]]
    words: dict[Column, dict[str, tuple[str, ...]]] = {}
    whole_words: tuple[str, ...] = ()
    whole: int = Field(default=WHOLE, ge=1)
    zones: tuple[Zone, ...] = ()
    register_kind: RegisterKind = Field(default=RegisterKind.TEMPORARY, alias="register")
    evidence: Evidence = Evidence.SCAN
    epoch: Epoch = Epoch.NEW
    fill_down: bool = False

    @model_validator(mode="after")
    def _possible(self) -> Self:
        needed = {*NEEDED, *(() if len(self.zones) == 1 else (Column.ZONE,))}
        if missing := needed - set(self.columns):
            raise ValueError(f"columns without a name: {sorted(missing)}")
        names = [fold(name) for given in self.columns.values() for name in given]
        if len(names) != len(set(names)) or not all(self.columns.values()):
            raise ValueError("a name stands for two columns, or a column has none")
        for column, words in self.words.items():
            if unknown := set(words) - CODES.get(column, frozenset()):
                raise ValueError(f"{column}: no such code: {sorted(unknown)}")
        return self

    def code(self, column: Column, text: str) -> str | None:
        """The code that a cell names, by itself or by a word of the profile."""
        named = {fold(code): code for code in CODES[column]}
        for code, words in self.words.get(column, {}).items():
            named.update((fold(word), code) for word in words)
        return named.get(fold(text))

    def zone(self, text: str) -> Zone | None:
        """The zone that a cell names; the only one for an empty cell."""
        if not text and len(self.zones) == 1:
            return self.zones[0]
        named = (zone for zone in self.zones if fold(text) in map(fold, (zone.ar, zone.en, *zone.also)))
        return next(named, None)


def read_profile(content: str) -> Profile:
    """A profile from YAML; raises Invalid where it is not strictly one."""
    try:
        return Profile.model_validate(yaml.safe_load(content))
    except (ValidationError, yaml.YAMLError, ValueError) as error:
        raise Invalid("register-profile-broken", reason=str(error).splitlines()[0][:200]) from error


def profile_of(name: str) -> Profile:
    """A profile of ours by its name, or of a file by its path."""
    path = Path(name) if name.endswith((".yaml", ".yml")) else PROFILES / f"{name}.yaml"
    if not path.is_file():
        raise Invalid("register-profile-unknown", name=name[:80])
    return read_profile(path.read_text(encoding="utf-8"))
