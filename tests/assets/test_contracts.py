"""Contracts: no two on one place and day, nothing of the public domain let, dues demanded once, income by year."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from permits.assets import contracts
from permits.assets.contracts import Agreement
from permits.assets.figures import income
from permits.assets.tables import AssetContract, ContractDue
from permits.errors import Conflict, Invalid, RukhsaError
from permits.jobs import Context
from permits.people.actor import SYSTEM
from tests.assets.council import REGISTRAR, agreed, corners, listed, mapped, signed


def test_a_contract_says_what_is_due_when(context: Context) -> None:
    asset = listed(context)
    contract = signed(context, asset, agreed(end=date(2029, 1, 1), every=12))
    assert (contract.area, contract.notice_day, contract.index_rate) == ("100.00", "2028-10-03", "1/20")
    with context.database.reading() as session:
        found = contracts.due(session, date(2027, 12, 31))
        assert [(one.kind, one.first_day.year, one.piastres) for one in found] == [
            ("guarantee", 2027, 50_000), ("rent", 2027, 600_000),
        ]  # fmt: skip
        assert [(one.year, one.piastres) for one in income(session, actor=REGISTRAR)] == [
            (2027, 600_000), (2028, 630_000),
        ]  # fmt: skip
        assert contracts.notices(session, actor=REGISTRAR, on=date(2028, 10, 2)) == []
        assert len(contracts.notices(session, actor=REGISTRAR, on=date(2028, 10, 3))) == 1


def test_what_was_demanded_is_due_no_more(context: Context) -> None:
    signed(context, listed(context), agreed())
    with context.database.transaction() as session:
        first, *rest = contracts.due(session, date(2027, 5, 1))
        contracts.demanded(session, actor=SYSTEM, due_id=first.due_id, reference="D-1")
        assert contracts.due(session, date(2027, 5, 1)) == rest
        with pytest.raises(Conflict, match="due-demanded"):
            contracts.demanded(session, actor=SYSTEM, due_id=first.due_id, reference="D-2")


def test_the_public_domain_is_not_let(context: Context) -> None:
    asset = listed(context, domain="public")
    for kind in ("lease", "investment"):
        with pytest.raises(Conflict, match="asset-public-domain"):
            signed(context, asset, agreed(kind=kind))
    assert signed(context, asset, agreed(kind="occupancy")).kind == "occupancy"


@pytest.mark.parametrize(
    ("what", "free"),
    [
        (agreed(part=corners(10, 0, 10, 10)), True),  # the other half
        (agreed(part=corners(5, 0, 10, 10)), False),
        (agreed(), False),  # the whole takes every part
        (agreed(date(2028, 1, 1), date(2029, 1, 1), part=corners(0, 0, 10, 10)), True),  # from the day after
        (agreed(date(2027, 12, 31), date(2029, 1, 1), part=corners(0, 0, 10, 10)), False),
        (agreed(date(2026, 1, 1), date(2027, 1, 1)), True),
    ],
)
def test_no_place_is_let_twice_on_one_day(context: Context, what: Agreement, free: bool) -> None:
    asset = mapped(context)
    signed(context, asset, agreed(part=corners(0, 0, 10, 10)))
    if free:
        assert signed(context, asset, what).asset_id == asset.id
    else:
        with pytest.raises(Conflict, match="contract-overlaps"):
            signed(context, asset, what)


def test_of_two_signed_at_once_one_is_left(context: Context) -> None:
    asset = mapped(context)
    gate = Barrier(2)

    def sign(left: float) -> str:
        gate.wait(10)
        try:
            return signed(context, asset, agreed(part=corners(left, 0, 10, 10))).number[-6:]
        except Conflict as error:
            return error.code

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(sign, (0.0, 5.0))) == ["000001", "contract-overlaps"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "gift"}, "contract-kind-unknown"),
        ({"party": " "}, "contract-party-needed"),
        ({"every_months": 5}, "contract-period"),
        ({"end_day": date(2027, 1, 1)}, "contract-days"),
        ({"end_day": date(2057, 1, 2)}, "contract-days"),
        ({"part": corners(15, 0, 10, 10)}, "contract-part-outside"),
        ({"part": "hello"}, "shape-unreadable"),
    ],
)
def test_what_cannot_be_is_refused(context: Context, change: dict[str, object], code: str) -> None:
    asset = mapped(context)
    values: dict[str, object] = {**vars(agreed()), **change}
    with pytest.raises(RukhsaError) as refused:
        signed(context, asset, Agreement(**values))  # type: ignore[arg-type]  # the values are right, or wrong on purpose
    assert refused.value.code == code


def test_a_part_needs_a_map_and_the_whole_an_area(context: Context) -> None:
    with pytest.raises(Conflict, match="asset-not-mapped"):
        signed(context, listed(context), agreed(part=corners(0, 0, 5, 5)))
    with pytest.raises(Conflict, match="asset-area-needed"):
        signed(context, listed(context, "A-2", area=""), agreed())


def test_a_contract_that_ends_early_frees_its_place_and_owes_no_later_period(context: Context) -> None:
    asset = listed(context)
    contract = signed(context, asset, agreed())
    with context.database.transaction() as session, pytest.raises(Invalid):
        contracts.end_contract(session, actor=REGISTRAR, contract_id=contract.id, on=date(2027, 5, 1), reason="")
    with context.database.transaction() as session:
        contracts.end_contract(
            session, actor=REGISTRAR, contract_id=contract.id, on=date(2027, 5, 1), reason="بالتراضي"
        )
    with context.database.reading() as session:
        assert [one.first_day.month for one in contracts.due(session, date(2028, 1, 1))] == [1, 1, 4]
    with context.database.transaction() as session, pytest.raises(Conflict, match="contract-not-running"):
        contracts.end_contract(session, actor=REGISTRAR, contract_id=contract.id, on=date(2027, 6, 1), reason="مرة")
    assert signed(context, asset, agreed(date(2027, 5, 1), date(2028, 1, 1))).asset_id == asset.id


def test_dues_are_never_changed(context: Context) -> None:
    signed(context, listed(context), agreed())
    with pytest.raises(DBAPIError, match="append-only"), context.database.transaction() as session:
        session.query(ContractDue).update({"piastres": 1})
    with context.database.reading() as session:
        assert len(session.scalars(select(AssetContract)).all()) == 1
