"""The public catalogue of services (دليل الخدمات), each with its card and a calculator that needs no script."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from api.pages import language_of, page
from permits.calendar import today
from permits.i18n import translate
from permits.money.exact import plain
from permits.money.explain import explain_line
from permits.money.lines import Assessment, Line
from permits.services.answers import EXEMPT, Answered, answered
from permits.services.catalogue import Service, categories, find_service, list_services
from permits.services.explain import shown

router = APIRouter()


@router.get("/services")
def index(
    request: Request, category: Annotated[str, Query(max_length=40)] = "", q: Annotated[str, Query(max_length=100)] = ""
) -> Response:
    """The catalogue, or what a search leaves of it."""
    found = list_services(category=category, text=q)
    return page(request, "services.html", services=found, categories=categories(), category=category, q=q)


@router.get("/services/{code}")
def show(request: Request, code: str) -> Response:
    """One service; once the form is sent, with its fee line by line."""
    service, language = find_service(code), language_of(request)
    asked = dict(request.query_params)
    done = answered(service, asked) if "on" in asked else Answered()
    return page(
        request, "service.html", service=service, card=service.card, answers={"on": today().isoformat()} | asked,
        done=done, refusal=_refusal(service, done, language), results=_results(done, language), exempt=EXEMPT,
        claimed=any(text for name, text in asked.items() if name.startswith(EXEMPT)),
        acts=[fees.tariff.act for fees in service.fees],
        exemptions=[exemption for fees in service.fees for exemption in fees.exemptions],
        shown=lambda piastres: shown(piastres, language),
    )  # fmt: skip


def _results(done: Answered, language: str) -> list[dict[str, Any]]:
    """What the page shows of each act: its lines, each with the steps and grounds of the explanation."""
    if done.fee is None:
        return []
    return [
        {"assessment": assessment, "lines": [_line(line, assessment, language) for line in assessment.lines]}
        for assessment in done.fee.assessments
    ]


def _line(line: Line, assessment: Assessment, language: str) -> dict[str, Any]:
    grounds = [text.strip() for text in explain_line(line, assessment, language)[1:]]
    return {
        "line": line, "name": getattr(line, language), "amount": shown(line.piastres, language), "grounds": grounds,
        "exact": plain(line.exact), "currency": translate(language, f"fee-currency-{assessment.currency.name.lower()}"),
    }  # fmt: skip


def _refusal(service: Service, done: Answered, language: str) -> str:
    """Why there is no fee, in words, with the name of the field where it is about one."""
    if done.refused is None:
        return ""
    code, name = done.refused
    names = {field.name: getattr(field.label, language) for field in service.fields}
    names |= {one.code: getattr(one, language) for fees in service.fees for one in fees.tariff.provisions}
    return translate(language, f"error-fee-input-{code.replace('_', '-')}", name=names.get(name, name))
