"""Instalments and payment in parts as the act of a demand allows them: offered, shown, then agreed to."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from permits.calendar import today
from permits.errors import Conflict, Invalid
from permits.money.act import InstalmentTerms
from permits.money.assessment import read_assessment
from permits.money.bills import LIVE, Part
from permits.money.demands import OFFICE, allow_parts, demand_of, least_part, owed
from permits.money.finding import Found, find_payable
from permits.money.instalment_plan import Instalment, instalment_plan
from permits.money.instalments import pay_by_instalments
from permits.money.tables import Bill, Demand
from permits.money.tariff import TariffError, find_tariff, read_tariff
from permits.money.terms import terms
from permits.people.actor import Actor, Role

AGREEING = (Role.ACCOUNTANT, *OFFICE)


@dataclass(frozen=True)
class Offer:
    """What the act allows for one demand: `most` parts of `left` new piastres; `least` is what a part must be.

    `parts` says whether payment in parts was agreed to already.
    """

    found: Found
    act_ar: str
    act_en: str
    terms: InstalmentTerms
    left: int
    most: int
    least: int
    parts: bool


def offer(session: Session, *, actor: Actor, text: str) -> Offer:
    """The offer for the demand that a typed number means; Conflict where its act allows no instalments."""
    actor.need(*AGREEING)
    found = find_payable(session, actor=actor, text=text)
    demand = demand_of(session, found.demand_id)
    if demand.state != "open" or found.view.state not in LIVE:
        raise Conflict("agreeing-not-live", reference=found.view.reference)
    allowed = _terms_of(demand)
    assessment = read_assessment(demand.assessment)
    root = demand_of(session, demand.adjusts or demand.id)
    return Offer(
        found, assessment.act_ar, assessment.act_en, allowed, owed(session, demand=demand),
        min(allowed.max, terms().most_instalments.value), least_part(root), root.minimum_part is not None,
    )  # fmt: skip


def plan(offered: Offer, *, count: int, first_due: date) -> tuple[Instalment, ...]:
    """The parts with their days, before anybody agrees; Invalid for what the act or the office does not allow."""
    if not 2 <= count <= offered.most:
        raise Invalid("instalments-count", most=offered.most)
    if first_due < today():
        raise Invalid("agreeing-day-past")
    return instalment_plan(offered.terms, offered.left, count=count, first_due=first_due)


def agree(session: Session, *, actor: Actor, text: str, count: int, first_due: date, left: int) -> list[Bill]:
    """Bill the demand by the plan that was shown of `left`; Conflict if something was paid since."""
    offered = offer(session, actor=actor, text=text)
    if offered.left != left:
        raise Conflict("agreeing-changed")
    payer = offered.found.view.payer
    parts = [Part(payer, one.piastres, one.due) for one in plan(offered, count=count, first_due=first_due)]
    return pay_by_instalments(session, actor=_with_right(actor), demand_id=offered.found.demand_id, parts=parts)


def agree_parts(session: Session, *, actor: Actor, text: str) -> int:
    """Let the demand be paid in parts of the payer's choice; the least part, in new piastres."""
    offered = offer(session, actor=actor, text=text)
    if offered.parts:
        raise Conflict("agreeing-parts-known")
    return allow_parts(session, actor=_with_right(actor), demand_id=offered.found.demand_id)


def _with_right(actor: Actor) -> Actor:
    """The accountant under his own name: of what the act allows, and of nothing else, he may do it."""
    return Actor(actor.id, actor.name, actor.roles | {Role.SYSTEM})


def _terms_of(demand: Demand) -> InstalmentTerms:
    """The instalments of the very tariff by which it was demanded."""
    assessment = read_assessment(demand.assessment)
    try:
        tariff = read_tariff(find_tariff(assessment.act))
    except TariffError as error:
        raise Conflict("agreeing-not-allowed") from error
    if tariff.instalments is None or tariff.sha256 != assessment.tariff_sha256:
        raise Conflict("agreeing-not-allowed")
    return tariff.instalments
