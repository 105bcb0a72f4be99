"""An archive is taken out safely: a model, or a drawing and its quantities, counted while it streams, by our names."""

import errno
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bim.refusals import RefusedError

MAX_RATIO = 100
_CHUNK = 1 << 20
_LONGEST_READ = 2 << 20
"""Bytes: a directory that is longer names tens of thousands of members, each of which takes memory."""
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Of the others, some take as much memory to unpack as the archive asks for."""
_DOSSIER = {"drawing": (".dxf",), "quantities": (".yaml", ".yml", ".csv")}
"""The two files of a case without a model, by how their names end."""
_XML = (".ifcxml", ".xml")
BROKEN = (
    zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, struct.error, LookupError,
)  # fmt: skip
"""What a damaged archive raises where it is first read."""


def is_zip(path: Path) -> bool:
    """Whether the content, not the name, is a zip archive."""
    with path.open("rb") as file:
        return is_zip_head(file.read(4))


def is_zip_head(head: bytes) -> bool:
    """Whether content that begins so is a zip archive."""
    return head.startswith(b"PK\x03\x04")


def unpack(path: Path, target: Path, *, max_bytes: int) -> Path:
    """Write the one model inside `path` to `target`; raise `RefusedError` for anything else."""
    with _opened(path) as archive:
        _copy(archive, _model(archive), target, max_bytes)
    return target


def holds_drawing(path: Path) -> bool:
    """Whether there is a drawing inside `path`; of an archive that is broken that is not known, and not said."""
    try:
        with _opened(path) as archive:
            return any(member.filename.lower().endswith(".dxf") for member in archive.infolist())
    except RefusedError:
        return False


def unpack_drawing(path: Path, folder: Path, *, max_bytes: int) -> tuple[Path, Path]:
    """Write the one drawing and the one file of quantities inside `path` to `folder`, under names of ours.

    Raise `RefusedError` for anything else.
    """
    with _opened(path) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        found = {kind: [m for m in members if m.filename.lower().endswith(ends)] for kind, ends in _DOSSIER.items()}
        if len(members) != 2 or any(len(of_kind) != 1 for of_kind in found.values()):
            raise RefusedError("zip_dossier", members=len(members))
        targets = []
        for kind, (member,) in found.items():
            if member.compress_type not in _METHODS:
                raise RefusedError("zip_method", method=member.compress_type)
            suffix = ".csv" if member.filename.lower().endswith(".csv") else _DOSSIER[kind][0]
            targets.append(folder / f"{kind}{suffix}")
            _copy(archive, member, targets[-1], max_bytes)
    return targets[0], targets[1]


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The archive; what is broken of it, then or later, is refused."""
    try:
        with _Careful(path) as file, zipfile.ZipFile(file) as archive:
            yield archive
    except BROKEN as error:
        raise RefusedError("zip_broken") from error
    except OSError as error:
        if error.errno != errno.EINVAL:  # a place that no file has; a full disk is not the archive's fault
            raise
        raise RefusedError("zip_broken") from error


class _Careful(io.FileIO):
    """A file of which nobody reads very much at once, whatever the archive says of the length of its directory."""

    def read(self, size: int | None = -1, /) -> bytes:
        """As of any file."""
        left = self.seek(0, io.SEEK_END) - at if (at := self.tell()) >= 0 else 0
        self.seek(at)
        if min(left, left if size is None or size < 0 else size) > _LONGEST_READ:
            raise RefusedError("zip_directory", limit=_LONGEST_READ)
        return super().read(-1 if size is None else size) or b""


def _model(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """The one member, if it is a model in STEP."""
    members = [member for member in archive.infolist() if not member.is_dir()]
    models = [member for member in members if member.filename.lower().endswith(".ifc")]
    if len(members) == 1 and members[0].filename.lower().endswith(_XML):
        raise RefusedError("ifc_xml")
    if len(members) != 1 or not models:
        raise RefusedError("zip_members", members=len(members), models=len(models))
    if models[0].compress_type not in _METHODS:
        raise RefusedError("zip_method", method=models[0].compress_type)
    return models[0]


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
