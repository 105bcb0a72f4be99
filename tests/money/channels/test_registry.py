"""Channels: what is agreed on is never beyond what the code can do, and each bill knows its ways."""

from dataclasses import replace
from pathlib import Path

import pytest

from permits.errors import Conflict, NotFound
from permits.jobs import Context
from permits.money.bills import left_of
from permits.money.channels.capabilities import Capabilities, Delivery
from permits.money.channels.registry import ADAPTERS, SHIPPED, Channels, read_channels
from permits.money.channels.ways import shares, ways
from permits.money.strict import TariffError
from permits.money.tables import Bill
from tests.money.books import Town, make_bill
from tests.money.channels.conftest import with_cleaning
from tests.money.collecting import in_parts, pay

SHOWN = read_channels()


def test_the_shipped_channels_are_fictitious_and_read() -> None:
    assert {channel.status for channel in SHOWN.channels} == {"fictitious"}
    assert {channel.adapter for channel in SHOWN.channels} <= set(ADAPTERS)
    with pytest.raises(NotFound):
        SHOWN.find("nobody")


def test_within() -> None:
    able = Capabilities(Delivery.PULL, parts=True, reversal=True)
    assert Capabilities(Delivery.PULL, parts=True).within(able)
    for more in (Capabilities(Delivery.PUSH), Capabilities(split=True), Capabilities(currencies=frozenset({"USD"}))):
        assert not more.within(able)
    able.need("parts")
    with pytest.raises(Conflict):
        able.need("refund")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("adapter: rest", "adapter: pigeon"),
        ("can: {parts: true, reversal: true}", "can: {parts: true, split: true}"),
        ("can: {parts: true, reversal: true}", "can: {teleport: true}"),
        ("code: switch", "code: bank"),
        ('biller: "101"', 'biller: "1"'),
        ("delivery: pull", "delivery: push"),
        ("delivery: pull", "delivery: pull\n    colour: red"),
        ("adapter: cash", "adapter: redirect\n    can: {redirect: true}"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, old: str, new: str) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "channels.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(TariffError):
        read_channels(path)


def _limited(most: int) -> Channels:
    first, *others = SHOWN.channels
    return replace(SHOWN, channels=(first.model_copy(update={"most": most}), *others))


def _ways(context: Context, bill: Bill, channels: Channels = SHOWN) -> dict[str, tuple[int, int]]:
    with context.database.reading() as session:
        found = ways(session, channels=channels, bill=session.get_one(Bill, bill.id))
    return {way.channel.code: (way.least, way.most) for way in found}


def test_a_bill_knows_its_ways(context: Context, town: Town) -> None:
    bill = make_bill(context, town)
    whole = (bill.piastres, bill.piastres)
    assert _ways(context, bill) == {"bank": whole, "switch": whole, "cash": whole}
    assert "bank" not in _ways(context, bill, _limited(bill.piastres - 1))
    least = in_parts(context, bill)
    assert _ways(context, bill) == {"bank": (least, whole[0]), "switch": (least, whole[0]), "cash": whole}
    assert _ways(context, bill, _limited(least))["bank"] == (least, least)
    pay(context, bill, bill.piastres)
    assert _ways(context, bill) == {}


def test_what_is_left_is_divided_exactly_where_all_have_accounts(context: Context, town: Town) -> None:
    bill = make_bill(context, town)
    in_parts(context, bill)
    with_cleaning(context, bill)
    pay(context, bill, bill.piastres // 3 + 1)
    switch = SHOWN.find("switch")
    with context.database.reading() as session:
        row = session.get_one(Bill, bill.id)
        left = left_of(session, row)
        found = shares(session, channel=switch, bill=row, piastres=left)
        assert sum(share.piastres for share in found) == left
        assert len({share.account.number for share in found}) == len(found) > 1
        less = switch.model_copy(update={"accounts": {"municipality": switch.accounts["municipality"]}})
        assert shares(session, channel=less, bill=row, piastres=left) == []
        assert shares(session, channel=SHOWN.find("bank"), bill=row, piastres=left) == []
