"""The approver lets an undecided condition of the register pass: an act that is never changed."""

from alembic import op
import sqlalchemy as sa

from permits import db
from permits.immutable import allow_changes, forbid_changes

revision = "0016"
down_revision = "0014"
branch_labels = None
depends_on = None

TABLE = "case_overrides"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("condition", sa.String(length=20), nullable=False),
        sa.Column("undecided", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("overridden_by", sa.String(length=80), nullable=False),
        sa.Column("at", db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_overrides_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_overrides")),
    )
    op.create_index(op.f("ix_case_overrides_case_id"), TABLE, ["case_id"])
    forbid_changes(op.get_bind(), TABLE)


def downgrade() -> None:
    allow_changes(op.get_bind(), TABLE)
    op.drop_index(op.f("ix_case_overrides_case_id"), table_name=TABLE)
    op.drop_table(TABLE)
