"""The policy of signals: every kind and every effect, and a table that is wrong is refused."""

import pytest

from permits.errors import Conflict
from permits.register import signals
from permits.register.acts import Act
from permits.register.signals import PERMIT, Effect, SignalKind, effects, need_free, policy, read_policy
from permits.register.state import Signal

LAWSUIT = Signal("1", "lawsuit", "أساس 1")
ATTACHED = Signal("2", "attachment", "تنفيذ 2", party="layla")
FORBIDDEN = Signal("3", "no-disposal", "قرار 3", party="karim")


def test_every_kind_has_its_row_and_every_act_an_effect() -> None:
    table = policy()
    assert set(table.kinds) == set(SignalKind)
    found = {table.effect(kind, act) for kind in SignalKind for act in [*Act, PERMIT]}
    assert found == set(Effect)
    assert table.status.value == "fictitious"


def test_the_strongest_comes_first_and_others_shares_are_left_out() -> None:
    told = effects("sale", sheet=[LAWSUIT, ATTACHED], persons={"karim": [FORBIDDEN]}, involved=frozenset({"karim"}))
    assert [(one.signal.id, str(one.effect), one.person) for one in told] == [
        ("3", "block", True),
        ("1", "warn", False),
    ]
    everybody = effects("sale", sheet=[LAWSUIT, ATTACHED], persons={})
    assert [one.signal.id for one in everybody] == ["2", "1"]


def test_a_block_is_a_conflict_and_warnings_are_told() -> None:
    with pytest.raises(Conflict, match="signal-blocks"):
        need_free(effects("sale", sheet=[ATTACHED], persons={}))
    assert need_free(effects("sale", sheet=[LAWSUIT], persons={})) == ["lawsuit: أساس 1"]
    assert need_free(effects("correction", sheet=[LAWSUIT], persons={})) == []


@pytest.mark.parametrize(
    "change",
    [("sale: block", "sale: forbid"), ("sale: block", "sell: block"), ("  occupancy-permit:", "  other:"),
     ("status: fictitious", "state: fictitious"), ("en: the property is attached}", "fr: saisie}")],
)  # fmt: skip
def test_a_wrong_table_is_refused(change: tuple[str, str]) -> None:
    content = signals._FILE.read_text(encoding="utf-8")
    assert change[0] in content
    with pytest.raises(ValueError, match=r"."):
        read_policy(content.replace(*change))


def test_what_a_signal_blocks_is_what_it_refuses() -> None:
    for kind in SignalKind:
        said = set(signals.blocked_by(kind))
        for act in [*map(str, Act), PERMIT]:
            told = effects(act, sheet=[Signal("9", str(kind), "x")], persons={})
            assert (act in said) is (told[0].effect is Effect.BLOCK)
            if act in said:
                with pytest.raises(Conflict, match="signal-blocks"):
                    need_free(told)
