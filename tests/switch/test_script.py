"""Faults by magic amounts and by scripts: the same ones for the same payments, whoever asks again."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.sandbox_switch.faults import MAGIC, Fault, of_amount, taken
from api.sandbox_switch.script import fault_at, read
from api.sandbox_switch.settlement import cut, take_back
from api.sandbox_switch.store import ACKNOWLEDGED, Payment, Store

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to" / "try-a-switch.md"


def test_every_fault_has_its_amount_and_every_amount_is_documented() -> None:
    assert set(MAGIC.values()) == set(Fault) - {Fault.NONE}
    assert [of_amount(piastres) for piastres in (9_300, 9_301, 9_399)] == [Fault.NONE, Fault.DUPLICATE, Fault.NONE]
    page = HOW_TO.read_text(encoding="utf-8")
    assert [fault for number, fault in MAGIC.items() if f"| .{number:02d} | `{fault}` |" not in page] == []


def test_what_is_taken() -> None:
    assert [taken(1_000, fault) for fault in (Fault.NONE, Fault.WRONG_AMOUNT, Fault.PART, Fault.EXCESS)] == [
        1_000, 900, 500, 1_100,
    ]  # fmt: skip


def test_the_lines_of_a_script_hold_one_after_another() -> None:
    steps = read('{"fault": "cut"}\n\n{"fault": "late", "payments": 2}\n{"rates": {"untold": 1}, "payments": 1}\n')
    assert [fault_at(steps, index) for index in range(5)] == ["cut", "late", "late", "untold", "none"]


@given(st.integers(0, 2**32), st.integers(0, 10_000))
def test_rates_draw_the_same_again(seed: int, index: int) -> None:
    steps = read(f'{{"seed": {seed}, "rates": {{"cut": 0.3, "late": 0.3}}}}')
    assert fault_at(steps, index) is fault_at(steps, index)


def test_rates_are_about_what_they_say() -> None:
    steps = read('{"seed": 7, "rates": {"cut": 0.1, "late": 0.2}}')
    drawn = [fault_at(steps, index) for index in range(10_000)]
    assert abs(drawn.count(Fault.CUT) - 1_000) < 150
    assert abs(drawn.count(Fault.LATE) - 2_000) < 200


@pytest.mark.parametrize(
    "line",
    ["{}", '{"fault": "cut", "rates": {"cut": 0.1}}', '{"rates": {"cut": 0.7, "late": 0.7}}', '{"fault": "hail"}', "x",
     '{"rates": {"cut": -0.1}}', '{"fault": "cut", "payments": 0}'],
)  # fmt: skip
def test_a_wrong_line_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="validation error"):
        read(line)


def _paid(store: Store, name: str, fault: Fault = Fault.NONE) -> Payment:
    payment = Payment(name, "r", 5_000, "2026-11-21", str(fault), "{}", ACKNOWLEDGED)
    store.take(payment)
    return payment


def test_the_bank_balances_whatever_it_takes_back(tmp_path: Path) -> None:
    store = Store(tmp_path / "switch.db")
    early, late = _paid(store, "A"), _paid(store, "B")
    _paid(store, "C", Fault.SETTLED_TWICE)
    take_back(store, early)
    assert cut(store, provider="bank", day="2026-11-21").splitlines()[1:-1] == ["B;r;5000", "C;r;5000", "C;r;5000"]
    assert store.balances() == {"biller": 15_000, "held": 0, "own": -5_000, "payer": -10_000}
    take_back(store, late)
    assert store.balances() == {"biller": 10_000, "held": 0, "own": -5_000, "payer": -5_000}
    assert store.standing() == {"acknowledged": 1, "taken_back": 2}
    store.close()


def test_a_script_is_kept(tmp_path: Path) -> None:
    store = Store(tmp_path / "switch.db")
    _paid(store, "A")
    store.follow("x")
    store.close()
    again = Store(tmp_path / "switch.db")
    assert again.script() == ("x", 1)
    again.close()
