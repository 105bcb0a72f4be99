"""The fonts of pages hold every sign that our texts show, and what joins Arabic letters."""

import unicodedata

import pytest
from fontTools.ttLib import TTFont

from api.fonts import NAME, SHOWN, WEIGHTS
from tests.conftest import ROOT

FONTS = ROOT / "api" / "assets" / "fonts"
JOINING = {"init", "medi", "fina", "rlig"}


def texts() -> set[str]:
    """Every sign of every text in both languages but spaces and marks of direction."""
    signs = {sign for file in (ROOT / "permits" / "locale").rglob("*.ftl") for sign in file.read_text("utf-8")}
    return {sign for sign in signs if unicodedata.category(sign) not in ("Cc", "Cf", "Zs")}


@pytest.mark.parametrize("weight", WEIGHTS)
def test_no_sign_of_a_text_is_left_out(weight: str) -> None:
    cut = {script: TTFont(FONTS / NAME.format(script=script, weight=weight)) for script in SHOWN}
    held = {chr(code) for font in cut.values() for code in font.getBestCmap()}
    assert {f"U+{ord(sign):04X}" for sign in texts() - held} == set()
    assert {record.FeatureTag for record in cut["arabic"]["GSUB"].table.FeatureList.FeatureRecord} >= JOINING
