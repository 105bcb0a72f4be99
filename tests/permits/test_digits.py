"""Digits as the reader prefers: the text of a page is turned, its markup and codes are not."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits.digits import Digits, in_digits


@pytest.mark.parametrize(
    ("html", "arab", "latn"),
    [
        ("<p>5 طوابق</p>", "<p>٥ طوابق</p>", "<p>5 طوابق</p>"),
        ("<b>١٬٢٣٤٫٥٠</b>", "<b>١٬٢٣٤٫٥٠</b>", "<b>1,234.50</b>"),
        ('<td class="n1">3</td>', '<td class="n1">٣</td>', '<td class="n1">3</td>'),
        ("&#39;7&#39;", "&#39;٧&#39;", "&#39;7&#39;"),
        ('<bdi class="ltr">DM-01</bdi> 2', '<bdi class="ltr">DM-01</bdi> ٢', '<bdi class="ltr">DM-01</bdi> 2'),
        ('<div class="a ltr"><div>1</div>2</div>3', '<div class="a ltr"><div>1</div>2</div>٣',
         '<div class="a ltr"><div>1</div>2</div>3'),
        ("<script>x=1</script>1", "<script>x=1</script>١", "<script>x=1</script>1"),
        ('<input value="1" class="ltr">1', '<input value="1" class="ltr">١', '<input value="1" class="ltr">1'),
        ("<!-- 1 --><br/>1", "<!-- 1 --><br/>١", "<!-- 1 --><br/>1"),
        ("<option>1</option><textarea>٢</textarea>", "<option>1</option><textarea>٢</textarea>",
         "<option>1</option><textarea>٢</textarea>"),
        ('<a title="a > b 1">1</a>', '<a title="a > b 1">١</a>', '<a title="a > b 1">1</a>'),
    ],
)  # fmt: skip
def test_only_what_is_read_is_turned(html: str, arab: str, latn: str) -> None:
    assert in_digits(html, Digits.ARABIC) == arab
    assert in_digits(html, Digits.LATIN) == latn
    assert in_digits(html, Digits.AS_WRITTEN) == html


@given(st.text("<>&#;/ab\"'= 019٣class.ltr-!"))
def test_nothing_is_lost_whatever_the_page(html: str) -> None:
    def bare(text: str) -> str:
        return re.sub("[0-9٠-٩]", "#", text).replace("٫", ".").replace("٬", ",")

    for digits in (Digits.ARABIC, Digits.LATIN):
        assert bare(in_digits(html, digits)) == bare(html)
        assert in_digits(in_digits(html, digits), digits) == in_digits(html, digits)
