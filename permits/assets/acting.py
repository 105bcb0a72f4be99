"""The acts that somebody may do now on a property: what its desk offers; each use case asks again."""

from enum import StrEnum

from sqlalchemy.orm import Session

from permits.assets.contracts import contracts_of
from permits.assets.inventory import KEEPERS, NEXT, Stage, mapped_by
from permits.assets.tables import Asset
from permits.calendar import today
from permits.money.demands import OFFICE
from permits.people.actor import Actor


class AssetAct(StrEnum):
    """What may be done."""

    DOCUMENT = "document"
    MAP = "map"
    VERIFY = "verify"
    SIGN = "sign"
    END = "end"
    DEMAND = "demand"
    CORRECT = "correct"


_REACHING = {Stage.DOCUMENTED: AssetAct.DOCUMENT, Stage.MAPPED: AssetAct.MAP, Stage.VERIFIED: AssetAct.VERIFY}


def acts_of(session: Session, *, actor: Actor, asset: Asset) -> frozenset[AssetAct]:
    """What the actor may do on a property at its present stage; whoever drew it does not verify it."""
    found = set[AssetAct]()
    contracts = contracts_of(session, asset_id=asset.id)
    if actor.has(*KEEPERS):
        found |= {AssetAct.SIGN} | ({AssetAct.END} if any(one.until > today() for one in contracts) else set())
        if (stage := NEXT.get(Stage(asset.stage))) is not None:
            found.add(_REACHING[stage])
        if mapped_by(session, asset_id=asset.id) == actor.id:
            found.discard(AssetAct.VERIFY)
    if actor.has(*OFFICE) and contracts:
        found |= {AssetAct.DEMAND, AssetAct.CORRECT}
    return frozenset(found)
