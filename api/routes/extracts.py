"""Extracts of property sheets: ordered with the fee told first, followed with or without an account, downloaded."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, Field

from api.deps import ContextDep, FormDep, LiveDep
from api.errors import status_of
from api.pages import language_of, live_of, page
from permits.documents.sheet import shown_money
from permits.errors import Invalid, RukhsaError
from permits.extracts import billing, ordering, reading
from permits.extracts.ordering import Quote, Wish
from permits.extracts.purposes import Purpose, sees
from permits.extracts.tables import ExtractOrder
from permits.extracts.terms import terms
from permits.extracts.tracking import track, tracking_code
from permits.extracts.workflow import Channel, OrderAction, allowed, events_of
from permits.i18n import LANGUAGES, error_text, translate
from permits.jobs import Context
from permits.land import zones
from permits.people.actor import STAFF
from permits.register.parties import Identity, IdentityKind

router = APIRouter(prefix="/extracts")


class Asked(BaseModel):
    """The fields of the form as they were written."""

    csrf: str = Field(default="", max_length=100)
    step: str = Field(default="quote", max_length=10)
    zone: str = Field(default="", max_length=40)
    plot: str = Field(default="", max_length=40)
    purpose: str = Field(default="owner", max_length=40)
    applicant: str = Field(default="", max_length=200)
    channel: str = Field(default="digital", max_length=20)
    copies: str = Field(default="1", max_length=4)
    language: str = Field(default="ar", max_length=2)
    centre: str = Field(default="", max_length=20)
    address: str = Field(default="", max_length=400)
    as_of: str = Field(default="", max_length=10)
    known_on: str = Field(default="", max_length=10)
    reason: str = Field(default="", max_length=500)
    document: str = Field(default="", max_length=80)
    identity: str = Field(default="", max_length=40)

    def wish(self) -> Wish:
        """The order that it asks for; raises Invalid where a number or a day cannot be read."""
        if not self.copies.strip().isdecimal():
            raise Invalid("extract-copies", most=int(terms().most_copies.value))
        seen = Identity(IdentityKind.NATIONAL_NUMBER, self.identity) if self.identity.strip() else None
        return Wish(
            zone=self.zone, plot=self.plot.strip(), purpose=self.purpose, applicant=self.applicant,
            channel=self.channel, copies=int(self.copies), language=self.language, centre=self.centre,
            address=self.address, as_of=_day(self.as_of), known_on=_day(self.known_on), reason=self.reason,
            document=self.document, identity=seen,
        )  # fmt: skip


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Invalid("extract-day-unreadable") from None


@router.get("")
def index(request: Request, context: ContextDep, live: LiveDep) -> Response:
    """My orders, the newest first."""
    with context.database.reading() as session:
        found = ordering.list_orders(session, actor=live.actor)
    return page(request, "extracts.html", orders=found)


@router.get("/new")
def new(
    request: Request, context: ContextDep, live: LiveDep, zone: str = "", plot: str = "", applicant: str = "",
) -> Response:  # fmt: skip
    """The form, filled in with what is known already."""
    known = applicant or ("" if live.actor.has(*STAFF) else live.actor.name)
    return _form(request, context, Asked(zone=zone[:40], plot=plot[:40], applicant=known[:200]))


@router.post("")
def order(request: Request, context: ContextDep, live: FormDep, asked: Annotated[Asked, Form()]) -> Response:
    """Tell the fee, or place the order; what is wrong is said on the form, which keeps its answers."""
    settings = context.settings
    try:
        wish = asked.wish()
        if asked.step != "place":
            with context.database.reading() as session:
                quoted = ordering.quote(session, actor=live.actor, wish=wish)
            return _form(request, context, asked, quoted=quoted)
        with context.database.transaction() as session:
            placed = ordering.place(
                session, actor=live.actor, office=settings.office, governorate=settings.governorate, wish=wish
            )
    except RukhsaError as error:
        return _form(request, context, asked, wrong=error)
    return RedirectResponse(f"/extracts/{placed.id}", 303)


def _form(
    request: Request, context: Context, asked: Asked, *, quoted: Quote | None = None, wrong: RukhsaError | None = None
) -> Response:  # fmt: skip
    language, live = language_of(request), live_of(request)
    with context.database.reading() as session:
        known, places = zones.zones(session), ordering.centres(session)
    answer = page(
        request, "extract_new.html", asked=asked, quoted=quoted, zones=known, centres=places, purposes=[*Purpose],
        channels=[c for c in Channel if c is not Channel.CENTRE or places], languages=LANGUAGES,
        wrong=error_text(wrong, language) if wrong else "", staff=bool(live and live.actor.has(*STAFF)),
        amount=shown_money(quoted.fee.total, language) if quoted else "",
        fictitious=bool(quoted and "fictitious" in quoted.fee.statuses),
        hidden=sees(asked.purpose).hidden if quoted else (),
    )  # fmt: skip
    answer.status_code = status_of(wrong) if wrong else answer.status_code
    return answer


@router.get("/track")
def ask(request: Request) -> Response:
    """Number and code, without a login."""
    return page(request, "extract_track.html", order=None, wrong="", number="", code="")


@router.post("/track")
def follow(
    request: Request, context: ContextDep, number: Annotated[str, Form(max_length=40)],
    code: Annotated[str, Form(max_length=40)],
) -> Response:  # fmt: skip
    """Where an order stands, for whoever knows its code."""
    language = language_of(request)
    try:
        with context.database.reading() as session:
            found = track(session, settings=context.settings, number=number, code=code)
            shown = _shown(context, session, found, language)
    except RukhsaError as error:
        said = error_text(error, language)
        return page(
            request, "extract_track.html", status=status_of(error), order=None, wrong=said, number=number, code=""
        )
    return page(request, "extract_track.html", wrong="", number=found.number, **{**shown, "code": code})


@router.post("/track/extract.pdf")
def fetch(
    context: ContextDep, number: Annotated[str, Form(max_length=40)], code: Annotated[str, Form(max_length=40)]
) -> Response:
    """The extract of a digital order, for whoever knows its code."""
    with context.database.transaction() as session:
        pdf = reading.read_by_code(
            session, storage=context.storage, settings=context.settings, number=number, code=code
        )
    return _pdf(pdf, "extract")


@router.get("/{order_id}")
def show(request: Request, context: ContextDep, live: LiveDep, order_id: str) -> Response:
    """One order: its bill, its course, and what to do."""
    with context.database.reading() as session:
        found = ordering.get_order(session, actor=live.actor, order_id=order_id)
        shown = _shown(context, session, found, language_of(request))
    cancellable = OrderAction.CANCEL in allowed(found, live.actor)
    return page(request, "extract_order.html", cancellable=cancellable, **shown)


def _shown(context: Context, session: Any, found: ExtractOrder, language: str) -> Mapping[str, Any]:
    centre = next((one for one in ordering.centres(session) if one.code == found.centre), None)
    return {
        "order": found, "bill": billing.bill_of(session, order_id=found.id),
        "amount": shown_money(found.piastres, language), "events": events_of(session, order_id=found.id),
        "code": tracking_code(context.settings, found.number),
        "centre": getattr(centre, f"name_{language}") if centre else "",
        "kept": translate(language, "extract-kept", days=int(terms().kept_days.value)),
    }  # fmt: skip


@router.post("/{order_id}/cancel")
def cancel(context: ContextDep, live: FormDep, order_id: str) -> Response:
    """Give it up before it is paid."""
    with context.database.transaction() as session:
        ordering.cancel(session, actor=live.actor, order_id=order_id)
    return RedirectResponse(f"/extracts/{order_id}", 303)


@router.get("/{order_id}/extract.pdf")
def download(context: ContextDep, live: LiveDep, order_id: str) -> Response:
    """The extract."""
    with context.database.transaction() as session:
        pdf = reading.read_document(session, actor=live.actor, storage=context.storage, order_id=order_id)
    return _pdf(pdf, order_id)


def _pdf(content: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"', "Cache-Control": "no-store"}
    return Response(content, media_type="application/pdf", headers=headers)
