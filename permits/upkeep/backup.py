"""A copy of the database that is whole at one moment, with a list of the documents that belong to it.

The copy is proved before it is called one: its integrity, its audit chain, and that every document it was made with is
there. That it was made is an act of the chain, from which its age is told. Documents and keys are not copied: they
never change once they are written, and are copied by the means of their disk or bucket.
"""

import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.orm import Session

from permits import audit
from permits.adapters.storage import LocalStorage, hash_file
from permits.audit import AuditEvent
from permits.db import SEAL_KEY, Database, utcnow
from permits.errors import Conflict, Invalid, NotFound
from permits.jobs import Context
from permits.people.actor import SYSTEM, Actor, Role
from permits.upkeep.proof import newest

MANIFEST, DOCUMENTS = "backup.json", "documents.txt"


@dataclass(frozen=True)
class Backup:
    """What was copied: the file's name, size in bytes and hash, the end of its audit chain, how many documents.

    `documents` is None where they lie in a bucket, which is not listed.
    """

    made_at: str
    file: str
    size: int
    sha256: str
    rows: int
    documents: int | None


def make_backup(context: Context, folder: Path) -> Backup:
    """Copy into a new or empty folder; Conflict where something lies there, Invalid where the copy does not hold."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise Conflict("backup-folder-full", folder=str(folder))
    with context.database.reading() as session:
        rows = audit.length(session)
    copy = _copy_sqlite(context, folder) if context.database.embedded else _dump_postgres(context, folder)
    listed = _list_documents(context, folder / DOCUMENTS)
    made = Backup(utcnow().isoformat(), copy.name, copy.stat().st_size, hash_file(copy), rows, listed)
    (folder / MANIFEST).write_text(json.dumps(asdict(made), indent=1), encoding="utf-8")
    check_backup(context, folder)
    with context.database.transaction() as session:
        audit.record(
            session, AuditEvent.BACKUP_MADE, actor=SYSTEM, subject="database", sha256=made.sha256, size=made.size
        )  # fmt: skip
    return made


def check_backup(context: Context, folder: Path) -> Backup:
    """Try a backup as if it were restored; Invalid with what is the matter.

    Of a dump of PostgreSQL only its hash and its list of contents are read: restoring it needs a server.
    """
    try:
        made = Backup(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        raise Invalid("backup-broken", why="manifest") from None
    copy = folder / made.file
    if not copy.is_file() or hash_file(copy) != made.sha256:
        raise Invalid("backup-broken", why="sha256")
    if copy.suffix == ".db":
        _try_sqlite(context, copy, made)
    else:
        _run([_tool("pg_restore"), "--list", str(copy)])
    if made.documents is not None and isinstance(context.storage, LocalStorage):
        missing = [line for line in _listed(folder / DOCUMENTS) if not _there(context.storage, line)]
        if missing:
            raise Invalid("backup-broken", why=f"documents {len(missing)}")
    return made


def last_backup(session: Session, *, actor: Actor) -> datetime | None:
    """When the newest backup was made, None before the first."""
    actor.need(Role.ADMIN)
    row = newest(session, AuditEvent.BACKUP_MADE)
    return audit.moment(row) if row else None


def _copy_sqlite(context: Context, folder: Path) -> Path:
    """SQLite's own online copy: others go on writing."""
    copy = folder / "rukhsa.db"
    source = make_url(context.database.url).database or ""
    with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(copy)) as there:
        here.backup(there)
        there.execute("PRAGMA journal_mode=DELETE")
    return copy


def _dump_postgres(context: Context, folder: Path) -> Path:
    url = make_url(context.database.url)
    plain = url._replace(drivername="postgresql", password=None).render_as_string()  # no process list shows it
    copy = folder / "rukhsa.dump"
    _run([_tool("pg_dump"), "-Fc", "--file", str(copy), plain], PGPASSWORD=url.password or "")
    return copy


def _tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise Invalid("backup-tool-missing", tool=name)
    return found


def _run(command: list[str], **environment: str) -> None:
    done = subprocess.run(  # noqa: S603 - our own command with our own address
        command, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Invalid("backup-broken", why=done.stderr.strip()[-300:])


def _list_documents(context: Context, path: Path) -> int | None:
    """Every kept document, its size and its hash a line, in the order of the hashes."""
    if not isinstance(context.storage, LocalStorage):
        return None
    found = sorted(one for one in context.storage.folder.rglob("*") if one.is_file() and not one.name.startswith("."))
    path.write_text("".join(f"{one.stat().st_size} {one.name}\n" for one in found), encoding="ascii")
    return len(found)


def _listed(path: Path) -> Iterator[tuple[int, str]]:
    for line in path.read_text(encoding="ascii").splitlines():
        size, name = line.split(" ", 1)
        yield int(size), name


def _there(storage: LocalStorage, document: tuple[int, str]) -> bool:
    size, name = document
    try:
        return storage.path(name).stat().st_size == size
    except NotFound:
        return False


def _try_sqlite(context: Context, copy: Path, made: Backup) -> None:
    """Open a copy of the copy, so that the backup itself stays byte for byte as it is."""
    trial = copy.with_name(".trial.db")
    shutil.copy(copy, trial)
    with context.database.reading() as session:
        key: bytes = session.info[SEAL_KEY]
    database = Database(f"sqlite:///{trial}", key)
    try:
        with database.reading() as session:
            sound = session.connection().exec_driver_sql("PRAGMA integrity_check").scalar()
            verdict = audit.verify(session)
        if sound != "ok":
            raise Invalid("backup-broken", why="integrity")
        if verdict.broken or verdict.rows < made.rows:
            raise Invalid("backup-broken", why="audit")
    finally:
        database.close()
        for one in copy.parent.glob(".trial.db*"):
            one.unlink()
