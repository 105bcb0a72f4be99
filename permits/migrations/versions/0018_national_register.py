"""Announcements of entries to a national register."""

from alembic import op
import sqlalchemy as sa

from permits import db
from permits.immutable import allow_changes, forbid_changes

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

TABLES = ("national_events", "national_announcements", "national_reach")


def upgrade() -> None:
    op.create_table(
        "national_reach",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("start", sa.BigInteger(), nullable=False),
        sa.Column("reached", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_national_reach")),
    )
    op.create_table(
        "national_announcements",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("sheet_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("tried_at", db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("theirs", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["sheet_id"], ["sheets.id"], name=op.f("fk_national_announcements_sheet_id_sheets")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_national_announcements")),
    )
    op.create_index("uq_national_announcements_entry", "national_announcements", ["sheet_id", "number"], unique=True)
    op.create_index(op.f("ix_national_announcements_state"), "national_announcements", ["state"])
    _events()
    forbid_changes(op.get_bind(), "national_events")


def _events() -> None:
    op.create_table(
        "national_events",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("announcement_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.String(length=80), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=True),
        sa.Column("at", db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["announcement_id"], ["national_announcements.id"],
            name=op.f("fk_national_events_announcement_id_national_announcements"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_national_events")),
        sa.UniqueConstraint("source", name=op.f("uq_national_events_source")),
    )
    op.create_index(op.f("ix_national_events_announcement_id"), "national_events", ["announcement_id"])


def downgrade() -> None:
    allow_changes(op.get_bind(), "national_events")
    for table in TABLES:
        op.drop_table(table)
