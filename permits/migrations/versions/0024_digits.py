"""In which digits a person reads."""

from alembic import op
import sqlalchemy as sa

revision = "0024"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("users", sa.Column("digits", sa.String(length=4), server_default="asis", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("users") as batch:
        batch.drop_column("digits")
