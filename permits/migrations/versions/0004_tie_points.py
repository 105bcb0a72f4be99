"""tie points of uploads and models"""

from alembic import op
import sqlalchemy as sa


revision = '0004'
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ('uploads', 'models'):
        op.add_column(table, sa.Column('ties', sa.Text(), server_default='', nullable=False))


def downgrade() -> None:
    for table in ('models', 'uploads'):
        op.drop_column(table, 'ties')
