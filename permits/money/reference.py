"""Bill references that a citizen can read out: digits only, two of them checking the rest.

governorate (2) + service (3) + sequence (9) + check (2, ISO 7064 mod 97-10), never used again.
"""

import re
from dataclasses import dataclass

LENGTH = 16
_FOLD = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_SPACING = re.compile("[\\s\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069-]")


class BadReference(ValueError):
    """Text that is not a bill reference; `code` is "digits", "length" or "check"."""

    def __init__(self, code: str) -> None:
        super().__init__(f"not a bill reference: {code}")
        self.code = code


@dataclass(frozen=True)
class BillReference:
    """The parts of a reference; `sequence` counts the bills of one service in one governorate."""

    governorate: int
    service: int
    sequence: int

    def __post_init__(self) -> None:
        within = 0 <= self.governorate < 100 and 0 <= self.service < 1000 and 0 < self.sequence < 10**9
        if not within:
            raise BadReference("length")

    def __str__(self) -> str:
        body = f"{self.governorate:02d}{self.service:03d}{self.sequence:09d}"
        return f"{body}{check_digits(body):02d}"

    @property
    def grouped(self) -> str:
        """In fours, as it is printed."""
        text = str(self)
        return " ".join(text[i : i + 4] for i in range(0, LENGTH, 4))


def check_digits(body: str) -> int:
    """The two digits that make the whole number leave 1 when divided by 97."""
    return (98 - int(body) * 100 % 97) % 97


def parse_reference(text: str) -> BillReference:
    """Read a typed or dictated reference, with Arabic or Latin digits and any spacing; raises BadReference."""
    digits = _SPACING.sub("", text.translate(_FOLD))
    if not re.fullmatch("[0-9]+", digits):
        raise BadReference("digits")
    if len(digits) != LENGTH:
        raise BadReference("length")
    # A number that leaves 1 has one check pair only: 00..96 are written, 97 and 98 would say 00 and 01 again.
    if check_digits(digits[:-2]) != int(digits[-2:]):
        raise BadReference("check")
    return BillReference(int(digits[:2]), int(digits[2:5]), int(digits[5:14]))
