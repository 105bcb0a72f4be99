"""Archives that want to harm: every one is a coded refusal, and nothing is written but the one file asked for."""

import io
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bim import archive
from bim.archive import unpack
from bim.refusals import RefusedError
from tests.bim.files import step
from tests.bim.test_review import run

MODEL = step("#1=IFCPERSON($,$,$,$,$,$,$,$);")
LIMIT = 1_000_000
Members = list[tuple[str | zipfile.ZipInfo, bytes]]


def packed(members: Members, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as file:
        for name, content in members:
            file.writestr(name, content)
    return buffer.getvalue()


def refusal(tmp_path: Path, raw: bytes) -> RefusedError:
    path = tmp_path / "model.ifczip"
    path.write_bytes(raw)
    with pytest.raises(RefusedError) as caught:
        unpack(path, tmp_path / "out.ifc", max_bytes=LIMIT)
    return caught.value


def encrypted() -> bytes:
    """The flag alone: nothing is asked for a password, so the content does not matter."""
    raw = bytearray(packed([("a.ifc", MODEL)]))
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    return bytes(raw)


def nested() -> bytes:
    return packed([("inner.ifczip", packed([("a.ifc", MODEL)]))])


def nested_by_another_name() -> bytes:
    """Unpacked once and then no STEP file: `test_an_archive_in_an_archive_is_not_unpacked_twice`."""
    return packed([("a.ifc", packed([("a.ifc", MODEL)]))])


def with_rare_method() -> bytes:
    return packed([("a.ifc", MODEL)], zipfile.ZIP_LZMA)


def many_members() -> bytes:
    return packed([(f"{number}.ifc", b"") for number in range(5_000)])


def ratio_of_zeros() -> bytes:
    return packed([("a.ifc", bytes(LIMIT // 2))])


def larger_than_it_says() -> bytes:
    """The directory declares less than is there, so that what comes out is cut and fails its checksum."""
    raw = bytearray(packed([("a.ifc", MODEL)]))
    at = raw.index(b"PK\x01\x02") + 24
    raw[at : at + 4] = struct.pack("<I", 10)
    return bytes(raw)


def of_a_gigabyte_it_says() -> bytes:
    raw = bytearray(packed([("a.ifc", MODEL)]))
    at = raw.index(b"PK\x01\x02") + 24
    raw[at : at + 4] = struct.pack("<I", 1 << 30)
    return bytes(raw[: len(raw) // 2]) + bytes(raw[len(raw) // 2 :])[:-22]


def cut() -> bytes:
    return packed([("a.ifc", MODEL)])[:-30]


def bent_stream() -> bytes:
    raw = bytearray(packed([("a.ifc", MODEL * 20)]))
    raw[60:70] = bytes(10)
    return bytes(raw)


REFUSED: dict[Callable[[], bytes], str] = {
    encrypted: "zip_broken", nested: "zip_members", with_rare_method: "zip_method", many_members: "zip_members",
    ratio_of_zeros: "zip_ratio", larger_than_it_says: "zip_broken", of_a_gigabyte_it_says: "zip_broken",
    cut: "zip_broken", bent_stream: "zip_broken",
}  # fmt: skip


@pytest.mark.parametrize("make", REFUSED, ids=lambda make: make.__name__)
def test_it_is_refused_by_its_code(make: Callable[[], bytes], tmp_path: Path) -> None:
    assert refusal(tmp_path, make()).code == REFUSED[make]


@pytest.mark.parametrize("name", ["a.ifcxml", "A.IFCXML", "a.xml"])
def test_xml_in_an_archive_is_refused_by_its_name(tmp_path: Path, name: str) -> None:
    assert refusal(tmp_path, packed([(name, b"<ifcXML/>")])).code == "ifc_xml"


def test_a_directory_of_a_million_members_is_refused_before_it_is_read(tmp_path: Path) -> None:
    """Made by hand, since the library would take minutes: entries of the directory without any member."""
    entry = struct.pack("<4s4B4HL2L5H2L", b"PK\x01\x02", 20, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    directory = entry * 1_000_000
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(directory), 4, 0)
    before = psutil.Process().memory_info().rss
    refused = refusal(tmp_path, b"PK\x03\x04" + directory + end)
    assert (refused.code, refused.values) == ("zip_directory", {"limit": archive._LONGEST_READ})
    assert psutil.Process().memory_info().rss - before < 300 << 20


def test_an_archive_in_an_archive_is_not_unpacked_twice(tmp_path: Path) -> None:
    path = tmp_path / "model.ifczip"
    path.write_bytes(nested_by_another_name())
    report = run(path)
    assert report.refusal is not None
    assert report.refusal.code == "not_step"


def _link() -> zipfile.ZipInfo:
    member = zipfile.ZipInfo("a.ifc")
    member.create_system = 3
    member.external_attr = (stat.S_IFLNK | 0o777) << 16
    return member


def test_a_link_is_a_file_with_the_text_of_its_target(tmp_path: Path) -> None:
    path = tmp_path / "model.ifczip"
    path.write_bytes(packed([(_link(), b"../../secret")]))
    out = unpack(path, tmp_path / "out.ifc", max_bytes=LIMIT)
    assert not out.is_symlink()
    assert out.read_bytes() == b"../../secret"


NAMES = ["../../evil.ifc", "/evil.ifc", "C:\\evil.ifc", "a/../../evil.ifc", "رخصة.ifc", "建築.ifc"]


@pytest.mark.parametrize("name", [*NAMES, "x" * 60_000 + ".ifc"])
def test_no_name_of_a_member_is_used(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "in" / "side"
    folder.mkdir(parents=True)
    path = folder / "model.ifczip"
    path.write_bytes(packed([(name, MODEL)]))
    assert unpack(path, folder / "out.ifc", max_bytes=LIMIT).read_bytes() == MODEL
    assert {p.name for p in tmp_path.rglob("*") if p.is_file()} == {"model.ifczip", "out.ifc"}


def test_a_name_in_another_encoding_is_no_matter(tmp_path: Path) -> None:
    raw = packed([("qqqq.ifc", MODEL)]).replace(b"qqqq", "建築".encode("shift-jis"))
    path = tmp_path / "model.ifczip"
    path.write_bytes(raw)
    assert unpack(path, tmp_path / "out.ifc", max_bytes=LIMIT).read_bytes() == MODEL


def test_an_archive_of_the_large_kind_is_read(tmp_path: Path) -> None:
    path = tmp_path / "model.ifczip"
    with zipfile.ZipFile(path, "w") as file, file.open("a.ifc", "w", force_zip64=True) as member:
        member.write(MODEL)
    assert unpack(path, tmp_path / "out.ifc", max_bytes=LIMIT).read_bytes() == MODEL


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=6))
def test_an_archive_with_any_bytes_changed_is_unpacked_or_refused(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[float, int]]
) -> None:
    raw = bytearray(packed([("a.ifc", MODEL * 3)]))
    for share, value in changes:
        raw[4 + int(share * (len(raw) - 4))] = value
    path = tmp_path_factory.getbasetemp() / "changed.ifczip"
    path.write_bytes(raw)
    try:
        unpack(path, path.with_suffix(".ifc"), max_bytes=LIMIT)
    except RefusedError as refused:
        assert refused.code in {"zip_broken", "zip_members", "zip_method", "zip_ratio", "zip_directory", "too_large"}  # noqa: PT017 - so is the other end
