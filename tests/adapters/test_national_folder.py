"""The national register by files: envelopes written whole, acknowledgements read each time as what they are."""

import json
from pathlib import Path

import pytest

from permits.adapters.national_folder import NationalFolder
from permits.adapters.national_register import Acknowledgement, Answer, AnswerKind, NationalUnheard
from permits.calendar import today


def acknowledge(folder: Path, name: str, **told: object) -> None:
    path = folder / "in" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(told), encoding="utf-8")


def test_an_envelope_is_a_file_of_its_day_and_another_when_sent_again(tmp_path: Path) -> None:
    national = NationalFolder(tmp_path)
    assert national.announce(b"one") == Answer(AnswerKind.LATER)
    national.announce(b"two")
    national.announce(b"one")
    files = sorted((tmp_path / "out" / today().isoformat()).iterdir())
    assert sorted(path.read_bytes() for path in files) == [b"one", b"one", b"two"]
    assert {path.suffix for path in files} == {".cose"}, "no draft is left"


def test_a_folder_that_cannot_be_written_is_silence(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("no folder", encoding="utf-8")
    with pytest.raises(NationalUnheard):
        NationalFolder(tmp_path).announce(b"one")


def test_acknowledgements_have_a_lasting_name_each(tmp_path: Path) -> None:
    national = NationalFolder(tmp_path)
    assert list(national.acknowledgements()) == []
    acknowledge(tmp_path, "2026-01-02/a.json", sheet="x", entry=1, outcome="taken")
    acknowledge(tmp_path, "2026-01-02/b.json", sheet="x", entry=1, outcome="taken")
    first, second = national.acknowledgements()
    assert (first.sheet, first.entry, first.answer) == ("x", 1, Answer(AnswerKind.TAKEN))
    assert first.source != second.source
    assert list(national.acknowledgements()) == [first, second]


@pytest.mark.parametrize("content", [b"{", b"[]", b"\xff", b'{"outcome": "taken", "sheet": "x"}', b"7"])
def test_an_unreadable_file_is_told_after_the_others(tmp_path: Path, content: bytes) -> None:
    acknowledge(tmp_path, "b.json", sheet="x", entry=1, outcome="taken")
    (tmp_path / "in" / "a.json").write_bytes(content)
    found: list[Acknowledgement] = []
    with pytest.raises(NationalUnheard, match=r"a\.json"):
        found.extend(NationalFolder(tmp_path).acknowledgements())
    assert [one.entry for one in found] == [1]


def test_a_folder_cannot_be_asked(tmp_path: Path) -> None:
    national = NationalFolder(tmp_path)
    assert not national.capabilities.ask
    with pytest.raises(NationalUnheard):
        national.ask("z", "1")
