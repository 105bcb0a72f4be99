"""A report's measures by group, for its page."""

from dataclasses import dataclass

from bim.findings import Measure
from bim.measures import DEFINITIONS
from bim.measures.registry import Group
from bim.report import Report

FOLDED_FROM = 12
_MOST_ROWS = 60
"""Measures of one group on the page; the workbook has all."""


@dataclass(frozen=True)
class Section:
    """The measures of a group that are shown, how many more there are, and whether the page folds them."""

    group: str
    measures: tuple[Measure, ...]
    more: int
    folded: bool


def by_group(report: Report) -> list[Section]:
    """In the order of groups; what this version does not know by name stands first, in no group."""
    sections = []
    for group in ("", *Group):
        of_it = [measure for measure in report.measures if _group(measure) == group]
        if of_it:
            more = max(len(of_it) - _MOST_ROWS, 0)
            sections.append(Section(group, tuple(of_it[:_MOST_ROWS]), more, len(of_it) >= FOLDED_FROM))
    return sections


def _group(measure: Measure) -> str:
    return DEFINITIONS[measure.name].group.value if measure.name in DEFINITIONS else ""
