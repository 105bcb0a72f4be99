"""What the register says to an application for a permit: a reasoned list, like the report of the building's rules.

Each condition is met, unmet or undecided with the reason; nothing that is not known counts as met.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict
from sqlalchemy import select
from sqlalchemy.orm import Session

from gis.site import SheetStatus as Confidence
from permits.errors import Conflict, NotFound
from permits.land.tables import Plot
from permits.register.opening import successors
from permits.register.persons import signals_on_persons
from permits.register.sheets import sheet_of_plot
from permits.register.signals import PERMIT, Effect, effects
from permits.register.state import Holdings, SheetState
from permits.register.tables import Sheet
from permits.register.versions import state_of

_FILE = Path(__file__).parent / "gate.yaml"


class Met(StrEnum):
    """How a condition stands."""

    MET = "met"
    UNMET = "unmet"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class Condition:
    """One line: what was asked, how it stands, why, by which values, against which threshold, on what evidence."""

    code: str
    outcome: Met
    reason: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    threshold: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Applicant:
    """The owner on whose right the application rests; an agent acts by a power of attorney that ends on a day."""

    party: str
    agent: str = ""
    power_of_attorney: str = ""
    expires: date | None = None


@dataclass(frozen=True)
class Application:
    """Who applies for what, the consents of other owners (party: document), and the day on which it is asked."""

    zone: str
    plot: str
    on: date
    applicant: Applicant | None = None
    consents: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Debt:
    """An amount due on a property, in new piastres, and the document that says so."""

    piastres: int
    document: str


DebtsOf = Callable[[Session, Sheet], tuple[Debt, ...]]
"""Asks the money side what is due on a property."""


class Threshold(BaseModel):
    """A share of the property, and how sure we are of it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: Fraction
    status: Confidence
    source: str


class Undecided(BaseModel):
    """The conditions that keep a permit from being approved as long as nobody could decide them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    blocks: frozenset[Literal["sheet", "applicant", "consent", "signals", "debts"]]
    status: Confidence
    source: str


class Demands(BaseModel):
    """What the municipality sets."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    consent: Threshold
    undecided: Undecided


@cache
def demands() -> Demands:
    """The demands in force in this installation."""
    return Demands.model_validate(yaml.safe_load(_FILE.read_text(encoding="utf-8")))


def permit_gate(session: Session, application: Application, *, debts: DebtsOf | None = None) -> tuple[Condition, ...]:
    """Every condition of the register on an application; without a sheet none but its absence can be told."""
    try:
        sheet = sheet_of_plot(session, zone=application.zone, plot=application.plot)
    except NotFound:
        return (_without_sheet(session, application),)
    except Conflict:
        return (Condition("sheet", Met.UNDECIDED, "several-sheets"),)
    state = state_of(session, sheet)
    return (
        Condition("sheet", Met.MET, values={"parcel": sheet.parcel, "state": str(state.status)}),
        judge_applicant(application, state.holdings),
        judge_consent(application, state.holdings, demands().consent.value),
        _signals(session, state),
        _debts(session, sheet, debts),
    )


def _without_sheet(session: Session, application: Application) -> Condition:
    """A closed sheet is the end of its parcel; no sheet at all says nothing."""
    parcel = select(Plot.parcel).where(Plot.zone == application.zone, Plot.number == application.plot)
    query = select(Sheet).where(Sheet.parcel == parcel.scalar_subquery(), Sheet.section == "")
    closed = session.scalar(query.order_by(Sheet.id.desc()).limit(1))
    if closed is None:
        return Condition("sheet", Met.UNDECIDED, "no-sheet")
    after = tuple(sheet.parcel for sheet in successors(session, closed.id))
    return Condition("sheet", Met.UNMET, "sheet-closed", {"parcel": closed.parcel}, evidence=after)


def judge_applicant(application: Application, holdings: Holdings) -> Condition:
    """The applicant owns a share, or acts for an owner by a power of attorney in force."""
    who = application.applicant
    if who is None:
        return Condition("applicant", Met.UNDECIDED, "no-applicant")
    share = holdings.get(who.party)
    if share is None:
        return Condition("applicant", Met.UNMET, "not-an-owner")
    if not who.agent:
        return Condition("applicant", Met.MET, values={"share": str(share)})
    values = {"share": str(share), "expires": who.expires.isoformat() if who.expires else ""}
    document = (who.power_of_attorney,) if who.power_of_attorney else ()
    if not document or who.expires is None:
        return Condition("applicant", Met.UNMET, "no-power-of-attorney", values, evidence=document)
    if who.expires < application.on:
        return Condition("applicant", Met.UNMET, "power-of-attorney-ended", values, evidence=document)
    return Condition("applicant", Met.MET, values=values, evidence=document)


def judge_consent(application: Application, holdings: Holdings, threshold: Fraction) -> Condition:
    """The applicant and those who consent hold at least the threshold of the property."""
    if application.applicant is None:
        return Condition("consent", Met.UNDECIDED, "no-applicant", threshold=str(threshold))
    willing = {application.applicant.party, *application.consents}
    share = sum((holdings.get(party, Fraction(0)) for party in willing), Fraction(0))
    documents = tuple(document for party, document in application.consents.items() if party in holdings)
    enough = share >= threshold
    return Condition(
        "consent", Met.MET if enough else Met.UNMET, "" if enough else "consent-short", {"share": str(share)},
        str(threshold), documents,
    )  # fmt: skip


def _signals(session: Session, state: SheetState) -> Condition:
    persons = signals_on_persons(session, list(state.holdings))
    told = effects(PERMIT, sheet=state.signals, persons=persons)
    blocking = [one for one in told if one.effect is Effect.BLOCK]
    warning = [one for one in told if one.effect is Effect.WARN]
    return Condition(
        "signals", Met.UNMET if blocking else Met.MET, "signal-blocks" if blocking else "",
        {"blocking": str(len(blocking)), "warning": str(len(warning))},
        evidence=tuple(f"{one.signal.kind}: {one.signal.detail}" for one in [*blocking, *warning]),
    )  # fmt: skip


def _debts(session: Session, sheet: Sheet, debts: DebtsOf | None) -> Condition:
    if debts is None:
        return Condition("debts", Met.UNDECIDED, "debts-not-asked")
    due = debts(session, sheet)
    total = sum(debt.piastres for debt in due)
    return Condition(
        "debts", Met.UNMET if total > 0 else Met.MET, "debts-due" if total > 0 else "", {"piastres": str(total)}, "0",
        tuple(debt.document for debt in due),
    )  # fmt: skip
