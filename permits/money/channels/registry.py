"""The channels of this installation: adapters by what their code can do, channels by what was agreed on (data).

An office writes its own `channels.yaml` and names it by the setting `channels_file`; the shipped one is fictitious.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from pydantic import Field, ValidationError, model_validator

from gis.site import SheetStatus
from permits.errors import NotFound
from permits.money.channels.capabilities import Capabilities, Delivery
from permits.money.strict import Named, Strict, TariffError, read_strict
from permits.settings import Settings

SHIPPED = Path(__file__).parent / "channels.yaml"

ADAPTERS: Mapping[str, Capabilities] = MappingProxyType(
    {
        "rest": Capabilities(Delivery.PULL, parts=True, reversal=True),
        "mfep": Capabilities(Delivery.PULL, parts=True, split=True, reversal=True),
        "redirect": Capabilities(refund=True, redirect=True, reversal=True),
        "cash": Capabilities(),
    }
)
"""What the code of each adapter can do; a channel offers this or less."""


class Account(Strict):
    """Where a beneficiary's part is delivered to: the code of a bank and an account there."""

    bank: str = Field(min_length=1, max_length=20)
    number: str = Field(min_length=1, max_length=50)


class Agreement(Strict):
    """One channel as it is written in the file; `most` is the largest payment it takes, in new piastres, `minutes` how
    long a payer has on its page.

    `provider` is the name under which its payments are booked; `address` and `key` are where a channel that leads
    the payer away is found, and the id of the key agreed on with it.
    """

    code: str = Field(pattern="^[a-z][a-z0-9-]{1,39}$")
    adapter: str
    name: Named
    status: SheetStatus
    can: dict[str, bool] = Field(default_factory=dict)
    delivery: Delivery = Delivery.NONE
    currencies: tuple[str, ...] = ("SYP",)
    most: int | None = Field(default=None, gt=0)
    minutes: int = Field(default=30, gt=0, le=1440)
    provider: str = ""
    address: str = ""
    key: str = ""
    accounts: dict[str, Account] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _possible(self) -> "Agreement":
        if self.adapter not in ADAPTERS:
            raise ValueError(f"{self.code}: no adapter {self.adapter}")
        if not self.capabilities.within(ADAPTERS[self.adapter]):
            raise ValueError(f"{self.code}: the adapter {self.adapter} cannot do all of this")
        if self.capabilities.redirect and not (self.address and self.key and self.provider):
            raise ValueError(f"{self.code}: a channel with a page has its address, key and provider")
        return self

    @property
    def capabilities(self) -> Capabilities:
        """What was agreed on."""
        return Capabilities(self.delivery, currencies=frozenset(self.currencies), **self.can)


class _File(Strict):
    biller: str = Field(pattern="^[0-9]{3}$")
    channels: tuple[Agreement, ...]

    @model_validator(mode="after")
    def _once(self) -> "_File":
        codes = [channel.code for channel in self.channels]
        if len(codes) != len(set(codes)):
            raise ValueError("a channel is written twice")
        return self


@dataclass(frozen=True)
class Channels:
    """Every channel of an installation, and the three digits by which switches know this biller."""

    biller: str
    channels: tuple[Agreement, ...]

    def find(self, code: str) -> Agreement:
        """One channel, or NotFound."""
        for channel in self.channels:
            if channel.code == code:
                return channel
        raise NotFound("channel-unknown", channel=code)

    def speaking(self, adapter: str) -> Agreement:
        """The channel of an adapter that serves every provider alike, or NotFound."""
        for channel in self.channels:
            if channel.adapter == adapter:
                return channel
        raise NotFound("channel-unknown", channel=adapter)


@cache
def read_channels(path: Path = SHIPPED) -> Channels:
    """The channels of a file; raises TariffError naming the first fault."""
    try:
        content = _File.model_validate(read_strict(path.read_bytes(), path))
    except (ValidationError, TypeError) as error:
        raise TariffError(f"{path.name}: {error}") from error
    return Channels(content.biller, content.channels)


def channels_of(settings: Settings) -> Channels:
    """The channels of this installation."""
    return read_channels(settings.channels_file or SHIPPED)
