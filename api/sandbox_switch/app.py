"""The switch's web: a page to pay a bill, and calls for tests to pay, settle and look into the books."""

import hashlib
import json
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import httpx
from fastapi import FastAPI, Form, HTTPException, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic import BaseModel, ConfigDict, Field

from api.sandbox_switch import script, settlement
from api.sandbox_switch.card import add_card
from api.sandbox_switch.client import Biller
from api.sandbox_switch.deliver import Deliverer
from api.sandbox_switch.faults import POUND, Fault, of_amount, taken
from api.sandbox_switch.store import TAKEN, UNTOLD, Payment, Store

_DAMASCUS = ZoneInfo("Asia/Damascus")
_PAYABLE = ("issued", "partly_paid")


class PayRequest(BaseModel):
    """A payment over any channel; without `amount` (text in pounds) what is owed.

    `force` pays what is no longer owed too, and with `amount` does not ask the biller at all. A payer who asks again
    under the same `order` has paid once.
    """

    model_config = ConfigDict(extra="forbid")

    reference: str = Field(min_length=1, max_length=80)
    amount: str | None = Field(default=None, pattern=r"^[0-9]{1,12}(\.[0-9]{1,2})?$")
    fault: Fault = Fault.NONE
    force: bool = False
    channel: str = Field(default="sandbox", max_length=80)
    day: date | None = None
    order: str = Field(default="", max_length=80)


class Switch:
    """The bank behind the web; with `magic` the last two digits of an amount name a fault."""

    def __init__(self, store: Store, biller: Biller, provider: str, *, magic: bool = False) -> None:
        self.store, self.biller, self.provider, self.magic = store, biller, provider, magic

    def pay(self, asked: PayRequest) -> Payment:
        """Ask the biller, take the money, remember to tell it; raises HTTPException where it may not be paid."""
        number = f"SW-{hashlib.sha256(asked.order.encode()).hexdigest()[:16] if asked.order else uuid.uuid4().hex[:16]}"
        if known := self.store.payment(number):
            return known
        owed, state = self._owed(asked)
        if state not in _PAYABLE and not asked.force:
            raise HTTPException(409, f"bill-{state}")
        asked_for = int(Decimal(asked.amount) * POUND) if asked.amount else owed
        with self.store.alone():  # so that no two payments have the same place in the script
            fault = self._fault(asked, asked_for)
            piastres = taken(asked_for, fault)
            if piastres <= 0:
                raise HTTPException(422, "amount")
            if known := self.store.payment(number):
                return known
            payment = self._payment(number, asked, piastres, fault)
            self.store.take(payment)
        return payment

    def _fault(self, asked: PayRequest, piastres: int) -> Fault:
        """What is asked for with the payment, else by its amount, else by the script."""
        by_amount = of_amount(piastres) if self.magic else Fault.NONE
        if asked.fault is not Fault.NONE or by_amount is not Fault.NONE:
            return by_amount if asked.fault is Fault.NONE else asked.fault
        content, since = self.store.script()
        return script.fault_at(script.read(content), self.store.count() - since)

    def _payment(self, number: str, asked: PayRequest, piastres: int, fault: Fault) -> Payment:
        now = datetime.now(UTC)
        paid_at = now - timedelta(days=1) if fault is Fault.CLOCK_BEHIND else now
        day = self._open_day(asked.day or now.astimezone(_DAMASCUS).date())
        body = {
            "transaction": number, "reference": asked.reference, "amount": f"{Decimal(piastres) / POUND:.2f}",
            "currency": "SYP", "paid_at": paid_at.isoformat(), "settlement_day": day, "channel": asked.channel,
        }  # fmt: skip
        state = UNTOLD if fault is Fault.UNTOLD else TAKEN
        return Payment(number, asked.reference, piastres, day, str(fault), json.dumps(body), state)

    def _open_day(self, day: date) -> str:
        """The settlement day of a payment: the next one where the day's file is cut already."""
        while self.store.settled(day.isoformat()) is not None:
            day += timedelta(days=1)
        return day.isoformat()

    def _owed(self, asked: PayRequest) -> tuple[int, str]:
        untold = asked.fault is Fault.BEFORE_INQUIRY
        if (asked.force or untold) and asked.amount:  # an inquiry of long ago: pay what was owed then
            return 0, "issued"
        try:
            answer = self.biller.inquire(asked.reference)
        except (httpx.HTTPError, OSError) as error:
            raise HTTPException(503, "biller-unreachable") from error
        if answer.is_success:
            return int(Decimal(answer.json()["amount"]) * POUND), str(answer.json()["state"])
        raise HTTPException(404 if answer.status_code == httpx.codes.NOT_FOUND else 422, "bill-unknown")


def create_switch(
    store: Store, biller: Biller, *, provider: str, first_wait: float = 0.5, hour: float = 3600.0, magic: bool = False
) -> FastAPI:  # fmt: skip
    """The switch as an application; its deliverer runs while it is served. `hour` is an hour's length in seconds."""
    switch = Switch(store, biller, provider, magic=magic)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        deliverer = Deliverer(store, biller, first_wait=first_wait, hour=hour)
        deliverer.start()
        yield
        deliverer.stop()
        store.close()

    app = FastAPI(title="Sandbox switch", lifespan=lifespan, docs_url=None, redoc_url=None)
    _add_calls(app, switch)
    _add_page(app, switch)
    add_card(app, store, biller)
    return app


def _add_calls(app: FastAPI, switch: Switch) -> None:
    @app.post("/pay")
    def pay(asked: PayRequest) -> dict[str, Any]:
        """Pay a bill."""
        return asdict(switch.pay(asked))

    @app.get("/payments/{payment_id}")
    def payment(payment_id: str) -> dict[str, Any]:
        """One payment and how far its delivery is."""
        found = switch.store.payment(payment_id)
        if found is None:
            raise HTTPException(404, "payment-unknown")
        return asdict(found)

    @app.post("/settlement/{day}")
    def settle(day: date) -> PlainTextResponse:
        """Cut a day's settlement file."""
        content = settlement.cut(switch.store, provider=switch.provider, day=day.isoformat())
        settlement.take_back_late(switch.store, day.isoformat())
        return PlainTextResponse(content)

    @app.post("/script")
    async def follow(request: Request) -> dict[str, int]:
        """Follow a script, JSON lines, from the next payment on."""
        content = (await request.body()).decode()
        try:
            steps = script.read(content)
        except ValueError as error:
            raise HTTPException(422, "script") from error
        switch.store.follow(content)
        return {"steps": len(steps)}

    @app.get("/standing")
    def standing() -> dict[str, Any]:
        """How many payments are in each state, and which days they are settled on."""
        return {"states": switch.store.standing(), "days": switch.store.days()}

    @app.get("/ledger")
    def ledger() -> dict[str, Any]:
        """The books, for assertions."""
        payments = [asdict(payment) for payment in switch.store.payments()]
        return {"accounts": switch.store.balances(), "payments": payments}


def _add_page(app: FastAPI, switch: Switch) -> None:
    templates = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined)
    template = templates.get_template("page.html")

    @app.get("/")
    def page(paid: str = "", refused: str = "") -> HTMLResponse:
        """The bank's page."""
        return HTMLResponse(template.render(payment=switch.store.payment(paid), refused=refused))

    @app.post("/")
    def pay_form(reference: Annotated[str, Form()]) -> Response:
        """Pay from the page."""
        try:
            payment = switch.pay(PayRequest(reference="".join(reference.split()), channel="page"))
        except HTTPException as error:
            return RedirectResponse(f"/?refused={error.detail}", 303)
        return RedirectResponse(f"/?paid={payment.id}", 303)
