"""The settlement file of a day: what the switch delivers to the biller's bank account."""

import hashlib
import json
from datetime import UTC, datetime

from api.sandbox_switch.faults import POUND, Fault
from api.sandbox_switch.store import ACKNOWLEDGED, REVERSED, TAKEN_BACK, Payment, Store


def cut(store: Store, *, provider: str, day: str) -> str:
    """Cut a day: the same file for ever after, its money moved once."""
    with store.alone():
        known = store.settled(day)
        if known is not None:
            return known
        lines = [line for payment in store.payments() if payment.day == day for line in _lines(payment)]
        content = write(provider, day, lines)
        store.settle(day, content, [(payment, piastres) for payment, _, piastres in lines])
        return content


def take_back(store: Store, payment: Payment) -> None:
    """Give a payer his money again: of the biller's account where it was settled, else of what is held."""
    with store.alone():
        source = "transit" if store.settled(payment.day) is None else "bank"
        content = {"reason": "sandbox", "reversed_at": datetime.now(UTC).isoformat(), "taken_from": source}
        store.take_back(payment, json.dumps(content), "held" if source == "transit" else "biller")


def take_back_late(store: Store, day: str) -> None:
    """Take back what was to be taken back once its day is settled."""
    for payment in store.payments():
        if (payment.day, payment.fault, payment.state) == (day, Fault.REVERSED_LATE, ACKNOWLEDGED):
            take_back(store, payment)


def _lines(payment: Payment) -> list[tuple[str, str, int]]:
    """What the file says of a payment: nothing of one that was taken back before."""
    if payment.fault == Fault.UNSETTLED or payment.state in (TAKEN_BACK, REVERSED):
        return []
    short = POUND if payment.fault == Fault.SETTLED_SHORT else 0
    times = 2 if payment.fault == Fault.SETTLED_TWICE else 1
    return [(payment.id, payment.reference, payment.piastres - short)] * times


def write(provider: str, day: str, lines: list[tuple[str, str, int]]) -> str:
    """Head, one line per payment, and a trailer with count, sum and the hash of everything above."""
    rows = [f"rukhsa-settlement/1;{provider};{day}", *(f"{i};{r.replace(';', '')};{p}" for i, r, p in lines)]
    body = "".join(f"{row}\n" for row in rows)
    total = sum(piastres for _, _, piastres in lines)
    return f"{body}total;{len(lines)};{total};{hashlib.sha256(body.encode()).hexdigest()}\n"
