"""Delivery: every payment is told until the biller has answered and the answer is acknowledged."""

import json
import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import httpx

from api.sandbox_switch import settlement
from api.sandbox_switch.client import Biller
from api.sandbox_switch.faults import OUTAGE_HOURS, Fault
from api.sandbox_switch.store import ACKNOWLEDGED, ANSWERED, REFUSED, REVERSED, TAKEN, TAKEN_BACK, Payment, Store

log = logging.getLogger(__name__)
_FINAL_REFUSALS = frozenset({400, 404, 409, 413, 422})
_LONGEST_WAIT = 60.0
_A_DAY = 86_400
_AT_ONCE = 4
_LATE = 4.0


def wait_after(attempts: int, first: float) -> float:
    """Seconds until the next attempt: twice as long each time, at most a minute."""
    return float(min(first * 2**attempts, _LONGEST_WAIT))


class Deliverer(threading.Thread):
    """The thread that tells payments; all it knows is in the store, so a killed switch goes on where it was.

    `hour` is how many seconds an hour of an outage takes.
    """

    def __init__(self, store: Store, biller: Biller, *, first_wait: float = 0.5, hour: float = 3600.0) -> None:
        super().__init__(name="deliverer", daemon=True)
        self._store, self._biller, self._first_wait, self._hour = store, biller, first_wait, hour
        self._stopping = threading.Event()
        self._silent_until = 0.0

    def run(self) -> None:
        """Deliver what is due, several at once, until stopped."""
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            while not self._stopping.wait(0.05):
                now = time.time()
                if now >= self._silent_until:
                    list(pool.map(self.attempt, self._store.due(now)))

    def stop(self) -> None:
        """Stop after the attempts in progress."""
        self._stopping.set()
        self.join(30)

    def attempt(self, payment: Payment) -> None:
        """One step of one payment; a failure is tried again later."""
        if self._stopping.is_set() or time.time() < self._silent_until:
            return
        try:
            {TAKEN: self._tell, ANSWERED: self._confirm, TAKEN_BACK: self._tell_reversal}[payment.state](payment)
        except (httpx.HTTPError, OSError) as error:
            log.info("payment %s: %s", payment.id, error)
            self._again(payment)

    def _tell(self, payment: Payment) -> None:
        body = payment.body.encode()
        if payment.attempts == 0 and self._goes_wrong(payment, body):
            self._again(payment)
            return
        answer = self._biller.notify(body)
        if answer.status_code in _FINAL_REFUSALS:
            self._store.tried(payment.id, state=REFUSED, next_at=0, answer=answer.text)
        elif answer.is_success:
            self._repeat(payment, body)
            self._store.tried(payment.id, state=ANSWERED, next_at=0, answer=answer.text)
        else:
            self._again(payment)

    def _goes_wrong(self, payment: Payment, body: bytes) -> bool:
        """The faults of a first attempt; whether it came to nothing."""
        match payment.fault:
            case Fault.CUT:
                self._biller.notify_and_hang_up(body)
            case Fault.CUT_BODY:
                self._biller.notify_and_hang_up(body, sent=0.5)
            case Fault.TIMEOUT:
                self._biller.notify(body)
            case Fault.WRONG_SIGNATURE:
                self._biller.notify(body, secret=self._biller.secret[::-1] + b"?")
            case Fault.CLOCK_BEHIND:
                self._biller.notify(body, slow=_A_DAY)
            case Fault.EARLY_ACKNOWLEDGEMENT:
                self._biller.acknowledge(payment.id)
            case Fault.AT_ONCE:
                self._tell_at_once(body)
            case Fault.LATE:
                pass  # only its turn is lost
            case Fault.OUTAGE:
                self._silent_until = time.time() + OUTAGE_HOURS * self._hour
            case _:
                return False
        return True

    def _tell_at_once(self, body: bytes) -> None:
        """Whatever comes of each is told by the attempt after it."""
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            list(pool.map(self._biller.notify, [body] * _AT_ONCE))

    def _repeat(self, payment: Payment, body: bytes) -> None:
        """The faults of a switch that does not believe it was answered."""
        for _ in range({Fault.DUPLICATE: 2, Fault.FLOOD: 10}.get(Fault(payment.fault), 0)):
            self._biller.notify(body)
        if payment.fault == Fault.OTHER_CONTENT:
            self._biller.notify(json.dumps(json.loads(body) | {"channel": "another"}).encode())
        if payment.fault == Fault.BEFORE_INQUIRY:
            self._biller.inquire(payment.reference)

    def _confirm(self, payment: Payment) -> None:
        answer = self._biller.acknowledge(json.loads(payment.answer)["payment"])
        if not answer.is_success:
            self._again(payment)
            return
        self._store.tried(payment.id, state=ACKNOWLEDGED, next_at=0)
        if payment.fault == Fault.REVERSED:
            settlement.take_back(self._store, payment)

    def _tell_reversal(self, payment: Payment) -> None:
        answer = self._biller.reverse(json.loads(payment.answer)["payment"], payment.body.encode())
        if answer.is_success or answer.status_code in _FINAL_REFUSALS:
            state = REVERSED if answer.is_success else REFUSED
            self._store.tried(payment.id, state=state, next_at=0)
        else:
            self._again(payment)

    def _again(self, payment: Payment) -> None:
        wait = wait_after(payment.attempts, self._first_wait)
        slower = _LATE if payment.fault == Fault.LATE and payment.attempts == 0 else 1.0
        self._store.tried(payment.id, state=payment.state, next_at=time.time() + wait * slower)
