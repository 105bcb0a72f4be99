"""Packs are strict, dated and complete in both languages."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from bim.guide.checks import CHECKS
from bim.guide.pack import guide_in_force
from bim.packs import CODES, PackError, code_in_force, read_code
from gis.site import SheetStatus

DAY = date(2026, 6, 1)


def changed(tmp_path: Path, name: str = "pack.yaml", **values: object) -> Path:
    data = yaml.safe_load((CODES / "demo-2026.yaml").read_text(encoding="utf-8"))
    data |= values
    path = tmp_path / name
    path.write_text(yaml.safe_dump({k: v for k, v in data.items() if v != "drop"}), encoding="utf-8")
    return path


def test_the_demonstration_code_says_that_it_is_fictitious() -> None:
    pack = code_in_force(DAY)
    assert pack.status is SheetStatus.FICTITIOUS
    assert "ictitious" in pack.source
    assert len(pack.sha256) == 64


@pytest.mark.parametrize("values", [{"colour": "red"}, {"status": "drop"}, {"status": "sure"}, {"valid_from": "soon"}])
def test_a_pack_with_a_wrong_key_or_value_is_an_error(tmp_path: Path, values: dict[str, object]) -> None:
    with pytest.raises(PackError):
        read_code(changed(tmp_path, **values))


def test_an_unknown_key_of_an_entry_is_an_error(tmp_path: Path) -> None:
    entries = yaml.safe_load((CODES / "demo-2026.yaml").read_text(encoding="utf-8"))["entries"]
    entries["STR-01"]["limit"] = 1
    with pytest.raises(PackError, match="STR-01"):
        read_code(changed(tmp_path, entries=entries))


def test_the_pack_in_force_on_the_day_judges(tmp_path: Path) -> None:
    changed(tmp_path, "old.yaml", id="old", valid_from=date(2020, 1, 1), valid_to=date(2026, 6, 1))
    changed(tmp_path, "new.yaml", id="new", valid_from=date(2026, 6, 1))
    assert code_in_force(date(2026, 5, 31), tmp_path).id == "old"
    assert code_in_force(date(2026, 6, 1), tmp_path).id == "new"
    with pytest.raises(PackError, match="2019"):
        code_in_force(date(2019, 1, 1), tmp_path)


def test_an_unknown_guide_is_an_error() -> None:
    with pytest.raises(PackError, match="nowhere"):
        guide_in_force(DAY, "nowhere")


def test_the_guide_has_its_clauses_and_each_its_check() -> None:
    guide = guide_in_force(DAY)
    assert {entry.check for entry in guide.entries.values() if entry.check} == set(CHECKS)
    assert guide.status is SheetStatus.PROVISIONAL


@pytest.mark.parametrize("pack", [code_in_force(DAY), guide_in_force(DAY)], ids=lambda pack: pack.id)
def test_titles_and_texts_are_there_in_both_languages(pack: object) -> None:
    for entry in pack.entries.values():  # type: ignore[attr-defined]  # either kind of pack
        for language in ("ar", "en"):
            assert entry.title[language]
            assert entry.text[language]
        assert any("\u0600" <= char <= "\u06ff" for char in entry.title["ar"])
