"""The table of desks: path to page."""

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI

from dashboards.mount import mount_pages
from dashboards.pages import case, queue, sheet
from permits.jobs import Context

PAGES: dict[str, Callable[[Context], Any]] = {
    "/desk": queue.build,
    "/desk/case": case.build,
    "/desk/sheet": sheet.build,
}


def mount(app: FastAPI, context: Context) -> None:
    """Serve every desk from `app`."""
    mount_pages(app, {path: _page(build, context) for path, build in PAGES.items()}, context.settings.secret("pages"))


def _page(build: Callable[[Context], Any], context: Context) -> Callable[[], Any]:
    """A plain function, because Panel shows any other callable as an object."""

    def page() -> Any:
        return build(context)

    return page
