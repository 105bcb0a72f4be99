"""Mount the Panel pages into the web application, with the holes of the mount closed.

The only module that touches how Panel is served. What bokeh-fastapi 0.1.8 leaves open and is closed
here: sessions that never end after a page is closed (its issue 19), tokens that are not signed, and the
visitor's cookies inside the page's token. Origin and login are checked by `api.guard`.
"""

from collections.abc import Callable
from typing import Any

import panel as pn
from bokeh.settings import settings as bokeh_settings
from bokeh_fastapi.handler import WSHandler
from fastapi import FastAPI
from panel.io.fastapi import add_applications
from panel.template.base import BaseTemplate

from dashboards.shell import DeskDesign

Page = Callable[[], BaseTemplate]


def _forget_closed_pages() -> None:
    receive_loop = WSHandler._receive_loop

    async def closing(self: Any) -> None:
        try:
            await receive_loop(self)
        finally:
            if self.connection is not None:
                self.application.client_lost(self.connection)
                self.connection = None

    if receive_loop.__name__ != closing.__name__:
        WSHandler._receive_loop = closing


def mount_pages(app: FastAPI, pages: dict[str, Page], secret: bytes) -> None:
    """Serve `pages` (path to function) from `app`; tokens are signed with `secret`."""
    _forget_closed_pages()
    bokeh_settings.resources = "server"
    pn.extension(design=DeskDesign)
    add_applications(
        dict(pages), app=app, sign_sessions=True, secret_key=secret.hex(), include_cookies=[],
        exclude_headers=["cookie", "Cookie"],
    )  # fmt: skip
