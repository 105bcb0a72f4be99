"""A report as one self-contained page: Arabic right to left or English, on screen and on A4."""

import base64
import hashlib
from collections.abc import Mapping
from functools import cache, partial
from itertools import groupby
from pathlib import Path

from markupsafe import Markup

from bim.findings import Finding
from bim.report import Report
from permits.i18n import translate
from permits.review import wording
from permits.review.drawing import plan
from permits.review.measures import by_group
from permits.review.placing import edge_role_lines, placing
from permits.review.sections import sections_of
from permits.review.storey_plans import storey_plans
from permits.review.sunlight import shadow_rows, window_rows
from permits.review.telling import DECLARED, GRADES, OPEN, found, grades, heaviest_first, is_trial
from permits.review.volumes import breakout_rows
from permits.review.wording import Clauses
from permits.standalone import style, template

TEMPLATES = Path(__file__).parent / "templates"
_MOST_ROWS = 20
"""Findings of one clause that is met or does not apply."""


def render(report: Report, *, language: str, clauses: Clauses, building: str = "", back: str = "") -> str:
    """The page; nothing in it asks for anything from outside; only `building` and `back` lead anywhere else."""
    text = partial(translate, language)
    page: str = template(TEMPLATES / "report.html").render(
        report=report,
        building=building,
        back=back,
        language=language,
        direction="rtl" if language == "ar" else "ltr",
        t=text,
        sections=sections_of(report, clauses, language),
        folded=_folded(report),
        clauses=clauses,
        storeys={s.id: f"{s.name} ({text(f'review-storey-{s.kind}')})" for s in report.storeys},
        grades=grades(report),
        order=GRADES,
        plan=Markup(plan(report, language)),  # noqa: S704 - drawn by us, every text in it escaped
        storey_plans=storey_plans(report, language, clauses),
        breakouts=breakout_rows(report, language),
        shadows=shadow_rows(report, language),
        windows=window_rows(report, language),
        placing=placing(report, language),
        measured=by_group(report),
        declared=DECLARED,
        edge_roles=edge_role_lines(report, language),
        number=wording.number,
        found=lambda finding: found(finding, language),
        with_unit=lambda value, unit: wording.with_unit(value, unit, language),
        measure_name=lambda name: wording.measure_name(name, language),
        subject=lambda value: wording.subject_text(value, language),
        refusal=wording.refusal_text(report.refusal.code, report.refusal.values, language) if report.refusal else "",
        trial=is_trial(report),
        style=style(),
        script=Markup(_part("report.js")),  # noqa: S704 - our own file
    )
    return page


@cache
def script_source() -> str:
    """What a Content-Security-Policy must allow for the page's own script."""
    digest = hashlib.sha256(_part("report.js").encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _folded(report: Report) -> Mapping[str, list[tuple[str, list[Finding], int]]]:
    """By outcome, the clauses that ask nothing: their code, some findings, and how many more there are."""
    quiet: dict[str, list[tuple[str, list[Finding], int]]] = {"pass": [], "not_applicable": []}
    rest = [finding for finding in heaviest_first(report) if finding.outcome not in OPEN]
    for (outcome, rule), group in groupby(rest, key=lambda finding: (finding.outcome.value, finding.rule)):
        of_it = list(group)
        quiet[outcome].append((rule, of_it[:_MOST_ROWS], max(len(of_it) - _MOST_ROWS, 0)))
    return quiet


@cache
def _part(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")
