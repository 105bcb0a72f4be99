"""Rule packs: dated texts and numbers, read from YAML with a strict schema."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import yaml

from gis.site import SheetStatus

GUIDES = Path(__file__).parent / "guide"
CODES = Path(__file__).parent / "rules" / "codes"
P = TypeVar("P", bound="Pack")
LANGUAGES = ("ar", "en")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PACK = {"id", "version", "status", "valid_from", "valid_to", "source", "entries"}
_ENTRY = {"title_ar", "title_en", "text_ar", "text_en", "source"}
_OPTIONAL = {"params", "severity", "check", "specification"}


class PackError(ValueError):
    """A pack is not what the schema says, or none is in force."""


@dataclass(frozen=True)
class Entry:
    """One clause: title and text by language, where the text comes from, and the parameters of its rule."""

    code: str
    title: Mapping[str, str]
    text: Mapping[str, str]
    source: str
    params: Mapping[str, Any] = field(default_factory=dict)
    severity: str = "error"
    check: str = ""
    specification: str = ""


@dataclass(frozen=True)
class Pack:
    """A dated pack, in force from `valid_from` until before `valid_to`; `sha256` of its file."""

    id: str
    version: str
    status: SheetStatus
    valid_from: date
    valid_to: date | None
    source: str
    sha256: str
    entries: Mapping[str, Entry]

    def in_force(self, on: date) -> bool:
        """Whether the pack judges on that day."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True)
class CodePack(Pack):
    """The planning and building rules with the numbers that are not on a planning sheet."""


@dataclass(frozen=True)
class GuidePack(Pack):
    """The modelling guide; `ids` is the IDS 1.0 file its specifications are in."""

    ids: Path


def read_code(path: Path) -> CodePack:
    """Read a code pack; raise `PackError` for an unknown or missing key."""
    return CodePack(**_read(path))


def read_guide(path: Path) -> GuidePack:
    """Read a guide pack and name its IDS file, which has the same stem."""
    ids = path.with_suffix(".ids")
    if not ids.exists():
        raise PackError(f"{path.name}: {ids.name} is missing")
    return GuidePack(**_read(path), ids=ids)


def code_in_force(on: date, folder: Path = CODES) -> CodePack:
    """The one code pack that judges on that day; the latest start wins where two overlap."""
    return _latest([read_code(path) for path in sorted(folder.glob("*.yaml"))], on)


def guide_in_force(on: date, pack: str | None = None, folder: Path = GUIDES) -> GuidePack:
    """The guide in force, or the one called `pack` whatever the day."""
    guides = [read_guide(path) for path in sorted(folder.glob("*.yaml"))]
    if pack is None:
        return _latest(guides, on)
    for guide in guides:
        if guide.id == pack:
            return guide
    raise PackError(f"no guide is called {pack}")


def _latest(packs: list[P], on: date) -> P:
    in_force = [pack for pack in packs if pack.in_force(on)]
    if not in_force:
        raise PackError(f"no pack is in force on {on}")
    return max(in_force, key=lambda pack: pack.valid_from)


def _read(path: Path) -> dict[str, Any]:
    raw = path.read_bytes()
    data = yaml.load(raw, Loader=_LOADER)  # noqa: S506 - both are safe loaders
    _check_keys(path.name, data, _PACK, set())
    entries = {code: _entry(path.name, code, entry) for code, entry in data["entries"].items()}
    digest = hashlib.sha256(raw)
    companion = path.with_suffix(".ids")
    if companion.exists():
        digest.update(companion.read_bytes())
    try:
        status = SheetStatus(data["status"])
    except ValueError as error:
        raise PackError(f"{path.name}: status {data['status']}") from error
    for key in ("valid_from", "valid_to"):
        if not isinstance(data[key], date) and not (key == "valid_to" and data[key] is None):
            raise PackError(f"{path.name}: {key} is no date")
    return {**data, "version": str(data["version"]), "status": status, "entries": entries, "sha256": digest.hexdigest()}


def _entry(name: str, code: str, entry: Mapping[str, Any]) -> Entry:
    _check_keys(f"{name} {code}", entry, _ENTRY, _OPTIONAL)
    options = {key: entry[key] for key in _OPTIONAL if key in entry}
    return Entry(
        code,
        {language: entry[f"title_{language}"] for language in LANGUAGES},
        {language: entry[f"text_{language}"] for language in LANGUAGES},
        entry["source"],
        **options,
    )


def _check_keys(where: str, data: object, required: set[str], optional: set[str]) -> None:
    if not isinstance(data, dict):
        raise PackError(f"{where}: a mapping is expected")
    missing, unknown = required - set(data), set(data) - required - optional
    if missing or unknown:
        raise PackError(f"{where}: missing {sorted(missing)}, unknown {sorted(unknown)}")
