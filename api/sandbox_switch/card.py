"""The switch's own payment page for cards and wallets: sessions that a biller opens, and what a payer does there.

The payer can pay, be declined, go away, close the window, or pay while the confirmation is lost. What his browser takes
back to the biller says nothing; the biller hears of it by a signed confirmation, or asks.
"""

import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import httpx
from fastapi import FastAPI, Form, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.sandbox_switch.client import Biller
from api.sandbox_switch.faults import POUND, Fault
from api.sandbox_switch.store import TAKEN, UNTOLD, Payment, Store

_DAMASCUS = ZoneInfo("Asia/Damascus")
WINDOW_SECONDS = 300
ENDS = {"decline": "declined", "leave": "cancelled"}


class CardPage:
    """Sessions in the store; money that is taken becomes a payment like every other."""

    def __init__(self, store: Store, biller: Biller) -> None:
        self.store, self.biller = store, biller

    def open(self, asked: Mapping[str, Any], base: str) -> dict[str, Any]:
        """The session of an attempt; opened again it is the same, with other content it is refused."""
        content = json.dumps(dict(asked), sort_keys=True)
        known = self.store.session(str(asked["attempt"]))
        if known is None:
            self.store.open_session(str(asked["attempt"]), secrets.token_urlsafe(16), content)
            known = self.store.session(str(asked["attempt"]))
        if known is None or known["content"] != content:
            raise HTTPException(409, "session-differs")
        return {"attempt": asked["attempt"], "page": f"{base}/card/pages/{known['secret']}"}

    def told(self, attempt: str) -> dict[str, Any] | None:
        """What became of an attempt; None where no session was opened for it."""
        known = self.store.session(attempt)
        if known is None:
            return None
        content, state = json.loads(known["content"]), str(known["state"])
        over = datetime.now(UTC) > datetime.fromisoformat(content["expires_at"])
        found = {"attempt": attempt, "state": "expired" if state == "open" and over else state}
        payment = self.store.payment(str(known["payment"]))
        return json.loads(payment.body) if payment else found

    def act(self, secret: str, what: str, fault: Fault) -> str:
        """What the payer does on the page; the address that his browser is sent to."""
        known = self.store.session_by(secret)
        if known is None:
            raise HTTPException(404, "session-unknown")
        content = json.loads(known["content"])
        standing = self.told(content["attempt"])
        if standing is None or standing["state"] != "open":
            return str(content["return_to"])
        if what == "pay":
            self._pay(known["attempt"], content, fault)
        else:
            self.store.end_session(known["attempt"], ENDS[what], "")
            self._tell({"attempt": known["attempt"], "state": ENDS[what]})
        return str(content["return_to"])

    def _pay(self, attempt: str, content: Mapping[str, Any], fault: Fault) -> None:
        number = f"CD-{hashlib.sha256(attempt.encode()).hexdigest()[:16]}"
        now = datetime.now(UTC)
        body = {
            "attempt": attempt, "state": "paid", "transaction": number, "amount": content["amount"], "currency": "SYP",
            "paid_at": now.isoformat(), "settlement_day": now.astimezone(_DAMASCUS).date().isoformat(),
        }  # fmt: skip
        piastres = int(Decimal(content["amount"]) * POUND)
        state = UNTOLD if fault is Fault.UNTOLD else TAKEN
        with self.store.alone():  # a button pressed twice pays once
            if self.store.payment(number) is None:
                payment = Payment(
                    number, content["reference"], piastres, body["settlement_day"], str(fault), json.dumps(body), state
                )
                self.store.take(payment)
                self.store.end_session(attempt, "paid", number)

    def _tell(self, body: Mapping[str, Any]) -> None:
        """Tell once that nothing was paid; a biller that does not hear it asks."""
        try:
            self.biller.confirm(json.dumps(dict(body)).encode())
        except (httpx.HTTPError, OSError):
            return

    def refund(self, asked: Mapping[str, Any]) -> dict[str, str]:
        """Pay back so much of a payment, once for a key."""
        payment = self.store.payment(str(asked["transaction"]))
        piastres = int(Decimal(str(asked["amount"])) * POUND)
        number = f"RF-{hashlib.sha256(str(asked['key']).encode()).hexdigest()[:16]}"
        if payment is None or not self.store.refund(payment, number, piastres):
            raise HTTPException(409, "refund-too-much")
        return {"refund": number}


def believed(biller: Biller, request: Request, body: bytes) -> None:
    """401 unless the biller signed it."""
    stamp = request.headers.get("X-Timestamp", "")
    signed = f"{stamp}\n{request.method} {request.url.path}\n".encode() + body
    expected = hmac.new(biller.secret, signed, hashlib.sha256).hexdigest()
    fresh = stamp.isdigit() and abs(time.time() - int(stamp)) <= WINDOW_SECONDS
    if not fresh or not hmac.compare_digest(expected, request.headers.get("X-Signature", "")):
        raise HTTPException(401, "signature")


def signed(biller: Biller, request: Request, content: Any, status: int = 200) -> Response:
    """An answer that the biller can believe."""
    body, stamp = json.dumps(content).encode(), str(int(time.time()))
    text = f"{stamp}\nANSWER {request.url.path}\n".encode() + body
    headers = {"X-Timestamp": stamp, "X-Signature": hmac.new(biller.secret, text, hashlib.sha256).hexdigest()}
    return Response(body, status, headers, media_type="application/json")


def add_card(app: FastAPI, store: Store, biller: Biller) -> None:
    """The calls of the biller, and the payer's page."""
    card = CardPage(store, biller)
    folder = FileSystemLoader(Path(__file__).parent)
    template = Environment(loader=folder, autoescape=True, undefined=StrictUndefined).get_template("card.html")

    @app.post("/card/sessions")
    async def opened(request: Request) -> Response:
        """Open a session for an attempt."""
        body = await request.body()
        believed(biller, request, body)
        return signed(biller, request, card.open(json.loads(body), str(request.base_url).rstrip("/")))

    @app.get("/card/sessions/{attempt}")
    def standing(request: Request, attempt: str) -> Response:
        """What became of it."""
        believed(biller, request, b"")
        found = card.told(attempt)
        return signed(biller, request, found or {}, 200 if found else 404)

    @app.post("/card/refunds")
    async def refunded(request: Request) -> Response:
        """Pay back."""
        body = await request.body()
        believed(biller, request, body)
        return signed(biller, request, card.refund(json.loads(body)))

    @app.get("/card/pages/{secret}")
    def shown(secret: str) -> HTMLResponse:
        """The payer's page."""
        known = store.session_by(secret)
        if known is None:
            raise HTTPException(404, "session-unknown")
        content = json.loads(known["content"])
        state = (card.told(content["attempt"]) or {})["state"]
        return HTMLResponse(template.render(session=content, state=state, secret=secret))

    @app.post("/card/pages/{secret}")
    def done(secret: str, what: Annotated[str, Form()]) -> Response:
        """What the payer did."""
        fault = Fault.UNTOLD if what == "lose" else Fault(what.removeprefix("pay:")) if ":" in what else Fault.NONE
        act = "pay" if what == "lose" or what.startswith("pay") else what
        if act != "pay" and act not in ENDS:
            raise HTTPException(422, "what")
        return RedirectResponse(card.act(secret, act, fault), 303)
