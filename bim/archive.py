"""An ifczip is taken out safely: one member, counted while it streams, never by its own name."""

import zipfile
from pathlib import Path

from bim.refusals import RefusedError

MAX_RATIO = 100
_CHUNK = 1 << 20


def is_zip(path: Path) -> bool:
    """Whether the content, not the name, is a zip archive."""
    with path.open("rb") as file:
        return file.read(4) == b"PK\x03\x04"


def unpack(path: Path, target: Path, *, max_bytes: int) -> Path:
    """Write the one model inside `path` to `target`; raise `RefusedError` for anything else."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            if len(members) != 1 or not members[0].filename.lower().endswith(".ifc"):
                raise RefusedError("zip_members", members=len(members))
            _copy(archive, members[0], target, max_bytes)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise RefusedError("zip_broken") from error
    return target


def _copy(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, max_bytes: int) -> None:
    """Stream, since the size a zip declares is only a claim."""
    written = 0
    with archive.open(member) as source, target.open("wb") as file:
        while chunk := source.read(_CHUNK):
            written += len(chunk)
            if written > MAX_RATIO * max(member.compress_size, 1):
                raise RefusedError("zip_ratio", limit=MAX_RATIO)
            if written > max_bytes:
                raise RefusedError("too_large", size=written, limit=max_bytes)
            file.write(chunk)
