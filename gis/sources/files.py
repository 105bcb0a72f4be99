"""Files as they come in: told by their first bytes, bounded, and shown to the readers under a neutral name."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from gis.remarks import Code
from gis.sources.layer import Limits, refuse


def checked(path: Path, limits: Limits) -> Path:
    """The path of a regular file of bounded size; refuses else."""
    if not path.is_file():
        raise refuse(Code.FILE_MISSING, path.name)
    size = path.stat().st_size
    if size > limits.bytes:
        raise refuse(Code.TOO_LARGE, path.name, size=size, limit=limits.bytes)
    return path


def head(path: Path, size: int = 512) -> bytes:
    """The first bytes."""
    with path.open("rb") as file:
        return file.read(size)


def parts(path: Path) -> dict[str, Path]:
    """The files of the same stem by lower-case suffix: what comes from Windows is often ".DBF"."""
    stem = path.stem.casefold()
    return {other.suffix.lower(): other for other in sorted(path.parent.iterdir()) if other.stem.casefold() == stem}


@contextmanager
def neutral(files: dict[str, Path]) -> Iterator[Path]:
    """The files as `layer<suffix>` in a folder of their own.

    A reader that gives a meaning to names ("a.zip!b", "/vsicurl/") sees none of them, and no file beside ours.
    """
    with TemporaryDirectory(prefix="layer") as folder:
        for suffix, file in files.items():
            (Path(folder) / f"layer{suffix}").symlink_to(file.resolve())
        yield Path(folder)


def decoded(raw: bytes, stated: str | None = None) -> tuple[str, str, bool]:
    """(text, encoding, guessed): as stated, else UTF-8 where it is that, else Windows-1256, the Arabic one."""
    if stated is not None:
        try:
            return raw.decode(stated), stated, False
        except UnicodeDecodeError as error:
            raise refuse(Code.WRONG_ENCODING, stated) from error
    try:
        return raw.decode("utf-8-sig"), "utf-8", False
    except UnicodeDecodeError:
        return raw.decode("cp1256"), "cp1256", True
