"""Results as versioned JSON: the same bytes for the same content, read back only where format and version are ours."""

import json
from collections.abc import Mapping
from typing import Any

_DIGITS = 4


def written(name: str, version: int, body: Mapping[str, Any]) -> bytes:
    """UTF-8 JSON that begins with format and version; floats to 4 decimals, and what is no JSON as text."""
    document = {"format": name, "version": version, **body}
    plain = _rounded(document)
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=_text).encode()


def opened(raw: bytes, name: str, version: int) -> dict[str, Any]:
    """The body that `written` was given; raise ValueError for another format or version."""
    data: dict[str, Any] = json.loads(raw)
    if (data.pop("format", None), data.pop("version", None)) != (name, version):
        raise ValueError(f"no {name} of version {version}")
    return data


def _text(value: object) -> str:
    """What a broken model gives for a name, such as another of its entities, as it writes it."""
    return str(value)[:300]


def _rounded(value: Any) -> Any:
    """Floats to 4 decimals throughout, and no negative zero."""
    if isinstance(value, float):
        return round(value, _DIGITS) + 0.0
    if isinstance(value, Mapping):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(item) for item in value]
    return value
