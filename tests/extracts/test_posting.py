"""The post: letters of a day in a file, proofs back from files, each taken once."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from permits.adapters.post import Letter, PostFault, PostFolder, Proof
from permits.calendar import today
from permits.errors import Forbidden
from permits.extracts import handing
from permits.extracts.posting import letters_of, take_proofs
from permits.extracts.tables import ExtractOrder
from permits.jobs import Context
from permits.people.actor import SYSTEM
from tests.extracts.counter import OWNER, open_counter, prepared

LETTER = Letter("SY-1", "DM-01-2026-E-000001", "ليلى, بنت سامي", "حمص، شارع المثال", 2)


def test_a_list_is_written_once_and_another_beside_it(tmp_path: Path) -> None:
    post = PostFolder(tmp_path)
    names = {post.send(date(2026, 3, 1), letters) for letters in ([LETTER], [LETTER], [])}
    assert len(names) == len(list((tmp_path / "out").iterdir())) == 2
    content = "".join(path.read_text(encoding="utf-8-sig") for path in (tmp_path / "out").iterdir())
    assert 'SY-1,DM-01-2026-E-000001,"ليلى, بنت سامي",حمص، شارع المثال,2' in content


HEAD = "tracking,order,outcome,note"


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", f"{HEAD}\n1,2,3\n", '"', f"{HEAD}\n1,2,3,4,5\n"])
def test_what_is_no_list_of_proofs_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "x.csv").write_text(content, encoding="utf-8")
    with pytest.raises(PostFault, match="proofs-unreadable"):
        list(PostFolder(tmp_path).proofs())


def test_letters_go_out_and_their_proofs_count_once(context: Context, tmp_path: Path) -> None:
    counter = open_counter(context)
    order = prepared(context, counter.owner, channel="post", address="حمص")
    with context.database.transaction() as session:
        handing.hand_to_post(session, actor=counter.registrar, order_id=order.id, tracking="SY-1")
        letters = letters_of(session, actor=counter.registrar, day=today())
        assert letters == [Letter("SY-1", order.number, OWNER, "حمص", 1)]
        assert letters_of(session, actor=SYSTEM, day=today() - timedelta(days=1)) == []
        with pytest.raises(Forbidden):
            letters_of(session, actor=counter.owner, day=today())
    back = Proof("SY-1", order.number, "returned", "العنوان ناقص")
    assert told(context, back, back, Proof("SY-9", order.number, "delivered", "x")) == (1, 1, ["letter-unknown"])
    assert told(context, Proof("SY-1", order.number, "delivered", "P-1")) == (0, 0, ["other"])
    with context.database.transaction() as session:
        handing.hand_to_post(session, actor=counter.registrar, order_id=order.id, tracking="SY-2")
    arrived = Proof("SY-2", order.number, "delivered", "P-2")
    wrong = [Proof("SY-2", order.number, "lost", "x"), Proof("SY-2", order.number, "delivered", "")]
    assert told(context, back, *wrong) == (0, 1, ["outcome-unknown", "note-missing"])
    assert told(context, back, arrived, arrived) == (1, 2, [])
    with context.database.reading() as session:
        assert session.get_one(ExtractOrder, order.id).state == "delivered"


def told(context: Context, *proofs: Proof) -> tuple[int, int, list[str]]:
    with context.database.transaction() as session:
        found = take_proofs(session, actor=SYSTEM, proofs=proofs)
    return found.taken, found.known, [one.code for one in found.unplaced]
