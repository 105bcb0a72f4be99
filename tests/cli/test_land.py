"""`rukhsa land import` and `versions` on a fresh installation."""

from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.land.test_versions import LAYERS, changed, edited


def test_a_zone_is_imported_and_its_versions_are_told(
    rukhsa: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = edited(tmp_path, changed)
    assert rukhsa("land", "import", str(LAYERS), "--valid-from", "2026-01-01", "--lang", "ar") == 0
    assert rukhsa("land", "import", str(new), "--lang", "ar") == 0
    capsys.readouterr()
    assert rukhsa("land", "versions", "FZ-1", "--lang", "ar") == 0
    zone, first, second = capsys.readouterr().out.splitlines()
    assert zone.startswith("FZ-1")
    assert "2026-01-01" in first
    assert "المعاد ترقيمه" in second


def test_what_is_refused_ends_with_two(rukhsa: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert rukhsa("land", "versions", "nowhere", "--lang", "ar") == 2
    assert "nowhere" in capsys.readouterr().err
    (tmp_path / "a.gpkg").write_bytes(b"x")
    assert rukhsa("land", "import", str(tmp_path / "a.gpkg"), "--lang", "ar") == 2
    assert capsys.readouterr().err
