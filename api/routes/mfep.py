"""The biller's side in the XML dialect of payment switches (docs/mfep.md): one address, the message says what it is.

The status is that of the refusal where the whole message is refused, 200 where each transaction has its own Result.
"""

from functools import partial
from typing import Annotated, Any
from xml.etree.ElementTree import Element

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from api.deps import ContextDep
from api.errors import status_of
from api.routes.biller import read_body, refusals_kept
from permits.errors import Invalid, RukhsaError, TooLarge
from permits.jobs import Context
from permits.money.channels.mfep import messages
from permits.money.channels.mfep.answers import batch_body, envelope, refused
from permits.money.channels.mfep.codes import SUCCESS, result_of
from permits.money.channels.mfep.exchange import ADAPTER, BATCHES, Agreed, authenticate, pull
from permits.money.channels.mfep.messages import Message, read_message, transactions
from permits.money.channels.mfep.tree import Unreadable, parse, write
from permits.money.channels.registry import Channels, channels_of
from permits.people.actor import Actor

router = APIRouter()
BODY_LIMIT = 256 * 1024
"""Bytes of one message: some three hundred transactions."""


async def _body(request: Request) -> bytes | TooLarge | Invalid:
    try:
        return await read_body(request, BODY_LIMIT)
    except (TooLarge, Invalid) as error:  # answered in the dialect, by the route
        return error


@router.post("/biller/mfep/v1")
def exchange(
    request: Request, context: ContextDep, body: Annotated[Any, Depends(_body)], GUID: str = ""  # noqa: N803 - the dialect's own name
) -> Response:  # fmt: skip
    """One message and its answer, which carries the same GUID."""
    channels = channels_of(context.settings)
    say = partial(envelope, biller=channels.biller)
    try:
        if isinstance(body, RukhsaError):
            raise body
        root, message = _read(body)
    except RukhsaError as error:
        return _answer(say(to="", guid=GUID[:64], kind="", result=result_of(error), body=None, key=None), error)
    routing = message.header.routing
    say = partial(say, to=routing.sender, guid=message.header.guid, kind=routing.kind)
    key: bytes | None = None
    try:
        with refusals_kept(context, request.app.state.refusals, routing.sender), context.database.reading() as session:
            actor, key = authenticate(session, message=message, root=root)
        content = _done(context, channels, actor, message, root)
    except RukhsaError as error:
        return _answer(say(result=result_of(error), body=None, key=key), error)
    return _answer(say(result=SUCCESS, body=content, key=key), None)


def _answer(root: Element, error: Exception | None) -> Response:
    return Response(write(root), status_of(error) if error else 200, media_type="application/xml")


def _read(body: bytes) -> tuple[Element, Message]:
    try:
        root = parse(body)
        return root, read_message(root)
    except Unreadable as error:
        raise Invalid("message-unreadable", fault=error.fault) from error


def _done(context: Context, channels: Channels, actor: Actor, message: Message, root: Element) -> dict[str, Any]:
    """The body of the answer; raises what refuses the message as a whole."""
    kind = message.header.routing.kind
    try:
        if kind == "BILPULRQ":
            with context.database.reading() as session:
                return pull(session, actor=actor, channels=channels, asked=messages.read_body(message))
        batch = transactions(root)
    except Unreadable as error:
        raise Invalid("message-unreadable", fault=error.fault) from error
    agreed = Agreed(channels.speaking(ADAPTER), context.settings.office)
    return batch_body([_one(context, agreed, actor, kind, trx) for trx in batch])


def _one(context: Context, agreed: Agreed, actor: Actor, kind: str, trx: Element) -> dict[str, Any]:
    """One transaction of a batch: what refuses it refuses none of the others."""
    try:
        with context.database.transaction() as session:
            return BATCHES[kind](session, actor, agreed, trx)
    except Unreadable as error:
        fault = Invalid("message-unreadable", fault=error.fault)
        return refused(_transaction(trx), result_of(fault))
    except RukhsaError as error:
        return refused(_transaction(trx), result_of(error))


def _transaction(trx: Element) -> str:
    return (trx.findtext("JOEBPPSTrx") or "").strip()[:80]
