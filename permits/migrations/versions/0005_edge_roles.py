"""Roles of plot edges that the office corrected."""

from alembic import op
import sqlalchemy as sa

from permits import db
from permits.immutable import allow_changes, forbid_changes


revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLE = "edge_role_corrections"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("zone", sa.String(length=40), nullable=False),
        sa.Column("plot", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("start_x", sa.Double(), nullable=False),
        sa.Column("start_y", sa.Double(), nullable=False),
        sa.Column("end_x", sa.Double(), nullable=False),
        sa.Column("end_y", sa.Double(), nullable=False),
        sa.Column("named", sa.String(length=10), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("layers_sha256", sa.String(length=64), nullable=False),
        sa.Column("actor_id", sa.String(length=36), nullable=False),
        sa.Column("at", db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["zone"], ["zones.code"], name=op.f("fk_edge_role_corrections_zone_zones")),
        sa.ForeignKeyConstraint(["actor_id"], ["users.id"], name=op.f("fk_edge_role_corrections_actor_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edge_role_corrections")),
        sa.UniqueConstraint("zone", "plot", "number", name=op.f("uq_edge_role_corrections_zone")),
    )
    forbid_changes(op.get_bind(), TABLE)


def downgrade() -> None:
    allow_changes(op.get_bind(), TABLE)
    op.drop_table(TABLE)
