"""The composition root of the web: one ASGI application from a context."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.concurrency import run_in_threadpool
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp

from api import errors
from api.guard import Guard
from api.routes import (
    account,
    acts,
    assets,
    biller,
    bills,
    cash_desks,
    city,
    confirmations,
    council,
    days,
    extracts,
    files,
    guides,
    health,
    login,
    maps,
    mfep,
    occupancies,
    open_data,
    opening,
    orders,
    owner,
    parties,
    payer,
    plots,
    portal,
    prechecks,
    receipts,
    reports,
    samples,
    scenes,
    services,
    sheets,
    standings,
    street,
    syndicate,
    thread,
    verify,
)
from dashboards.app import mount
from permits import jobs
from permits.figures.open_data import Publication
from permits.jobs import Context
from permits.money.refusals import Tally

ASSETS = Path(__file__).parent / "assets"
ROUTERS = (
    login, account, opening, portal, prechecks, thread, owner, receipts, plots, assets, council, files, reports, scenes,
    samples, syndicate, standings, bills, sheets, acts, parties, extracts, orders, days, occupancies, city, services,
    biller, mfep, confirmations, payer, verify, street, open_data, guides, maps,
    cash_desks, health,
)  # fmt: skip
DESK_ROUTERS = (login, health)
"""What the process of the desks answers besides them: logins, and a proxy that asks for health."""


def create_app(context: Context, *, work: bool = True) -> ASGIApp:
    """Portal, API and desks behind one guard; with `work` this process also runs jobs."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        stopping = await run_in_threadpool(jobs.start, context) if work else None
        yield
        if stopping:
            await run_in_threadpool(jobs.stop, stopping)

    app = FastAPI(title="Rukhsa", version="1", lifespan=lifespan, docs_url=None, redoc_url=None)
    app.state.context = context
    app.state.refusals = Tally()
    app.state.open_data = Publication()
    errors.install(app)
    serves = context.settings.serves
    for module in DESK_ROUTERS if serves == "desks" else ROUTERS:
        app.include_router(module.router)
    app.mount("/assets", StaticFiles(directory=ASSETS))
    if serves != "portal":
        mount(app, context)
    return Guard(GZipMiddleware(app, minimum_size=1024), context)
