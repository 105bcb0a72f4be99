"""The dated data in force on a day: guide, codes, tariffs, services, terms; what each is and how sure we are of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

import permits
from bim.packs import code_in_force
from permits.money import tariff
from permits.money.tariff import read_tariff
from permits.people.actor import Actor, Role
from permits.review.guides import guide_of
from permits.services.catalogue import services

_SURENESS = ("fictitious", "provisional", "confirmed")
"""The least sure first: a file is as sure as the least sure of its values."""


@dataclass(frozen=True)
class Pack:
    """One of them: `kind` is guide, code, tariff, service or terms; the dates are "" where none is set."""

    kind: str
    name: str
    status: str
    since: str
    until: str


def packs(*, actor: Actor, on: date) -> list[Pack]:
    """Everything in force on a day."""
    actor.need(Role.ADMIN)
    guide, code = guide_of(on), code_in_force(on)
    found = [
        Pack("guide", guide.id, str(guide.status), _day(guide.valid_from), _day(guide.valid_to)),
        Pack("code", code.id, str(code.status), _day(code.valid_from), _day(code.valid_to)),
    ]
    return [*found, *_tariffs(on), *_services(), *_terms()]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _tariffs(on: date) -> Iterator[Pack]:
    for path in sorted((Path(tariff.__file__).parent / "tariffs").glob("*.yaml")):
        act = read_tariff(path).act
        if act.in_force <= on:
            yield Pack("tariff", act.id, str(act.status), _day(act.in_force), "")


def _services() -> Iterator[Pack]:
    for service in services():
        yield Pack("service", service.code, str(service.card.status), "", "")


def _terms() -> Iterator[Pack]:
    root = Path(permits.__file__).parent
    for path in sorted((*root.rglob("terms.yaml"), root / "workdays.yaml", root / "figures" / "licence.yaml")):
        found = set(_statuses(yaml.safe_load(path.read_text(encoding="utf-8"))))
        status = next((one for one in _SURENESS if one in found), "")
        yield Pack("terms", str(path.relative_to(root).with_suffix("")), status, "", "")


def _statuses(content: Any) -> Iterator[str]:
    """Every `status` in a file, however deep."""
    if isinstance(content, Mapping):
        if isinstance(content.get("status"), str):
            yield content["status"]
        content = list(content.values())
    if isinstance(content, list):
        for one in content:
            yield from _statuses(one)
