"""A payer is led to a provider's page and back: both processes, over HTTP, whatever goes wrong on the way."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select

from api.sandbox_switch.client import Biller
from permits.db import utcnow
from permits.errors import Conflict, Invalid, NotFound
from permits.jobs import Context
from permits.money import ledger
from permits.money.channels.asking import ask_once, refund_by_channel, run_ask, run_refund
from permits.money.channels.attempts import TRANSITIONS, AttemptState, Outcome, Word, hear, start
from permits.money.channels.redirect import Unheard, outcome_of, provider_of
from permits.money.channels.registry import SHIPPED, channels_of
from permits.money.channels.tables import Attempt
from permits.money.invitations import invite
from permits.money.refunds import approve_refund, request_refund
from permits.money.tables import Bill, Credit, Payment, Receipt, Refund
from permits.people.actor import SYSTEM, Actor
from tests.money.books import BANK, Town, make_bill
from tests.money.collecting import APPROVER, CASHIER, books, now, pay
from tests.money.serving import biller_app, serving
from tests.switch.processes import SwitchProcess, free_port, wait_for

CARD = """
  - code: card
    adapter: redirect
    name: {{ar: بطاقة أو محفظة, en: Card or wallet}}
    status: fictitious
    can: {{redirect: true, refund: true, reversal: true}}
    provider: bank
    key: bank-1
    address: http://127.0.0.1:{port}/card
"""
PAYER = Actor("payer", "payer", frozenset())


def with_card(context: Context, folder: Path, port: int) -> Context:
    """The office with a channel whose page the sandbox serves at `port`."""
    path = folder / "channels.yaml"
    path.write_text(SHIPPED.read_text(encoding="utf-8") + CARD.format(port=port), encoding="utf-8")
    return replace(context, settings=context.settings.model_copy(update={"channels_file": path}))


@dataclass
class Shop:
    """Both sides: the office with its address, and the provider's process."""

    context: Context
    address: str
    switch: SwitchProcess
    bill: Bill
    link: str = ""

    def invite(self) -> str:
        with self.context.database.transaction() as session:
            return invite(session, actor=SYSTEM, reference=self.bill.reference)

    def press(self) -> httpx.Response:
        """From the bill's page to the provider's, as a browser without scripts goes; the provider's page."""
        self.link = self.link or f"{self.address}/pay/{self.invite()}"
        page = httpx.get(self.link, trust_env=False).text
        form = dict(re.findall(r'name="(key|channel)" value="([^"]+)"', page))
        leaving = httpx.post(f"{self.link}/pay", data=form, follow_redirects=True, trust_env=False)
        target = re.search(r'content="0;url=([^"]+)"', leaving.text)
        assert target, leaving.text
        return httpx.get(target[1], trust_env=False)

    def do(self, page: httpx.Response, what: str) -> str:
        """A button of the provider's page; the page of ours that the browser comes back to."""
        done = httpx.post(str(page.url), data={"what": what}, trust_env=False)
        assert done.status_code == 303, done.text
        return done.headers["location"]

    def attempts(self) -> list[Attempt]:
        with self.context.database.reading() as session:
            return list(session.scalars(select(Attempt).order_by(Attempt.id)))

    def state(self) -> str:
        (attempt,) = self.attempts()
        return attempt.state

    def count(self, table: type[Receipt] | type[Payment]) -> int:
        with self.context.database.reading() as session:
            return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.fixture
def shop(context: Context, town: Town, tmp_path: Path) -> Iterator[Shop]:
    port, ours = free_port(), free_port()
    office = with_card(context, tmp_path, port)
    address = f"http://127.0.0.1:{ours}"
    office = replace(office, settings=office.settings.model_copy(update={"base_url": address}))
    with serving(biller_app(office), ours):
        switch = SwitchProcess(tmp_path, address, port)
        switch.start()
        yield Shop(office, address, switch, make_bill(context, town))
        switch.kill()


@pytest.mark.slow
def test_a_payer_pays_and_comes_back(shop: Shop) -> None:
    page = shop.press()
    assert f"{shop.bill.piastres // 100}.{shop.bill.piastres % 100:02d}" in page.text
    back = shop.do(page, "pay")
    assert "تم الدفع" in httpx.get(back, trust_env=False).text
    assert (shop.state(), now(shop.context, shop.bill).state) == ("confirmed", "paid")
    wait_for(lambda: shop.switch.call("GET", "/standing").json()["states"] == {"acknowledged": 1})
    assert (shop.count(Payment), shop.count(Receipt)) == (1, 1)
    assert books(shop.context) == {}
    assert "كيف تدفع" not in httpx.get(shop.link, trust_env=False).text


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["duplicate", "timeout", "flood", "at_once", "cut", "cut_body", "wrong_signature"])
def test_however_it_is_confirmed_it_is_one_payment(shop: Shop, fault: str) -> None:
    shop.do(shop.press(), f"pay:{fault}")
    wait_for(lambda: shop.switch.call("GET", "/standing").json()["states"] == {"acknowledged": 1})
    assert (shop.state(), shop.count(Payment), shop.count(Receipt)) == ("confirmed", 1, 1)


@pytest.mark.slow
def test_a_switch_that_speaks_xml_confirms_its_own_page_too(shop: Shop) -> None:
    shop.switch.kill()
    shop.switch.dialect = "mfep"
    shop.switch.start()
    shop.do(shop.press(), "pay")
    wait_for(lambda: shop.switch.call("GET", "/standing").json()["states"] == {"acknowledged": 1})
    assert (shop.state(), shop.count(Receipt)) == ("confirmed", 1)


@pytest.mark.slow
def test_a_lost_confirmation_is_asked_for(shop: Shop) -> None:
    shop.do(shop.press(), "lose")
    assert shop.state() == "redirected"
    (attempt,) = shop.attempts()
    run_ask(shop.context, attempt_id=attempt.id)
    assert (shop.state(), now(shop.context, shop.bill).state) == ("confirmed", "paid")
    run_ask(shop.context, attempt_id=attempt.id)
    assert shop.count(Receipt) == 1


@pytest.mark.slow
@pytest.mark.parametrize(("what", "state"), [("decline", "failed"), ("leave", "abandoned")])
def test_who_does_not_pay_can_try_again(shop: Shop, what: str, state: str) -> None:
    httpx.get(shop.do(shop.press(), what), trust_env=False).raise_for_status()
    assert (shop.state(), now(shop.context, shop.bill).state) == (state, "issued")
    shop.do(shop.press(), "pay")
    wait_for(lambda: [attempt.state for attempt in shop.attempts()] == [state, "confirmed"])


@pytest.mark.slow
def test_a_browser_is_not_believed(shop: Shop) -> None:
    shop.press()
    (attempt,) = shop.attempts()
    back = f"{shop.address}/pay/attempts/{attempt.id}"
    shown = httpx.get(back, params={"state": "paid", "transaction": "T"}, trust_env=False).text
    assert "بانتظار تأكيد" in shown
    assert shop.state() == "redirected"
    forged = Biller(shop.address, "bank-1", b"guessed").confirm(b'{"attempt": "x", "state": "paid"}')
    assert forged.status_code == 401


@pytest.mark.slow
def test_a_closed_window_ends_with_its_time_and_money_after_it_is_kept(shop: Shop) -> None:
    page = shop.press()
    (attempt,) = shop.attempts()
    assert ask_once(shop.context, attempt.id) is False
    assert str(shop.press().url) == str(page.url)  # pressed again, it is the same session
    with shop.context.database.transaction() as session:
        session.get_one(Attempt, attempt.id).expires_at = utcnow() - timedelta(seconds=1)
    assert ask_once(shop.context, attempt.id) is True
    assert shop.state() == "expired"
    shop.do(page, "pay")
    wait_for(lambda: shop.state() == "confirmed")
    assert now(shop.context, shop.bill).state == "paid"


@pytest.mark.slow
def test_money_for_a_bill_that_was_paid_elsewhere_is_kept(shop: Shop) -> None:
    page = shop.press()
    pay(shop.context, shop.bill, shop.bill.piastres)
    shop.do(page, "pay")
    wait_for(lambda: shop.state() == "confirmed")
    assert books(shop.context) == {"suspense": -shop.bill.piastres}


@pytest.mark.slow
def test_a_provider_that_is_away_is_said_and_asked_again(shop: Shop) -> None:
    shop.switch.kill()
    link = f"{shop.address}/pay/{shop.invite()}"
    form = dict(re.findall(r'name="(key|channel)" value="([^"]+)"', httpx.get(link, trust_env=False).text))
    shown = httpx.post(f"{link}/pay", data=form, follow_redirects=True, trust_env=False, timeout=30).text
    assert "لا تجيب قناة الدفع" in shown
    (attempt,) = shop.attempts()
    with pytest.raises(Unheard):
        ask_once(shop.context, attempt.id)
    shop.switch.start()
    shop.link = link
    shop.do(shop.press(), "pay")
    wait_for(lambda: shop.state() == "confirmed")


@pytest.mark.slow
def test_money_is_paid_back_the_way_it_came(shop: Shop) -> None:
    page = shop.press()
    pay(shop.context, shop.bill, shop.bill.piastres)
    shop.do(page, "pay")
    wait_for(lambda: shop.state() == "confirmed")
    context = shop.context
    with context.database.transaction() as session:
        (credit,) = session.scalars(select(Credit)).all()
        refund = request_refund(
            session, actor=CASHIER, credit_id=credit.id, piastres=500, payee="x", reason="paid twice"
        )
    with context.database.transaction() as session, pytest.raises(Conflict):
        refund_by_channel(session, actor=CASHIER, channels=channels_of(context.settings), refund_id=refund.id)
    with context.database.transaction() as session:
        approve_refund(session, actor=APPROVER, refund_id=refund.id)
        refund_by_channel(session, actor=CASHIER, channels=channels_of(context.settings), refund_id=refund.id)
    for _ in range(2):
        run_refund(context, refund_id=refund.id)
    with context.database.reading() as session:
        row = session.get_one(Refund, refund.id)
        assert (row.state, str(row.transfer_reference)[:8]) == ("paid", "bank:RF-")
        assert ledger.balance(session, ledger.SUSPENSE) == -(shop.bill.piastres - 500)
        provider = provider_of(session, channels_of(context.settings).find("card"))
    with pytest.raises(Unheard):
        provider.refund(transaction="nothing", piastres=1, key="k")


def _start(context: Context, bill: Bill, key: str = "k", channel: str = "card", **more: int) -> Attempt:
    with context.database.transaction() as session:
        return start(
            session, actor=PAYER, channels=channels_of(context.settings), channel=channel,
            bill=session.get_one(Bill, bill.id), piastres=more.get("piastres"), key=key,
        )  # fmt: skip


def test_a_form_sent_twice_is_one_attempt(context: Context, town: Town, tmp_path: Path) -> None:
    office = with_card(context, tmp_path, 9)
    bill, other = make_bill(context, town), make_bill(context, town)
    first = _start(office, bill)
    assert _start(office, bill).id == first.id
    assert _start(office, bill, "k2").id == first.id
    with pytest.raises(Conflict):
        _start(office, other)
    for wrong in ({"piastres": 1}, {"key": ""}):
        with pytest.raises(Invalid):
            _start(office, other, **{"key": "k3"} | wrong)  # type: ignore[arg-type]  # one of two wrong things
    with pytest.raises(Conflict):
        _start(office, other, "k4", "bank")
    pay(context, other, other.piastres)
    with pytest.raises(Conflict):
        _start(office, other, "k5")


def test_a_button_pressed_at_once_is_one_attempt(context: Context, town: Town, tmp_path: Path) -> None:
    office = with_card(context, tmp_path, 9)
    bill = make_bill(context, town)
    with ThreadPoolExecutor(4) as pool:
        begun = list(pool.map(lambda key: _start(office, bill, key).id, ["a", "a", "b", "b"]))
    assert begun == [begun[0]] * 4


def test_a_provider_that_is_gone_is_given_up(context: Context, town: Town, tmp_path: Path) -> None:
    office = with_card(context, tmp_path, free_port())
    attempt = _start(office, make_bill(context, town))
    with office.database.transaction() as session:
        session.get_one(Attempt, attempt.id).expires_at = utcnow() - timedelta(days=8)
    with pytest.raises(Unheard):
        run_ask(office, attempt_id=attempt.id)


def _hear(context: Context, actor: Actor, attempt: Attempt, word: Word, transaction: str = "T9") -> str:
    outcome = Outcome(attempt.id, word, transaction, attempt.piastres, utcnow(), date(2026, 11, 22))
    with context.database.transaction() as session:
        hear(session, actor=actor, office="DM-01", outcome=outcome)
        return session.get_one(Attempt, attempt.id).state


def test_nothing_undoes_money_and_a_second_payment_is_kept(context: Context, town: Town, tmp_path: Path) -> None:
    office = with_card(context, tmp_path, 9)
    bill = make_bill(context, town)
    attempt = _start(office, bill)
    with pytest.raises(NotFound):
        _hear(office, replace(BANK, id="another"), attempt, Word.PAID)
    heard = [Word.DECLINED, Word.EXPIRED, Word.PAID, Word.DECLINED, Word.CANCELLED]
    assert [_hear(office, BANK, attempt, word) for word in heard] == ["failed", "failed"] + ["confirmed"] * 3
    assert _hear(office, BANK, attempt, Word.PAID, "T10") == "confirmed"
    assert books(office) == {"suspense": -bill.piastres}


def test_the_table_of_attempts() -> None:
    assert {state for (state, word) in TRANSITIONS if word is Word.PAID} == set(AttemptState)
    assert Word.OPEN not in {word for _, word in TRANSITIONS}
    ended = {target for (state, word), target in TRANSITIONS.items() if word is not Word.PAID}
    assert ended == {AttemptState.FAILED, AttemptState.EXPIRED, AttemptState.ABANDONED}


@pytest.mark.parametrize(
    "told", [{}, {"attempt": "x", "state": "maybe"}, {"attempt": "x", "state": "paid", "amount": "x"}]
)
def test_words_that_make_no_outcome(told: dict[str, str]) -> None:
    with pytest.raises(Unheard):
        outcome_of(told)
