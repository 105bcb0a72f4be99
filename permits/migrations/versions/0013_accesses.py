"""Looks at personal data, and their daily seals."""

from alembic import op
import sqlalchemy as sa

from permits import db
from permits.immutable import allow_changes, forbid_changes

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

TABLES = ("accesses", "access_seals")


def upgrade() -> None:
    op.create_table(
        "accesses",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("roles", sa.String(length=120), nullable=False),
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.String(length=40), nullable=False),
        sa.Column("seen", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accesses")),
        sa.UniqueConstraint("day", "actor", "subject_kind", "subject_id", "seen", name=op.f("uq_accesses_day")),
    )
    op.create_index(op.f("ix_accesses_actor"), "accesses", ["actor"])
    op.create_index(op.f("ix_accesses_subject_id"), "accesses", ["subject_id"])
    op.create_table(
        "access_seals",
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("looks", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_access_seals")),
    )
    for table in TABLES:
        forbid_changes(op.get_bind(), table)


def downgrade() -> None:
    for table in TABLES:
        allow_changes(op.get_bind(), table)
        op.drop_table(table)
