"""Use cases of the inventory: list, document, map and verify a property, each stage with its evidence."""

from collections.abc import Collection
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from permits import audit
from permits.assets.tables import Asset, AssetEvidence
from permits.audit import AuditEvent
from permits.db import utcnow
from permits.errors import Conflict, Invalid, NotFound
from permits.people.actor import STAFF, Actor, Role
from permits.shapes import ground_area, read_shape
from permits.spatial import bounds_of

LARGEST = 1e8
"""Square metres of one property: a hundred square kilometres."""


class Stage(StrEnum):
    """How far the documentation of a property has come; the text of each is `asset-stage-<code>`."""

    LISTED = "listed"
    DOCUMENTED = "documented"
    MAPPED = "mapped"
    VERIFIED = "verified"


class Domain(StrEnum):
    """Whose use it is for: everybody's, or the council's own; the text of each is `asset-domain-<code>`."""

    PUBLIC = "public"
    PRIVATE = "private"


KEEPERS = (Role.REGISTRAR, Role.ADMIN)
"""Who keeps the inventory and signs its contracts."""

_BEFORE = {Stage.DOCUMENTED: Stage.LISTED, Stage.MAPPED: Stage.DOCUMENTED, Stage.VERIFIED: Stage.MAPPED}
NEXT = {before: stage for stage, before in _BEFORE.items()}
"""What comes after each stage; after the last, nothing."""


def document(
    session: Session, *, actor: Actor, asset_id: str, evidence: str, cadastral_zone: str, parcel: str, sheet_no: str,
    sha256: str = "",
) -> Asset:  # fmt: skip
    """The property is found in the register: its cadastral zone, parcel and sheet."""
    asset = _at(session, actor, asset_id, Stage.DOCUMENTED)
    if not all(part.strip() for part in (cadastral_zone, parcel, sheet_no)):
        raise Invalid("asset-reference-needed")
    asset.cadastral_zone, asset.parcel, asset.sheet_no = cadastral_zone.strip(), parcel.strip(), sheet_no.strip()
    return _reached(session, actor, asset, Stage.DOCUMENTED, evidence, sha256)


def put_on_map(
    session: Session, *, actor: Actor, asset_id: str, evidence: str, shape: str, grid: str, sha256: str = ""
) -> Asset:  # fmt: skip
    """The property is drawn: GeoJSON in WGS84 or corners in `grid`; its area is from now on that of the ground."""
    asset = _at(session, actor, asset_id, Stage.MAPPED)
    polygon = read_shape(shape, grid, most=LARGEST)
    asset.polygon, asset.grid, asset.area = polygon, grid, str(ground_area(polygon, grid))
    for name, bound in bounds_of(polygon).items():
        setattr(asset, name, bound)
    return _reached(session, actor, asset, Stage.MAPPED, evidence, sha256)


def verify_asset(session: Session, *, actor: Actor, asset_id: str, evidence: str, sha256: str = "") -> Asset:
    """Somebody who did not map it has seen the property and confirms the inventory."""
    asset = _at(session, actor, asset_id, Stage.VERIFIED)
    if mapped_by(session, asset_id=asset_id) == actor.id:
        raise Conflict("four-eyes")
    return _reached(session, actor, asset, Stage.VERIFIED, evidence, sha256)


def mapped_by(session: Session, *, asset_id: str) -> str:
    """The id of who drew a property, whom another person must confirm; empty where nobody has."""
    drawn = [row for row in evidence_of(session, asset_id=asset_id) if row.stage == Stage.MAPPED]
    return drawn[-1].actor_id if drawn else ""


def lock_asset(session: Session, asset_id: str) -> Asset:
    """The asset, locked until the caller's transaction ends."""
    asset = session.scalar(
        select(Asset).where(Asset.id == asset_id).with_for_update().execution_options(populate_existing=True)
    )
    if asset is None:
        raise NotFound("asset-unknown")
    return asset


def _at(session: Session, actor: Actor, asset_id: str, stage: Stage) -> Asset:
    actor.need(*KEEPERS)
    asset = lock_asset(session, asset_id)
    if asset.stage != _BEFORE[stage]:
        raise Conflict("asset-stage", stage=asset.stage)
    return asset


def _reached(session: Session, actor: Actor, asset: Asset, stage: Stage, evidence: str, sha256: str) -> Asset:
    if not evidence.strip():
        raise Invalid("asset-evidence-needed")
    asset.stage, asset.changed_at = str(stage), utcnow()
    session.add(
        AssetEvidence(
            asset_id=asset.id, stage=str(stage), evidence=evidence.strip(), sha256=sha256, actor_id=actor.id
        )
    )  # fmt: skip
    session.flush()
    audit.record(
        session, AuditEvent.ASSET_ADVANCED, actor=actor, subject=asset.id, number=asset.number, stage=asset.stage,
        evidence=evidence.strip(),
    )  # fmt: skip
    return asset


def evidence_of(session: Session, *, asset_id: str) -> list[AssetEvidence]:
    """What every stage rests on, oldest first."""
    found = select(AssetEvidence).where(AssetEvidence.asset_id == asset_id)
    return list(session.scalars(found.order_by(AssetEvidence.id)))


def get_asset(session: Session, *, actor: Actor, number: str) -> Asset:
    """A property by its inventory number."""
    actor.need(*STAFF, Role.SYSTEM)
    asset = session.scalar(select(Asset).where(Asset.number == number))
    if asset is None:
        raise NotFound("asset-unknown")
    return asset


def get_asset_by_id(session: Session, *, actor: Actor, asset_id: str) -> Asset:
    """A property by the id that its contracts have of it."""
    actor.need(*STAFF, Role.SYSTEM)
    asset = session.get(Asset, asset_id)
    if asset is None:
        raise NotFound("asset-unknown")
    return asset


def numbers_of(session: Session, *, actor: Actor, asset_ids: Collection[str]) -> dict[str, str]:
    """The inventory numbers of properties by the ids that their contracts have of them."""
    actor.need(*STAFF, Role.SYSTEM)
    return dict(session.execute(select(Asset.id, Asset.number).where(Asset.id.in_(asset_ids))).tuples().all())


def list_assets(
    session: Session, *, actor: Actor, stage: Stage | None = None, text: str = "", offset: int = 0, limit: int = 100
) -> tuple[list[Asset], int]:  # fmt: skip
    """A page of the inventory by number, and how many there are in all; `text` is part of a number or a name."""
    actor.need(*STAFF, Role.SYSTEM)
    wanted: list[ColumnElement[bool]] = [] if stage is None else [Asset.stage == str(stage)]
    if text.strip():
        part = text.strip()
        wanted.append(Asset.number.contains(part, autoescape=True) | Asset.name.contains(part, autoescape=True))
    count = session.scalar(select(func.count()).select_from(Asset).where(*wanted)) or 0
    rows = session.scalars(select(Asset).where(*wanted).order_by(Asset.number).offset(offset).limit(limit))
    return list(rows), count
