"""Labels, choices and notices of the desks in the reader's digits; codes, dates and references as they are."""

import html
from collections.abc import Iterator
from pathlib import Path

import panel as pn
import pytest

from dashboards.words import in_words, plain, shown_money, translator
from permits.digits import READER, Digits

DASHBOARDS = Path(__file__).parents[2] / "dashboards"


@pytest.fixture(params=list(Digits))
def reader(request: pytest.FixtureRequest) -> Iterator[Digits]:
    token = READER.set(request.param)
    yield request.param
    READER.reset(token)


def test_numbers_follow_the_reader_and_codes_do_not(reader: Digits) -> None:
    written = "المقسم 103، 5.250 م · ١٢ يوماً · DM-01-2026-000001 · 2026-11-30 · 7/2026"
    assert (
        in_words(written)
        == {
            Digits.AS_WRITTEN: written,
            Digits.ARABIC: "المقسم ١٠٣، ٥.٢٥٠ م · ١٢ يوماً · DM-01-2026-000001 · 2026-11-30 · 7/2026",
            Digits.LATIN: "المقسم 103، 5.250 م · 12 يوماً · DM-01-2026-000001 · 2026-11-30 · 7/2026",
        }[reader]
    )


def test_amounts_and_texts_follow_the_reader(reader: Digits) -> None:
    latin = reader is Digits.LATIN
    assert ("1,234.50" if latin else "١٬٢٣٤٫٥٠") in shown_money(123_450, "ar")
    asked = translator("ar")("file-large", most=15)
    assert ("١٥" if reader is Digits.ARABIC else "15") in asked


@pytest.mark.parametrize("text", ["_a-b_", "كلمة السر __x__", "a*b*c [d](e) `f`", "<b>اسم</b> &lt;", "c:\\_x"])
def test_a_notice_shows_what_was_said(text: str) -> None:
    notice = pn.pane.Alert(plain(text))
    assert (
        html.unescape(notice._transform_object(notice.object)["object"]).strip()
        == f"<p>{html.escape(text, quote=False)}</p>"
    )


def test_no_desk_takes_its_words_elsewhere() -> None:
    """A label that did not pass through `words` would keep its digits."""
    for folder in ("components", "pages"):
        for path in (DASHBOARDS / folder).glob("*.py"):
            lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("from permits.")]
            assert not [line for line in lines if "translator" in line or "shown_money" in line], path.name
