"""The table of desks: path to page."""

from collections.abc import Callable
from functools import partial
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
    mount_pages(app, {path: partial(build, context) for path, build in PAGES.items()}, context.settings.secret("pages"))
