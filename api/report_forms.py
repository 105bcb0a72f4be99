"""A kept report as a file to take along: page, workbook, summary or BCF; the same for people and for programs."""

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Query
from fastapi.responses import Response

from api.pages import SECURITY
from bim.bcf import Version
from permits.cases.tables import Case
from permits.documents.issue import office_of
from permits.jobs import Context
from permits.review.html import script_source
from permits.review.kept import bcf_of, excel_of, html_of, pdf_of

Form = Literal["html", "xlsx", "pdf", "bcf"]
VersionQuery = Annotated[Version, Query(alias="version")]
MEDIA: dict[Form, str] = {
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "bcf": "application/octet-stream",
}
_POLICY = "Content-Security-Policy"


def page_security() -> dict[str, str]:
    """The headers of the report's page, which runs its one script and no other."""
    return SECURITY | {_POLICY: f"{SECURITY[_POLICY]}; script-src {script_source()}"}


@dataclass(frozen=True)
class About:
    """What a report is called where it is taken along: a number in plain letters, and the page it is on."""

    number: str
    path: str


def about_case(case: Case) -> About:
    """A case's report."""
    return About(case.number, f"/cases/{case.id}")


def as_file(context: Context, about: About, raw: bytes, *, form: Form, language: str, version: Version) -> Response:
    """A report as a download; `version` is that of BCF."""
    match form:
        case "html":
            content = html_of(raw, language=language).encode()
        case "xlsx":
            content = excel_of(raw, language=language)
        case "bcf":
            content = bcf_of(raw, language=language, version=version)
        case "pdf":
            content = _summary(context, about, raw, language)
    name = f'attachment; filename="{about.number}.{form}"'
    return Response(content, media_type=MEDIA[form], headers=page_security() | {"Content-Disposition": name})


def _summary(context: Context, about: About, raw: bytes, language: str) -> bytes:
    address = f"{context.settings.base_url.rstrip('/')}{about.path}"
    return pdf_of(raw, language=language, number=about.number, address=address, office=office_of(context.settings))
