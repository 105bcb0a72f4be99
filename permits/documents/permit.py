"""The building permit as a document (رخصة بناء): its facts, its token and its PDF."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from permits.documents.claims import PermitClaims
from permits.documents.render import render_pdf
from permits.documents.sheet import (
    Office,
    Row,
    digits,
    fingerprint,
    page,
    shown_date,
    shown_money,
    shown_quantity,
    shown_share,
)
from permits.documents.token import HASH_BYTES
from permits.i18n import known, translate


@dataclass(frozen=True)
class Holder:
    """One owner of the property with the exact share."""

    name: str
    share: Fraction


@dataclass(frozen=True)
class PermitFacts:
    """Everything the permit says: areas in square metres, height in metres, money in new piastres.

    `statuses` are how sure the numbers behind it are (confirmed, provisional, fictitious).
    """

    number: str
    case: str
    issued: date
    expires: date
    plot: str
    zone: str
    parcel: str
    plot_area: Decimal
    owners: tuple[Holder, ...]
    title: str
    designer: str
    auditor: str
    use: str
    floors: int
    floor_area: Decimal
    footprint: Decimal
    height: Decimal
    model_sha256: str
    act: str
    receipt: str
    paid: int
    statuses: tuple[str, ...]


def claims_of(facts: PermitFacts, *, issuer: str) -> PermitClaims:
    """What the token of the permit says."""
    return PermitClaims(
        issuer=issuer,
        number=facts.number,
        plot=facts.plot,
        floors=facts.floors,
        issued=facts.issued,
        expires=facts.expires,
        document_hash=bytes.fromhex(fingerprint(facts))[:HASH_BYTES],
    )


def permit_page(facts: PermitFacts, *, language: str, office: Office, address: str) -> dict[str, Any]:
    """The template data; `address` is what the QR code holds: the verification address with the token."""
    return page(
        facts, kind="permit", language=language, office=office, number=facts.number, on=facts.issued,
        qr=address, statuses=facts.statuses, notes=[translate(language, "document-note-permit")],
        sections={
            "property": _property(facts, language),
            "owners": [[holder.name, shown_share(holder.share, language)] for holder in facts.owners],
            "building": _building(facts, language),
            "people": [("designer", facts.designer, False), ("auditor", facts.auditor, False)],
            "fees": _fees(facts, language),
        },
    )  # fmt: skip


def _property(facts: PermitFacts, language: str) -> list[Row]:
    return [
        ("plot", facts.plot, True),
        ("planning-zone", facts.zone, False),
        ("parcel", facts.parcel, True),
        ("area", shown_quantity(facts.plot_area, "square-metres", language), False),
        ("case", facts.case, True),
    ]


def _building(facts: PermitFacts, language: str) -> list[Row]:
    return [
        ("title", facts.title, False),
        ("use", _use(facts.use, language), False),
        ("floors", digits(str(facts.floors), language), True),
        ("floor-area", shown_quantity(facts.floor_area, "square-metres", language), False),
        ("footprint", shown_quantity(facts.footprint, "square-metres", language), False),
        ("height", shown_quantity(facts.height, "metres", language), False),
        ("valid-until", shown_date(facts.expires, language), True),
        ("model", facts.model_sha256[:16], True),
    ]


def _use(code: str, language: str) -> str:
    """The use in words; a code the catalogue does not have is printed as the planning sheet has it."""
    return translate(language, f"use-{code}") if known(language, f"use-{code}") else code


def _fees(facts: PermitFacts, language: str) -> list[Row]:
    return [
        ("tariff", facts.act, False),
        ("paid", shown_money(facts.paid, language), False),
        ("receipt", facts.receipt, True),
    ]


def from_json(content: Mapping[str, Any]) -> PermitFacts:
    """The facts again from their canonical form."""
    raw = dict(content)
    decimals = {name: Decimal(raw[name]) for name in ("plot_area", "floor_area", "footprint", "height")}
    days = {name: date.fromisoformat(raw[name]) for name in ("issued", "expires")}
    owners = tuple(Holder(owner["name"], Fraction(owner["share"])) for owner in raw["owners"])
    return PermitFacts(**{**raw, **decimals, **days, "owners": owners, "statuses": tuple(raw["statuses"])})


def permit_pdf(facts: PermitFacts, *, language: str, office: Office, address: str, fonts: Path | None = None) -> bytes:
    """The permit as PDF/A with its facts embedded; the same facts give the same bytes."""
    data = permit_page(facts, language=language, office=office, address=address)
    return render_pdf("permit", data, created=facts.issued, fonts=fonts)
