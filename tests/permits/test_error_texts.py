"""What an error names by a code is told by its name."""

import pytest

from permits.errors import Conflict, Invalid
from permits.i18n import error_text

MARKS = dict.fromkeys((0x2068, 0x2069))


@pytest.mark.parametrize(
    ("error", "arabic", "english"),
    [
        (Conflict("signal-blocks", annotation="attachment", detail="12"), "حجز: 12", "Attachment: 12"),
        (Invalid("act-unknown", act="sale"), "بيع", "Sale"),
        (Conflict("sheet-not-open", state="closed"), "مغلقة", "closed"),
        (Conflict("bill-not-live", reference="1", state="expired"), "منتهية", "Expired"),
        (Conflict("extract-wrong-state", state="ordered"), "مقدَّم", "Ordered"),
        (Conflict("wrong-state", state="in_review"), "قيد التدقيق", "in review"),
    ],
)
def test_codes_in_errors_are_named(error: Conflict | Invalid, arabic: str, english: str) -> None:
    assert arabic in error_text(error, "ar").translate(MARKS)
    assert english in error_text(error, "en").translate(MARKS)


def test_a_code_without_a_text_is_shown_as_it_is() -> None:
    assert "no-such-act" in error_text(Invalid("act-unknown", act="no-such-act"), "en")
    assert error_text(Invalid("no_such_error"), "ar") == "no_such_error"
