"""payment channels

Revision ID: 0012
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

from permits import db

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('payment_attempts',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('channel', sa.String(length=40), nullable=False),
    sa.Column('provider', sa.String(length=80), nullable=False),
    sa.Column('bill_id', sa.String(length=36), nullable=False),
    sa.Column('piastres', sa.BigInteger(), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('started_by', sa.String(length=80), nullable=False),
    sa.Column('address', sa.Text(), nullable=True),
    sa.Column('payment_id', sa.String(length=36), nullable=True),
    sa.Column('created_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('expires_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('ended_at', db.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['bill_id'], ['bills.id'], name=op.f('fk_payment_attempts_bill_id_bills')),
    sa.ForeignKeyConstraint(['payment_id'], ['payments.id'], name=op.f('fk_payment_attempts_payment_id_payments')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payment_attempts')),
    sa.UniqueConstraint('key', name=op.f('uq_payment_attempts_key'))
    )
    op.create_index(op.f('ix_payment_attempts_bill_id'), 'payment_attempts', ['bill_id'], unique=False)
    op.create_index(op.f('ix_payment_attempts_state'), 'payment_attempts', ['state'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_payment_attempts_state'), table_name='payment_attempts')
    op.drop_index(op.f('ix_payment_attempts_bill_id'), table_name='payment_attempts')
    op.drop_table('payment_attempts')
