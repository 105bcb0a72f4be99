"""IDS documents, workbooks and packs that want to harm: refused with a code, in little time and memory.

BCF is only written, ifcXML is refused before it is parsed (`test_text`); nothing else of ours reads XML.
"""

import io
import re
import zipfile
from datetime import date

import psutil
import pytest

from bim.guide import workbook
from bim.guide.pack import guide_in_force
from bim.ids.errors import IdsError
from bim.ids.tree import MAX_BYTES, MAX_DEPTH, MAX_ELEMENTS, parse
from bim.packs import PackError, load
from tests.bim.files import ROOT

GUIDE = workbook.export(guide_in_force(date(2026, 6, 1)), str)
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
ELSEWHERE = '<!DOCTYPE x SYSTEM "http://localhost:1/x.dtd">'
PARAMETER = '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/hostname"> %p;]>'


@pytest.mark.parametrize("doctype", [BOMB, OUTSIDE, ELSEWHERE, PARAMETER, "<!DOCTYPE x>"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_no_document_type_is_read(doctype: str, encoding: str) -> None:
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    with pytest.raises(IdsError, match="dtd_forbidden"):
        parse(f"{head}{doctype}<x>&l9;&e;</x>".encode(encoding))


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"<x>" * (MAX_DEPTH + 1), "document_too_deep"),
        (b"<x>" + b"<y/>" * MAX_ELEMENTS + b"</x>", "too_many_elements"),
        (b"<x>" + b" " * MAX_BYTES + b"</x>", "document_too_large"),
        (b"<x>&undeclared;</x>", "not_xml"),
        (b"<x>", "not_xml"),
        (b"", "not_xml"),
        (b"\x00" * 100, "not_xml"),
        (b'<?xml version="1.0" encoding="utf-7"?><x/>', "not_xml"),
        (b'<?xml version="1.0" encoding="no-such"?><x/>', "not_xml"),
        (b"<x>\xff\xfe</x>", "not_xml"),
        (b"<x a='1' a='2'/>", "not_xml"),
    ],
    ids=["deep", "many", "large", "undeclared", "open", "empty", "zeros", "utf-7", "no-such", "bytes", "twice"],
)
def test_a_document_beyond_the_limits_is_refused(raw: bytes, code: str) -> None:
    with pytest.raises(IdsError, match=code):
        parse(raw)


@pytest.mark.timeout(60)
def test_ten_thousand_attributes_are_read_in_no_time() -> None:
    raw = "".join(f" a{n}='1'" for n in range(10_000))
    assert len(parse(f"<x{raw}/>".encode()).attributes) == 10_000


def with_member(name: str, old: str, new: str) -> bytes:
    """The workbook of the guide with the first match in one of its parts exchanged."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GUIDE)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.namelist():
            text = source.read(member)
            if member == name:
                text, count = re.subn(old.encode(), lambda _: new.encode(), text, count=1)
                assert count == 1
            target.writestr(member, text)
    return buffer.getvalue()


PARTS = ["xl/worksheets/sheet2.xml", "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"]


@pytest.mark.timeout(60)
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("doctype", [BOMB, OUTSIDE])
def test_no_entity_of_a_workbook_is_expanded(part: str, doctype: str) -> None:
    used = with_member(part, r"^(<\?xml[^>]*\?>)?\s*", doctype)
    before = psutil.Process().memory_info().rss
    with pytest.raises(PackError):
        workbook.read(used, "guide.xlsx")
    assert psutil.Process().memory_info().rss - before < 100 << 20


@pytest.mark.parametrize(
    ("old", "new"),
    [("</sheetData>", ""), ("<row ", "<row <"), ('r="A3"', 'r="ZZZZ3"'), ("<c ", "<c \x01"), ('r="3"', 'r="x"')],
)
def test_a_broken_sheet_is_refused_by_a_code(old: str, new: str) -> None:
    with pytest.raises(PackError, match=r"no_workbook|unknown|missing|twice|one_row|not_"):
        workbook.read(with_member("xl/worksheets/sheet2.xml", old, new), "guide.xlsx")


@pytest.mark.timeout(120)
def test_a_cell_at_the_far_right_makes_no_row_of_sixteen_thousand() -> None:
    rows = "".join(f'<row r="{n}"><c r="XFD{n}" t="n"><v>1</v></c></row>' for n in range(5_000, 20_000))
    workbook.read(with_member("xl/worksheets/sheet3.xml", "</sheetData>", rows + "</sheetData>"), "guide.xlsx")


def test_a_workbook_that_unpacks_to_much_is_refused_before() -> None:
    buffer = io.BytesIO(GUIDE)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image.png", bytes(workbook.MAX_BYTES + 1))
    with pytest.raises(PackError, match="too_large"):
        workbook.read(buffer.getvalue(), "guide.xlsx")


LAUGHING = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12))


@pytest.mark.parametrize("text", [LAUGHING, "a: &a [*a]", "a: &a x\nb: *a"], ids=["laughs", "itself", "once"])
def test_a_pack_does_not_repeat_itself(text: str) -> None:
    with pytest.raises(PackError, match="no_yaml"):
        load(text.encode(), "pack.yaml")


def test_signs_that_make_an_alias_elsewhere_are_text() -> None:
    assert load(b"a: 'x & y *z'\nb: 2 * 3", "pack.yaml") == {"a": "x & y *z", "b": "2 * 3"}


def test_a_pack_of_brackets_is_refused() -> None:
    with pytest.raises(PackError, match="no_yaml"):
        load(b"[" * 30_000 + b"]" * 30_000, "pack.yaml")


def test_parameters_of_a_workbook_are_no_yaml_that_repeats_itself() -> None:
    book = workbook.load_workbook(io.BytesIO(GUIDE))
    sheet = book["clauses"]
    column = workbook.COLUMNS["clauses"].index("params") + 1
    sheet.cell(3, column, LAUGHING.replace("\n", ", "))
    buffer = io.BytesIO()
    book.save(buffer)
    with pytest.raises(PackError, match="no_params"):
        workbook.read(buffer.getvalue(), "guide.xlsx")


def test_the_packs_of_the_house_use_no_alias() -> None:
    for path in ROOT.glob("bim/**/*.yaml"):
        assert load(path.read_bytes(), path.name)
