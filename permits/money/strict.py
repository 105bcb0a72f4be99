"""Strict reading of the law's files: an unknown key, a key written twice or an unquoted number refuses one."""

from collections.abc import Hashable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict


class TariffError(ValueError):
    """A tariff file, or the card of a service, that is not well formed."""


def _quoted(value: object, what: str) -> str:
    """Only quoted numbers: YAML would read an unquoted one through binary floating point."""
    if not isinstance(value, str):
        raise ValueError(f"{what} of a tariff are quoted")  # noqa: TRY004 - pydantic collects ValueErrors
    return value


def _decimal(value: object) -> Decimal:
    text = _quoted(value, "numbers")
    if not text.isascii() or not text.lstrip("-").replace(".", "", 1).isdigit():
        raise ValueError(f"not a number: {text!r}")
    return Decimal(text)


def _fraction(value: object) -> Fraction:
    return Fraction(_quoted(value, "shares"))


Number = Annotated[Decimal, BeforeValidator(_decimal)]
Part = Annotated[Fraction, BeforeValidator(_fraction)]


class Strict(BaseModel):
    """A frozen piece of a file that knows all its keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Named(Strict):
    """Something with its name in both languages."""

    ar: str
    en: str


class _UniqueKeys(yaml.SafeLoader):
    """YAML in which a key written twice is an error, not the last one wins."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002 - the signature of the library
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        doubled = {key for key in keys if keys.count(key) > 1}
        if doubled:
            raise TariffError(f"written twice: {sorted(map(str, doubled))}")
        return super().construct_mapping(node, deep)


def read_strict(raw: bytes, path: Path) -> dict[str, Any]:
    """The content of a file as it is written; raises TariffError."""
    try:
        content = yaml.load(raw, Loader=_UniqueKeys)  # noqa: S506 - a safe loader, made stricter
    except yaml.YAMLError as error:
        raise TariffError(f"{path.name}: {error}") from error
    if not isinstance(content, dict):
        raise TariffError(f"{path.name}: not a tariff")
    return content
