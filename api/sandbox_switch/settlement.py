"""The settlement file of a day: what the switch delivers to the biller's bank account."""

import hashlib

from api.sandbox_switch.faults import Fault
from api.sandbox_switch.store import Store

POUND = 100


def cut(store: Store, *, provider: str, day: str) -> str:
    """Cut a day: the same file for ever after, its money moved once."""
    known = store.settled(day)
    if known is not None:
        return known
    lines = [
        (payment.id, payment.reference, payment.piastres - (POUND if payment.fault == Fault.SETTLED_SHORT else 0))
        for payment in store.payments()
        if payment.day == day and payment.fault != Fault.UNSETTLED
    ]
    content = write(provider, day, lines)
    store.settle(day, content, [(payment, piastres) for payment, _, piastres in lines])
    return content


def write(provider: str, day: str, lines: list[tuple[str, str, int]]) -> str:
    """Head, one line per payment, and a trailer with count, sum and the hash of everything above."""
    rows = [f"rukhsa-settlement/1;{provider};{day}", *(f"{i};{r.replace(';', '')};{p}" for i, r, p in lines)]
    body = "".join(f"{row}\n" for row in rows)
    total = sum(piastres for _, _, piastres in lines)
    return f"{body}total;{len(lines)};{total};{hashlib.sha256(body.encode()).hexdigest()}\n"
