"""The page of one property: acts for whoever may, what was looked at is what is signed, nothing without the right."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from dashboards.pages.asset import Property
from dashboards.visitor import Visitor
from permits.assets import dues
from permits.assets.tables import Asset, AssetContract, AssetEvidence, DemandedDue
from permits.calendar import today
from permits.errors import Forbidden, NotFound
from permits.i18n import translate
from permits.jobs import Context
from permits.money.evaluation import add_months
from permits.people.accounts import find_user, open_login
from permits.people.actor import STAFF, SYSTEM, Role
from permits.people.tables import User
from permits.registry import register_jobs
from tests.assets.council import GRID, agreed, corners, listed, mapped, signed
from tests.factories import make_actor, make_zone

PDF = b"%PDF-1.4\n%%EOF\n"


def press(button: Any) -> None:
    button.clicks += 1


def arrived(context: Context, role: Role) -> Visitor:
    register_jobs()
    with context.database.transaction() as session:
        make_actor(session, role)
        user = find_user(session, login=str(role))
        assert user
        return Visitor(context, open_login(session, user=user, minutes=5)[1].ref)


def opened(context: Context, role: Role, number: str = "A-1") -> Property:
    page = Property(arrived(context, role), number)
    page.show()
    return page


def write(page: Property, party: str = "شركة النموذج", end: date | None = None) -> None:
    page.contract.party.value = party
    page.contract.first.value = today().isoformat()
    page.contract.end.value = (end or add_months(today(), 12)).isoformat()


@pytest.mark.parametrize("role", [role for role in Role if role not in STAFF])
def test_only_staff_open_it(context: Context, role: Role) -> None:
    listed(context)
    with pytest.raises(Forbidden):
        opened(context, role)


def test_an_unknown_number_is_said_so(context: Context) -> None:
    with pytest.raises(NotFound, match="asset-unknown"):
        opened(context, Role.REVIEWER, "none")


def test_a_stage_is_kept_with_its_paper_and_what_was_sent_is_emptied(context: Context) -> None:
    asset, page = listed(context), opened(context, Role.REGISTRAR)
    page.stage.evidence.value = "بيان قيد 12"
    press(page.stage.buttons["document"])
    assert page.notice.object == translate("ar", "error-asset-reference-needed")
    assert page.stage.evidence.value == "بيان قيد 12"  # what was refused is still there
    for name, text in (("cadastral_zone", "تجريبية"), ("parcel", "77"), ("sheet_no", "5")):
        page.stage.reference[name].value = text
    page.stage.paper.value = b"MZ\x90 a program"
    press(page.stage.buttons["document"])
    assert page.notice.object == translate("ar", "error-asset-paper-kind")
    page.stage.paper.value = PDF
    press(page.stage.buttons["document"])
    assert (page.notice.object, page.stage.evidence.value) == (translate("ar", "asset-done"), "")
    assert [name for name, button in page.stage.buttons.items() if button.visible] == ["map"]
    with context.database.reading() as session:
        row = session.scalars(select(AssetEvidence).where(AssetEvidence.asset_id == asset.id)).one()
        assert context.storage.read(row.sha256) == PDF


def test_a_shape_is_measured_before_it_is_kept(context: Context) -> None:
    with context.database.transaction() as session:
        make_zone(session)
        session.flush()
    page = opened(context, Role.REGISTRAR, mapped(context).number)
    page.pad.shape.value = corners(0, 0, 10, 10)
    assert "100." in page.pad.told.object
    page.pad.shape.value = "خمسون متراً"
    assert page.notice.object == translate("ar", "error-shape-unreadable")
    assert page.pad.told.object == ""
    page.pad.map.corners = [[36.26, 33.5], [36.2602, 33.5], [36.2602, 33.5002]]
    assert page.pad.text.startswith('{"type": "Polygon"')
    assert page.pad.grid == GRID
    page.pad.map.corners = page.pad.map.corners[:-1]
    assert page.pad.text == ""


def test_what_was_looked_at_is_what_is_signed(context: Context) -> None:
    asset, page = listed(context), opened(context, Role.REGISTRAR)
    write(page)
    assert page.contract.sign.visible is False
    press(page.contract.preview)
    assert page.contract.sign.visible is True
    page.contract.end.value = add_months(today(), 24).isoformat()
    press(page.contract.sign)
    assert page.notice.object == translate("ar", "error-contract-look-first")
    press(page.contract.preview)
    other = signed(context, asset, agreed(today(), add_months(today(), 6)))  # a colleague was faster
    press(page.contract.sign)
    assert page.notice.object == translate(
        "ar", "error-contract-overlaps", number=other.number, first=other.first_day, until=other.end_day
    )
    press(page.contract.preview)
    assert other.number in page.contract.told.object
    assert page.contract.sign.visible is False


def test_dues_are_demanded_corrected_and_end_with_their_contract(context: Context) -> None:
    contract = signed(context, listed(context), agreed(today(), add_months(today(), 12)))
    cashier = opened(context, Role.CASHIER)
    press(cashier.dues.demand)
    assert cashier.notice.object == translate("ar", "asset-done-demand", count=2)
    assert cashier.dues.demand.visible is False
    cashier.dues.due.value = list(cashier.dues.due.options.values())[1]
    cashier.dues.amount.value = "كثير"
    press(cashier.dues.correct)
    assert cashier.notice.object == translate("ar", "error-payment-amount")
    cashier.dues.amount.value, cashier.dues.why.value = "٧٠٠", "خطأ في المساحة"
    press(cashier.dues.correct)
    assert cashier.notice.object == translate("ar", "asset-done-correct")
    registrar = opened(context, Role.REGISTRAR)
    registrar.dues.last.value, registrar.dues.reason.value = add_months(today(), 6).isoformat(), "طلب"
    press(registrar.dues.look)
    registrar.dues.last.value = add_months(today(), 3).isoformat()
    press(registrar.dues.end)
    assert registrar.notice.object == translate("ar", "error-contract-look-first")
    press(registrar.dues.look)
    press(registrar.dues.end)
    with context.database.reading() as session:
        stands = dues.standings(session, actor=SYSTEM, contract_id=contract.id, on=today())
    assert [str(one.state) for one in stands] == ["demanded", "demanded", "over", "over", "over"]
    assert stands[1].left == 70_000


PRESSED: dict[str, tuple[Role, Callable[[Property], Any]]] = {
    "document": (Role.REGISTRAR, lambda page: page.stage.buttons["document"]),
    "preview": (Role.REGISTRAR, lambda page: page.contract.preview),
    "sign": (Role.REGISTRAR, lambda page: page.contract.sign),
    "end": (Role.REGISTRAR, lambda page: page.dues.end),
    "demand": (Role.CASHIER, lambda page: page.dues.demand),
    "correct": (Role.CASHIER, lambda page: page.dues.correct),
}


@pytest.mark.parametrize("act", PRESSED)
def test_an_open_page_does_nothing_once_the_right_has_gone(context: Context, act: str) -> None:
    role, button = PRESSED[act]
    contract = signed(context, listed(context), agreed(today(), add_months(today(), 12)))
    page = opened(context, role)
    page.stage.evidence.value = page.dues.reason.value = page.dues.why.value = "سبب"
    for field in page.stage.reference.values():
        field.value = "1"
    write(page, end=add_months(today(), 24))
    page.contract.first.value = add_months(today(), 12).isoformat()
    press(page.contract.preview)
    page.dues.last.value, page.dues.amount.value = add_months(today(), 6).isoformat(), "700"
    press(page.dues.look)
    with context.database.transaction() as session:
        session.scalars(select(User).where(User.login == str(role))).one().roles = ["governor"]
    press(button(page))
    assert page.notice.object == translate("ar", "error-role-needed")
    with context.database.reading() as session:
        assert [row.id for row in session.scalars(select(AssetContract))] == [contract.id]
        assert session.get_one(AssetContract, contract.id).ended_on is None
        assert session.scalars(select(Asset.stage)).all() == ["listed"]
        assert session.scalars(select(DemandedDue)).all() == []
