"""Extracts ordered from anywhere: orders, their events and papers, and the accounts of known parties."""

from alembic import op
import sqlalchemy as sa

from permits import db
from permits.immutable import allow_changes, forbid_changes


revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

IMMUTABLE = ("extract_events", "extract_papers")


def upgrade() -> None:
    op.create_table('extract_orders',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('plot', sa.String(length=40), nullable=False),
    sa.Column('sheet_id', sa.String(length=36), nullable=False),
    sa.Column('purpose', sa.String(length=20), nullable=False),
    sa.Column('ground', sa.String(length=20), nullable=False),
    sa.Column('party_id', sa.String(length=36), nullable=True),
    sa.Column('applicant', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('document', sa.String(length=80), nullable=False),
    sa.Column('as_of', sa.String(length=10), nullable=False),
    sa.Column('known_at', db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('copies', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('channel', sa.String(length=10), nullable=False),
    sa.Column('centre', sa.String(length=20), nullable=True),
    sa.Column('address', sa.Text(), nullable=False),
    sa.Column('fee', sa.Text(), nullable=False),
    sa.Column('fee_sha256', sa.String(length=64), nullable=False),
    sa.Column('piastres', sa.BigInteger(), nullable=False),
    sa.Column('document_sha256', sa.String(length=64), nullable=True),
    sa.Column('tracking', sa.String(length=60), nullable=False),
    sa.Column('ordered_by', sa.String(length=80), nullable=False),
    sa.Column('ordered_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('changed_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['centre'], ['cash_centres.code'], name=op.f('fk_extract_orders_centre_cash_centres')),
    sa.ForeignKeyConstraint(['party_id'], ['parties.id'], name=op.f('fk_extract_orders_party_id_parties')),
    sa.ForeignKeyConstraint(['sheet_id'], ['sheets.id'], name=op.f('fk_extract_orders_sheet_id_sheets')),
    sa.ForeignKeyConstraint(['zone'], ['zones.code'], name=op.f('fk_extract_orders_zone_zones')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_extract_orders')),
    sa.UniqueConstraint('number', name=op.f('uq_extract_orders_number'))
    )
    op.create_index(op.f('ix_extract_orders_ordered_by'), 'extract_orders', ['ordered_by'], unique=False)
    op.create_index(op.f('ix_extract_orders_sheet_id'), 'extract_orders', ['sheet_id'], unique=False)
    op.create_index(op.f('ix_extract_orders_state'), 'extract_orders', ['state'], unique=False)
    op.create_table('extract_events',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('order_id', sa.String(length=36), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('action', sa.String(length=20), nullable=False),
    sa.Column('source', sa.String(length=20), nullable=False),
    sa.Column('target', sa.String(length=20), nullable=False),
    sa.Column('actor_id', sa.String(length=80), nullable=False),
    sa.Column('data', sa.JSON(), nullable=False),
    sa.Column('at', db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['order_id'], ['extract_orders.id'], name=op.f('fk_extract_events_order_id_extract_orders')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_extract_events')),
    sa.UniqueConstraint('order_id', 'position', name=op.f('uq_extract_events_order_id'))
    )
    op.create_table('extract_papers',
    sa.Column('extract_id', sa.String(length=36), nullable=False),
    sa.Column('order_id', sa.String(length=36), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('token', sa.Text(), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('made_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['extract_id'], ['extracts.id'], name=op.f('fk_extract_papers_extract_id_extracts')),
    sa.ForeignKeyConstraint(['order_id'], ['extract_orders.id'], name=op.f('fk_extract_papers_order_id_extract_orders')),
    sa.PrimaryKeyConstraint('extract_id', name=op.f('pk_extract_papers')),
    sa.UniqueConstraint('number', name=op.f('uq_extract_papers_number')),
    sa.UniqueConstraint('order_id', name=op.f('uq_extract_papers_order_id'))
    )
    op.create_table('party_accounts',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('user_id', sa.String(length=36), nullable=False),
    sa.Column('party_id', sa.String(length=36), nullable=False),
    sa.Column('power_of_attorney', sa.String(length=80), nullable=False),
    sa.Column('expires', sa.String(length=10), nullable=True),
    sa.Column('identity', sa.String(length=80), nullable=False),
    sa.Column('linked_by', sa.String(length=80), nullable=False),
    sa.Column('linked_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('ended_at', db.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['party_id'], ['parties.id'], name=op.f('fk_party_accounts_party_id_parties')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_party_accounts_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_party_accounts'))
    )
    op.create_index(op.f('ix_party_accounts_user_id'), 'party_accounts', ['user_id'], unique=False)
    for table in IMMUTABLE:
        forbid_changes(op.get_bind(), table)


def downgrade() -> None:
    for table in IMMUTABLE:
        allow_changes(op.get_bind(), table)
    op.drop_index(op.f('ix_party_accounts_user_id'), table_name='party_accounts')
    op.drop_table('party_accounts')
    op.drop_table('extract_papers')
    op.drop_table('extract_events')
    op.drop_index(op.f('ix_extract_orders_state'), table_name='extract_orders')
    op.drop_index(op.f('ix_extract_orders_sheet_id'), table_name='extract_orders')
    op.drop_index(op.f('ix_extract_orders_ordered_by'), table_name='extract_orders')
    op.drop_table('extract_orders')
