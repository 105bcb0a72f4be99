"""Settings of one installation, read from the environment (prefix RUKHSA_) once, at the edge."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Literal

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What an office sets; docs/settings.md is generated from these fields."""

    model_config = SettingsConfigDict(env_prefix="RUKHSA_", extra="ignore")

    data_dir: Path = Path("var")
    """Folder of keys, uploads in progress and, with local storage, all documents."""

    database_url: str = ""
    """SQLAlchemy address: empty for SQLite in the data folder, or postgresql+psycopg://user:password@host/name."""

    storage: Literal["local", "s3"] = "local"
    """Where models, reports and permits are kept."""

    s3_endpoint: str = ""
    """Address of the S3 service; the access keys come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."""

    s3_bucket: str = "rukhsa"
    """Bucket that holds the documents when storage is s3."""

    base_url: str = "http://127.0.0.1:8000"
    """Public address of this installation, printed on permits beside the offline token."""

    guides_dir: Path | None = None
    """Folder of the municipality's own modelling guides (YAML); they stand beside the shipped one."""

    channels_file: Path | None = None
    """The office's own list of payment channels (YAML); the shipped one is fictitious."""

    serves: Literal["all", "portal", "desks"] = "all"
    """What `rukhsa serve` serves: all in one process, or portal and API in one and the desks in another at one host."""

    governorate: str = "01"
    """Two digits that open every bill reference of this governorate."""

    office: str = "DM-01"
    """Code of the office whose receipts and permits are numbered here."""

    national_register: str = ""
    """The national register that entries are announced to: an address (http, https) or a folder; empty for none."""

    national_start: int = 1
    """First entry of the journal that is announced; kept from the first run on, whatever is set later."""

    open_data_least: int = 5
    """In the open data, a count below this is told as "fewer than" it, so that nobody is found out."""

    session_minutes: int = 60
    """A login ends after this many minutes without a request."""

    upload_max_bytes: int = 500_000_000
    """Largest model accepted."""

    upload_days: int = 7
    """An upload that is not finished after this many days is removed with its bytes."""

    precheck_days: int = 30
    """A pre-check is removed after this many days, with its files where nothing else holds them."""

    review_memory_mb: int = 4000
    """Memory limit of one review's child process, in MB."""

    review_cpu_seconds: int = 900
    """Processor time limit of one review, in seconds."""

    review_wall_seconds: int = 900
    """Wall-clock limit of one review, in seconds."""

    worker_id: str = "worker-1"
    """Fixed name of this worker; a restarted worker of the same name resumes its own jobs."""

    worker_dead_seconds: float = 60.0
    """A worker without a heartbeat for this long is taken for dead, and its jobs are handed to the others."""

    secure_cookies: bool = False
    """True behind HTTPS: the session cookie is then never sent in the clear."""

    @property
    def database(self) -> str:
        """The SQLAlchemy address in force."""
        return self.database_url or f"sqlite:///{self.data_dir.resolve() / 'rukhsa.db'}"

    def secret(self, name: str) -> bytes:
        """A 32-byte secret of this installation, made on first use and kept in `data_dir/keys`."""
        path = self.data_dir / "keys" / f"{name}.secret"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            keep_once(path, secrets.token_bytes(32))
        return path.read_bytes()


def keep_once(path: Path, content: bytes) -> None:
    """Write `content` to `path` whole and durable unless the file is there; two processes agree on one content."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):  # another process was first: its content stands
        os.link(draft, path)
    draft.unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)  # so that the name outlives a power cut too
    os.close(folder)
