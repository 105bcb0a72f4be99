"""Assessments that were kept before lines could say more read back and keep their hash."""

import hashlib
from decimal import Decimal
from pathlib import Path

from permits.money.lines import read_assessment

KEPT = Path(__file__).parent / "kept" / "law-37-2021.json"
SHA256 = "0694ea9e42bf50c7e16a60deafe1e82a371bb88d602dd8b0523deb1d5fdd41bb"
"""Of the bytes as they were written before bands, exemptions and penalties were known."""


def test_an_old_assessment_keeps_its_hash() -> None:
    content = KEPT.read_bytes()
    assert hashlib.sha256(content).hexdigest() == SHA256
    read = read_assessment(content.decode())
    assert (read.total, read.sha256, read.canonical) == (8_328_332, SHA256, content)


def test_an_old_line_says_nothing_of_what_was_not_known_then() -> None:
    line = read_assessment(KEPT.read_text(encoding="utf-8")).lines[1]
    assert (line.kind, line.of, line.limit, line.bounded, line.bands) == ("fee", "", "", None, ())
    assert line.rounding == line.rounded - line.exact == Decimal("0.2675")
