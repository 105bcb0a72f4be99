"""The card of a service: what it is, what to bring, what it costs, how long it takes. One strict YAML file.

A card adds no number of its own: its fees are items of acts, and its form asks for the quantities they name.
"""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from gis.site import SheetStatus
from permits.money.strict import Named, Strict

Category = Literal["building", "public-property", "documents", "register", "violations", "trade"]
Channel = Literal["portal", "centre", "post"]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]


class Document(Named):
    """A paper to bring."""

    required: bool


class Charged(Strict):
    """The fees of a service: patterns of the codes of one act."""

    act: str
    items: tuple[str, ...] = Field(min_length=1)


class Days(Strict):
    """How long it takes, and who says so."""

    value: int = Field(gt=0, le=365)
    unit: Literal["working_day"]
    status: SheetStatus
    source: str


class Asked(Strict):
    """A quantity that the form asks for: its unit there, an example and help.

    Its name for people is that of the act, unless the card gives a `label`. One that is not `required` is a number
    that the municipality sets and that stays as the act has it where nothing is given.
    """

    name: str
    unit: str
    example: str
    help: Named
    label: Named | None = None
    required: bool = True


class Card(Named):
    """A service as its file writes it; `number` is the service's in a bill's reference."""

    code: Code
    number: int = Field(ge=100, le=999)
    description: Named
    categories: tuple[Category, ...] = Field(min_length=1)
    documents: tuple[Document, ...]
    fees: tuple[Charged, ...] = Field(min_length=1)
    days: Days
    channels: tuple[Channel, ...] = Field(min_length=1)
    inputs: tuple[Asked, ...]
    status: SheetStatus
    sources: tuple[str, ...] = Field(min_length=1)
    sha256: str
