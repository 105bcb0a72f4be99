"""The desk alone: what it writes is on the disk and stays, what it prints verifies with the office's public keys."""

import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from permits.cash.desk import counter
from permits.cash.desk.counter import Desk
from permits.cash.desk.store import DeskStore
from permits.cash.sealed import BadSeal, bytes_of, text_of
from permits.cash.snapshot import PayableBill, Snapshot, sign_snapshot
from permits.cash.till import Block
from permits.cash.token import Certificate, certify, verify_receipt
from permits.documents.token import cose_keys, new_key, public_set
from permits.errors import Conflict, Expired, Invalid, NotFound
from permits.money.reference import BillReference

OFFICE_KEY = new_key("DM-01-2026-a")
KEYS = cose_keys(public_set([OFFICE_KEY]))
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
BILL, LAPSED, UNKNOWN = (str(BillReference(1, 101, n)) for n in (1, 2, 3))
ROOT = Path(__file__).parents[2]


def signed_snapshot(desk: Desk, /, **changes: object) -> bytes:
    certificate = Certificate(desk.code, "C07", bytes_of(desk.key["x"]), date(2026, 1, 1), date(2026, 12, 31))
    bills = (
        PayableBill(BILL, 93_652, 20_000, NOW + timedelta(days=9), "أحمد المثال"),
        PayableBill(LAPSED, 5_000, 5_000, NOW - timedelta(days=1), "هالة النموذج"),
    )
    snapshot = Snapshot(
        desk=desk.code, centre="C07", made_at=NOW - timedelta(hours=1), note=500, acknowledged=0, head=bytes(32),
        certificate=certify(certificate, OFFICE_KEY), blocks=(Block("DM-01-C07-1-", 1, 3),), bills=bills,
    )  # fmt: skip
    return sign_snapshot(replace(snapshot, **changes), OFFICE_KEY)  # type: ignore[arg-type]  # a map of many types


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    counter.init_desk(tmp_path / "desk", code="C07-1", office_keys=public_set([OFFICE_KEY]))
    return counter.open_desk(tmp_path / "desk", clock=lambda: NOW)


@pytest.fixture
def shift(desk: Desk) -> Desk:
    counter.import_snapshot(desk, signed_snapshot(desk))
    counter.open_shift(desk, cashier="سعاد المثال", notes={5000: 2, 500: 4})
    return desk


def test_cash_is_rounded_to_the_note_and_change_is_given(shift: Desk) -> None:
    slip = counter.take(shift, reference=BILL, tendered=100_000)
    assert (slip.piastres, slip.rounding, slip.tendered, slip.change) == (93_652, -152, 100_000, 6_500)
    assert (slip.number, slip.payer) == ("DM-01-C07-1-000001", "أحمد المثال")
    assert counter.close_shift(shift, notes={5000: 2, 500: 4 + 187}) == 0


def test_a_receipt_verifies_with_no_network(shift: Desk) -> None:
    slip = counter.take(shift, reference=BILL)
    verdict = verify_receipt(slip.token, KEYS)
    assert (verdict.code, verdict.desk, verdict.centre) == ("valid", "C07-1", "C07")
    assert (verdict.claims.number, verdict.claims.piastres, verdict.claims.taken_at) == (slip.number, 93_652, NOW)
    assert len(slip.token) < 600
    assert counter.print_again(shift, number=slip.number).token == slip.token
    other = cose_keys(public_set([new_key("DM-02")]))
    assert verify_receipt(slip.token, other).code == "unknown_key"
    raw = bytearray(bytes_of(slip.token))
    raw[-1] ^= 1
    assert verify_receipt(text_of(bytes(raw)), KEYS).code == "bad_signature"
    for text in ("", "abc", "?", slip.token[:-9], text_of(b"\x82\x01\x02")):
        with pytest.raises(BadSeal):
            verify_receipt(text, KEYS)


def test_a_receipt_of_a_day_without_certificate(shift: Desk) -> None:
    late = replace(shift, clock=lambda: datetime(2027, 1, 1, 8, tzinfo=UTC))
    slip = counter.take(late, reference=UNKNOWN, piastres=1_000)
    assert verify_receipt(slip.token, KEYS).code == "outside_certificate"


def test_the_queue_is_append_only(shift: Desk, tmp_path: Path) -> None:
    raw = sqlite3.connect(tmp_path / "desk" / counter.QUEUE, isolation_level=None)
    for statement in (
        "UPDATE entries SET seq = 9 WHERE seq = 2",
        "DELETE FROM entries",
        "INSERT INTO entries VALUES (4, x'00', x'00')",
        "INSERT OR REPLACE INTO entries VALUES (2, x'00', x'00')",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            raw.execute(statement)
    raw.close()
    assert shift.store.durability() == '{"journal_mode":"wal","synchronous":"2"}'


@pytest.mark.parametrize(
    ("reference", "piastres", "tendered", "code"),
    [
        (BILL, 19_999, None, "cash-amount-range"),
        (BILL, 93_653, None, "cash-amount-range"),
        (BILL, None, 93_499, "cash-tendered-short"),
        (LAPSED, None, None, "cash-bill-expired"),
        (UNKNOWN, None, None, "cash-amount-needed"),
        (UNKNOWN, -5, None, "payment-amount"),
        (UNKNOWN, 200, None, "payment-amount"),
        (UNKNOWN[:-1] + "x", 500, None, "bill-reference-misread"),
    ],
)
def test_what_cannot_be_taken_leaves_no_trace(
    shift: Desk, reference: str, piastres: int | None, tendered: int | None, code: str
) -> None:
    before = counter.till_of(shift)
    with pytest.raises((Invalid, Expired), match=code):
        counter.take(shift, reference=reference, piastres=piastres, tendered=tendered)
    assert counter.till_of(shift) == before


def test_steps_out_of_place(desk: Desk) -> None:
    with pytest.raises(Conflict, match="cash-no-snapshot"):
        counter.open_shift(desk, cashier="سعاد", notes={})
    counter.import_snapshot(desk, signed_snapshot(desk))
    with pytest.raises(Conflict, match="cash-shift-needed"):
        counter.take(desk, reference=BILL)
    with pytest.raises(Conflict, match="cash-shift-needed"):
        counter.close_shift(desk, notes={})
    counter.open_shift(desk, cashier="سعاد", notes={})
    with pytest.raises(Conflict, match="cash-shift-open"):
        counter.open_shift(desk, cashier="سعاد", notes={})
    slip = counter.take(desk, reference=BILL)
    counter.close_shift(desk, notes={500: 187})
    counter.open_shift(desk, cashier="سعاد", notes={})
    with pytest.raises(Conflict, match="cash-not-voidable"):
        counter.void(desk, number=slip.number, reason="متأخر")
    with pytest.raises(Conflict, match="cash-bill-paid"):
        counter.take(desk, reference=BILL)


def test_a_void_frees_the_bill_but_not_the_number(shift: Desk) -> None:
    slip = counter.take(shift, reference=BILL)
    with pytest.raises(Invalid, match="reason-needed"):
        counter.void(shift, number=slip.number, reason=" ")
    counter.void(shift, number=slip.number, reason="خطأ")
    assert counter.take(shift, reference=BILL).number == "DM-01-C07-1-000002"
    with pytest.raises(NotFound):
        counter.print_again(shift, number=slip.number)


def test_a_clock_that_went_back_stops_the_desk(shift: Desk) -> None:
    back = replace(shift, clock=lambda: NOW - timedelta(minutes=1))
    with pytest.raises(Conflict, match="cash-clock-behind"):
        counter.take(back, reference=BILL)


def test_only_the_offices_own_word_is_taken_along(desk: Desk) -> None:
    with pytest.raises(Conflict, match="cash-snapshot-foreign"):
        counter.import_snapshot(desk, signed_snapshot(desk, desk="C07-2"))
    with pytest.raises(Conflict, match="cash-clock-behind"):
        counter.import_snapshot(desk, signed_snapshot(desk, made_at=NOW + timedelta(days=1)))
    forged = bytearray(signed_snapshot(desk))
    forged[-1] ^= 1
    with pytest.raises(Invalid, match="cash-snapshot-refused"):
        counter.import_snapshot(desk, bytes(forged))
    assert counter.import_snapshot(desk, signed_snapshot(desk)) == 2
    assert counter.import_snapshot(desk, signed_snapshot(desk)) == 2
    assert counter.till_of(desk).seq == 1


def test_two_processes_write_one_queue(shift: Desk, tmp_path: Path) -> None:
    twin = counter.open_desk(tmp_path / "desk", clock=lambda: NOW)
    numbers = [counter.take(one, reference=UNKNOWN, piastres=500).number[-1] for one in (shift, twin, shift)]
    assert numbers == ["1", "2", "3"]
    twin.store.close()


def test_a_step_that_fails_half_way_is_not_there(tmp_path: Path) -> None:
    store = DeskStore(tmp_path / "desk.db")

    def half() -> None:
        with store.writing():
            store.append(1, b"a", b"b")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half()
    assert store.entries() == []
    store.close()


@pytest.mark.slow
def test_the_desk_needs_nothing_of_the_offices_database() -> None:
    code = "import sys, permits.cash.desk.counter; print([m for m in sys.modules if m.endswith('tables')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"
