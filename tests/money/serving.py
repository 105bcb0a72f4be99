"""The biller on a real socket, so that the tests speak HTTP as a provider does."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from api import errors
from api.routes import biller, confirmations, mfep, payer, verify
from permits.jobs import Context
from permits.money.refusals import Tally


def biller_app(context: Context) -> FastAPI:
    """The routes of money alone."""
    app = FastAPI()
    app.state.context = context
    app.state.refusals = Tally()
    errors.install(app)
    app.include_router(biller.router)
    app.include_router(mfep.router)
    app.include_router(payer.router)
    app.include_router(confirmations.router)
    app.include_router(verify.router)
    return app


@contextmanager
def serving(app: FastAPI, port: int = 0) -> Iterator[str]:
    """The address of `app` on a port of loopback, a free one unless named, until the block ends."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)
