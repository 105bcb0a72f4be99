"""What the desk of council property needs: acts by role, papers, shapes, previews, lists, dues beside the books."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from permits.assets import contracts, dues, importing, inventory, papers, rents, shaping
from permits.assets.acting import AssetAct, acts_of
from permits.assets.dues import DueState, Ending, if_ended
from permits.assets.tables import Asset, AssetContract, AssetEvidence
from permits.calendar import today
from permits.errors import Conflict, Forbidden, Invalid, NotFound, TooLarge
from permits.jobs import Context
from permits.money.bills import bills_of
from permits.money.evaluation import add_months
from permits.people.actor import STAFF, Actor, Role
from permits.registry import register_jobs
from tests.assets.council import GRID, REGISTRAR, SECOND, agreed, corners, listed, mapped, signed
from tests.assets.test_rents import pay

CASHIER = Actor("cashier", "cashier", frozenset({Role.CASHIER}))
PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture(autouse=True)
def known() -> None:
    register_jobs()


def acts(context: Context, asset: Asset, actor: Actor) -> set[AssetAct]:
    with context.database.reading() as session:
        return set(acts_of(session, actor=actor, asset=asset))


def test_each_act_is_offered_to_whoever_may_do_it_now(context: Context) -> None:
    asset = listed(context)
    assert acts(context, asset, REGISTRAR) == {AssetAct.DOCUMENT, AssetAct.SIGN}
    assert acts(context, asset, CASHIER) == set()
    drawn = mapped(context, "A-2")
    assert acts(context, drawn, REGISTRAR) == {AssetAct.SIGN}  # who drew it does not verify it
    assert acts(context, drawn, SECOND) == {AssetAct.VERIFY, AssetAct.SIGN}
    signed(context, drawn, agreed())
    assert acts(context, drawn, REGISTRAR) == {AssetAct.SIGN, AssetAct.END}
    assert acts(context, drawn, CASHIER) == {AssetAct.DEMAND, AssetAct.CORRECT}


def test_a_paper_is_kept_by_its_hash_and_read_by_the_staff_alone(context: Context) -> None:
    asset = listed(context)
    with context.database.transaction() as session:
        inventory.document(
            session, actor=REGISTRAR, asset_id=asset.id, evidence="بيان قيد", cadastral_zone="ت", parcel="1",
            sheet_no="2", sha256=papers.keep_paper(context.storage, PDF),
        )  # fmt: skip
    with context.database.reading() as session:
        row = session.scalars(select(AssetEvidence).where(AssetEvidence.asset_id == asset.id)).one()
        read = papers.read_paper(session, actor=CASHIER, storage=context.storage, evidence_id=row.id)
        assert read == (PDF, "application/pdf")
        for role in set(Role) - STAFF:
            with pytest.raises(Forbidden):
                papers.read_paper(
                    session, actor=Actor("x", "x", frozenset({role})), storage=context.storage, evidence_id=row.id
                )
        with pytest.raises(NotFound):
            papers.read_paper(session, actor=CASHIER, storage=context.storage, evidence_id="none")


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"<html><script>", "asset-paper-kind"), (b"MZ\x90", "asset-paper-kind"),
        (PDF + bytes(papers.MOST_BYTES), "asset-paper-too-large"),
    ],
)  # fmt: skip
def test_what_is_no_paper_is_refused(context: Context, content: bytes, error: str) -> None:
    with pytest.raises((Invalid, TooLarge), match=error):
        papers.keep_paper(context.storage, content)
    assert papers.keep_paper(context.storage, b"") == ""


def test_a_shape_is_measured_before_it_is_kept() -> None:
    found = shaping.measure(corners(0, 0, 20, 10), GRID)
    assert 199 < found.area < 201
    ring = found.outline["features"][0]["geometry"]["coordinates"][0]
    assert shaping.measure(shaping.shape_of_corners(ring[:-1]), GRID).area == pytest.approx(found.area, abs=1)
    assert shaping.shape_of_corners(ring[:2]) == ""
    with pytest.raises(Invalid, match="shape-unreadable"):
        shaping.measure("خمسون متراً", GRID)


def test_a_preview_is_what_is_then_signed(context: Context) -> None:
    asset, what = mapped(context), agreed(part=corners(0, 0, 10, 10))
    with context.database.reading() as session:
        told = contracts.preview_contract(session, actor=REGISTRAR, asset_id=asset.id, agreed=what)
        assert session.scalars(select(AssetContract)).all() == []
        with pytest.raises(Forbidden):
            contracts.preview_contract(session, actor=CASHIER, asset_id=asset.id, agreed=what)
    contract = signed(context, asset, what)
    with context.database.reading() as session:
        stands = dues.standings(session, actor=REGISTRAR, contract_id=contract.id, on=today())
        again = contracts.preview_contract(session, actor=REGISTRAR, asset_id=asset.id, agreed=what)
    kept = [(one.due.kind, one.due.due_day, one.due.piastres) for one in stands]
    assert [(due.kind, due.due_day.isoformat(), due.piastres) for due in told.dues] == kept
    assert (str(told.area), told.overlapping) == (contract.area, [])
    assert [one.number for one in again.overlapping] == [contract.number]
    with pytest.raises(Conflict) as refused:
        signed(context, asset, what)
    assert refused.value.values == {"number": contract.number, "first": "2027-01-01", "until": "2028-01-01"}


HEADS = "رقم الجرد,الاسم,النطاق,الاستعمال,الجهة الحائزة\n"


def test_a_list_is_handed_in_under_its_name(context: Context) -> None:
    with context.database.transaction() as session:
        taken = f"{HEADS}H-1,سوق,خاص,تجاري,الأملاك\n".encode()
        assert importing.import_list(session, actor=REGISTRAR, name="C:\\files\\جرد.csv", content=taken) == 1
        asset = inventory.get_asset(session, actor=REGISTRAR, number="H-1")
        assert [row.evidence for row in inventory.evidence_of(session, asset_id=asset.id)] == ["جرد.csv"]
        for name, content, error in (
            ("list.pdf", b"x", "inventory-file"), ("list.csv", b"", "inventory-file"), ("", b"", "inventory-file"),
            ("list.csv", bytes(importing.MOST_BYTES + 1), "inventory-too-large"),
        ):  # fmt: skip
            with pytest.raises((Invalid, TooLarge), match=error):
                importing.import_list(session, actor=REGISTRAR, name=name, content=content)
        with pytest.raises(Forbidden):
            importing.import_list(session, actor=CASHIER, name="list.csv", content=taken)


class Let:
    """A year's contract from today with a rent every quarter, and its dues as they stand."""

    def __init__(self, context: Context) -> None:
        self.context, self.first = context, today()
        self.contract = signed(context, listed(context), agreed(self.first, add_months(self.first, 12)))

    def stands(self, on: date | None = None) -> list[dues.Standing]:
        with self.context.database.reading() as session:
            return dues.standings(session, actor=CASHIER, contract_id=self.contract.id, on=on or today())

    def states(self, on: date | None = None) -> list[str]:
        return [str(one.state) for one in self.stands(on)]

    def demand(self, *numbers: int) -> None:
        with self.context.database.transaction() as session:
            for number in numbers:
                due = dues.due_numbered(session, contract_id=self.contract.id, number=number)
                rents.demand_due(session, actor=CASHIER, due_id=due.id, governorate="01")

    def correct(self, number: int, piastres: int) -> None:
        with self.context.database.transaction() as session:
            due = dues.due_numbered(session, contract_id=self.contract.id, number=number)
            rents.correct_due(session, actor=CASHIER, due_id=due.id, piastres=piastres, reason="خطأ في المساحة")

    def pay(self, number: int) -> None:
        reference = self.stands()[number - 1].reference
        with self.context.database.reading() as session:
            bills = bills_of(session, kind=rents.KIND, subject_id=self.contract.id)
            (bill,) = [one for one in bills if one.reference == reference]
        pay(self.context, bill)


@pytest.fixture
def let(context: Context) -> Let:
    return Let(context)


def test_a_due_goes_from_ahead_to_paid(let: Let) -> None:
    assert let.states() == ["owed", "owed", "ahead", "ahead", "ahead"]
    let.demand(1, 2)
    assert let.states() == ["demanded", "demanded", "ahead", "ahead", "ahead"]
    assert let.states(today() + timedelta(days=1))[:2] == ["overdue", "overdue"]
    let.pay(2)
    second = let.stands()[1]
    assert (second.state, second.demanded, second.paid, second.left) == (DueState.PAID, 150_000, 150_000, 0)


def test_a_corrected_due_tells_what_is_left_of_it(let: Let) -> None:
    let.demand(1, 2)
    let.correct(2, 100_000)
    one = let.stands()[1]
    assert (one.demanded, one.paid, one.left, one.correctable) == (100_000, 0, 100_000, True)
    let.correct(2, 0)
    assert (let.stands()[1].state, let.stands()[1].left) == (DueState.NOUGHT, 0)
    let.correct(2, 160_000)
    assert (let.stands()[1].state, let.stands()[1].left) == (DueState.DEMANDED, 160_000)


def test_what_ending_does_is_told_before_and_so_it_is(let: Let) -> None:
    let.demand(1, 2, 3, 4)
    let.pay(3)
    on = date.fromisoformat(let.stands()[2].due.first_day)
    assert if_ended(let.stands(), on) == Ending(dropped=1, cancelled=1, returned=1, piastres=150_000)
    with let.context.database.transaction() as session:
        rents.end(session, actor=REGISTRAR, contract_id=let.contract.id, on=on, reason="طلب المستأجر")
    assert let.states() == ["demanded", "demanded", "nought", "over", "over"]
    assert let.stands()[3].correctable is False
    assert if_ended(let.stands(), on) == Ending(0, 0, 0, 0)


def test_an_unknown_contract_or_due_is_said_so(let: Let) -> None:
    with let.context.database.reading() as session:
        with pytest.raises(NotFound, match="contract-unknown"):
            dues.standings(session, actor=CASHIER, contract_id="none", on=today())
        with pytest.raises(NotFound, match="due-unknown"):
            dues.due_numbered(session, contract_id=let.contract.id, number=99)
