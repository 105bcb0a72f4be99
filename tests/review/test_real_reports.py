"""Reports of other people's models have every form: BCF as its schemas ask, a page that stands alone, all elements."""

import io
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from bim.bcf import VERSIONS
from bim.findings import Outcome
from permits.documents.render import NoArabicFont, _fonts, font_folder
from permits.review.excel import workbook_of
from permits.review.html import render
from permits.review.kept import clauses_of
from permits.review.pdf import Source, pdf_of
from permits.review.topics import bcf_of
from tests.bcf.oracle import problems
from tests.bim.files import SHARED
from tests.conftest import unavailable
from tests.review.test_page import ASKS_OUTSIDE
from tests.review.test_real_models import MODELS, report

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not MODELS, reason=f"third-party data {SHARED} is absent; set RUKHSA_SHARED"),
]
by_model = pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)


@by_model
def test_bcf(path: Path) -> None:
    found = report(path)
    for version in VERSIONS:
        raw = bcf_of(found, language="ar", clauses=clauses_of(found), version=version)
        assert problems(raw, version) == []


@by_model
def test_the_page(path: Path) -> None:
    found = report(path)
    shown = render(found, language="ar", clauses=clauses_of(found))
    assert ASKS_OUTSIDE.findall(shown) == []
    assert len(shown) < 2_000_000
    assert all(f'id="{f.rule}"' in shown for f in found.of(Outcome.FAIL, Outcome.UNDECIDED))


@by_model
def test_the_workbook(path: Path) -> None:
    found = report(path)
    book = openpyxl.load_workbook(io.BytesIO(workbook_of(found, language="ar", clauses=clauses_of(found))))
    assert book.worksheets[1].max_row == len(found.findings) + 1
    assert book.worksheets[2].max_row == sum(len(f.elements) for f in found.findings) + 1


@by_model
def test_the_summary(path: Path) -> None:
    try:
        _fonts(font_folder())
    except NoArabicFont as error:
        unavailable("fonts", str(error))
    found = report(path)
    raw = pdf_of(found, language="ar", clauses=clauses_of(found), source=Source("0" * 64), fonts=font_folder())
    assert 1 <= len(PdfReader(io.BytesIO(raw)).pages) <= 2


@by_model
def test_pictures_are_few_and_small(path: Path) -> None:
    found = report(path)
    assert len(found.pictures) <= 60
    assert sum(map(len, found.pictures.values())) < 600_000
