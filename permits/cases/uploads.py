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

from bim.archive import is_zip_head
from bim.refusals import RefusedError
from bim.step import HEAD, format_of
from bim.tie_points import read_lines
from permits.adapters.storage import Storage, full_or
from permits.cases.cases import get_case
from permits.cases.handing import Holder, hand_in, holder_of
from permits.cases.prechecks import get_precheck
from permits.cases.tables import Case, Model, Upload
from permits.cases.workflow import State
from permits.errors import Conflict, Invalid, NotFound, TooLarge
from permits.people.actor import Actor, Role

OPEN_STATES = (State.DRAFT, State.RETURNED)


def suffix_of(name: str) -> str:
    """How the name of a submission ends that is taken out again: of a model, or of an archive."""
    ending = Path(name).suffix.lower()
    return ending if ending in (".ifczip", ".zip") else ".ifc"


def begin_upload(
    session: Session, *, actor: Actor, case_id: str = "", precheck_id: str = "", name: str, length: int, largest: int,
    ties: str = "",
) -> Upload:  # fmt: skip
    """Announce a file of `length` bytes for a case that is in the engineer's hands, or for a pre-check.

    `ties` are surveyed points of the model as people write them; ones that cannot be right are refused here.
    """
    actor.need(Role.ENGINEER)
    if precheck_id:
        holder: Holder = get_precheck(session, actor=actor, precheck_id=precheck_id)
    else:
        holder = get_case(session, actor=actor, case_id=case_id)
    _need_open(holder)
    if length > largest:
        raise TooLarge("upload-too-large", length=length, largest=largest)
    if length <= 0 or not name.strip():
        raise Invalid("upload-empty")
    _check_ties(ties)
    row = Upload(user_id=actor.id, name=Path(name).name[:200], length=length, ties=ties.strip())
    row.case_id, row.precheck_id = (holder.id, None) if isinstance(holder, Case) else (None, holder.id)
    session.add(row)
    session.flush()
    return row


def _need_open(holder: Holder) -> None:
    if isinstance(holder, Case) and holder.state not in OPEN_STATES:
        raise Conflict("wrong-state", state=holder.state, action="upload")


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
    holder = holder_of(session, upload)
    _need_open(holder)
    model = hand_in(
        session, actor=actor, holder=holder, name=upload.name, size=upload.length, sha256=sha256, ties=upload.ties
    )
    upload.model_id = model.id
    return model


def check_beginning(folder: Path, upload: Upload, *, offset: int) -> None:
    """Invalid where what has arrived can be no model: better said now than after the last byte.

    Nothing is said before enough has arrived to know; `offset` is where the last piece began.
    """
    if upload.model_id or offset >= HEAD:
        return
    with (folder / upload.id).open("rb") as file:
        head = file.read(HEAD)
    if len(head) < HEAD:  # so little is judged at once, and told by its review
        return
    if not is_zip_head(head) and (code := format_of(head)):
        discard(folder, upload)
        raise Invalid("upload-no-model", reason=code)


def last_upload(session: Session, *, actor: Actor, holder: Holder) -> Upload | None:
    """The upload that this engineer began last."""
    column = Upload.case_id if isinstance(holder, Case) else Upload.precheck_id
    query = select(Upload).where(column == holder.id, Upload.user_id == actor.id).order_by(Upload.id.desc())
    return session.scalar(query.limit(1))


def was_same(session: Session, upload: Upload) -> bool:
    """Whether a finished upload brought the model that was there before it."""
    return upload.model_id is not None and session.get_one(Model, upload.model_id).id < upload.id


def discard(folder: Path, upload: Upload) -> None:
    """Remove the received bytes of a finished or abandoned upload."""
    (folder / upload.id).unlink(missing_ok=True)
