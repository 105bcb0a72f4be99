"""The licence to occupy public property as a document (رخصة إشغال): its facts, its token and its PDF."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from permits.documents.claims import OccupancyClaims
from permits.documents.render import render_pdf
from permits.documents.sheet import Office, Row, fingerprint, page, shown_date, shown_money, shown_quantity
from permits.documents.token import HASH_BYTES
from permits.i18n import translate

_LABELS = (
    "occupancy", "place", "fees", "kind", "holder", "first-day", "last-day", "street", "planning-zone", "plot",
    "point", "clear-width", "area", "application", "renews", "tariff", "paid",
)  # fmt: skip
PLACE_LENGTH = 60
"""Characters of the place in a token, so that its code stays small."""


@dataclass(frozen=True)
class LicenceFacts:
    """Everything the licence says: square metres on the ground, money in new piastres, both days counted.

    `point` is longitude and latitude as a token has them, `clear_width` metres left to walkers or empty where
    nobody could measure them, `renews` the number of the licence carried on or empty.
    """

    number: str
    application: str
    renews: str
    issued: date
    first_day: date
    last_day: date
    kind: str
    holder: str
    zone: str
    street: str
    plot: str
    area: Decimal
    clear_width: str
    point: tuple[int, int]
    act: str
    paid: int
    fee_sha256: str
    statuses: tuple[str, ...]


def claims_of(facts: LicenceFacts, *, issuer: str) -> OccupancyClaims:
    """What the token of the licence says."""
    place = " · ".join(part for part in (facts.street, facts.plot) if part)
    return OccupancyClaims(
        issuer=issuer, number=facts.number, use=facts.kind, area=facts.area, place=place[:PLACE_LENGTH],
        point=facts.point, issued=facts.issued, starts=facts.first_day, expires=facts.last_day,
        document_hash=bytes.fromhex(fingerprint(facts))[:HASH_BYTES],
    )  # fmt: skip


def licence_page(facts: LicenceFacts, plan: str, *, language: str, office: Office, address: str) -> dict[str, Any]:
    """The template data; `plan` is the drawn place, `address` what the QR code holds."""
    data = page(
        facts, kind="licence", language=language, office=office, number=facts.number, on=facts.issued, qr=address,
        statuses=facts.statuses, notes=[translate(language, "licence-note")],
        sections={
            "occupancy": _occupancy(facts, language),
            "place": _place(facts, language),
            "fees": [("tariff", facts.act, False), ("paid", shown_money(facts.paid, language), False)],
            "plan": plan,
        },
    )  # fmt: skip
    return {**data, "labels": data["labels"] | {name: translate(language, f"licence-{name}") for name in _LABELS}}


def _occupancy(facts: LicenceFacts, language: str) -> list[Row]:
    rows: list[Row] = [
        ("holder", facts.holder, False),
        ("kind", translate(language, f"occupancy-kind-{facts.kind}"), False),
        ("first-day", shown_date(facts.first_day, language), True),
        ("last-day", shown_date(facts.last_day, language), True),
        ("area", shown_quantity(facts.area, "square-metres", language), False),
        ("application", facts.application, True),
    ]
    return [*rows, ("renews", facts.renews, True)] if facts.renews else rows


def _place(facts: LicenceFacts, language: str) -> list[Row]:
    width = shown_quantity(Decimal(facts.clear_width), "metres", language) if facts.clear_width else "—"
    longitude, latitude = facts.point
    return [
        ("planning-zone", facts.zone, False),
        ("street", facts.street or "—", False),
        ("plot", facts.plot or "—", True),
        ("clear-width", width, False),
        ("point", f"{latitude / 1e5:.5f}, {longitude / 1e5:.5f}", True),
    ]


def from_json(content: Mapping[str, Any]) -> LicenceFacts:
    """The facts again from their canonical form."""
    raw = dict(content)
    days = {name: date.fromisoformat(raw[name]) for name in ("issued", "first_day", "last_day")}
    more = {"area": Decimal(raw["area"]), "point": tuple(raw["point"]), "statuses": tuple(raw["statuses"])}
    return LicenceFacts(**{**raw, **days, **more})


def licence_pdf(
    facts: LicenceFacts, plan: str, *, language: str, office: Office, address: str, fonts: Path | None = None
) -> bytes:  # fmt: skip
    """The licence as PDF/A with its facts embedded; the same facts and plan give the same bytes."""
    data = licence_page(facts, plan, language=language, office=office, address=address)
    return render_pdf("licence", data, created=facts.issued, fonts=fonts)
