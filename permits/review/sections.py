"""The open findings of a report as the page shows them: a section for each clause, a card for each finding."""

import base64
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from bim.findings import Finding
from bim.report import Report
from permits.review import wording
from permits.review.telling import OPEN, Element, Place, found, grade, heaviest_first, places
from permits.review.wording import Clauses, Remedy

MOST_ELEMENTS = 40
"""Elements of a finding that the page lists; the workbook has them all."""

MOST_PICTURES = 3
"""Pictures of a finding; elements of it may have more, for the sake of other findings."""


@dataclass(frozen=True)
class Picture:
    """A picture of an element as a data address."""

    element: Element
    address: str


@dataclass(frozen=True)
class Card:
    """One finding by its place in the report: what it speaks of, what was found, and where."""

    position: int
    subject: str
    sentence: str
    places: tuple[Place, ...]
    count: int
    more: int
    pictures: tuple[Picture, ...]


@dataclass(frozen=True)
class Section:
    """One clause with its findings of one grade; `remedy` is None where the design itself must change."""

    rule: str
    grade: str
    discipline: str
    clause: str
    remedy: Remedy | None
    at_hand: bool
    cards: tuple[Card, ...]


def sections_of(report: Report, clauses: Clauses, language: str) -> list[Section]:
    """A section for each clause that fails or is undecided, the heaviest first."""
    open_findings = [finding for finding in heaviest_first(report) if finding.outcome in OPEN]
    positions = {id(finding): at for at, finding in enumerate(report.findings)}
    made: dict[str, Section] = {}
    for (rule, weight), group in groupby(open_findings, key=lambda finding: (finding.rule, grade(finding))):
        findings = _from_below(group, report)
        cards = tuple(_card(finding, positions[id(finding)], report, language) for finding in findings)
        if rule in made:  # decided for one thing and undecided for another: one section, graded by the heavier
            made[rule] = replace(made[rule], cards=made[rule].cards + cards)
            continue
        remedy = wording.remedy(findings[0], clauses, language, report.model.tool)
        at_hand = wording.is_known_tool(report.model.tool)
        source = findings[0].clause.removesuffix(f" {rule}")
        made[rule] = Section(rule, weight, clauses.discipline(rule), source, remedy, at_hand=at_hand, cards=cards)
    return list(made.values())


def _from_below(findings: Iterable[Finding], report: Report) -> list[Finding]:
    levels = {storey.id: level for level, storey in enumerate(report.storeys)}
    return sorted(findings, key=lambda finding: levels.get(finding.storey or "", -1))


def _card(finding: Finding, position: int, report: Report, language: str) -> Card:
    where = places(finding, report)
    shown = [place.elements for place in where]
    pictured = [element for elements in shown for element in elements if element.guid in report.pictures]
    return Card(
        position,
        wording.subject_text(finding.subject, language),
        found(finding, language),
        _first(where, MOST_ELEMENTS),
        len(finding.elements),
        max(len(finding.elements) - MOST_ELEMENTS, 0),
        tuple(_picture(element, report) for element in pictured[:MOST_PICTURES]),
    )


def _picture(element: Element, report: Report) -> Picture:
    return Picture(element, f"data:image/png;base64,{base64.b64encode(report.pictures[element.guid]).decode()}")


def _first(where: tuple[Place, ...], most: int) -> tuple[Place, ...]:
    """The first `most` elements; a place that is left without any keeps its name."""
    kept = []
    for place in where:
        kept.append(replace(place, elements=place.elements[:most]))
        most -= len(kept[-1].elements)
    return tuple(kept)
