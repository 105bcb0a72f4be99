"""A bank's side of the conformance checks: bills to pay, sorted by what may be done with them, and signed messages."""

import json
import time
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import httpx

from api.sandbox_switch.client import Biller


class NoBill(Exception):
    """There is no bill of the kind that a check needs."""


@dataclass(frozen=True)
class Owed:
    """A bill as it was asked for: `amount` in pounds."""

    reference: str
    amount: Decimal
    least: Decimal


@dataclass
class Desk:
    """Bills by kind: whole (only the whole is taken), parts (parts are taken too), expired. Each is given once."""

    biller: Biller
    bills: dict[str, list[Owed]] = field(default_factory=dict)

    def sort(self, references: Iterable[str]) -> None:
        """Ask for each bill and keep it under its kind; those that cannot be paid are left out."""
        for reference in references:
            told = self.told(reference)
            owed = Owed(reference, Decimal(told["amount"]), Decimal(told["least"]))
            payable = "parts" if owed.least < owed.amount else "whole"
            kind = {"issued": payable, "expired": "expired"}.get(told["state"], "")
            self.bills.setdefault(kind, []).append(owed)

    def bill(self, kind: str = "whole") -> Owed:
        """A bill that no check had before; NoBill where there is none left."""
        if not self.bills.get(kind):
            raise NoBill(kind)
        return self.bills[kind].pop()

    def told(self, reference: str) -> dict[str, Any]:
        """What is owed under a reference."""
        answer = self.biller.inquire(reference)
        assert answer.status_code == httpx.codes.OK, answer.text
        content: dict[str, Any] = answer.json()
        return content

    def state(self, bill: Owed) -> str:
        """Where a bill stands."""
        return str(self.told(bill.reference)["state"])

    def pay(self, body: bytes) -> dict[str, Any]:
        """Tell a payment, which must be answered."""
        answer = self.biller.notify(body)
        assert answer.status_code == httpx.codes.OK, answer.text
        content: dict[str, Any] = answer.json()
        return content

    def until(self, bill: Owed, state: str, seconds: float = 10) -> None:
        """Wait until a message that nobody answered has been worked off."""
        end = time.monotonic() + seconds
        while self.state(bill) != state:
            assert time.monotonic() < end, f"{bill.reference} is {self.state(bill)}, not {state}"
            time.sleep(0.05)


def message(bill: Owed, **changes: Any) -> bytes:
    """A payment of the whole of a bill under a new number, unless told otherwise."""
    now = datetime.now(UTC)
    content = {
        "transaction": f"CT-{uuid.uuid4().hex[:16]}", "reference": bill.reference, "amount": f"{bill.amount:.2f}",
        "currency": "SYP", "paid_at": now.isoformat(), "settlement_day": now.date().isoformat(),
        "channel": "conformance",
    }  # fmt: skip
    return json.dumps(content | changes).encode()


def taken_back(source: str = "transit") -> bytes:
    """A reversal."""
    return json.dumps(
        {"reason": "conformance", "reversed_at": datetime.now(UTC).isoformat(), "taken_from": source}
    ).encode()
