"""The guides that this office published and did not withdraw, and the way every review comes to know them."""

import hashlib
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from bim.guide.pack import GuidePack, parse_guide
from bim.packs import load
from permits.db import Database
from permits.guides.tables import GuidePublication, GuideWithdrawal
from permits.review.guides import Source


@lru_cache(maxsize=16)
def pack_of(content: str) -> GuidePack:
    """The guide of some YAML; raises PackError with every fault."""
    raw = content.encode()
    return parse_guide(load(raw, "guide.yaml"), hashlib.sha256(raw).hexdigest(), "guide.yaml")


def published(session: Session) -> list[GuidePack]:
    """Every published guide that stands, the newest first."""
    query = (
        select(GuidePublication)
        .outerjoin(GuideWithdrawal, GuideWithdrawal.publication_id == GuidePublication.id)
        .where(GuideWithdrawal.publication_id.is_(None))
        .order_by(GuidePublication.id.desc())
    )
    return [pack_of(row.content) for row in session.scalars(query)]


def source_of(database: Database) -> Source:
    """What `permits.review.guides.add_source` asks of an office's database."""

    def known() -> list[GuidePack]:
        with database.reading() as session:
            return published(session)

    return known
