"""Numbers that the municipality sets, read from a strict YAML file: a value, its unit, how sure it is, its source."""

from decimal import Decimal
from pathlib import Path
from typing import Annotated, TypeVar

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from gis.site import SheetStatus

T = TypeVar("T", bound=BaseModel)


def _text_only(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError("write the number as a text: a binary fraction is not what was written")  # noqa: TRY004 - pydantic wants it
    return value


Exact = Annotated[Decimal, BeforeValidator(_text_only), Field(ge=0)]


class SetTerm(BaseModel):
    """One number of `unit`, exact, and how sure we are of it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: Exact
    unit: str
    status: SheetStatus
    source: str = Field(min_length=1)


class SetTerms(BaseModel):
    """A file of terms: an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def read_terms(path: Path, kind: type[T]) -> T:
    """The terms of a file; raises pydantic's ValidationError."""
    return kind.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
