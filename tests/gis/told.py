"""Every remark that a test meets must have its words in both languages, with every value in place."""

import re

import pytest

from gis.quality.defects import Defect
from gis.remarks import Code, LayerRefused, Remark
from gis.versions import Change
from permits.i18n import LANGUAGES, translate


def words(remark: Remark) -> dict[str, str]:
    """The remark in both languages; LookupError where a text or a value of it is missing."""
    key = f"land-{remark.code.replace('_', '-')}"
    return {language: translate(language, key, **remark.said) for language in LANGUAGES}


def defect_words(defect: Defect) -> dict[str, str]:
    """The defect in both languages."""
    key = f"land-defect-{defect.kind.replace('_', '-')}"
    return {language: translate(language, key, **defect.said) for language in LANGUAGES}


def change_words(change: Change) -> dict[str, str]:
    """The change in both languages."""
    return {language: translate(language, f"land-change-{change.kind}", **change.said) for language in LANGUAGES}


def codes(refused: pytest.ExceptionInfo[LayerRefused]) -> list[Code]:
    """The codes of what was refused, in order, each with words."""
    for fault in refused.value.faults:
        assert re.search(r"[\u0621-\u064a]", words(fault)["ar"])
    return [fault.code for fault in refused.value.faults]
