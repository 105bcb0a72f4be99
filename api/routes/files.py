"""Resumable uploads by the tus protocol 1.0.0 (core, creation, termination is not offered).

The offset a client is told is what lies on the disk. The last piece turns the upload into a model; if
the power fails between the two, the next question about the offset finishes the work.
"""

import base64
import binascii
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Annotated

from anyio import from_thread
from fastapi import APIRouter, Header, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from api.deps import ContextDep, ScriptDep, context_of
from permits import audit
from permits.audit import AuditEvent
from permits.cases import uploads
from permits.cases.tables import Upload
from permits.errors import Invalid, RukhsaError, StorageFull
from permits.jobs import Context
from permits.people.actor import Actor

router = APIRouter()
TUS = {"Tus-Resumable": "1.0.0", "Cache-Control": "no-store"}


def _folder(context: Context) -> Path:
    return context.settings.data_dir / "uploads"


def _metadata(header: str) -> dict[str, str]:
    try:
        pairs = [part.strip().partition(" ") for part in header.split(",") if part.strip()]
        return {name: base64.b64decode(value, validate=True).decode() for name, _, value in pairs}
    except (binascii.Error, UnicodeDecodeError) as error:
        raise Invalid("upload-metadata") from error


@router.options("/files")
def options(context: ContextDep) -> Response:
    """What this server offers."""
    largest = str(context.settings.upload_max_bytes)
    offer = {"Tus-Version": "1.0.0", "Tus-Extension": "creation", "Tus-Max-Size": largest}
    return Response(status_code=204, headers={**TUS, **offer})


@router.post("/files")
def create(
    context: ContextDep, live: ScriptDep, upload_length: Annotated[int, Header()],
    upload_metadata: Annotated[str, Header()],
) -> Response:  # fmt: skip
    """Announce a file."""
    facts = _metadata(upload_metadata)
    with context.database.transaction() as session:
        upload = uploads.begin_upload(
            session, actor=live.actor, case_id=facts.get("case", ""), precheck_id=facts.get("precheck", ""),
            name=facts.get("filename", ""), length=upload_length, largest=context.settings.upload_max_bytes,
            ties=facts.get("ties", ""),
        )  # fmt: skip
    return Response(status_code=201, headers={**TUS, "Location": f"/files/{upload.id}", "Upload-Offset": "0"})


@router.head("/files/{upload_id}")
def offset(context: ContextDep, live: ScriptDep, upload_id: str) -> Response:
    """How far the upload is."""
    upload = _own(context, live.actor, upload_id)
    have = uploads.received(_folder(context), upload)
    if have == upload.length:
        _finish(context, live.actor, upload)
    return Response(headers={**TUS, "Upload-Offset": str(have), "Upload-Length": str(upload.length)})


@router.patch("/files/{upload_id}")
async def append(
    request: Request, live: ScriptDep, upload_id: str, upload_offset: Annotated[int, Header()]
) -> Response:
    """Append a piece; what arrived before a cut connection is kept."""
    context = context_of(request)
    have = await run_in_threadpool(_append, context, live.actor, upload_id, upload_offset, _kept(request))
    return Response(status_code=204, headers={**TUS, "Upload-Offset": str(have)})


async def _kept(request: Request) -> AsyncIterator[bytes]:
    try:
        async for piece in request.stream():
            yield piece
    except ClientDisconnect:
        return


async def _next(pieces: AsyncIterator[bytes]) -> bytes:
    return await anext(pieces)


def _blocking(pieces: AsyncIterator[bytes]) -> Iterator[bytes]:
    while True:
        try:
            yield from_thread.run(_next, pieces)
        except StopAsyncIteration:
            return


def _append(context: Context, actor: Actor, upload_id: str, start: int, pieces: AsyncIterator[bytes]) -> int:
    upload = _own(context, actor, upload_id)
    try:
        have = uploads.append(_folder(context), upload, offset=start, pieces=_blocking(pieces))
        uploads.check_beginning(_folder(context), upload, offset=start)
        if have == upload.length:
            _finish(context, actor, upload)
    except (StorageFull, Invalid) as error:
        _keep_refusal(context, actor, upload, error)
        raise
    return have


def _own(context: Context, actor: Actor, upload_id: str) -> Upload:
    with context.database.reading() as session:
        return uploads.get_upload(session, actor=actor, upload_id=upload_id)


def _finish(context: Context, actor: Actor, upload: Upload) -> None:
    folder = _folder(context)
    if not upload.model_id:
        try:
            sha256 = uploads.store(folder, upload, context.storage)
        except FileNotFoundError:
            if _own(context, actor, upload.id).model_id:  # another connection was first, and has cleared it away
                return
            raise
        with context.database.transaction() as session:
            uploads.finish_upload(session, actor=actor, upload_id=upload.id, sha256=sha256)
    uploads.discard(folder, upload)


def _keep_refusal(context: Context, actor: Actor, upload: Upload, error: RukhsaError) -> None:
    with context.database.transaction() as session:
        subject = upload.case_id or upload.precheck_id or ""
        audit.record(session, AuditEvent.UPLOAD_REFUSED, actor=actor, subject=subject, code=error.code)
