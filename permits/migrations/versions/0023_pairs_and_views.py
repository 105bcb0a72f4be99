"""Pairs of models compared on demand; the elements chosen in a message's view."""

from alembic import op
import sqlalchemy as sa

from permits import db

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pair_comparisons",
        sa.Column("before_id", sa.String(length=36), nullable=False),
        sa.Column("model_id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("result_sha256", sa.String(length=64), nullable=True),
        sa.Column("asked_by", sa.String(length=36), nullable=False),
        sa.Column("asked_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["before_id"], ["models.id"], name=op.f("fk_pair_comparisons_before_id_models")),
        sa.ForeignKeyConstraint(["model_id"], ["models.id"], name=op.f("fk_pair_comparisons_model_id_models")),
        sa.PrimaryKeyConstraint("before_id", "model_id", name=op.f("pk_pair_comparisons")),
    )
    op.add_column("case_messages", sa.Column("elements", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("case_messages", "elements")
    op.drop_table("pair_comparisons")
