"""The biller's side for payment providers: what is owed, what was paid, what was heard.

Every request carries `X-Key-Id`, `X-Timestamp` (seconds since 1970) and `X-Signature`, the hexadecimal
HMAC-SHA-256 of `timestamp LF METHOD SP path LF body` under the key that was agreed on.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy.orm import Session
from starlette.requests import ClientDisconnect

from api.deps import ContextDep
from permits.db import utcnow
from permits.errors import Conflict, Invalid, TooLarge, Unauthenticated
from permits.jobs import Context
from permits.money import refusals
from permits.money.bills import LIVE
from permits.money.money import Money, MoneyError, format_amount, parse_amount
from permits.money.payments import Answer, Notice, acknowledge, inquire, notify
from permits.money.providers import authenticate
from permits.money.reversals import Source, reverse
from permits.people.actor import Actor

router = APIRouter(prefix="/biller/v1")
BODY_LIMIT = 64 * 1024


@dataclass(frozen=True)
class Signed:
    """A message as it came, not yet believed."""

    key_id: str
    timestamp: str
    signature: str
    method: str
    path: str
    body: bytes
    tally: refusals.Tally

    def sender(self, session: Session) -> Actor:
        """The provider that signed it, or Unauthenticated."""
        return authenticate(
            session, key_id=self.key_id, timestamp=self.timestamp, method=self.method, path=self.path,
            body=self.body, given=self.signature,
        )  # fmt: skip


async def read_body(request: Request, limit: int) -> bytes:
    """The whole body, or TooLarge as soon as it has more than `limit` bytes."""
    body = b""
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > limit:
                raise TooLarge("message-too-large", limit=limit)
    except ClientDisconnect as error:  # whoever hung up tells it again
        raise Invalid("message-unreadable", fault="disconnect") from error
    return body


async def _signed(
    request: Request,
    x_key_id: Annotated[str, Header()] = "",
    x_timestamp: Annotated[str, Header()] = "",
    x_signature: Annotated[str, Header()] = "",
) -> Signed:
    body = await read_body(request, BODY_LIMIT)
    tally = request.app.state.refusals
    return Signed(x_key_id, x_timestamp, x_signature, request.method, request.scope["path"], body, tally)


SignedDep = Annotated[Signed, Depends(_signed)]


@contextmanager
def refusals_kept(context: Context, tally: refusals.Tally, key_id: str) -> Iterator[None]:
    """What is refused for its signature is audited apart: the message's own transaction is rolled back."""
    try:
        yield
    except Unauthenticated as error:
        tally.add(key_id=key_id, code=error.code)
        raise
    finally:
        if refused := tally.due(utcnow()):
            with context.database.transaction() as session:
                refusals.record(session, refused)


class PaymentMessage(BaseModel):
    """A payment as its provider tells it; `amount` is text in new pounds, such as "93650.00"."""

    model_config = ConfigDict(extra="forbid")

    transaction: str = Field(min_length=1, max_length=80)
    reference: str = Field(min_length=1, max_length=80)
    amount: str = Field(min_length=1, max_length=30)
    currency: str = Field(pattern="^SYP$")
    paid_at: AwareDatetime
    settlement_day: date
    channel: str = Field(min_length=1, max_length=80)

    def notice(self) -> Notice:
        """The same for the use case."""
        return Notice(
            self.transaction, self.reference, piastres(self.amount), self.paid_at, self.settlement_day, self.channel
        )


class ReversalMessage(BaseModel):
    """A payment taken back: of what was not delivered yet ("transit"), or of our account ("bank")."""

    model_config = ConfigDict(extra="forbid")

    reason: str = Field(min_length=1, max_length=200)
    reversed_at: AwareDatetime
    taken_from: Source


class BillAnswer(BaseModel):
    """What is owed under a reference: `amount` is what is left to pay, of a bill that cannot be paid its whole sum.

    `least` is the smallest sum that is accepted now, `total` the bill's.
    """

    reference: str
    state: str
    amount: str
    least: str
    total: str
    currency: str
    due_on: date
    issued_at: datetime
    expires_at: datetime


class PaymentAnswer(BaseModel):
    """What became of a payment; the same payment told again is answered the same.

    `code` is accepted, part or overpaid, or why the money is in suspense; `left` is what of the bill was left then.
    """

    payment: str
    state: str
    code: str
    receipt: str | None
    left: str | None = None


def piastres(amount: str) -> int:
    """New piastres of an amount in pounds; Invalid where it is none."""
    try:
        return Money(parse_amount(amount)).piastres
    except MoneyError as error:
        raise Invalid("payment-amount") from error


def _pounds(piastres: int) -> str:
    amount: Decimal = Money.of_piastres(piastres).amount
    return format_amount(amount, arabic=False).replace(",", "")


def told(answer: Answer) -> PaymentAnswer:
    """What became of a payment, as it is told."""
    left = None if answer.left is None else _pounds(answer.left)
    return PaymentAnswer(
        payment=answer.payment, state=answer.state, code=answer.code, receipt=answer.receipt, left=left
    )


@router.get("/bills/{reference}")
def bill(context: ContextDep, signed: SignedDep, reference: str) -> BillAnswer:
    """What is owed now."""
    with refusals_kept(context, signed.tally, signed.key_id), context.database.reading() as session:
        view = inquire(session, actor=signed.sender(session), reference=reference)
    live = view.state in LIVE
    return BillAnswer(
        reference=view.reference, state=view.state, amount=_pounds(view.left if live else view.piastres),
        least=_pounds(view.least if live else 0), total=_pounds(view.piastres), currency="SYP", due_on=view.due_on,
        issued_at=view.issued_at, expires_at=view.expires_at,
    )  # fmt: skip


@router.post("/payments")
def payment(context: ContextDep, signed: SignedDep) -> PaymentAnswer:
    """A payment was made; 409 where this transaction was told before with other content."""
    with refusals_kept(context, signed.tally, signed.key_id), context.database.transaction() as session:
        actor = signed.sender(session)
        try:
            notice = PaymentMessage.model_validate_json(signed.body).notice()
        except ValidationError as error:
            raise Invalid("message-unreadable", fault=str(error.errors()[0]["loc"])) from error
        answer = notify(
            session, actor=actor, office=context.settings.office, notice=notice, payload=signed.body
        )  # fmt: skip
    if answer.state == "conflict":  # raised only now: its audit entry is committed
        raise Conflict(answer.code)
    return told(answer)


@router.post("/payments/{payment_id}/acknowledgement")
def acknowledgement(context: ContextDep, signed: SignedDep, payment_id: str) -> PaymentAnswer:
    """The provider has our answer."""
    with refusals_kept(context, signed.tally, signed.key_id), context.database.transaction() as session:
        return told(acknowledge(session, actor=signed.sender(session), payment_id=payment_id))


@router.post("/payments/{payment_id}/reversal")
def reversal(context: ContextDep, signed: SignedDep, payment_id: str) -> PaymentAnswer:
    """The provider took a payment back; 409 where it told before that it took it from elsewhere."""
    with refusals_kept(context, signed.tally, signed.key_id), context.database.transaction() as session:
        actor = signed.sender(session)
        try:
            message = ReversalMessage.model_validate_json(signed.body)
        except ValidationError as error:
            raise Invalid("message-unreadable", fault=str(error.errors()[0]["loc"])) from error
        answer = reverse(
            session, actor=actor, payment_id=payment_id, source=message.taken_from, reason=message.reason,
            reversed_at=message.reversed_at,
        )  # fmt: skip
    return told(answer)
