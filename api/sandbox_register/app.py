"""The sandbox's web: announcements with faults on demand, what it holds of a parcel, and its books for tests."""

import asyncio
import hashlib
import os
import signal
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict
from enum import StrEnum
from typing import Any

from cwt.cose_key_interface import COSEKeyInterface
from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

from api.sandbox_register.reading import Entry, Refused, read
from api.sandbox_register.store import Store

FAULT_HEADER = "X-Fault"
_STATUS = {"taken": 200, "taken-before": 200, "out-of-order": 409, "differs": 409, "refused": 422}
_NEWER = hashlib.sha256(b"of another office").hexdigest()


class Fault(StrEnum):
    """What can go wrong with an announcement, by header or by the plan.

    slow: taken, answered late. down: 503. cut: taken, then the line breaks. killed: taken, then this process dies.
    twice: taken twice by the line. out-of-order: its last entry of the sheet is lost first. refuses: refused.
    newer: it holds a newer state of the sheet. garbled: taken, answered with what is no answer.
    """

    NONE = ""
    SLOW = "slow"
    DOWN = "down"
    CUT = "cut"
    KILLED = "killed"
    TWICE = "twice"
    OUT_OF_ORDER = "out-of-order"
    REFUSES = "refuses"
    NEWER = "newer"
    GARBLED = "garbled"


def create_register(
    store: Store, offices: Mapping[str, Mapping[str, COSEKeyInterface]], *, slow: float = 30.0
) -> FastAPI:  # fmt: skip
    """The register as an application; `slow` is in seconds."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        store.close()

    app = FastAPI(title="Sandbox register", lifespan=lifespan, docs_url=None, redoc_url=None)

    @app.post("/announcements")
    async def announce(request: Request) -> Response:
        """Take an entry."""
        fault = Fault(request.headers.get(FAULT_HEADER) or store.next_fault())
        if fault is Fault.DOWN:
            raise HTTPException(503, "down")
        try:
            entry = read(await request.body(), offices)
        except Refused as refused:
            return _answer({"outcome": "refused", "code": refused.code})
        answer = _answered(store, entry, fault)
        if fault is Fault.SLOW:
            await asyncio.sleep(slow)
        if fault is Fault.KILLED:
            os.kill(os.getpid(), signal.SIGKILL)
        if fault is Fault.CUT:
            return StreamingResponse(_broken(), headers={"Content-Length": "1000"})
        return Response(b"<html>", 200) if fault is Fault.GARBLED else _answer(answer)

    _add_calls(app, store)
    return app


def _answered(store: Store, entry: Entry, fault: Fault) -> dict[str, Any]:
    if fault is Fault.REFUSES:
        return {"outcome": "refused", "code": "sheet-unknown"}
    if fault is Fault.NEWER:
        return {"outcome": "differs", "state": _NEWER}
    if fault is Fault.OUT_OF_ORDER:
        store.lose(entry.sheet)
    if fault is Fault.TWICE:
        store.take(entry)
    return store.take(entry)


async def _broken() -> AsyncIterator[bytes]:
    yield b'{"outcome": '
    raise ConnectionError("cut by fault")


def _answer(answer: Mapping[str, Any]) -> JSONResponse:
    return JSONResponse(dict(answer), _STATUS[answer["outcome"]])


def _add_calls(app: FastAPI, store: Store) -> None:
    @app.get("/sheets")
    def sheets(zone: str, parcel: str) -> list[dict[str, Any]]:
        """The entries of a parcel's sheets."""
        found = store.holds(zone, parcel)
        if not found:
            raise HTTPException(404, "parcel-unknown")
        return [asdict(entry) for entry in found]

    @app.get("/entries")
    def entries() -> list[dict[str, Any]]:
        """The books, for assertions."""
        return [asdict(entry) for entry in store.all()]

    @app.post("/faults")
    def plan(faults: list[Fault]) -> dict[str, int]:
        """The faults of the next announcements, one each."""
        store.plan([str(fault) for fault in faults])
        return {"faults": len(faults)}
