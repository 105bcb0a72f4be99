"""The command line over a fresh database."""

from collections.abc import Callable

import pytest

from api.cli import main
from permits.jobs import Context
from permits.settings import keep_once
from tests.conftest import AUDIT_KEY

Command = Callable[..., int]


@pytest.fixture
def rukhsa(context: Context, monkeypatch: pytest.MonkeyPatch) -> Command:
    """`rukhsa` with arguments, in this process; its exit code."""
    settings = context.settings
    keys = settings.data_dir / "keys"
    keys.mkdir(parents=True)
    keep_once(keys / "audit.secret", AUDIT_KEY)
    monkeypatch.setenv("RUKHSA_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("RUKHSA_DATABASE_URL", settings.database_url)
    return lambda *arguments: main(arguments)
