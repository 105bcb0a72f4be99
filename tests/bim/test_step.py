"""A file is accepted or refused before it is parsed."""

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bim.archive import is_zip, unpack
from bim.refusals import RefusedError
from bim.step import scan
from tests.bim.files import shared, step

GOOD = (
    "#1=IFCPERSON($,'it''s #9=',$,$,$,$,$,$);",
    "#2 = IFCPERSONANDORGANIZATION(#1,#3,$);",
    "#3=IFCORGANIZATION($,'b',$,$,$);",
)


def write(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "model.ifc"
    path.write_bytes(content)
    return path


def refusal(path: Path, **options: int) -> tuple[str, dict[str, object]]:
    with pytest.raises(RefusedError) as caught:
        scan(path, **options)
    return caught.value.code, dict(caught.value.values)


def test_a_whole_file_is_accepted_with_its_header(tmp_path: Path) -> None:
    result = scan(write(tmp_path, step(*GOOD)))
    assert (result.header.schema, result.header.tool, result.header.authors) == ("IFC4", "Tool 1", ("Ann", "Bob"))
    assert result.entities == 3


def test_an_old_revit_is_known_by_its_preprocessor() -> None:
    name = shared("ifc/Office_A_20110811.ifc")
    assert scan(name).header.tool.startswith("Autodesk Revit Architecture 2011 - 1.0 20100326_1700")


@pytest.mark.parametrize(
    ("content", "code", "values"),
    [
        (b"", "empty_file", {}),
        (b"PNG and more", "not_step", {}),
        (step(*GOOD)[:-25], "half_file", {"line": 11}),
        (step(*GOOD, tail=""), "half_file", {"line": 11}),
        (step(*GOOD, schema="IFC2X_FINAL"), "schema_unsupported", {"schema": "IFC2X_FINAL"}),
        (step(*GOOD, schema="IFC4X3_RC2"), "schema_unsupported", {"schema": "IFC4X3_RC2"}),
        (step(), "no_entities", {}),
        (step(*GOOD, GOOD[2]), "duplicate_id", {"id": 3, "line": 11}),
        (step(*GOOD[:2]), "dangling_reference", {"id": 3, "line": 9}),
        (step("#1=IFCX(#2147483648);"), "id_too_large", {"id": 2147483648, "line": 8}),
        (step("#1=IFCX(#99999999999999999999999);"), "id_too_large", {"id": 999999999999999999, "line": 8}),
    ],
)
def test_a_broken_file_is_refused_with_its_place(
    tmp_path: Path, content: bytes, code: str, values: dict[str, object]
) -> None:
    assert refusal(write(tmp_path, content)) == (code, values)


def test_the_size_limit_is_the_callers(tmp_path: Path) -> None:
    path = write(tmp_path, step(*GOOD))
    assert refusal(path, max_bytes=10) == ("too_large", {"size": path.stat().st_size, "limit": 10})


def test_comments_hide_entities_and_quotes(tmp_path: Path) -> None:
    content = step("/* it's #7=IFCX(#8); */", *GOOD, "#4=IFCX('/* no comment');", "#5=IFCX(#4);")
    assert scan(write(tmp_path, content)).entities == 5


def test_a_comment_that_never_ends_hides_no_broken_file(tmp_path: Path) -> None:
    path = write(tmp_path, step(*GOOD, "/* no", "#4=IFCX(#9);"))
    assert refusal(path) == ("dangling_reference", {"id": 9, "line": 12})


def test_a_string_that_never_ends_is_half_a_file(tmp_path: Path) -> None:
    assert refusal(write(tmp_path, step(*GOOD, "#4=IFCX('open);"))) == ("half_file", {"line": 14})


def test_line_numbers_count_the_lines_of_comments_and_strings(tmp_path: Path) -> None:
    path = write(tmp_path, step("/* two", "lines */", "#1=IFCX('two", "lines');", "#2=IFCX(#9);"))
    assert refusal(path) == ("dangling_reference", {"id": 9, "line": 12})


def test_an_id_at_the_very_end_of_the_file_is_read(tmp_path: Path) -> None:
    assert refusal(write(tmp_path, step(*GOOD) + b"#12")) == ("dangling_reference", {"id": 12, "line": 13})
    assert scan(write(tmp_path, step(*GOOD) + b"#3")).entities == 3


@given(st.text(alphabet="'#=;/*() 0123456789A\n", max_size=40))
def test_no_text_in_a_string_is_taken_for_an_entity(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "text.ifc"
    path.write_bytes(step(f"#1=IFCX('{text.replace(chr(39), chr(39) * 2)}');", "#2=IFCX(#1);"))
    assert scan(path).entities == 2


@given(st.floats(0.01, 0.99))
def test_a_file_cut_anywhere_is_refused(tmp_path_factory: pytest.TempPathFactory, share: float) -> None:
    path = tmp_path_factory.getbasetemp() / "cut.ifc"
    whole = step(*GOOD)
    path.write_bytes(whole[: max(1, int(len(whole) * share) - 2)])
    with pytest.raises(RefusedError):
        scan(path)


def test_every_entity_of_a_real_model_of_27_mb_is_counted() -> None:
    assert scan(shared("ifc/revit2012_janesville_restaurant.ifc")).entities == 453_586


def archive(tmp_path: Path, *members: tuple[str, bytes]) -> Path:
    path = tmp_path / "model.ifczip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members:
            file.writestr(name, content)
    return path


def test_an_ifczip_gives_its_one_model(tmp_path: Path) -> None:
    path = archive(tmp_path, ("../../evil.ifc", step(*GOOD)))
    assert is_zip(path)
    assert unpack(path, tmp_path / "out.ifc", max_bytes=10_000).read_bytes() == step(*GOOD)
    assert not (tmp_path.parent.parent / "evil.ifc").exists()


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ([("a.ifc", b"1"), ("b.ifc", b"2")], "zip_members"),
        ([("a.exe", b"1")], "zip_members"),
        ([("bomb.ifc", b"0" * 2_000_000)], "zip_ratio"),
        ([("big.ifc", bytes(range(256)) * 100)], "too_large"),
    ],
)
def test_other_archives_are_refused(tmp_path: Path, members: list[tuple[str, bytes]], code: str) -> None:
    with pytest.raises(RefusedError) as caught:
        unpack(archive(tmp_path, *members), tmp_path / "out.ifc", max_bytes=20_000 if code != "zip_ratio" else 10**7)
    assert caught.value.code == code


def test_a_broken_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "broken.ifczip"
    path.write_bytes(b"PK\x03\x04" + b"x" * 100)
    with pytest.raises(RefusedError, match="zip_broken"):
        unpack(path, tmp_path / "out.ifc", max_bytes=1000)
