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
    assets,
    biller,
    city,
    files,
    health,
    login,
    plots,
    portal,
    register,
    reports,
    services,
    syndicate,
    verify,
)
from dashboards.app import mount
from permits import jobs
from permits.adapters.storage import open_storage
from permits.db import Database
from permits.jobs import Context
from permits.money.refusals import Tally
from permits.registry import register_jobs
from permits.settings import Settings

ASSETS = Path(__file__).parent / "assets"
ROUTERS = (login, portal, plots, assets, files, reports, syndicate, register, city, services, biller, verify, health)


def open_context(settings: Settings) -> Context:
    """Database, storage, audit key and jobs of one process."""
    register_jobs()
    return Context(Database(settings.database, settings.secret("audit")), open_storage(settings), settings)


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
    errors.install(app)
    for module in ROUTERS:
        app.include_router(module.router)
    app.mount("/assets", StaticFiles(directory=ASSETS))
    mount(app, context)
    return Guard(GZipMiddleware(app, minimum_size=1024), context)
