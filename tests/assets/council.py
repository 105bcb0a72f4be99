"""A small inventory on an empty ground; every name is invented."""

import json
from datetime import date

from permits.assets import contracts, inventory
from permits.assets.contracts import Agreement
from permits.assets.tables import Asset, AssetContract
from permits.db import new_id
from permits.jobs import Context
from permits.people.actor import Actor, Role

GRID = "EPSG:22770"
ORIGIN = (199000.0, 173000.0)
REGISTRAR = Actor("registrar", "registrar", frozenset({Role.REGISTRAR}))
SECOND = Actor("second", "second", frozenset({Role.REGISTRAR}))


def corners(left: float, low: float, width: float, height: float) -> str:
    """A rectangle as its corners in the grid."""
    x, y = ORIGIN[0] + left, ORIGIN[1] + low
    return json.dumps([[x, y], [x + width, y], [x + width, y + height], [x, y + height]])


def listed(context: Context, number: str = "A-1", *, domain: str = "private", area: str = "100.00") -> Asset:
    with context.database.transaction() as session:
        asset = Asset(
            id=new_id(), number=number, name="محل تجاري", domain=domain, use="تجاري", custodian="مديرية الأملاك",
            stage="listed", area=area,
        )  # fmt: skip
        session.add(asset)
        return asset


def mapped(context: Context, number: str = "A-1", *, domain: str = "private", left: float = 0.0) -> Asset:
    """Documented and drawn: twenty by ten metres."""
    asset = listed(context, number, domain=domain)
    with context.database.transaction() as session:
        inventory.document(
            session, actor=REGISTRAR, asset_id=asset.id, evidence="بيان قيد 12", cadastral_zone="تجريبية",
            parcel="77", sheet_no="5",
        )  # fmt: skip
        return inventory.put_on_map(
            session, actor=REGISTRAR, asset_id=asset.id, evidence="مخطط مساحي 3", shape=corners(left, 0, 20, 10),
            grid=GRID,
        )  # fmt: skip


def agreed(
    first: date = date(2027, 1, 1), end: date = date(2028, 1, 1), *, part: str = "", kind: str = "lease", every: int = 3
) -> Agreement:  # fmt: skip
    return Agreement(kind, "شركة النموذج", first, end, every, part)


def signed(context: Context, asset: Asset, what: Agreement) -> AssetContract:
    with context.database.transaction() as session:
        return contracts.sign_contract(session, actor=REGISTRAR, office="DM-01", asset_id=asset.id, agreed=what)
