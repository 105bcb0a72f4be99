"""The text of the file: numbers out of range, odd line ends and strings, other formats and schemas."""

import json
import re
import tracemalloc
from pathlib import Path

import pytest

from bim.findings import Outcome
from bim.refusals import RefusedError
from bim.report import Report
from bim.step import scan
from permits.i18n import LANGUAGES
from permits.review.wording import refusal_text
from tests.bim.files import ROOT, shared, step
from tests.bim.test_review import run

pytestmark = pytest.mark.slow

PERSON = "#1=IFCPERSON($,'a',$,$,$,$,$,$);"


def house() -> bytes:
    """A small whole house of ours."""
    return next((ROOT / "sample_models" / "rules" / "BIM-720").glob("pass-*.ifc")).read_bytes()


def reviewed(tmp_path: Path, raw: bytes, **options: bool) -> Report:
    path = tmp_path / "model.ifc"
    path.write_bytes(raw)
    return run(path, **options)


def code(tmp_path: Path, raw: bytes) -> str:
    path = tmp_path / "model.ifc"
    path.write_bytes(raw)
    with pytest.raises(RefusedError) as caught:
        scan(path)
    return caught.value.code


def renumbered(old: int, new: int) -> bytes:
    return re.sub(rb"#%d(?!\d)" % old, b"#%d" % new, house())


@pytest.mark.parametrize("number", [2**31, 2**32 + 1, 2**63 - 1, 2**63, 2**64 + 1, 10**40])
def test_a_number_beyond_the_readers_range_is_refused(tmp_path: Path, number: int) -> None:
    assert code(tmp_path, renumbered(1, number)) == "id_too_large"


def test_the_largest_number_gives_the_report_of_any_other(tmp_path: Path) -> None:
    found = [reviewed(tmp_path, raw) for raw in (house(), renumbered(1, 2**31 - 1))]
    assert found[0].findings == found[1].findings


@pytest.mark.parametrize("number", [2**31 - 1, 2**31, 2**63])
def test_a_reference_out_there_is_refused(tmp_path: Path, number: int) -> None:
    raw = house().replace(b"(#1,", b"(#%d," % number)
    assert code(tmp_path, raw) in ("dangling_reference", "id_too_large")


def test_number_zero_is_like_any_other_or_refused(tmp_path: Path) -> None:
    report = reviewed(tmp_path, renumbered(1, 0))
    assert report.refusal is None or report.refusal.code in ("unreadable", "entities_lost")


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"\n", b"\r"), (b"\n", b"\r\n"), (b"\n", b""), (b"\n", b"\n\n\n"),
     (b"\n", b" /* it's */\n"), (b"=IFC", b" = IFC")],
    ids=["CR", "CR LF", "one line", "empty lines", "comments", "blanks"],
)  # fmt: skip
def test_another_layout_gives_the_same_report_or_a_refusal(tmp_path: Path, old: bytes, new: bytes) -> None:
    plain = reviewed(tmp_path, house())
    found = reviewed(tmp_path, house().replace(b"\r\n", b"\n").replace(old, new))
    if found.refusal is None:
        assert found.findings == plain.findings
    else:
        assert found.refusal.code in ("not_step", "unreadable", "entities_lost", "half_file")


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf", b"\n\n", b"/* a comment */", b"\xff\xfe", b"garbage"], ids=repr)
def test_what_stands_before_the_file_does_not_change_its_report(tmp_path: Path, before: bytes) -> None:
    plain, found = reviewed(tmp_path, house()), reviewed(tmp_path, before + house())
    assert found.refusal is not None or found.findings == plain.findings


@pytest.mark.parametrize("behind", [b"\x1a", b"\n" * 10_000, bytes(1_000), b"garbage 'and; more"], ids=len)
def test_what_stands_behind_the_file_does_not_change_its_report(tmp_path: Path, behind: bytes) -> None:
    plain, found = reviewed(tmp_path, house()), reviewed(tmp_path, house() + behind)
    assert found.refusal is not None or found.findings == plain.findings


def test_a_header_alone_has_no_entities(tmp_path: Path) -> None:
    assert code(tmp_path, step()) == "no_entities"
    assert code(tmp_path, step()[: step().index(b"DATA;")]) == "no_data_section"


def test_a_line_of_ten_million_letters_is_read(tmp_path: Path) -> None:
    raw = house().replace(b"'house'", b"'" + b"h" * 10_000_000 + b"'")
    assert reviewed(tmp_path, raw).refusal is None


def test_a_long_comment_costs_a_few_times_its_length(tmp_path: Path) -> None:
    size = 20_000_000
    path = tmp_path / "model.ifc"
    path.write_bytes(house().replace(b"DATA;", b"DATA;\n/* " + b"x" * size + b" */", 1))
    tracemalloc.start()
    try:
        scan(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 10 * size


def test_a_model_alone_with_a_person_is_a_report_that_fails(tmp_path: Path) -> None:
    report = reviewed(tmp_path, step(PERSON))
    assert report.verdict == "fail"
    assert {f.rule for f in report.of(Outcome.FAIL)} >= {"BIM-201"}


STRINGS = {
    r"\X2\0631064F062E06350629\X0\ ": "رُخصة", r"\X4\0001F3E0\X0\ ": "🏠", r"\S\i": "é", r"\PA\\S\i": "é",
    r"\X\E9": "é", "''": "'", "\\\\": "\\",
}  # fmt: skip
"""What a string says, by how it is written."""


@pytest.mark.parametrize("written", STRINGS, ids=ascii)
def test_a_string_is_read_as_it_is_written(tmp_path: Path, written: str) -> None:
    report = reviewed(tmp_path, step_named(written.encode()), geometry=False)
    assert report.refusal is None
    assert json.loads(report.to_json())["storeys"][0]["name"].strip() == STRINGS[written]


@pytest.mark.parametrize(
    "raw",
    [
        rb"\X2\0631064", rb"\X2\zzzz\X0\ ", rb"\X2\D83D\X0\ ", rb"\X4\FFFFFFFF\X0\ ", rb"\X4\0001", rb"\S\ ", rb"\PZ\ ",
        rb"\X\ZZ", rb"\X2\\X0\ ", rb"\X2\0000\X0\ ", b"\\", b"\x00", b"\xe9", "建築".encode("shift-jis"), b"\xff\xfe",
        b"", b"x" * 1_000_000,
    ],
    ids=lambda raw: ascii(raw[:20]),
)  # fmt: skip
def test_a_string_that_is_none_is_reported_or_refused(tmp_path: Path, raw: bytes) -> None:
    report = reviewed(tmp_path, step_named(raw), geometry=False)
    if report.refusal is None:
        assert Report.from_json(report.to_json()).to_json() == report.to_json()
        assert report.verdict == "fail"
    else:
        assert report.refusal.code in ("unreadable", "entities_lost", "half_file", "invalid_model")


def step_named(raw: bytes) -> bytes:
    """A model whose one storey has that name."""
    return step("#1=IFCBUILDINGSTOREY('0000000000000000000001',$,'QQQQ',$,$,$,$,$,$,0.);").replace(b"QQQQ", raw)


def test_an_open_string_is_half_a_file(tmp_path: Path) -> None:
    assert code(tmp_path, step_named(b"it's")) == "half_file"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1256"])
def test_letters_that_are_not_encoded_as_the_standard_asks_are_told(tmp_path: Path, encoding: str) -> None:
    """The reader drops them and says nothing: the storey has no name left."""
    written = "رخصة".encode(encoding)
    report = reviewed(tmp_path, step_named(written), geometry=False)
    (told,) = [finding for finding in report.findings if finding.rule == "BIM-112"]
    assert told.outcome is Outcome.FAIL
    assert told.reason is not None
    assert told.reason.values["found"] == f"{len(written)} bytes"
    assert [storey.name for storey in report.storeys] == [""]


def test_letters_in_a_comment_are_no_loss(tmp_path: Path) -> None:
    path = tmp_path / "model.ifc"
    path.write_bytes(step("/* it's رخصة */", PERSON))
    assert scan(path).header.unencoded == 0


def test_a_japanese_model_keeps_its_names() -> None:
    report = run(shared("ifc/revit2013_unicode_jp.ifc"), geometry=False)
    assert report.refusal is None
    assert any(re.search("[\u3040-\u30ff\u4e00-\u9fff]", s.name) for s in report.storeys)


SCHEMAS = ["IFC2X_FINAL", "IFC2X2", "IFC2X2_FINAL", "IFC4X1", "IFC4X2", "IFC4X3", "IFC4X3_RC1", "IFC4X3_RC2"]
SCHEMAS += ["IFC4X3_RC3", "IFC4X3_RC4", "IFC4X3_TC1", "IFC4X3_ADD1", "IFC4_ADD2", "IFC2X3_TC1", "IFC5", "AP214", ""]


@pytest.mark.parametrize("schema", [*SCHEMAS, "IFC4','IFC2X3", "IFC2X3','IFC4"])
def test_another_schema_is_refused_by_its_name(tmp_path: Path, schema: str) -> None:
    report = reviewed(tmp_path, step(PERSON, schema=schema))
    assert report.refusal is not None
    assert report.refusal.code == "schema_unsupported"
    named = schema.replace("','", ", ") or "?"
    for language in LANGUAGES:
        text = refusal_text(report.refusal.code, report.refusal.values, language)
        assert named in plain(text)
        assert "IFC4X3_ADD2" in text


def plain(text: str) -> str:
    """Without the marks that isolate a value from the direction of its text."""
    return re.sub("[\u2066-\u2069]", "", text)


@pytest.mark.parametrize("schema", ["ifc4", "Ifc2x3", "ifc4x3_add2"])
def test_a_schema_in_small_letters_is_that_schema(tmp_path: Path, schema: str) -> None:
    report = reviewed(tmp_path, step(PERSON, schema=schema), geometry=False)
    assert report.refusal is None
    assert report.model.schema == schema.upper()


def test_a_schema_with_blanks_is_refused_by_its_name(tmp_path: Path) -> None:
    report = reviewed(tmp_path, step(PERSON, schema=" IFC4 "))
    assert report.refusal is not None
    assert report.refusal.code == "schema_unsupported"


BOMB = b"""<?xml version="1.0"?><!DOCTYPE ifcXML [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY x SYSTEM "file:///etc/passwd">]><ifcXML>&c;&x;</ifcXML>"""


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (BOMB, "ifc_xml"),
        (b'<?xml version="1.0"?><ifcXML xmlns="http://www.buildingsmart-tech.org/ifc/IFC4x1/final"/>', "ifc_xml"),
        (b'<ex:iso_10303_28 xmlns:ex="urn:oid:1.0.10303.28.2.1.1"/>', "ifc_xml"),
        ('<?xml version="1.0" encoding="utf-16"?><ifcXML/>'.encode("utf-16"), "ifc_xml"),
        (b'{"header":{"id":"x","ifcxVersion":"ifcx_alpha"},"data":[]}', "ifc_json"),
        (b'{"type":"ifcJSON","version":"0.0.1"}', "ifc_json"),
        (b"<html/>", "not_step"), (b"%PDF-1.7", "not_step"), (b"PK\x05\x06" + bytes(18), "not_step"),
    ],
)  # fmt: skip
def test_another_format_is_refused_by_its_name_and_never_parsed(tmp_path: Path, raw: bytes, expected: str) -> None:
    assert code(tmp_path, raw) == expected
