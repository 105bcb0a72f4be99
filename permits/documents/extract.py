"""The extract of a property sheet (بيان قيد عقاري) as of a day."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from permits.documents.render import render_pdf
from permits.documents.sheet import Office, page, shown_date, shown_quantity, shown_share
from permits.i18n import translate


@dataclass(frozen=True)
class OwnerLine:
    """One owner with the exact share and the number of the journal entry it rests on."""

    name: str
    share: Fraction
    entry: int


@dataclass(frozen=True)
class EntryLine:
    """One act of the journal: a code of the catalogue ("act-" + act) and its day."""

    number: int
    on: date
    act: str


@dataclass(frozen=True)
class AnnotationLine:
    """One annotation in force: a code of the catalogue ("annotation-" + kind), its detail, its entry and day."""

    kind: str
    detail: str
    entry: int
    on: date


@dataclass(frozen=True)
class ExtractFacts:
    """What a sheet held at the end of `as_of`; area in square metres."""

    number: str
    parcel: str
    zone: str
    register: str
    tenure: str
    area: Decimal | None
    as_of: date
    owners: tuple[OwnerLine, ...]
    annotations: tuple[AnnotationLine, ...]
    entries: tuple[EntryLine, ...]
    statuses: tuple[str, ...]


def extract_page(facts: ExtractFacts, *, language: str, office: Office) -> dict[str, Any]:
    """The template data."""
    return page(
        facts, kind="extract", language=language, office=office, number=facts.number, on=facts.as_of, qr=None,
        statuses=facts.statuses, notes=[translate(language, "document-note-extract")],
        sections={
            "property": _property(facts, language),
            "owners": [[line.name, shown_share(line.share, language), str(line.entry)] for line in facts.owners],
            "total": shown_share(sum((line.share for line in facts.owners), Fraction(0)), language),
            "annotations": [
                [_annotation(line, language), str(line.entry), shown_date(line.on, language)]
                for line in facts.annotations
            ],
            "entries": [
                [str(line.number), shown_date(line.on, language), translate(language, f"act-{line.act}")]
                for line in facts.entries
            ],
        },
    )  # fmt: skip


def _property(facts: ExtractFacts, language: str) -> list[tuple[str, str, bool]]:
    area = shown_quantity(facts.area, "square-metres", language) if facts.area is not None else "—"
    return [
        ("parcel", facts.parcel, True),
        ("zone", facts.zone, False),
        ("register", translate(language, f"register-{facts.register}"), False),
        ("tenure", facts.tenure, False),
        ("area", area, False),
        ("as-of", shown_date(facts.as_of, language), True),
    ]


def _annotation(line: AnnotationLine, language: str) -> str:
    return translate(language, f"annotation-{line.kind}", detail=line.detail)


def extract_pdf(facts: ExtractFacts, *, language: str, office: Office, fonts: Path | None = None) -> bytes:
    """The extract as PDF/A."""
    data = extract_page(facts, language=language, office=office)
    return render_pdf("extract", data, created=facts.as_of, fonts=fonts)
