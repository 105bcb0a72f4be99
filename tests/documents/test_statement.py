"""The planning statement: what the layers say of a plot, on paper and for programs."""

import json
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from gis.envelope import envelope
from gis.planning import load_zone, site_for
from gis.site import EdgeRole, SheetStatus, Site, ZoneState
from permits.documents.sheet import canonical_facts
from permits.documents.statement import statement_facts, statement_page, statement_pdf
from permits.land.allowed import lines
from tests.documents.samples import OFFICE

ZONE = Path(__file__).parents[2] / "sample_models" / "zone" / "zone.gpkg"
DAY = date(2026, 11, 1)


def _site(number: str = "103") -> Site:
    return site_for(ZONE, number, on=DAY)


def _text(pdf: bytes) -> str:
    return PdfReader(BytesIO(pdf)).pages[0].extract_text().replace("\u2068", "").replace("\u2069", "")


def _plain(text: str) -> str:
    """Letters and digits alone: a reader of PDF files parts words where a line was broken."""
    return "".join(character for character in text if character.isalnum())


def test_it_says_what_the_command_line_says() -> None:
    text = _text(statement_pdf(_site(), on=DAY, language="en", office=OFFICE))
    for label, value in lines(_site(), envelope(_site()), "en"):
        for part in (label, value):
            assert all(_plain(word) in _plain(text) for word in part.split()), part


@pytest.mark.parametrize("language", ["ar", "en"])
def test_one_page_and_the_same_bytes_for_the_same_layers(language: str) -> None:
    first, second = (statement_pdf(_site(), on=DAY, language=language, office=OFFICE) for _ in range(2))
    assert first == second
    assert len(PdfReader(BytesIO(first)).pages) == 1


def test_a_corrected_edge_and_an_arabic_street_are_printed() -> None:
    site = _site()
    edges = [replace(edge, role=EdgeRole.FRONT, street="شارع النُّور (3)", corrected=True) for edge in site.edges[:1]]
    changed = replace(site, edges=(*edges, *site.edges[1:]))
    assert statement_pdf(changed, on=date(2026, 11, 1), language="ar", office=OFFICE).startswith(b"%PDF-")


def test_every_plot_of_the_zone_fits_on_a_page() -> None:
    for plot in load_zone(ZONE).plots[::9]:
        if any(s.valid_from <= DAY and (s.valid_to is None or s.valid_to > DAY) for s in plot.sheets):
            pdf = statement_pdf(_site(plot.number), on=DAY, language="ar", office=OFFICE)
            assert len(PdfReader(BytesIO(pdf)).pages) == 1, plot.number


def test_what_it_rests_on_travels_inside() -> None:
    site = _site()
    facts = statement_facts(site, envelope(site), DAY)
    reader = PdfReader(BytesIO(statement_pdf(site, on=DAY, language="ar", office=OFFICE)))
    assert reader.attachments["statement.json"] == [canonical_facts(facts)]
    assert json.loads(canonical_facts(facts))["floor_area"] == "1247.99"


def test_fictitious_figures_and_a_frozen_zone_are_said_on_it() -> None:
    frozen = replace(_site(), zone_state=ZoneState.FROZEN)
    page = statement_page(frozen, on=DAY, language="ar", office=OFFICE)
    assert "تجريبية" in page["banner"]
    assert any("موقوفة" in note for note in page["notes"])
    sure = replace(_site(), fictitious=False, sheet=replace(_site().sheet, status=SheetStatus.CONFIRMED))
    assert statement_page(sure, on=DAY, language="ar", office=OFFICE)["banner"] is None
