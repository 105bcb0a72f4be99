"""Registers taken over from tables, and the exchange with the national register."""

from alembic import op
import sqlalchemy as sa

from permits import db
from permits.immutable import allow_changes, forbid_changes

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

IMMUTABLE = ("register_batches", "register_rows", "register_corrections", "register_choices")
TABLES = ("register_choices", "register_corrections", "register_rows", "register_candidates", "register_batches")


def upgrade() -> None:
    _taken_over()
    _decided()
    for table in IMMUTABLE:
        forbid_changes(op.get_bind(), table)


def _taken_over() -> None:
    op.create_table(
        "register_batches",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("profile", sa.JSON(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("taken_by", sa.String(length=80), nullable=False),
        sa.Column("taken_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_batches")),
        sa.UniqueConstraint("sha256", name=op.f("uq_register_batches_sha256")),
    )
    op.create_table(
        "register_candidates",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("batch_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("sheet_id", sa.String(length=36), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(length=80), nullable=False),
        sa.Column("decided_at", db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["register_batches.id"], name=op.f("fk_register_candidates_batch_id_register_batches")
        ),
        sa.ForeignKeyConstraint(["sheet_id"], ["sheets.id"], name=op.f("fk_register_candidates_sheet_id_sheets")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_candidates")),
    )
    op.create_index(op.f("ix_register_candidates_batch_id"), "register_candidates", ["batch_id"])
    op.create_index(op.f("ix_register_candidates_state"), "register_candidates", ["state"])
    op.create_table(
        "register_rows",
        sa.Column("batch_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.String(length=36), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["register_batches.id"], name=op.f("fk_register_rows_batch_id_register_batches")
        ),
        _candidate("register_rows"),
        sa.PrimaryKeyConstraint("batch_id", "number", name=op.f("pk_register_rows")),
    )
    op.create_index(op.f("ix_register_rows_candidate_id"), "register_rows", ["candidate_id"])


def _candidate(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_candidate_id_register_candidates")
    return sa.ForeignKeyConstraint(["candidate_id"], ["register_candidates.id"], name=name)


def _decided() -> None:
    op.create_table(
        "register_corrections",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("candidate_id", sa.String(length=36), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("column", sa.String(length=20), nullable=False),
        sa.Column("written", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.String(length=80), nullable=False),
        sa.Column("at", db.UtcDateTime(timezone=True), nullable=False),
        _candidate("register_corrections"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_corrections")),
    )
    op.create_index(op.f("ix_register_corrections_candidate_id"), "register_corrections", ["candidate_id"])
    op.create_table(
        "register_choices",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("candidate_id", sa.String(length=36), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.String(length=36), nullable=True),
        sa.Column("actor_id", sa.String(length=80), nullable=False),
        sa.Column("at", db.UtcDateTime(timezone=True), nullable=False),
        _candidate("register_choices"),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_register_choices_party_id_parties")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_choices")),
    )
    op.create_index(op.f("ix_register_choices_candidate_id"), "register_choices", ["candidate_id"])


def downgrade() -> None:
    for table in IMMUTABLE:
        allow_changes(op.get_bind(), table)
    for table in TABLES:
        op.drop_table(table)
