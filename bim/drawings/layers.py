"""Which layer of a drawing holds what, by its name; names are data."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

NAMES = Path(__file__).parent / "layers.yaml"
REQUIRED = ("plot", "ground")
"""Without these nothing can be judged."""
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_NUMBER = r"(\d{1,3})"


@dataclass(frozen=True)
class Meaning:
    """What a layer holds: `storey` counts from 1, the ground floor; None where the name has no number."""

    kind: str
    storey: int | None = None


@cache
def names() -> Mapping[str, tuple[str, ...]]:
    """The names of the layers by what they hold."""
    said: dict[str, list[str]] = yaml.safe_load(NAMES.read_text(encoding="utf-8"))
    return {kind: tuple(patterns) for kind, patterns in said.items()}


def meaning(layer: str) -> Meaning | None:
    """What the layer of that name holds; None where it is none of ours."""
    name = layer.strip().translate(_DIGITS).casefold()
    for kind, patterns in names().items():
        for pattern in patterns:
            found = re.fullmatch(re.escape(pattern.casefold()).replace(r"\{n\}", _NUMBER), name)
            if found:
                number = int(found[1]) if found.groups() else None
                return Meaning("ground", 1) if (kind, number) == ("storey", 1) else Meaning(kind, number)
    return None
