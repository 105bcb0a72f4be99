"""The payer's pages: a bill and how it is paid, the way to a provider's page and back, a link for somebody else."""

from functools import partial
from secrets import token_urlsafe
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from api.deps import ContextDep, FormDep, LiveDep
from api.pages import language_of, page
from permits.documents.sheet import banner, shown_money
from permits.errors import NotFound
from permits.jobs import Context
from permits.money.assessment import read_assessment
from permits.money.bills import has_lapsed
from permits.money.channels.asking import ask_once
from permits.money.channels.attempts import OPEN, attempt_of, redirected, start
from permits.money.channels.payer import (
    Shown,
    ask_refund,
    held_for,
    parts_of,
    receipts_shown,
    seen_bill,
    shown,
)
from permits.money.channels.redirect import Unheard, provider_of
from permits.money.channels.registry import channels_of
from permits.money.channels.tables import Attempt
from permits.money.explain import explain
from permits.money.invitations import invite, invited_bill, revoke
from permits.money.reference import parse_reference
from permits.money.renewing import may_renew, renew_bill, renewal_of
from permits.money.tables import CASE, Bill
from permits.people.actor import Actor
from permits.services.catalogue import find_service

router = APIRouter()
INVITED = Actor("invited", "invited", frozenset())
"""Whoever holds a link; nobody knows who he is."""


def _bill_values(bill: Bill, found: Shown, language: str) -> dict[str, Any]:
    """What both pages of a bill show; the warning where its numbers are not confirmed."""
    return {
        "shown": found, "view": found.view, "money": partial(shown_money, language=language),
        "grouped": parse_reference(found.view.reference).grouped, "service": _service(found.service, language),
        "key": token_urlsafe(24), "warning": banner(read_assessment(bill.assessment).statuses, language),
    }  # fmt: skip


def _service(code: str, language: str) -> str:
    try:
        return str(getattr(find_service(code).card, language))
    except NotFound:  # a service without a card is known by its code
        return code


@router.get("/bills/{reference}")
def bill(request: Request, context: ContextDep, live: LiveDep, reference: str) -> Response:
    """A bill with everything about it, for whoever may see its subject."""
    return _bill_page(request, context, live.actor, reference)


def _bill_page(request: Request, context: Context, actor: Actor, reference: str, link: str = "") -> Response:
    language = language_of(request)
    with context.database.reading() as session:
        found = seen_bill(session, actor=actor, reference=reference)
        values = _bill_values(found, shown(session, channels=channels_of(context.settings), bill=found), language)
        values |= {
            "parts": parts_of(session, found), "held": held_for(session, found),
            "receipts": receipts_shown(session, found), "renewal": renewal_of(session, found),
            "renews": may_renew(actor) and has_lapsed(found),
        }  # fmt: skip
    demand = found.demand
    case = demand.subject_id if demand.subject_kind == CASE else ""
    lines = explain(read_assessment(found.assessment), language).split("\n")
    return page(request, "bill.html", case=case, lines=lines, link=link, **values)


@router.post("/bills/{reference}/renew")
def renewed(context: ContextDep, live: FormDep, reference: str) -> Response:
    """A new reference for an expired one."""
    with context.database.transaction() as session:
        new = renew_bill(session, actor=live.actor, reference=reference).reference
    return RedirectResponse(f"/bills/{new}", 303)


@router.post("/bills/{reference}/pay")
def pay(
    context: ContextDep, live: FormDep, reference: str, channel: Annotated[str, Form()], key: Annotated[str, Form()]
) -> Response:
    """To the page of a channel."""
    with context.database.reading() as session:
        found = seen_bill(session, actor=live.actor, reference=reference)
    return _lead(context, live.actor, found, channel, key)


@router.post("/bills/{reference}/invitations")
def invited(request: Request, context: ContextDep, live: FormDep, reference: str) -> Response:
    """A link to this bill for somebody else, shown once."""
    with context.database.transaction() as session:
        token = invite(session, actor=live.actor, reference=reference)
    link = f"{context.settings.base_url.rstrip('/')}/pay/{token}"
    return _bill_page(request, context, live.actor, reference, link)


@router.post("/bills/{reference}/invitations/close")
def closed(context: ContextDep, live: FormDep, reference: str) -> Response:
    """Close every link to it."""
    with context.database.transaction() as session:
        revoke(session, actor=live.actor, reference=reference)
    return RedirectResponse(f"/bills/{reference}", 303)


@router.post("/bills/{reference}/refunds")
def refund(
    context: ContextDep, live: FormDep, reference: str, credit: Annotated[str, Form()],
    payee: Annotated[str, Form(max_length=200)], reason: Annotated[str, Form(max_length=400)],
) -> Response:  # fmt: skip
    """Ask for one's money back."""
    with context.database.transaction() as session:
        ask_refund(session, actor=live.actor, reference=reference, credit_id=credit, payee=payee, reason=reason)
    return RedirectResponse(f"/bills/{reference}#credits", 303)


@router.get("/pay/attempts/{attempt_id}")
def attempt(request: Request, context: ContextDep, attempt_id: str) -> Response:
    """What became of an attempt: asked of the provider, whatever the browser brings along."""
    heard = True
    try:
        ask_once(context, attempt_id)
    except Unheard:
        heard = False
    with context.database.reading() as session:
        found = attempt_of(session, attempt_id)
        reference = session.get_one(Bill, found.bill_id).reference
    return page(
        request, "attempt.html", attempt=found, open=found.state in OPEN, heard=heard, reference=reference,
        grouped=parse_reference(reference).grouped, amount=shown_money(found.piastres, language_of(request)),
    )  # fmt: skip


@router.get("/pay/attempts/{attempt_id}/go")
def go(request: Request, context: ContextDep, attempt_id: str) -> Response:
    """To the provider's page: by a page of ours, because no form of ours may lead to another's."""
    with context.database.reading() as session:
        found = attempt_of(session, attempt_id)
        channel = channels_of(context.settings).find(found.channel)
    if found.state not in OPEN or found.address is None:
        return RedirectResponse(f"/pay/attempts/{attempt_id}", 303)
    return page(request, "leaving.html", address=found.address, channel=getattr(channel.name, language_of(request)))


@router.get("/pay/{token}")
def guest(request: Request, context: ContextDep, token: str) -> Response:
    """The one bill of a link, and nothing about anybody."""
    with context.database.reading() as session:
        found = invited_bill(session, token=token)
        told = shown(session, channels=channels_of(context.settings), bill=found)
    return page(request, "guest.html", token=token, **_bill_values(found, told, language_of(request)))


@router.post("/pay/{token}/pay")
def guest_pay(
    context: ContextDep, token: str, channel: Annotated[str, Form()], key: Annotated[str, Form()]
) -> Response:
    """To the page of a channel, by a link."""
    with context.database.reading() as session:
        found = invited_bill(session, token=token)
    return _lead(context, INVITED, found, channel, key)


def _lead(context: Context, actor: Actor, bill: Bill, channel: str, key: str) -> Response:
    """Begin an attempt, have the provider open its page, and lead there; without the provider the attempt waits."""
    channels = channels_of(context.settings)
    with context.database.transaction() as session:
        begun = start(
            session, actor=actor, channels=channels, channel=channel, bill=session.get_one(Bill, bill.id),
            piastres=None, key=key,
        )  # fmt: skip
    _open(context, begun, bill.reference)
    return RedirectResponse(f"/pay/attempts/{begun.id}/go", 303)


def _open(context: Context, begun: Attempt, reference: str) -> None:
    if begun.address is not None:
        return
    with context.database.reading() as session:
        provider = provider_of(session, channels_of(context.settings).find(begun.channel))
    back = f"{context.settings.base_url.rstrip('/')}/pay/attempts/{begun.id}"
    try:
        address = provider.open(begun, reference=reference, back=back)
    except Unheard:
        return  # its page says so, and the same form tries again
    with context.database.transaction() as session:
        redirected(session, attempt_id=begun.id, address=address)
