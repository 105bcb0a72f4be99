"""The table of desks: path to page."""

import logging
from collections.abc import Callable

from fastapi import FastAPI
from panel.template.base import BaseTemplate

from dashboards.mount import mount_pages
from dashboards.pages import (
    accounts,
    admin,
    asset,
    assets,
    audit,
    case,
    cash,
    governor,
    guide,
    land,
    occupancy,
    planner,
    queue,
    register,
    sheet,
)
from dashboards.shell import refusal
from gis.errors import LandError
from permits.errors import RukhsaError
from permits.i18n import error_text, translate
from permits.jobs import Context

log = logging.getLogger(__name__)

PAGES: dict[str, Callable[[Context], BaseTemplate]] = {
    "/desk": queue.build,
    "/desk/case": case.build,
    "/desk/sheet": sheet.build,
    "/desk/register": register.build,
    "/desk/land": land.build,
    "/desk/planner": planner.build,
    "/desk/guide": guide.build,
    "/desk/occupancies": occupancy.build_queue,
    "/desk/occupancy": occupancy.build,
    "/desk/assets": assets.build,
    "/desk/asset": asset.build,
    "/desk/accounts": accounts.build,
    "/desk/cash": cash.build,
    "/desk/audit": audit.build,
    "/desk/governor": governor.build,
    "/desk/admin": admin.build,
}


def mount(app: FastAPI, context: Context) -> None:
    """Serve every desk from `app`."""
    mount_pages(app, {path: _page(build, context) for path, build in PAGES.items()}, context.settings.secret("pages"))


def _page(build: Callable[[Context], BaseTemplate], context: Context) -> Callable[[], BaseTemplate]:
    """A plain function, because Panel shows any other callable as an object; an error is a page that says so."""

    def page() -> BaseTemplate:
        try:
            return build(context)
        except (RukhsaError, LandError) as error:
            return refusal(error_text(error, "ar"))
        except Exception:
            log.exception("a desk could not be built")
            return refusal(translate("ar", "desk-fault"))

    return page
