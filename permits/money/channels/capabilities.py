"""What a payment channel can do. Use cases ask this, never a channel's name."""

from dataclasses import dataclass, fields
from enum import StrEnum

from permits.errors import Conflict


class Delivery(StrEnum):
    """How a bill comes to the payer: the channel asks for it, it is sent to the channel, or neither."""

    PULL = "pull"
    PUSH = "push"
    NONE = "none"


@dataclass(frozen=True)
class Capabilities:
    """What can be done through a channel; a thing that is not named cannot.

    `parts`: less than the whole can be paid; `split`: the sum is told by beneficiary and account; `refund`: money is
    paid back the way it came; `prepaid`: a payment is validated before there is a bill; `redirect`: the payer is led
    to the channel's own page; `withdraw`: a bill that was sent can be called back; `reversal`: the channel may take a
    payment back.
    """

    delivery: Delivery = Delivery.NONE
    parts: bool = False
    split: bool = False
    refund: bool = False
    prepaid: bool = False
    redirect: bool = False
    withdraw: bool = False
    reversal: bool = False
    currencies: frozenset[str] = frozenset({"SYP"})

    def within(self, other: "Capabilities") -> bool:
        """Whether nothing here is beyond `other`: what an agreement may offer of what the code can do."""
        flags = [field.name for field in fields(self) if isinstance(getattr(self, field.name), bool)]
        same_way = self.delivery in (Delivery.NONE, other.delivery)
        return (
            same_way
            and self.currencies <= other.currencies
            and all(getattr(other, flag) or not getattr(self, flag) for flag in flags)
        )

    def need(self, capability: str) -> None:
        """Raise Conflict unless the channel has this capability."""
        if not getattr(self, capability):
            raise Conflict("channel-cannot", what=capability)
