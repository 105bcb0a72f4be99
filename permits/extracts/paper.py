"""An ordered extract as a document: its facts, its token and its PDF; the same facts give the same bytes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from permits.calendar import local_time
from permits.documents.claims import ExtractClaims
from permits.documents.extract import AnnotationLine
from permits.documents.render import render_pdf
from permits.documents.sheet import Office, Row, digits, fingerprint, page, shown_date, shown_quantity, shown_share
from permits.documents.token import HASH_BYTES
from permits.extracts.content import Content, HistoryPart, JournalPart, OwnerPart
from permits.i18n import translate

_LABELS = (
    "request", "order", "purpose", "applicant", "reason", "document", "recorded", "valid-until", "identity",
    "withheld", "history", "party", "before", "after", "code", "none-shown",
)  # fmt: skip
_CODE = 16
"""Hexadecimal digits of the verification code."""


@dataclass(frozen=True)
class PaperFacts:
    """Everything an ordered extract says; `known` is the moment (ISO, UTC) up to which the journal was heard."""

    number: str
    order: str
    purpose: str
    applicant: str
    reason: str
    document: str
    language: str
    as_of: date
    known: str
    issued: date
    valid_until: date
    content: Content


def code_of(facts_sha256: str) -> str:
    """The verification code printed beside the number, in groups of four."""
    return "-".join(facts_sha256[at : at + 4] for at in range(0, _CODE, 4))


def claims_of(facts: PaperFacts, *, issuer: str) -> ExtractClaims:
    """What the token of the extract says."""
    return ExtractClaims(
        issuer=issuer, number=facts.number, parcel=facts.content.parcel, zone=facts.content.zone, purpose=facts.purpose,
        as_of=facts.as_of, issued=facts.issued, expires=facts.valid_until,
        document_hash=bytes.fromhex(fingerprint(facts))[:HASH_BYTES],
    )  # fmt: skip


def valid_until(issued: date, days: int) -> date:
    """The last day on which the extract is accepted; the day of issue counts."""
    return issued + timedelta(days=days - 1)


def paper_page(facts: PaperFacts, *, office: Office, address: str) -> dict[str, Any]:
    """The template data; `address` is what the QR code holds."""
    language, content = facts.language, facts.content
    sections = {
        "request": _request(facts),
        "property": _property(facts),
        "owners": [_owner(owner, language) for owner in content.owners],
        "total": _total(content, language),
        "annotations": [
            [_annotation(line, language), str(line.entry), shown_date(line.on, language)]
            for line in content.annotations
        ],
        "journal": [_entry(line, language) for line in content.journal],
        "history": [_change(line, language) for line in content.history],
        "hidden": {part: part in content.hidden for part in ("journal", "history")},
        "withheld": [translate(language, f"extract-hidden-{code}") for code in content.hidden],
    }
    data = page(
        facts, kind="extract", language=language, office=office, number=facts.number, on=facts.issued, qr=address,
        statuses=content.statuses, notes=[translate(language, "document-note-extract")], sections=sections,
    )  # fmt: skip
    texts = {name: translate(language, f"extract-{name}") for name in _LABELS}
    return {**data, "code": code_of(fingerprint(facts)), "labels": data["labels"] | texts}


def _request(facts: PaperFacts) -> list[Row]:
    language = facts.language
    rows: list[Row] = [
        ("order", facts.order, True),
        ("applicant", facts.applicant, False),
        ("purpose", translate(language, f"extract-purpose-{facts.purpose}"), False),
        ("valid-until", shown_date(facts.valid_until, language), True),
    ]
    return [*rows, ("reason", facts.reason, False), ("document", facts.document, True)] if facts.reason else rows


def _property(facts: PaperFacts) -> list[Row]:
    language, content = facts.language, facts.content
    area = shown_quantity(content.area, "square-metres", language) if content.area is not None else "—"
    known = digits(local_time(datetime.fromisoformat(facts.known)), language)
    return [
        ("parcel", content.parcel, True),
        ("zone", content.zone, False),
        ("register", translate(language, f"register-{content.register}"), False),
        ("tenure", content.tenure, False),
        ("area", area, False),
        ("as-of", shown_date(facts.as_of, language), True),
        ("recorded", known, True),
    ]


def _owner(owner: OwnerPart, language: str) -> list[str]:
    hidden = translate(language, "extract-hidden")
    share = hidden if owner.share is None else shown_share(owner.share, language)
    entry = hidden if owner.entry is None else str(owner.entry)
    return [owner.name or hidden, owner.identity or "—", share, entry]


def _total(content: Content, language: str) -> str:
    shares = [owner.share for owner in content.owners if owner.share is not None]
    return shown_share(sum(shares, Fraction(0)), language) if shares else ""


def _annotation(line: AnnotationLine, language: str) -> str:
    return translate(language, f"annotation-{line.kind}", detail=line.detail or translate(language, "extract-hidden"))


def _entry(line: JournalPart, language: str) -> list[str]:
    act = translate(language, f"act-{line.act}")
    return [str(line.number), shown_date(line.on, language), act, line.document or "—"]


def _change(line: HistoryPart, language: str) -> list[str]:
    act = translate(language, f"act-{line.act}")
    shares = [shown_share(share, language) for share in (line.before, line.after)]
    return [str(line.number), shown_date(line.on, language), act, line.name, *shares]


def paper_pdf(facts: PaperFacts, *, office: Office, address: str, fonts: Path | None = None) -> bytes:
    """The extract as PDF/A with its facts embedded."""
    return render_pdf(
        "extract-paper", paper_page(facts, office=office, address=address), created=facts.issued, fonts=fonts
    )


def from_json(raw: Mapping[str, Any]) -> PaperFacts:
    """The facts again from their canonical form."""
    days = {name: date.fromisoformat(raw[name]) for name in ("as_of", "issued", "valid_until")}
    return PaperFacts(**{**raw, **days, "content": _content(raw["content"])})


def _content(raw: Mapping[str, Any]) -> Content:
    return Content(**{
        **raw,
        "area": Decimal(raw["area"]) if raw["area"] is not None else None,
        "owners": tuple(OwnerPart(**{**one, "share": _share(one["share"])}) for one in raw["owners"]),
        "annotations": tuple(AnnotationLine(**_dated(one)) for one in raw["annotations"]),
        "journal": tuple(JournalPart(**_dated(one)) for one in raw["journal"]),
        "history": tuple(
            HistoryPart(**{**_dated(one), "before": Fraction(one["before"]), "after": Fraction(one["after"])})
            for one in raw["history"]
        ),
        "statuses": tuple(raw["statuses"]),
        "hidden": tuple(raw["hidden"]),
    })  # fmt: skip


def _share(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def _dated(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {**raw, "on": date.fromisoformat(raw["on"])}
