"""Divisions of the buildings of cases."""

from alembic import op
import sqlalchemy as sa

from permits import db

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_divisions",
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("model_sha256", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("report_sha256", sa.String(length=64), nullable=True),
        sa.Column("why", sa.String(length=120), nullable=False),
        sa.Column("asked_by", sa.String(length=80), nullable=False),
        sa.Column("asked_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("entry", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_divisions_case_id_cases")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_divisions")),
    )


def downgrade() -> None:
    op.drop_table("case_divisions")
