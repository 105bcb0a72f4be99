"""Property of the council: a small invented inventory at every stage, and one contract whose guarantee is demanded."""

import json
from collections.abc import Sequence

from sqlalchemy.orm import Session

from api.demo.office import Office
from api.demo.saying import say
from permits.assets import contracts, dues, inventory, rents
from permits.assets.contracts import Agreement
from permits.assets.importing import import_list
from permits.assets.inventory import Stage
from permits.assets.tables import Asset
from permits.calendar import today
from permits.money.evaluation import add_months
from permits.people.actor import Role
from sample_models.land import GRID, point_on_grid

LIST = """رقم الجرد,الاسم,النطاق,الاستعمال,الجهة الحائزة,المنطقة العقارية,رقم العقار,رقم الصحيفة,المساحة
H-1001,سوق المحالّ (وهمي),خاص,تجاري,مديرية الأملاك (وهمية),تجريبية,9001,1,
H-1002,مرآب البلدية (وهمي),خاص,خدمي,مديرية الآليات (وهمية),تجريبية,9002,2,
H-1003,حديقة الحي (وهمية),عام,حديقة,مديرية الحدائق (وهمية),تجريبية,9003,3,1200
H-1004,مستودع قديم (وهمي),خاص,مستودع,مديرية الأملاك (وهمية),,,,350
H-1005,أرض فضاء (وهمية),خاص,أرض,مديرية الأملاك (وهمية),,,,
"""
FIRST = "H-1001"
REACHED = {FIRST: Stage.VERIFIED, "H-1002": Stage.MAPPED, "H-1003": Stage.DOCUMENTED}
DRAWN = {FIRST: (40.0, -26.0, 40.0, 18.0), "H-1002": (100.0, -26.0, 30.0, 20.0)}
"""Left, low, width and height in metres on the sample zone's plan: beyond the avenue, where no plot is."""

PAPER = "بيان قيد تجريبي"
PARTY = "شركة المثال للتجارة (وهمية)"


def keep_council_property(office: Office) -> None:
    """Enter the inventory and the contract; where they are, nothing is added."""
    context = office.context
    with context.database.transaction() as session:
        registrar = office.actor(session, Role.REGISTRAR)
        if inventory.list_assets(session, actor=registrar, text=FIRST, limit=1)[1]:
            return
        import_list(session, actor=registrar, name="council-demo.csv", content=LIST.encode())
        assets = {one.number: one for one in inventory.list_assets(session, actor=registrar, text="H-100")[0]}
        for number, stage in REACHED.items():
            _reach(session, office, assets[number], stage)
        first = today()
        contract = contracts.sign_contract(
            session, actor=registrar, office=context.settings.office, asset_id=assets[FIRST].id,
            agreed=Agreement("lease", PARTY, first, add_months(first, 12), 3),
        )  # fmt: skip
        cashier = office.actor(session, Role.CASHIER)
        guarantee = dues.due_numbered(session, contract_id=contract.id, number=1)
        bill = rents.demand_due(
            session, actor=cashier, due_id=guarantee.id, governorate=context.settings.governorate
        )  # fmt: skip
    if bill is None:
        raise RuntimeError("the guarantee has no bill")
    say(
        f"جرد أملاك المجلس: {len(assets)} عقارات، ووُقّع العقد {contract.number} وصدرت فاتورة تأمينه",
        f"Council property: {len(assets)} properties, contract {contract.number} signed and its guarantee billed",
    )


def _reach(session: Session, office: Office, asset: Asset, stage: Stage) -> None:
    """Up to a stage; the administrator verifies what the registrar drew."""
    registrar, admin = (office.actor(session, role) for role in (Role.REGISTRAR, Role.ADMIN))
    inventory.document(
        session, actor=registrar, asset_id=asset.id, evidence=PAPER, cadastral_zone=asset.cadastral_zone,
        parcel=asset.parcel, sheet_no=asset.sheet_no,
    )  # fmt: skip
    if stage is Stage.DOCUMENTED:
        return
    inventory.put_on_map(
        session, actor=registrar, asset_id=asset.id, evidence="مخطط مساحي تجريبي", shape=_shape(DRAWN[asset.number]),
        grid=GRID,
    )  # fmt: skip
    if stage is Stage.VERIFIED:
        inventory.verify_asset(session, actor=admin, asset_id=asset.id, evidence="كشف حسي تجريبي")


def _shape(place: Sequence[float]) -> str:
    left, low, width, height = place
    corners = [(left, low), (left + width, low), (left + width, low + height), (left, low + height)]
    return json.dumps([point_on_grid(*corner) for corner in corners])
