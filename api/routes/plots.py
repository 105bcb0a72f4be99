"""What may be built on a plot (ماذا يجوز أن أبني هنا؟): a page, and its statement and envelope to take along."""

import json
from datetime import date
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response
from markupsafe import Markup

from api.deps import ContextDep, FormDep, LiveDep
from api.pages import SECURITY, language_of, page
from gis.envelope import envelope
from gis.site import Site
from permits.calendar import today
from permits.documents.issue import office_of
from permits.documents.render import font_folder
from permits.documents.statement import statement_pdf
from permits.jobs import Context
from permits.land.allowed import as_cityjson, as_geojson, as_glb, sections
from permits.land.plan import plan
from permits.land.sites import site_of_plot

router = APIRouter()
FileForm = Literal["pdf", "glb", "geojson", "city.json"]
MEDIA: dict[FileForm, str] = {
    "pdf": "application/pdf",
    "glb": "model/gltf-binary",
    "geojson": "application/geo+json",
    "city.json": "application/city+json",
}


@router.post("/zones/{zone}/plots")
def ask(live: FormDep, zone: str, plot: Annotated[str, Form()]) -> Response:  # noqa: ARG001 - for people logged in
    """To the page of the plot that a form names."""
    return RedirectResponse(f"/zones/{quote(zone, safe='')}/plots/{quote(plot.strip(), safe='')}", 303)


@router.get("/zones/{zone}/plots/{number:path}")
def show(
    request: Request, context: ContextDep, live: LiveDep, zone: str, number: str,  # noqa: ARG001 - for people logged in
    form: Annotated[FileForm | None, Query()] = None,
) -> Response:  # fmt: skip
    """The plot as it is today: the page, or with `form` one of its files; a number may hold a slash."""
    on, language = today(), language_of(request)
    with context.database.reading() as session:
        site = site_of_plot(session, storage=context.storage, zone=zone, plot=number, on=on)
    if form:
        return _file(context, site, form, on=on, language=language)
    allowed = envelope(site)
    drawn = Markup(plan(site, allowed, language, font="inherit"))  # noqa: S704 - drawn by us, every text in it escaped
    told = sections(site, allowed, language)
    return page(request, "plot.html", site=site, sections=told, plan=drawn, forms=tuple(MEDIA))


def _file(context: Context, site: Site, form: FileForm, *, on: date, language: str) -> Response:
    match form:
        case "pdf":
            office = office_of(context.settings)
            content = statement_pdf(site, on=on, language=language, office=office, fonts=font_folder())
        case "glb":
            content = as_glb(site, envelope(site))
        case "geojson":
            content = json.dumps(as_geojson(site, envelope(site)), ensure_ascii=False).encode()
        case "city.json":
            content = as_cityjson(site, envelope(site))
    name = f'attachment; filename="plot.{form}"'
    return Response(content, media_type=MEDIA[form], headers=SECURITY | {"Content-Disposition": name})
