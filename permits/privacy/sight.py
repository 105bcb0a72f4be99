"""What of a person an actor sees: the office's policy as data, and what masking leaves of a value."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

from gis.site import SheetStatus
from permits.i18n import translate
from permits.people.actor import Actor, Role

_STARS = "•••"
_KEPT = 3
_SIGNS = "()[]«»“”\"'.,،؛:-–—/"


class About(StrEnum):
    """What is known of a person."""

    NAME = "name"
    IDENTITY = "identity"
    CONTACT = "contact"


class Degree(StrEnum):
    """How much of it is shown, the least first."""

    HIDDEN = "hidden"
    MASKED = "masked"
    WHOLE = "whole"


class Subject(StrEnum):
    """What a page is about."""

    SHEET = "sheet"
    BILL = "bill"
    OCCUPANCY = "occupancy"
    ASSET_CONTRACT = "asset-contract"
    PARTY = "party"
    CASE = "case"
    OFFICIAL = "official"


_ORDER = list(Degree)


class Policy(BaseModel):
    """The whole file; an unknown role, subject or degree refuses it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    status: SheetStatus
    source: str = Field(min_length=1)
    subjects: dict[Subject, dict[Role, dict[About, Degree]]]


@cache
def policy() -> Policy:
    """The policy of this installation."""
    return Policy.model_validate(yaml.safe_load(Path(__file__).with_name("sight.yaml").read_text(encoding="utf-8")))


@dataclass(frozen=True)
class Sight:
    """What one actor sees of the persons on one kind of page."""

    degrees: Mapping[About, Degree]

    def shown(self, about: About, value: str) -> str:
        """The value as this actor sees it; the empty text where nothing is to be seen."""
        degree = self.degrees.get(about, Degree.HIDDEN)
        if degree is Degree.WHOLE:
            return value
        return masked(about, value) if degree is Degree.MASKED else ""

    def name(self, value: str, language: str) -> str:
        """A name as this actor sees it, and where nothing is to be seen the word that says so."""
        return self.shown(About.NAME, value) or translate(language, "privacy-hidden")

    def limited_to(self, about: Collection[About]) -> "Sight":
        """The same, of what is named alone."""
        return Sight({one: degree for one, degree in self.degrees.items() if one in about})

    @property
    def whole(self) -> frozenset[About]:
        """What is seen as it is: what a look is kept for."""
        return frozenset(about for about, degree in self.degrees.items() if degree is Degree.WHOLE)


def sight_of(actor: Actor, subject: Subject) -> Sight:
    """The most that any role of the actor allows."""
    rows = policy().subjects.get(subject, {})
    return Sight(_most(rows[role] for role in actor.roles if role in rows))


def _most(rows: Iterable[Mapping[About, Degree]]) -> dict[About, Degree]:
    most: dict[About, Degree] = {}
    for row in rows:
        for about, degree in row.items():
            most[about] = max(degree, most.get(about, Degree.HIDDEN), key=_ORDER.index)
    return most


def masked(about: About, value: str) -> str:
    """Enough to recognise whom one knows already: initials of a name, the last digits of a number.

    How long the value was does not show; a number too short to hide anything in is hidden whole.
    """
    if about is About.NAME:
        words = (word.strip(_SIGNS) for word in value.split())
        return " ".join(f"{word[0]}{_STARS}" for word in words if word)
    return _STARS + (value[-_KEPT:] if len(value) >= 3 * _KEPT else "")
