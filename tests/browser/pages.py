"""Every page there is: its address as a route, who reads it, and what of the told office fills it."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.demo.office import OWNED
from permits.cases.cases import open_case
from permits.cases.drafts import keep_draft
from permits.cases.prechecks import open_precheck
from permits.cases.tables import Case
from permits.cases.workflow import State
from permits.documents.issue import permit_of
from permits.extracts.tables import ExtractOrder
from permits.land.tables import Plot
from permits.money.bills import latest_bill
from permits.occupancy.tables import Occupancy
from permits.people.actor import Role
from permits.register.sheets import sheet_of_plot
from tests.browser.conftest import Served


@dataclass(frozen=True)
class PageOf:
    """One page: the route it has in the application, and its reader; None is anybody."""

    route: str
    reader: Role | None
    query: str = ""


PORTAL = (
    PageOf("/login", None),
    PageOf("/status", None),
    PageOf("/status", None, "?number={number}"),
    PageOf("/notices", None),
    PageOf("/open", None),
    PageOf("/verify", None),
    PageOf("/verify/offline", None),
    PageOf("/verify/{token}", None),
    PageOf("/services", None),
    PageOf("/services/{code}", None),
    PageOf("/extracts/track", None),
    PageOf("/account", Role.ENGINEER),
    PageOf("/cases", Role.ENGINEER),
    PageOf("/cases/new", Role.ENGINEER),
    PageOf("/cases/new/title", Role.ENGINEER),
    PageOf("/cases/{case_id}/title", Role.ENGINEER),
    PageOf("/cases/{case_id}", Role.ENGINEER),
    PageOf("/cases/{case_id}/building", Role.ENGINEER),
    PageOf("/cases/{case_id}/changes", Role.ENGINEER),
    PageOf("/cases/{case_id}/messages", Role.ENGINEER),
    PageOf("/messages", Role.ENGINEER),
    PageOf("/precheck", Role.ENGINEER),
    PageOf("/prechecks", Role.ENGINEER),
    PageOf("/prechecks/{precheck_id}", Role.ENGINEER),
    PageOf("/cases/{case_id}/fee", Role.ENGINEER),
    PageOf("/cases/{case_id}/report", Role.ENGINEER),
    PageOf("/zones/{zone}/plots/{number:path}", Role.ENGINEER),
    PageOf("/bills/{reference}", Role.ENGINEER),
    PageOf("/extracts", Role.ENGINEER),
    PageOf("/extracts/new", Role.ENGINEER),
    PageOf("/extracts/{order_id}", Role.REGISTRAR),
    PageOf("/property", Role.OWNER),
    PageOf("/property/{sheet_id}", Role.OWNER),
)
DESKS = (
    PageOf("/desk", Role.REVIEWER),
    PageOf("/desk/case", Role.REVIEWER, "?id={case_id}"),
    PageOf("/desk/sheet", Role.REGISTRAR),
    PageOf("/desk/register", Role.REGISTRAR),
    PageOf("/desk/register", Role.REGISTRAR, "?sheet={sheet_id}"),
    PageOf("/desk/occupancies", Role.REVIEWER),
    PageOf("/desk/occupancy", Role.REVIEWER, "?id={occupancy_id}"),
    PageOf("/desk/assets", Role.REGISTRAR),
    PageOf("/desk/asset", Role.REGISTRAR, "?id={asset}"),
    PageOf("/desk/cash", Role.CASHIER),
    PageOf("/desk/accounts", Role.ACCOUNTANT),
    PageOf("/desk/land", Role.ADMIN),
    PageOf("/desk/guide", Role.ADMIN),
    PageOf("/desk/planner", Role.PLANNER, "?zone={zone}&plot={plot}"),
    PageOf("/desk/audit", Role.SYNDICATE),
    PageOf("/desk/audit", Role.SYNDICATE, "?id={case_id}"),
    PageOf("/desk/governor", Role.GOVERNOR),
    PageOf("/desk/admin", Role.ADMIN),
)
NO_PAGES = {
    "/": "leads on to one's own first page",
    "/session": "asked by a script",
    "/guides/{name}.xlsx": "a file to take along",
    "/samples/{file}": "a file to take along",
    "/map/{zone}": "a file for the map",
    "/land/imports/{import_id}/map": "a file for the map",
    "/assets.geojson": "a file for programs",
    "/council/evidence/{evidence_id}": "a document",
    "/zones/{zone}/city.json": "a file for programs",
    "/notices/{zone}.geojson": "a file for programs",
    "/open/figures.csv": "a file to take along",
    "/open/permits.csv": "a file to take along",
    "/open/permits.geojson": "a file for programs",
    "/cases/{case_id}/review": "a part of the page of a case",
    "/prechecks/{precheck_id}/review": "a part of the page of a pre-check",
    "/cases/new/facts": "a part of the page of a new case",
    "/messages/unread": "a part of every page's head",
    "/cases/{case_id}/model.glb": "a file for the viewer",
    "/cases/{case_id}/around.glb": "a file for the viewer",
    "/cases/{case_id}/model.json": "a file for the viewer",
    "/prechecks/{precheck_id}/report": "the page of a case's report",
    "/prechecks/{precheck_id}/report.json": "a file for programs",
    "/prechecks/{precheck_id}/report.{form}": "a file to take along",
    "/prechecks/{precheck_id}/case": "the page on which a case is named, walked through in test_engineer",
    "/cases/{case_id}/report.json": "a file for programs",
    "/cases/{case_id}/report.{form}": "a file to take along",
    "/cases/{case_id}/model": "a file to take along",
    "/cases/{case_id}/permit.pdf": "a document",
    "/cases/{case_id}/receipt.pdf": "a document",
    "/receipts/{number}.pdf": "a document",
    "/extracts/{order_id}/extract.pdf": "a document",
    "/verify/worker.js": "a script",
    "/verify/keys.json": "a file to take along",
    "/verify/revocations.cwt": "a file to take along",
    "/livez": "asked by a program",
    "/readyz": "asked by a program",
    "/pay/{token}": "a page of a bill, walked through in test_payer",
    "/pay/attempts/{attempt_id}": "a page of a payment under way, walked through in test_payer",
    "/pay/attempts/{attempt_id}/go": "leads on to the provider, walked through in test_payer",
}
"""GET routes without a page of their own to look at, and why."""


def places(served: Served) -> dict[str, str]:
    """What the told office has for each part of an address; a draft and a pre-check are begun for it."""
    with served.office.context.database.transaction() as session:
        engineer = served.office.actor(session, Role.ENGINEER)
        zone, plot = "FZ-1", "108"
        draft = open_case(session, actor=engineer, office="DM-01", zone=zone, plot=plot, title="بناء لم يُقدَّم بعد")
        keep_draft(session, actor=engineer, zone=zone, plot=plot)
        precheck = open_precheck(session, actor=engineer, zone=zone, plot=plot)
        case = session.scalars(select(Case).where(Case.state == str(State.PERMIT_ISSUED)).order_by(Case.number)).all()[
            -1
        ]
        order = session.scalars(select(ExtractOrder)).first()
        occupancy = session.scalars(select(Occupancy)).first()
        assert order
        assert occupancy
        return {
            "case_id": case.id, "number": case.number, "zone": case.zone, "plot": case.plot,
            "token": permit_of(session, case_id=case.id).token,
            "reference": latest_bill(session, case_id=case.id).reference, "order_id": order.id,
            "draft_id": draft.id, "precheck_id": precheck.id,
            "occupancy_id": occupancy.id, "asset": "H-1001", "code": "building-permit", "sheet_id": _sheet(session),
        }  # fmt: skip


def _sheet(session: Session) -> str:
    plot = session.scalars(select(Plot).where(Plot.zone == OWNED[0], Plot.number == OWNED[1])).one()
    return sheet_of_plot(session, zone=plot.zone, plot=plot.number).id


def address(page: PageOf, found: dict[str, str]) -> str:
    """The page's path in the told office."""
    if page.route == "/zones/{zone}/plots/{number:path}":
        return f"/zones/{found['zone']}/plots/{found['plot']}"
    if page.route == "/cases/{case_id}/title":  # only a draft has this page
        return f"/cases/{found['draft_id']}/title"
    return (page.route + page.query).format(**found)


def name(page: PageOf) -> str:
    """The page's name for a file."""
    plain = page.route.translate({ord(sign): None for sign in "{}:"}).strip("/").replace("/", "-")
    return f"page-{plain}{'-found' if page.query and page in PORTAL else ''}"
