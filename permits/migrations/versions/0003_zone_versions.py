"""Dated versions of a zone's land, and zone files handed in at the desk."""

from alembic import op
import sqlalchemy as sa

from permits import db
from permits.immutable import allow_changes, forbid_changes

IMMUTABLE = ("zone_versions",)


revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    versions = op.create_table(
        "zone_versions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("zone", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("layers_sha256", sa.String(length=64), nullable=False),
        sa.Column("valid_from", sa.String(length=10), nullable=False),
        sa.Column("plots", sa.Integer(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("imported_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("imported_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["zone"], ["zones.code"], name=op.f("fk_zone_versions_zone_zones")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_zone_versions")),
        sa.UniqueConstraint("zone", "number", name=op.f("uq_zone_versions_zone")),
    )
    op.create_table(
        "zone_imports",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("layers_sha256", sa.String(length=64), nullable=False),
        sa.Column("valid_from", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("asked_by", sa.String(length=36), nullable=False),
        sa.Column("asked_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("changed_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["asked_by"], ["users.id"], name=op.f("fk_zone_imports_asked_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_zone_imports")),
    )
    _first_versions(versions)
    for name in IMMUTABLE:
        forbid_changes(op.get_bind(), name)


def _first_versions(versions: sa.Table) -> None:
    """What was imported before versions were kept is the first one, valid from its day of import."""
    zones = sa.table(
        "zones", sa.column("code"), sa.column("layers_sha256"),
        sa.column("imported_at", db.UtcDateTime(timezone=True)),
    )
    plots = sa.table("plots", sa.column("zone"))
    count = sa.select(sa.func.count()).select_from(plots).where(plots.c.zone == zones.c.code).scalar_subquery()
    known = op.get_bind().execute(sa.select(zones.c.code, zones.c.layers_sha256, zones.c.imported_at, count)).all()
    rows = [
        {"id": db.new_id(), "zone": code, "number": 1, "layers_sha256": sha256, "plots": number, "changes": {},
         "valid_from": imported.date().isoformat(), "imported_at": imported, "imported_by": "system"}
        for code, sha256, imported, number in known
    ]
    if rows:
        op.bulk_insert(versions, rows)


def downgrade() -> None:
    for name in IMMUTABLE:
        allow_changes(op.get_bind(), name)
    op.drop_table("zone_imports")
    op.drop_table("zone_versions")
