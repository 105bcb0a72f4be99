"""money, documents, register"""

from alembic import op
import sqlalchemy as sa

from permits import db
from permits.immutable import allow_changes, forbid_changes

IMMUTABLE = ("ledger_transactions", "ledger_entries", "receipts", "settlement_lines", "journal_entries")


revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('biller_keys',
    sa.Column('id', sa.String(length=80), nullable=False),
    sa.Column('provider', sa.String(length=80), nullable=False),
    sa.Column('secret', sa.Text(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('created_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_biller_keys'))
    )
    op.create_table('ledger_transactions',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('key', sa.String(length=200), nullable=False),
    sa.Column('at', db.UtcDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ledger_transactions')),
    sa.UniqueConstraint('key', name=op.f('uq_ledger_transactions_key'))
    )
    op.create_table('parties',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('name_ar', sa.Text(), nullable=False),
    sa.Column('name_en', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_parties'))
    )
    op.create_table('settlements',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('provider', sa.String(length=80), nullable=False),
    sa.Column('day', sa.String(length=10), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('piastres', sa.BigInteger(), nullable=False),
    sa.Column('summary', sa.JSON(), nullable=False),
    sa.Column('imported_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_settlements')),
    sa.UniqueConstraint('provider', 'day', name=op.f('uq_settlements_provider'))
    )
    op.create_table('sheets',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('parcel', sa.String(length=40), nullable=False),
    sa.Column('cadastral_zone', sa.String(length=120), nullable=False),
    sa.Column('zone_names', sa.JSON(), nullable=False),
    sa.Column('register', sa.String(length=20), nullable=False),
    sa.Column('tenure', sa.String(length=40), nullable=False),
    sa.Column('area', sa.String(length=20), nullable=False),
    sa.Column('status', sa.String(length=20), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sheets')),
    sa.UniqueConstraint('cadastral_zone', 'parcel', name=op.f('uq_sheets_cadastral_zone'))
    )
    with op.batch_alter_table('sheets', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sheets_parcel'), ['parcel'], unique=False)

    op.create_table('extracts',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('sheet_id', sa.String(length=36), nullable=False),
    sa.Column('as_of', sa.String(length=10), nullable=False),
    sa.Column('fingerprint', sa.String(length=64), nullable=False),
    sa.Column('issued_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['sheet_id'], ['sheets.id'], name=op.f('fk_extracts_sheet_id_sheets')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_extracts')),
    sa.UniqueConstraint('number', name=op.f('uq_extracts_number'))
    )
    with op.batch_alter_table('extracts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_extracts_sheet_id'), ['sheet_id'], unique=False)

    op.create_table('journal_entries',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('number', sa.BigInteger(), nullable=False),
    sa.Column('sheet_id', sa.String(length=36), nullable=False),
    sa.Column('act', sa.String(length=20), nullable=False),
    sa.Column('actor_id', sa.String(length=80), nullable=False),
    sa.Column('at', db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('data', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['sheet_id'], ['sheets.id'], name=op.f('fk_journal_entries_sheet_id_sheets')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_journal_entries')),
    sa.UniqueConstraint('number', name=op.f('uq_journal_entries_number'))
    )
    with op.batch_alter_table('journal_entries', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_journal_entries_sheet_id'), ['sheet_id'], unique=False)

    op.create_table('ledger_entries',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('transaction_id', sa.String(length=36), nullable=False),
    sa.Column('account', sa.String(length=80), nullable=False),
    sa.Column('piastres', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['transaction_id'], ['ledger_transactions.id'], name=op.f('fk_ledger_entries_transaction_id_ledger_transactions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ledger_entries'))
    )
    with op.batch_alter_table('ledger_entries', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ledger_entries_account'), ['account'], unique=False)
        batch_op.create_index(batch_op.f('ix_ledger_entries_transaction_id'), ['transaction_id'], unique=False)

    op.create_table('settlement_lines',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('settlement_id', sa.String(length=36), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('provider_txn', sa.String(length=80), nullable=False),
    sa.Column('file_piastres', sa.BigInteger(), nullable=True),
    sa.Column('our_piastres', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['settlement_id'], ['settlements.id'], name=op.f('fk_settlement_lines_settlement_id_settlements')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_settlement_lines'))
    )
    with op.batch_alter_table('settlement_lines', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_settlement_lines_settlement_id'), ['settlement_id'], unique=False)

    op.create_table('annotations',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('sheet_id', sa.String(length=36), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('detail', sa.String(length=200), nullable=False),
    sa.Column('from_entry', sa.String(length=36), nullable=False),
    sa.Column('until_entry', sa.String(length=36), nullable=True),
    sa.ForeignKeyConstraint(['from_entry'], ['journal_entries.id'], name=op.f('fk_annotations_from_entry_journal_entries')),
    sa.ForeignKeyConstraint(['sheet_id'], ['sheets.id'], name=op.f('fk_annotations_sheet_id_sheets')),
    sa.ForeignKeyConstraint(['until_entry'], ['journal_entries.id'], name=op.f('fk_annotations_until_entry_journal_entries')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_annotations')),
    sa.UniqueConstraint('sheet_id', 'kind', 'detail', name=op.f('uq_annotations_sheet_id'))
    )
    with op.batch_alter_table('annotations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_annotations_sheet_id'), ['sheet_id'], unique=False)

    op.create_table('bills',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('case_id', sa.String(length=36), nullable=False),
    sa.Column('reference', sa.String(length=16), nullable=False),
    sa.Column('piastres', sa.BigInteger(), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('assessment', sa.Text(), nullable=False),
    sa.Column('assessment_sha256', sa.String(length=64), nullable=False),
    sa.Column('issued_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('expires_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('settled_at', db.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_bills_case_id_cases')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bills')),
    sa.UniqueConstraint('reference', name=op.f('uq_bills_reference'))
    )
    with op.batch_alter_table('bills', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_bills_case_id'), ['case_id'], unique=False)

    op.create_table('permits',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('case_id', sa.String(length=36), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('issued_on', sa.String(length=10), nullable=False),
    sa.Column('expires_on', sa.String(length=10), nullable=False),
    sa.Column('token', sa.Text(), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('fingerprint', sa.String(length=64), nullable=False),
    sa.Column('document_sha256', sa.String(length=64), nullable=True),
    sa.Column('revoked_at', db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('created_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_permits_case_id_cases')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_permits')),
    sa.UniqueConstraint('case_id', name=op.f('uq_permits_case_id')),
    sa.UniqueConstraint('number', name=op.f('uq_permits_number'))
    )
    op.create_table('sheet_shares',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('sheet_id', sa.String(length=36), nullable=False),
    sa.Column('party_id', sa.String(length=36), nullable=False),
    sa.Column('numerator', sa.Text(), nullable=False),
    sa.Column('denominator', sa.Text(), nullable=False),
    sa.Column('from_entry', sa.String(length=36), nullable=False),
    sa.Column('until_entry', sa.String(length=36), nullable=True),
    sa.ForeignKeyConstraint(['from_entry'], ['journal_entries.id'], name=op.f('fk_sheet_shares_from_entry_journal_entries')),
    sa.ForeignKeyConstraint(['party_id'], ['parties.id'], name=op.f('fk_sheet_shares_party_id_parties')),
    sa.ForeignKeyConstraint(['sheet_id'], ['sheets.id'], name=op.f('fk_sheet_shares_sheet_id_sheets')),
    sa.ForeignKeyConstraint(['until_entry'], ['journal_entries.id'], name=op.f('fk_sheet_shares_until_entry_journal_entries')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sheet_shares'))
    )
    with op.batch_alter_table('sheet_shares', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sheet_shares_sheet_id'), ['sheet_id'], unique=False)

    op.create_table('payments',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('provider', sa.String(length=80), nullable=False),
    sa.Column('provider_txn', sa.String(length=80), nullable=False),
    sa.Column('payload_sha256', sa.String(length=64), nullable=False),
    sa.Column('reference', sa.String(length=80), nullable=False),
    sa.Column('bill_id', sa.String(length=36), nullable=True),
    sa.Column('piastres', sa.BigInteger(), nullable=False),
    sa.Column('channel', sa.String(length=80), nullable=False),
    sa.Column('paid_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('settlement_day', sa.String(length=10), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('received_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('acknowledged_at', db.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['bill_id'], ['bills.id'], name=op.f('fk_payments_bill_id_bills')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payments')),
    sa.UniqueConstraint('provider', 'provider_txn', name=op.f('uq_payments_provider'))
    )
    with op.batch_alter_table('payments', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_payments_bill_id'), ['bill_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_payments_settlement_day'), ['settlement_day'], unique=False)

    op.create_table('receipts',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('bill_id', sa.String(length=36), nullable=False),
    sa.Column('payment_id', sa.String(length=36), nullable=False),
    sa.Column('piastres', sa.BigInteger(), nullable=False),
    sa.Column('issued_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['bill_id'], ['bills.id'], name=op.f('fk_receipts_bill_id_bills')),
    sa.ForeignKeyConstraint(['payment_id'], ['payments.id'], name=op.f('fk_receipts_payment_id_payments')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_receipts')),
    sa.UniqueConstraint('bill_id', name=op.f('uq_receipts_bill_id')),
    sa.UniqueConstraint('number', name=op.f('uq_receipts_number')),
    sa.UniqueConstraint('payment_id', name=op.f('uq_receipts_payment_id'))
    )
    for name in IMMUTABLE:
        forbid_changes(op.get_bind(), name)


def downgrade() -> None:
    for name in IMMUTABLE:
        allow_changes(op.get_bind(), name)
    op.drop_table('receipts')
    with op.batch_alter_table('payments', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_payments_settlement_day'))
        batch_op.drop_index(batch_op.f('ix_payments_bill_id'))

    op.drop_table('payments')
    with op.batch_alter_table('sheet_shares', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sheet_shares_sheet_id'))

    op.drop_table('sheet_shares')
    op.drop_table('permits')
    with op.batch_alter_table('bills', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_bills_case_id'))

    op.drop_table('bills')
    with op.batch_alter_table('annotations', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_annotations_sheet_id'))

    op.drop_table('annotations')
    with op.batch_alter_table('settlement_lines', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_settlement_lines_settlement_id'))

    op.drop_table('settlement_lines')
    with op.batch_alter_table('ledger_entries', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ledger_entries_transaction_id'))
        batch_op.drop_index(batch_op.f('ix_ledger_entries_account'))

    op.drop_table('ledger_entries')
    with op.batch_alter_table('journal_entries', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_journal_entries_sheet_id'))

    op.drop_table('journal_entries')
    with op.batch_alter_table('extracts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_extracts_sheet_id'))

    op.drop_table('extracts')
    with op.batch_alter_table('sheets', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sheets_parcel'))

    op.drop_table('sheets')
    op.drop_table('settlements')
    op.drop_table('parties')
    op.drop_table('ledger_transactions')
    op.drop_table('biller_keys')
