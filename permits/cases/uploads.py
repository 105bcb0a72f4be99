"""Resumable uploads of models.

The bytes on the disk are the truth about how far an upload is: they are flushed after every piece, and
what a cut connection leaves behind is kept. The whole file becomes a model, a review and a job in one
transaction; doing that twice does it once.
"""

import fcntl
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from bim.refusals import RefusedError
from bim.tie_points import read_lines
from permits import audit, jobs
from permits.adapters.storage import Storage, full_or
from permits.audit import AuditEvent
from permits.cases.cases import get_case
from permits.cases.tables import Case, Model, Review, Upload
from permits.cases.workflow import State
from permits.errors import Conflict, Invalid, NotFound, TooLarge
from permits.people.actor import Actor, Role

OPEN_STATES = (State.DRAFT, State.RETURNED)


def suffix_of(name: str) -> str:
    """How the name of a submission ends that is taken out again: of a model, or of an archive."""
    ending = Path(name).suffix.lower()
    return ending if ending in (".ifczip", ".zip") else ".ifc"


def begin_upload(
    session: Session, *, actor: Actor, case_id: str, name: str, length: int, largest: int, ties: str = ""
) -> Upload:
    """Announce a file of `length` bytes for a case that is in the engineer's hands.

    `ties` are surveyed points of the model as people write them; ones that cannot be right are refused here.
    """
    actor.need(Role.ENGINEER)
    case = get_case(session, actor=actor, case_id=case_id)
    if case.state not in OPEN_STATES:
        raise Conflict("wrong-state", state=case.state, action="upload")
    if length > largest:
        raise TooLarge("upload-too-large", length=length, largest=largest)
    if length <= 0 or not name.strip():
        raise Invalid("upload-empty")
    _check_ties(ties)
    row = Upload(case_id=case_id, user_id=actor.id, name=Path(name).name[:200], length=length, ties=ties.strip())
    session.add(row)
    session.flush()
    return row


def _check_ties(ties: str) -> None:
    if not ties.strip():
        return
    from bim.ties import fit  # the geometry, which most uploads do not need

    try:
        fit(read_lines(ties))
    except RefusedError as refused:
        values = {name: str(value) for name, value in refused.values.items()}
        raise Invalid("ties-refused", reason=refused.code, **values) from refused


def get_upload(session: Session, *, actor: Actor, upload_id: str) -> Upload:
    """The upload, if it is this engineer's."""
    row = session.get(Upload, upload_id)
    if row is None or row.user_id != actor.id:
        raise NotFound("upload-unknown")
    return row


def received(folder: Path, upload: Upload) -> int:
    """How many bytes have arrived."""
    if upload.model_id:
        return upload.length
    path = folder / upload.id
    return path.stat().st_size if path.exists() else 0


def append(folder: Path, upload: Upload, *, offset: int, pieces: Iterable[bytes]) -> int:
    """Append bytes at `offset`; returns the new offset. A full disk leaves the file as it was."""
    if upload.model_id and offset == upload.length:  # the answer to the last piece was lost
        return offset
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / upload.id).open("ab") as file:
        _lock(file)
        have = received(folder, upload)
        if offset != have:
            raise Conflict("upload-offset", expected=have, sent=offset)
        try:
            for piece in _no_more_than(pieces, upload.length - have):
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        except (OSError, Invalid) as error:
            os.truncate(file.fileno(), have)
            raise (full_or(error) if isinstance(error, OSError) else error) from error
        return file.tell()


def _lock(file: BinaryIO) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:  # the same upload is arriving on another connection
        raise Conflict("upload-busy") from error


def _no_more_than(pieces: Iterable[bytes], room: int) -> Iterator[bytes]:
    for piece in pieces:
        room -= len(piece)
        if room < 0:
            raise Invalid("upload-longer-than-announced")
        yield piece


def store(folder: Path, upload: Upload, storage: Storage) -> str:
    """Keep the whole file in the store; returns its SHA-256."""
    return storage.keep(folder / upload.id)


def finish_upload(session: Session, *, actor: Actor, upload_id: str, sha256: str) -> Model:
    """Turn a whole upload into the case's newest model, with its review and the job; once."""
    upload = session.scalar(
        select(Upload).where(Upload.id == upload_id).with_for_update().execution_options(populate_existing=True)
    )
    if upload is None:
        raise NotFound("upload-unknown")
    if upload.model_id:
        return session.get_one(Model, upload.model_id)
    case = session.get_one(Case, upload.case_id)
    if case.state not in OPEN_STATES:
        raise Conflict("wrong-state", state=case.state, action="upload")
    model = Model(case_id=case.id, name=upload.name, size=upload.length, sha256=sha256, ties=upload.ties)
    session.add(model)
    session.flush()
    review = Review(model_id=model.id)
    session.add(review)
    session.flush()
    upload.model_id = model.id
    audit.record(
        session, AuditEvent.MODEL_UPLOADED, actor=actor, subject=case.id,
        name=model.name, size=model.size, sha256=sha256, ties=model.ties,
    )  # fmt: skip
    jobs.enqueue(session, "review.run", review.id, review_id=review.id)
    return model


def discard(folder: Path, upload: Upload) -> None:
    """Remove the received bytes of a finished or abandoned upload."""
    (folder / upload.id).unlink(missing_ok=True)
