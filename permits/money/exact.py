"""Decimals that never lose a digit: sums and products that do not fit are an error, rounding is always asked for."""

from decimal import Context, Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow
from fractions import Fraction
from typing import Literal

EXACT = Context(prec=120, traps=[Inexact, InvalidOperation, Overflow, DivisionByZero])
"""Sums and products; decimal.Inexact where 120 digits do not hold the result."""

Rounding = Literal["half_up", "up", "down"]


def rounded(value: Decimal | Fraction, step: Decimal, how: Rounding = "half_up") -> Decimal:
    """The multiple of `step` nearest to a value (half away from zero), not below it, or not above it."""
    steps = Fraction(value) / Fraction(step)
    if how == "half_up":
        whole = int(abs(steps) + Fraction(1, 2)) * (-1 if steps < 0 else 1)
    else:
        whole = -(-steps.numerator // steps.denominator) if how == "up" else steps.numerator // steps.denominator
    return EXACT.multiply(Decimal(whole), step)


def plain(value: object) -> str:
    """480 and 480.0 are one number, so they are written alike; what is no decimal is written as it is."""
    return f"{value.normalize(EXACT):f}" if isinstance(value, Decimal) else str(value)
