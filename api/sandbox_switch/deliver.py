"""Delivery: every payment is told until the biller has answered and the answer is acknowledged."""

import json
import logging
import threading
import time

import httpx

from api.sandbox_switch.client import Biller
from api.sandbox_switch.faults import Fault
from api.sandbox_switch.store import ACKNOWLEDGED, ANSWERED, REFUSED, TAKEN, Payment, Store

log = logging.getLogger(__name__)
_FINAL_REFUSALS = frozenset({400, 404, 409, 413, 422})
_LONGEST_WAIT = 60.0


def wait_after(attempts: int, first: float) -> float:
    """Seconds until the next attempt: twice as long each time, at most a minute."""
    return float(min(first * 2**attempts, _LONGEST_WAIT))


class Deliverer(threading.Thread):
    """The thread that tells payments; all it knows is in the store, so a killed switch goes on where it was."""

    def __init__(self, store: Store, biller: Biller, *, first_wait: float = 0.5) -> None:
        super().__init__(name="deliverer", daemon=True)
        self._store, self._biller, self._first_wait = store, biller, first_wait
        self._stopping = threading.Event()

    def run(self) -> None:
        """Deliver what is due until stopped."""
        while not self._stopping.wait(0.05):
            for payment in self._store.due(time.time()):
                self.attempt(payment)

    def stop(self) -> None:
        """Stop after the attempt in progress."""
        self._stopping.set()
        self.join(30)

    def attempt(self, payment: Payment) -> None:
        """One step of one payment; a failure is tried again later."""
        try:
            if payment.state == TAKEN:
                self._tell(payment)
            else:
                self._confirm(payment)
        except (httpx.HTTPError, OSError) as error:
            log.info("payment %s: %s", payment.id, error)
            self._again(payment)

    def _tell(self, payment: Payment) -> None:
        body, first = payment.body.encode(), payment.attempts == 0
        if first and payment.fault == Fault.CUT:
            self._biller.notify_and_hang_up(body)
            self._again(payment)
            return
        wrong = self._biller.secret[::-1] + b"?" if first and payment.fault == Fault.WRONG_SIGNATURE else None
        answer = self._biller.notify(body, secret=wrong)
        if answer.status_code in _FINAL_REFUSALS:
            self._store.tried(payment.id, state=REFUSED, next_at=0, answer=answer.text)
        elif answer.is_success:
            self._repeat(payment, body)
            self._store.tried(payment.id, state=ANSWERED, next_at=0, answer=answer.text)
        else:
            self._again(payment)

    def _repeat(self, payment: Payment, body: bytes) -> None:
        """The faults of a switch that does not believe it was answered."""
        if payment.fault == Fault.DUPLICATE:
            for _ in range(2):
                self._biller.notify(body)
        if payment.fault == Fault.OTHER_CONTENT:
            self._biller.notify(json.dumps(json.loads(body) | {"channel": "another"}).encode())

    def _confirm(self, payment: Payment) -> None:
        answer = self._biller.acknowledge(json.loads(payment.answer)["payment"])
        if answer.is_success:
            self._store.tried(payment.id, state=ACKNOWLEDGED, next_at=0)
        else:
            self._again(payment)

    def _again(self, payment: Payment) -> None:
        next_at = time.time() + wait_after(payment.attempts, self._first_wait)
        self._store.tried(payment.id, state=payment.state, next_at=next_at)
