"""The table of sections (جدول الأقسام) in words and numbers, for the page and the workbook alike."""

from collections.abc import Iterator

from bim.findings import Finding
from bim.strata.report import SectionRow, Strata
from permits.i18n import known, translate
from permits.review.wording import number, reason_text

Row = tuple[str | float | None, ...]
SECTIONS = ("number", "kind", "storeys", "net", "mid-wall", "gross", "open", "shares")
COMMON = ("use", "name", "storey", "area")
STOREYS = ("storey", "gross", "sections", "common", "unassigned", "void")
CHECKS = ("check", "outcome", "subject", "value", "limit", "reason")


def sections(found: Strata, language: str) -> Iterator[Row]:
    """A row for each section; areas in square metres, the share over 2400."""
    for row in found.sections:
        areas = (row.net, row.mid_wall, row.gross, row.open)
        yield (row.number, kind(row.kind, language), _storeys(row, found, language), *areas, row.shares)


def totals(found: Strata, language: str) -> Row:
    """The last row: sums, of what is known of every section."""
    columns = zip(*((r.net, r.mid_wall, r.gross, r.open, r.shares) for r in found.sections), strict=True)
    sums = (None if None in column else sum(part for part in column if part is not None) for column in columns)
    return (translate(language, "strata-total"), "", "", *sums)


def common(found: Strata, language: str) -> Iterator[Row]:
    """A row for each common part."""
    names = {storey.id: storey.name for storey in found.storeys}
    for part in found.common:
        yield kind(part.use, language), part.label, names.get(part.storey or "", ""), part.area


def storeys(found: Strata, _language: str) -> Iterator[Row]:
    """How the areas of each storey close."""
    names = {storey.id: storey.name for storey in found.storeys}
    for row in found.closures:
        yield names[row.storey], row.gross, row.sections, row.common, row.unassigned, row.void


def checks(found: Strata, titles: dict[str, str], language: str) -> Iterator[Row]:
    """A row for each check."""
    for finding in found.findings:
        outcome = translate(language, f"review-outcome-{finding.outcome}")
        about = _about(finding, found)
        reason = reason_text(finding.reason, language)
        yield f"{finding.rule} {titles[finding.rule]}", outcome, about, finding.value, finding.limit, reason


def kind(code: str, language: str) -> str:
    """A kind of section or a use of a common part in words; one that we do not know as it is in the model."""
    key = f"strata-use-{code}"
    return translate(language, key) if code and known(language, key) else code


def shown(value: str | float | None) -> str:
    """A cell: areas with two decimals, whole numbers as they are."""
    if isinstance(value, str):
        return value
    return number(value, "count" if isinstance(value, int) else "m2")


def _storeys(row: SectionRow, found: Strata, language: str) -> str:
    names = {storey.id: storey.name for storey in found.storeys}
    return ("، " if language == "ar" else ", ").join(names.get(part.storey, "") for part in row.parts)


def _about(finding: Finding, found: Strata) -> str:
    names = {storey.id: storey.name for storey in found.storeys}
    return " · ".join(part for part in (finding.subject, names.get(finding.storey or "", "")) if part)
