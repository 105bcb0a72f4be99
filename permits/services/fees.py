"""What a service costs: the assessment of each act it is charged by, and their sum."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from permits.money.adjustments import Note, When, cash_rounding
from permits.money.assessment import assess
from permits.money.lines import BIGGEST, Assessment, AssessmentError, Input, Line
from permits.money.terms import terms
from permits.services.catalogue import Fees, find_service

_NOBODY: Mapping[str, str] = {}
_NOW = When()


@dataclass(frozen=True)
class ServiceFee:
    """The fee of a service on a day; money in new piastres.

    `total` is what is owed; `rounding`, where it is not nought, is what paying it in notes adds or takes off.
    """

    service: str
    card_sha256: str
    on: date
    assessments: tuple[Assessment, ...]
    total: int
    rounding: Line | None

    @property
    def in_cash(self) -> int:
        """What is paid over the counter."""
        return self.total + (self.rounding.piastres if self.rounding else 0)

    @property
    def statuses(self) -> frozenset[str]:
        """How sure the numbers behind the total are."""
        return frozenset[str]().union(*(assessment.statuses for assessment in self.assessments))

    @property
    def canonical(self) -> bytes:
        """The fee as bytes that are the same for the same content, with each assessment whole."""
        content = {
            "service": self.service, "card_sha256": self.card_sha256, "on": self.on.isoformat(), "total": self.total,
            "assessments": [json.loads(assessment.canonical) for assessment in self.assessments],
        }  # fmt: skip
        return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    @property
    def sha256(self) -> str:
        """Hash of the canonical bytes."""
        return hashlib.sha256(self.canonical).hexdigest()


def assess_service(
    code: str, on: date, inputs: Sequence[Input], *, exempt: Mapping[str, str] = _NOBODY, when: When = _NOW
) -> ServiceFee:
    """Work a service's fee out by every act of its card in force on a day; AssessmentError, or NotFound."""
    service = find_service(code)
    if unknown := {given.name for given in inputs} - {field.name for field in service.fields}:
        raise AssessmentError("unknown", min(unknown))
    known = {exemption.code for fees in service.fees for exemption in fees.exemptions}
    if strange := set(exempt) - known:
        raise AssessmentError("exemption_unknown", min(strange))
    in_force = [fees for fees in service.fees if on >= fees.tariff.act.in_force]
    if not in_force:
        raise AssessmentError("not_in_force", code)
    found = tuple(_assess(fees, on, inputs, exempt, when) for fees in in_force)
    total = sum(assessment.total for assessment in found)
    if total > BIGGEST:
        raise AssessmentError("range", code)
    return ServiceFee(code, service.card.sha256, on, found, total, cash_rounding(total, smallest_note()))


def _assess(fees: Fees, on: date, inputs: Sequence[Input], exempt: Mapping[str, str], when: When) -> Assessment:
    """One act's part, with the inputs and the claims that it knows."""
    given = [one for one in inputs if one.name in fees.tariff.settable]
    claims = {e.code: exempt[e.code] for e in fees.exemptions if e.code in exempt}
    return assess(fees.tariff, on=on, inputs=given, items=fees.patterns, exempt=claims, when=when)


def smallest_note() -> Note:
    """The note to which cash is rounded, from the terms of the office."""
    term = terms().cash_note
    return Note(Decimal(term.value), str(term.status))
