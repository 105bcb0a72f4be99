"""Where documents lie: content-addressed by SHA-256, on a local disk or in an S3 bucket.

A document is either wholly there or not at all, and never changes: its name is its hash.
"""

import errno
import hashlib
import os
import shutil
import tempfile
import uuid
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from permits.errors import NotFound, StorageFull
from permits.settings import Settings

_CHUNK = 1 << 20


class Storage(Protocol):
    """What a document store can do."""

    def keep(self, path: Path) -> str:
        """Keep a file; returns its SHA-256."""
        ...

    def keep_bytes(self, content: bytes) -> str:
        """Keep some bytes; returns their SHA-256."""
        ...

    def read(self, sha256: str) -> bytes:
        """The document, or NotFound."""
        ...

    def path(self, sha256: str) -> Path:
        """A local path of the document to read from, or NotFound; never to be written to."""
        ...

    def discard(self, sha256: str, *, before: datetime) -> bool:
        """Remove a document that nothing holds, unless it was kept, or kept again, after `before`; whether it went.

        Whoever keeps a document that is there already makes it new, so that none is removed from under him.
        """
        ...


def hash_file(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class LocalStorage:
    """Documents in a folder: written beside, flushed to the disk, then renamed into place."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _place(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256

    def keep(self, path: Path) -> str:
        """Keep a file."""
        sha256 = hash_file(path)
        place = self._place(sha256)
        try:
            os.utime(place)
        except FileNotFoundError:
            self._write(place, path)
        return sha256

    def keep_bytes(self, content: bytes) -> str:
        """Keep some bytes."""
        with tempfile.NamedTemporaryFile() as file:
            file.write(content)
            file.flush()
            return self.keep(Path(file.name))

    def read(self, sha256: str) -> bytes:
        """The document."""
        return self.path(sha256).read_bytes()

    def path(self, sha256: str) -> Path:
        """Where it lies."""
        place = self._place(sha256)
        if not place.is_file():
            raise NotFound("document-unknown", sha256=sha256)
        return place

    def discard(self, sha256: str, *, before: datetime) -> bool:
        """Remove it."""
        place = self._place(sha256)
        if not place.is_file() or place.stat().st_mtime >= before.timestamp():
            return False
        place.unlink()
        sync_folder(place.parent)
        return True

    def _write(self, place: Path, source: Path) -> None:
        place.parent.mkdir(parents=True, exist_ok=True)
        draft = place.with_name(f".{place.name}.{uuid.uuid4().hex}")  # others may keep the same document just now
        try:
            with source.open("rb") as reader, draft.open("wb") as writer:
                shutil.copyfileobj(reader, writer, _CHUNK)
                writer.flush()
                os.fsync(writer.fileno())
            draft.rename(place)
            for folder in (place.parent, self.folder):  # the document in its folder, and that folder in ours
                sync_folder(folder)
        except OSError as error:
            with suppress(FileNotFoundError):
                draft.unlink()
            raise full_or(error) from error


class S3Storage:
    """Documents in an S3 bucket, with a local cache for programs that need a path."""

    def __init__(self, bucket: str, endpoint: str, cache: Path) -> None:
        import boto3  # a slow import that only S3 installations pay for

        self.bucket = bucket
        self.client: Any = boto3.client("s3", endpoint_url=endpoint or None)
        self.cache = LocalStorage(cache)

    def keep(self, path: Path) -> str:
        """Keep a file."""
        sha256 = hash_file(path)
        self.client.upload_file(str(path), self.bucket, sha256)
        return sha256

    def keep_bytes(self, content: bytes) -> str:
        """Keep some bytes."""
        sha256 = hashlib.sha256(content).hexdigest()
        self.client.put_object(Bucket=self.bucket, Key=sha256, Body=content)
        return sha256

    def read(self, sha256: str) -> bytes:
        """The document."""
        return self.path(sha256).read_bytes()

    def path(self, sha256: str) -> Path:
        """A verified copy in the cache."""
        from botocore.exceptions import ClientError

        with suppress(NotFound):
            return self.cache.path(sha256)
        with tempfile.NamedTemporaryFile() as file:
            try:
                self.client.download_fileobj(self.bucket, sha256, file)
            except ClientError as error:
                if error.response["Error"]["Code"] in ("404", "NoSuchKey"):
                    raise NotFound("document-unknown", sha256=sha256) from error
                raise
            file.flush()
            return self.cache.path(self.cache.keep(Path(file.name)))

    def discard(self, sha256: str, *, before: datetime) -> bool:
        """Remove it from the bucket and from the cache."""
        from botocore.exceptions import ClientError

        try:
            kept = self.client.head_object(Bucket=self.bucket, Key=sha256)["LastModified"]
        except ClientError as error:
            if error.response["Error"]["Code"] in ("404", "NoSuchKey"):
                return False
            raise
        if kept >= before:
            return False
        self.client.delete_object(Bucket=self.bucket, Key=sha256)
        self.cache.discard(sha256, before=datetime.now(UTC) + timedelta(days=1))  # a copy, however lately it was read
        return True


def sync_folder(folder: Path) -> None:
    """Flush a folder's entries, so that a rename outlives a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def full_or(error: OSError) -> Exception:
    """StorageFull for a full disk, the error itself otherwise."""
    return StorageFull("storage-full") if error.errno in (errno.ENOSPC, errno.EDQUOT) else error


def open_storage(settings: Settings) -> Storage:
    """The store that the settings name."""
    if settings.storage == "s3":
        return S3Storage(settings.s3_bucket, settings.s3_endpoint, settings.data_dir / "cache")
    return LocalStorage(settings.data_dir / "objects")
