"""Everything that can be said about the land has its words, and no words are left without a use."""

import pytest

from api.docs.texts import messages
from gis.quality.defects import DefectKind
from gis.remarks import Code, Faults, LayerRefused, Remark, listed, shortened
from gis.versions import ChangeKind
from permits.i18n import LANGUAGES


def keys() -> set[str]:
    names = [*Code, *(f"defect-{kind}" for kind in DefectKind), *(f"change-{kind}" for kind in ChangeKind)]
    return {f"land-{name.replace('_', '-')}" for name in names}


@pytest.mark.parametrize("language", LANGUAGES)
def test_codes_and_words_are_the_same_list(language: str) -> None:
    assert set(messages(language)["land.ftl"]) == keys()


def test_faults_count_all_and_keep_some() -> None:
    faults = Faults(2)
    faults.refuse()
    faults.add(*[Remark(Code.NUMBER_MISSING, row) for row in (1, 2, 3)])
    faults.add(Remark(Code.NUMBER_MISSING, 4))
    with pytest.raises(LayerRefused) as refused:
        faults.refuse()
    assert [fault.row for fault in refused.value.faults] == [1, 2]
    assert refused.value.values == {"total": 4, "first": "number_missing"}
    assert str(refused.value) == "number_missing row=1; number_missing row=2"


def test_values_are_shown_on_one_short_line() -> None:
    assert shortened("a\nb\u202ec") == "a b c"
    assert shortened("x" * 100) == "x" * 79 + "…"
    assert listed(["a", "b", "c"], 2) == "a, b, …"
