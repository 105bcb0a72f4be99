"""A kept assessment reads back as the one that was worked out."""

from datetime import date
from decimal import Decimal

from permits.money.assessment import Input, assess, read_assessment
from permits.money.tariff import tariff_on


def test_round_trip() -> None:
    on = date(2026, 11, 1)
    tariff = tariff_on(on)
    given = [Input(name, Decimal("12.50"), unit_of(name), "declared") for name in sorted(tariff.needed_inputs(on))]
    worked_out = assess(tariff, on=on, inputs=given)
    kept = read_assessment(worked_out.canonical.decode())
    assert kept == worked_out
    assert kept.sha256 == worked_out.sha256


def unit_of(name: str) -> str:
    return "SYP-old/m2" if name.startswith("value") else "m2"
