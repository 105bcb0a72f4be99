"""What a report calls an entity; light, since checks are looked up where no parser is loaded."""

from typing import Any


def guid(entity: Any) -> str:
    """The GlobalId, or the entity's number where a broken model has none or no text."""
    key = entity[0]
    return key if key and isinstance(key, str) else f"#{entity.id()}"


def said(value: Any) -> str:
    """A name or another text of the model; what a broken model has instead of one is told as it writes it."""
    return value if isinstance(value, str) else "" if value is None else str(value)[:300]
