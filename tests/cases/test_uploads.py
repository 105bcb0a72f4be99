"""Resumable uploads: pieces, cuts, lies about the length, a full disk, and finishing twice."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from permits import audit, jobs
from permits.adapters.storage import LocalStorage
from permits.cases import uploads
from permits.cases.tables import Case, Model, Upload
from permits.cases.workflow import State
from permits.errors import Conflict, Forbidden, Invalid, NotFound, StorageFull, TooLarge
from permits.i18n import error_text
from permits.jobs import Context
from permits.people.actor import Actor, Role
from permits.registry import register_jobs
from tests.disks import small_disk
from tests.factories import make_actor, make_case, make_zone


@pytest.fixture(autouse=True)
def _job() -> None:
    register_jobs()


@pytest.fixture
def engineer(context: Context) -> Actor:
    with context.database.transaction() as session:
        make_zone(session)
        actor = make_actor(session, Role.ENGINEER)
        make_case(session, actor, case_id="case")
    return actor


def _begin(context: Context, actor: Actor, length: int, name: str = "m.ifc") -> Upload:
    with context.database.transaction() as session:
        return uploads.begin_upload(session, actor=actor, case_id="case", name=name, length=length, largest=1000)


def test_pieces_become_a_model_with_its_job_once(context: Context, engineer: Actor, tmp_path: Path) -> None:
    upload = _begin(context, engineer, 6)
    assert uploads.append(tmp_path, upload, offset=0, pieces=[b"ab", b"c"]) == 3
    assert uploads.append(tmp_path, upload, offset=3, pieces=[b"def"]) == 6
    sha256 = uploads.store(tmp_path, upload, context.storage)
    assert sha256 == hashlib.sha256(b"abcdef").hexdigest()
    models = []
    for _ in range(2):
        with context.database.transaction() as session:
            models.append(uploads.finish_upload(session, actor=engineer, upload_id=upload.id, sha256=sha256).id)
    assert models[0] == models[1]
    with context.database.reading() as session:
        assert session.query(Model).count() == 1
        finished = uploads.get_upload(session, actor=engineer, upload_id=upload.id)
    assert uploads.received(tmp_path / "elsewhere", finished) == 6
    assert len(jobs.unfinished(context.database)) == 1
    assert context.storage.read(sha256) == b"abcdef"


def test_wrong_offset_and_too_much_leave_the_file_as_it_was(context: Context, engineer: Actor, tmp_path: Path) -> None:
    upload = _begin(context, engineer, 4)
    uploads.append(tmp_path, upload, offset=0, pieces=[b"ab"])
    with pytest.raises(Conflict, match="upload-offset"):
        uploads.append(tmp_path, upload, offset=1, pieces=[b"x"])
    with pytest.raises(Invalid, match="longer"):
        uploads.append(tmp_path, upload, offset=2, pieces=[b"cde"])
    assert (tmp_path / upload.id).read_bytes() == b"ab"


def test_two_connections_do_not_mix(context: Context, engineer: Actor, tmp_path: Path) -> None:
    upload = _begin(context, engineer, 4)

    def first() -> Iterator[bytes]:
        yield b"ab"
        with pytest.raises(Conflict, match="upload-busy"):
            uploads.append(tmp_path, upload, offset=0, pieces=[b"zz"])
        yield b"cd"

    assert uploads.append(tmp_path, upload, offset=0, pieces=first()) == 4
    assert (tmp_path / upload.id).read_bytes() == b"abcd"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 64 kB."""
    with small_disk(tmp_path / "small") as disk:
        yield disk.place


def test_a_full_disk_is_said_and_keeps_what_was_there(context: Context, engineer: Actor, disk: Path) -> None:
    with context.database.transaction() as session:
        upload = uploads.begin_upload(
            session, actor=engineer, case_id="case", name="m.ifc", length=100_000, largest=1_000_000
        )
    assert uploads.append(disk, upload, offset=0, pieces=[b"a" * 30_000]) == 30_000
    with pytest.raises(StorageFull):
        uploads.append(disk, upload, offset=30_000, pieces=[b"b" * 35_000, b"b" * 35_000])
    assert (disk / upload.id).read_bytes() == b"a" * 30_000
    whole = tmp_file(context, 70_000)
    with pytest.raises(StorageFull):
        LocalStorage(disk / "objects").keep(whole)
    assert not list((disk / "objects").rglob("*.*"))


def tmp_file(context: Context, size: int) -> Path:
    path = context.settings.data_dir / "whole"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"c" * size)
    return path


def test_refusals(context: Context, engineer: Actor) -> None:
    with pytest.raises(TooLarge):
        _begin(context, engineer, 1001)
    with pytest.raises(Invalid):
        _begin(context, engineer, 0)
    with context.database.transaction() as session:
        other, reviewer = make_actor(session, Role.ENGINEER, "o"), make_actor(session, Role.REVIEWER)
    with pytest.raises(NotFound):
        _begin(context, other, 5)
    with pytest.raises(Forbidden):
        _begin(context, reviewer, 5)
    upload = _begin(context, engineer, 5)
    with context.database.reading() as session, pytest.raises(NotFound):
        uploads.get_upload(session, actor=other, upload_id=upload.id)
    with context.database.transaction() as session:
        session.get_one(Case, "case").state = str(State.IN_REVIEW)
    with pytest.raises(Conflict):
        _begin(context, engineer, 5)
    with context.database.transaction() as session, pytest.raises(Conflict):
        uploads.finish_upload(session, actor=engineer, upload_id=upload.id, sha256="0" * 64)


def test_a_name_is_only_a_name(context: Context, engineer: Actor) -> None:
    assert _begin(context, engineer, 5, "../../etc/passwd").name == "passwd"


@settings(max_examples=30, deadline=None)
@given(st.lists(st.binary(min_size=0, max_size=50), min_size=1, max_size=8), st.integers(0, 7))
def test_any_cutting_gives_one_file(tmp_path_factory: pytest.TempPathFactory, pieces: list[bytes], cut: int) -> None:
    folder, whole = tmp_path_factory.mktemp("u"), b"".join(pieces)
    upload = Upload(id="u", length=len(whole), model_id=None)
    first = pieces[:cut]
    offset = uploads.append(folder, upload, offset=0, pieces=first)
    assert offset == sum(map(len, first)) == uploads.received(folder, upload)
    uploads.append(folder, upload, offset=offset, pieces=pieces[cut:])
    assert (folder / "u").read_bytes() == whole


TIES = "٠،٠=198793.8,172736.7\n12,0=198805.8,172736.7\n0,20=198793.8,172756.7"


def _hand_in(context: Context, actor: Actor, ties: str) -> Model:
    with context.database.transaction() as session:
        upload = uploads.begin_upload(
            session, actor=actor, case_id="case", name="m.ifc", length=1, largest=10, ties=ties
        )  # fmt: skip
        return uploads.finish_upload(session, actor=actor, upload_id=upload.id, sha256="0" * 64)


def test_tie_points_are_kept_with_the_model_and_in_the_audit(context: Context, engineer: Actor) -> None:
    model = _hand_in(context, engineer, f"  {TIES}\n")
    with context.database.reading() as session:
        assert session.get_one(Model, model.id).ties == TIES
        (row,) = [row for row in audit.timeline(session, "case") if row.event == "model-uploaded"]
        assert json.loads(row.data)["ties"] == TIES


def test_a_model_without_tie_points_has_none(context: Context, engineer: Actor) -> None:
    assert _hand_in(context, engineer, " \n").ties == ""


@pytest.mark.parametrize(
    ("ties", "reason", "word"),
    [("1,2=3,4", "tie_few", "نقاط"), ("1,2", "tie_file", "east"), ("1,2=a,b\n3,4=5,6", "tie_unreadable", "1,2=a,b")],
)
def test_tie_points_that_cannot_be_right_are_refused_at_once(
    context: Context, engineer: Actor, ties: str, reason: str, word: str
) -> None:
    with pytest.raises(Invalid) as refused:
        _hand_in(context, engineer, ties)
    assert (refused.value.code, refused.value.values["reason"]) == ("ties-refused", reason)
    text = error_text(refused.value, "ar")
    assert word in text
    assert "{" not in text
    with context.database.reading() as session:
        assert session.query(Upload).count() == 0
