"""Transactions at the same moment wait for each other in one order, so that none is given up as deadlocked."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.db import Database
from permits.numbering import take_number
from permits.people.actor import SYSTEM

Step = Callable[[Session], object]


def _record(session: Session) -> object:
    return audit.record(session, AuditEvent.INSTALLED, actor=SYSTEM, subject="office")


def _number(session: Session) -> object:
    return take_number(session, "series")


def test_numbers_and_the_chain_are_taken_in_either_order(database: Database) -> None:
    """As when one bills a case while another approves one."""
    both_here = threading.Barrier(2)

    def work(first: Step, second: Step) -> None:
        with database.transaction() as session:
            first(session)
            with suppress(threading.BrokenBarrierError):  # where the other waits for us, he does not come
                both_here.wait(0.5)
            second(session)

    with ThreadPoolExecutor(2) as pool:
        ended = [pool.submit(work, _record, _number), pool.submit(work, _number, _record)]
        for end in ended:
            end.result(30)
    with database.transaction() as session:
        assert audit.verify(session).broken is None
        assert (audit.length(session), take_number(session, "series")) == (2, 3)
