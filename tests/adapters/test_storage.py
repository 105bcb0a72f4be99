"""One contract for both document stores; S3 is spoken to a server of that protocol on this machine."""

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer

from permits.adapters.storage import LocalStorage, S3Storage, Storage, open_storage
from permits.errors import NotFound
from permits.settings import Settings


@pytest.fixture(scope="module")
def s3_endpoint() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(params=["local", "s3"])
def storage(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, s3_endpoint: str
) -> Storage:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    if request.param == "s3":
        boto3.client("s3", endpoint_url=s3_endpoint).create_bucket(Bucket="rukhsa")
    settings = Settings(data_dir=tmp_path / "var", storage=request.param, s3_endpoint=s3_endpoint)
    return open_storage(settings)


def test_the_settings_choose(storage: Storage, request: pytest.FixtureRequest) -> None:
    assert isinstance(storage, LocalStorage | S3Storage)


def test_what_is_kept_is_read_by_its_hash(storage: Storage, tmp_path: Path) -> None:
    content = "رخصة بناء".encode() * 100_000
    file = tmp_path / "model.ifc"
    file.write_bytes(content)
    sha256 = hashlib.sha256(content).hexdigest()
    assert storage.keep(file) == storage.keep_bytes(content) == storage.keep(file) == sha256
    assert storage.read(sha256) == content
    assert storage.path(sha256).read_bytes() == content


def test_the_same_document_is_kept_by_many_at_once(tmp_path: Path) -> None:
    content, storage = b"a permit typeset by two workers" * 100_000, LocalStorage(tmp_path / "objects")
    with ThreadPoolExecutor(8) as pool:
        kept = set(pool.map(storage.keep_bytes, [content] * 16))
    assert kept == {hashlib.sha256(content).hexdigest()}
    assert [path.read_bytes() for path in storage.folder.rglob("*") if path.is_file()] == [content]


def test_what_is_not_there_is_said(storage: Storage) -> None:
    for call in (storage.read, storage.path):
        with pytest.raises(NotFound):
            call("0" * 64)


def test_a_document_is_discarded_unless_it_was_kept_since(storage: Storage) -> None:
    sha256 = storage.keep_bytes(b"abandoned")
    now = datetime.now(UTC)
    assert not storage.discard(sha256, before=now - timedelta(hours=1))
    assert storage.read(sha256) == b"abandoned"
    assert storage.discard(sha256, before=now + timedelta(hours=1))
    with pytest.raises(NotFound):
        storage.read(sha256)
    assert not storage.discard(sha256, before=now + timedelta(hours=1))


def test_a_document_outlives_the_process(storage: Storage, tmp_path: Path) -> None:
    sha256 = storage.keep_bytes(b"permit")
    if isinstance(storage, S3Storage):
        again: Storage = S3Storage(storage.bucket, storage.client.meta.endpoint_url, tmp_path / "other cache")
    else:
        again = LocalStorage(storage.folder) if isinstance(storage, LocalStorage) else storage
    assert again.read(sha256) == b"permit"
