"""A zone file handed in waits for a decision: what is shown of it, who decided, and why."""

from alembic import op
import sqlalchemy as sa

from permits import db

revision = "0025"
down_revision = "0023"
branch_labels = None
depends_on = None

ADDED = ("preview_sha256", "map_sha256", "decided_by", "decided_at", "reason")


def upgrade() -> None:
    with op.batch_alter_table("zone_imports") as batch:
        batch.add_column(sa.Column("preview_sha256", sa.String(length=64), nullable=True))
        batch.add_column(sa.Column("map_sha256", sa.String(length=64), nullable=True))
        batch.add_column(sa.Column("decided_by", sa.String(length=36), nullable=True))
        batch.add_column(sa.Column("decided_at", db.UtcDateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("reason", sa.Text(), nullable=False, server_default=""))
        batch.create_foreign_key(op.f("fk_zone_imports_decided_by_users"), "users", ["decided_by"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("zone_imports") as batch:
        batch.drop_constraint(op.f("fk_zone_imports_decided_by_users"), type_="foreignkey")
        for name in reversed(ADDED):
            batch.drop_column(name)
