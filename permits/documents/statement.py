"""The planning statement of a plot (بيان صفة عمرانية): its sheet, what may be built on it, and its plan."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from gis.envelope import Envelope, envelope
from gis.site import Site
from permits.documents.render import FAMILIES, render_pdf
from permits.documents.sheet import Office, page
from permits.i18n import translate
from permits.land.allowed import sections
from permits.land.plan import plan


@dataclass(frozen=True)
class StatementFacts:
    """What the statement rests on, embedded in the document; metres, square metres, ratios as texts."""

    plot: str
    zone: str
    state: str
    on: date
    grid: str
    boundary: tuple[tuple[str, str], ...]
    reference_level: str
    use: str
    floors: int
    height: str
    footprint: str
    floor_area: str
    clause: str
    legal_act: str
    statuses: tuple[str, ...]


def statement_facts(site: Site, allowed: Envelope, on: date) -> StatementFacts:
    """The facts of a plot on a day."""
    return StatementFacts(
        plot=site.plot, zone=site.zone, state=site.zone_state.value, on=on, grid=site.grid,
        boundary=tuple((f"{x:.3f}", f"{y:.3f}") for x, y in site.polygon.exterior.coords),
        reference_level=f"{site.reference_level:.3f}", use=site.sheet.use, floors=allowed.floors,
        height=f"{allowed.height:.2f}", footprint=f"{allowed.footprint:.2f}", floor_area=f"{allowed.floor_area:.2f}",
        clause=site.sheet.clause, legal_act=site.sheet.legal_act,
        statuses=(site.sheet.status.value, *(["fictitious"] if site.fictitious else [])),
    )  # fmt: skip


def statement_page(site: Site, *, on: date, language: str, office: Office) -> dict[str, Any]:
    """The template data."""
    allowed = envelope(site)
    facts = statement_facts(site, allowed, on)
    titles = {name: translate(language, f"statement-{name}") for name in ("plot", "allowed", "sheet", "plan")}
    return page(
        facts, kind="statement", language=language, office=office, number=f"{site.zone}/{site.plot}", on=on, qr=None,
        statuses=facts.statuses, notes=[translate(language, f"statement-{note}") for note in ("note", facts.state)],
        sections={
            "titles": titles,
            "rows": sections(site, allowed, language),
            "plan": plan(site, allowed, language, font=", ".join(FAMILIES)),
        },
    )  # fmt: skip


def statement_pdf(site: Site, *, on: date, language: str, office: Office, fonts: Path | None = None) -> bytes:
    """The statement as PDF/A: what the layers say, without a signature."""
    return render_pdf(
        "statement", statement_page(site, on=on, language=language, office=office), created=on, fonts=fonts
    )
