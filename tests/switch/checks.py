"""What a biller must hold to, whoever it is: each check speaks signed HTTP to it and knows nothing else of it.

A check asks the desk for the bills that it needs; on failure it raises AssertionError with what was answered.
"""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx

from tests.switch.desk import Desk, message, taken_back

A_DAY = 86_400
UNKNOWN = "9910100000000183"
Check = Callable[[Desk], None]
CHECKS: dict[str, Check] = {}


def check(run: Check) -> Check:
    """Register a check under its name."""
    CHECKS[run.__name__] = run
    return run


def _status(answer: httpx.Response, *wanted: int) -> None:
    assert answer.status_code in wanted, f"{answer.status_code}, not {wanted}: {answer.text}"


@check
def a_bill_is_asked_for_and_paid(desk: Desk) -> None:
    """Owed before, paid after, and the answer has a receipt."""
    bill = desk.bill()
    asked = desk.told(bill.reference)
    assert (asked["reference"], asked["state"], asked["currency"]) == (bill.reference, "issued", "SYP"), asked
    answer = desk.pay(message(bill))
    assert (answer["state"], answer["code"], answer["left"]) == ("accepted", "accepted", "0.00"), answer
    assert answer["receipt"], answer
    assert desk.state(bill) == "paid"


@check
def an_unknown_reference_is_not_owed(desk: Desk) -> None:
    """Neither a reference without a bill nor what is no reference."""
    for reference in (UNKNOWN, "123", "x"):
        _status(desk.biller.inquire(reference), 404, 422)


@check
def a_duplicate_gets_the_same_answer(desk: Desk) -> None:
    """However often it is told."""
    body = message(desk.bill())
    first = desk.pay(body)
    assert [desk.pay(body) for _ in range(3)] == [first] * 3


@check
def changed_content_is_a_conflict(desk: Desk) -> None:
    """The same number with other content is refused, and the first told again is answered as before."""
    bill = desk.bill()
    body = message(bill)
    first = desk.pay(body)
    _status(desk.biller.notify(json.dumps(json.loads(body) | {"channel": "another"}).encode()), 409)
    assert desk.pay(body) == first


@check
def money_for_an_unknown_bill_is_kept(desk: Desk) -> None:
    """It is answered, and the same again."""
    body = message(desk.bill(), reference=UNKNOWN)
    first = desk.pay(body)
    assert (first["state"], first["code"], first["receipt"]) == ("suspense", "bill-unknown", None), first
    assert desk.pay(body) == first


@check
def money_for_an_expired_bill_is_kept(desk: Desk) -> None:
    """It was paid too late."""
    answer = desk.pay(message(desk.bill("expired")))
    assert (answer["state"], answer["code"]) == ("suspense", "bill-expired"), answer


@check
def a_part_is_taken_where_parts_are(desk: Desk) -> None:
    """Then the rest."""
    bill = desk.bill("parts")
    first = desk.pay(message(bill, amount=f"{bill.least:.2f}"))
    assert (first["state"], first["code"]) == ("accepted", "part"), first
    asked = desk.told(bill.reference)
    assert (asked["state"], asked["amount"]) == ("partly_paid", first["left"]), asked
    last = desk.pay(message(bill, amount=first["left"]))
    assert (last["state"], last["left"], desk.state(bill)) == ("accepted", "0.00", "paid"), last


@check
def too_little_is_kept_and_the_bill_stays_owed(desk: Desk) -> None:
    """Where only the whole is taken."""
    bill = desk.bill()
    answer = desk.pay(message(bill, amount=f"{bill.amount - 1:.2f}"))
    assert (answer["state"], answer["code"]) == ("suspense", "amount-differs"), answer
    assert desk.told(bill.reference)["amount"] == f"{bill.amount:.2f}"


@check
def too_much_pays_the_bill(desk: Desk) -> None:
    """What is too much is the payer's."""
    bill = desk.bill()
    answer = desk.pay(message(bill, amount=f"{bill.amount + 1:.2f}"))
    assert (answer["state"], answer["code"], answer["left"]) == ("accepted", "overpaid", "0.00"), answer
    assert desk.state(bill) == "paid"


@check
def a_second_payment_of_a_bill_is_kept(desk: Desk) -> None:
    """Under another number."""
    bill = desk.bill()
    desk.pay(message(bill))
    answer = desk.pay(message(bill))
    assert (answer["state"], answer["code"]) == ("suspense", "bill-paid"), answer


@check
def what_is_not_rightly_signed_is_refused(desk: Desk) -> None:
    """A wrong secret, an unknown key, and nothing comes of either."""
    bill = desk.bill()
    _status(desk.biller.notify(message(bill), secret=b"guessed"), 401)
    _status(replace(desk.biller, key_id="nobody").notify(message(bill)), 401)
    _status(replace(desk.biller, secret=b"guessed").inquire(bill.reference), 401)
    assert desk.state(bill) == "issued"


@check
def a_message_outside_the_window_is_refused(desk: Desk) -> None:
    """A day slow or fast, though rightly signed; by the right time the same message is taken."""
    bill = desk.bill()
    body = message(bill)
    for slow in (A_DAY, -A_DAY):
        _status(desk.biller.notify(body, slow=slow), 401)
    assert desk.state(bill) == "issued"
    assert desk.pay(body)["state"] == "accepted"


@check
def money_taken_in_time_is_honoured_however_late_it_is_told(desk: Desk) -> None:
    """Paid by a clock that is a day slow."""
    paid_at = datetime.now(UTC) - timedelta(days=1)
    assert desk.pay(message(desk.bill(), paid_at=paid_at.isoformat()))["state"] == "accepted"


@check
def an_acknowledgement_before_its_payment_is_unknown(desk: Desk) -> None:
    """Afterwards it is answered as the payment was, again too."""
    body = message(desk.bill())
    _status(desk.biller.acknowledge(json.loads(body)["transaction"]), 404)
    answer = desk.pay(body)
    for _ in range(2):
        confirmed = desk.biller.acknowledge(answer["payment"])
        _status(confirmed, 200)
        assert confirmed.json() == answer


@check
def payments_may_come_out_of_order(desk: Desk) -> None:
    """The part paid later is told first."""
    bill = desk.bill("parts")
    now = datetime.now(UTC)
    half = bill.amount / 2
    late = message(bill, amount=f"{bill.amount - round(half, 2):.2f}", paid_at=now.isoformat())
    early = message(bill, amount=f"{round(half, 2):.2f}", paid_at=(now - timedelta(hours=1)).isoformat())
    assert [desk.pay(body)["state"] for body in (late, early)] == ["accepted", "accepted"]
    assert desk.state(bill) == "paid"


@check
def one_payment_told_at_once_is_one_payment(desk: Desk) -> None:
    """Four connections, one answer."""
    bill = desk.bill()
    body = message(bill)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(desk.pay, [body] * 4))
    assert answers == [answers[0]] * 4, answers
    assert desk.state(bill) == "paid"


@check
def of_two_payments_at_once_one_pays_the_bill(desk: Desk) -> None:
    """The other is kept."""
    bill = desk.bill()
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(desk.pay, [message(bill), message(bill)]))
    assert sorted(answer["code"] for answer in answers) == ["accepted", "bill-paid"], answers


@check
def a_payment_can_be_taken_back(desk: Desk) -> None:
    """The bill can then be paid again; told again the answer is the same, told otherwise it is a conflict."""
    bill = desk.bill()
    body = message(bill)
    paid = desk.pay(body)
    answers = [desk.biller.reverse(paid["payment"], taken_back()) for _ in range(2)]
    for answer in answers:
        _status(answer, 200)
        assert answer.json()["state"] == "reversed", answer.text
    assert answers[0].json() == answers[1].json()
    _status(desk.biller.reverse(paid["payment"], taken_back("bank")), 409)
    assert desk.pay(body) == paid
    assert desk.told(bill.reference)["amount"] == f"{bill.amount:.2f}"
    assert desk.pay(message(bill))["code"] == "accepted"


@check
def money_in_suspense_can_be_taken_back(desk: Desk) -> None:
    """And what was never paid cannot."""
    kept = desk.pay(message(desk.bill(), reference=UNKNOWN))
    _status(desk.biller.reverse(kept["payment"], taken_back()), 200)
    _status(desk.biller.reverse("nothing", taken_back()), 404)
    _status(desk.biller.reverse(kept["payment"], b"{}"), 422)


@check
def a_body_cut_in_the_middle_is_nothing(desk: Desk) -> None:
    """The whole message is taken afterwards."""
    bill = desk.bill()
    body = message(bill)
    desk.biller.notify_and_hang_up(body, sent=0.5)
    assert desk.state(bill) == "issued"
    assert desk.pay(body)["state"] == "accepted"


@check
def an_answer_that_nobody_reads_is_given_again(desk: Desk) -> None:
    """The payer hangs up after the whole message."""
    bill = desk.bill()
    body = message(bill)
    desk.biller.notify_and_hang_up(body)
    answer = desk.pay(body)
    assert (answer["state"], answer["code"]) == ("accepted", "accepted"), answer
    assert desk.pay(body) == answer


@check
def what_cannot_be_read_is_refused(desk: Desk) -> None:
    """No money was named that could be kept."""
    bill = desk.bill()
    wrong = [{"amount": "0"}, {"amount": "-1"}, {"amount": "1.001"}, {"currency": "USD"}, {"transaction": ""},
             {"paid_at": "yesterday"}, {"more": "x"}]  # fmt: skip
    for change in wrong:
        _status(desk.biller.notify(message(bill, **change)), 400, 422)
    _status(desk.biller.notify(b"{"), 400, 422)
    assert desk.state(bill) == "issued"
