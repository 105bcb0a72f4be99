"""The planner's amendments of sheets; drafts, trials, publications and withdrawals of modelling guides."""

from alembic import op
import sqlalchemy as sa

from permits import db, immutable
IMMUTABLE = ("guide_publications", "guide_withdrawals")

revision = "0022"
down_revision = "0024"
branch_labels = None
depends_on = None


def _moment(name: str, nullable: bool = False) -> sa.Column:
    return sa.Column(name, db.UtcDateTime(timezone=True), nullable=nullable)


def _text(name: str, length: int | None = None, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.String(length=length) if length else sa.Text(), nullable=nullable)


def _user(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["users.id"], name=op.f(f"fk_{table}_{column}_users"))


def upgrade() -> None:
    op.create_table(
        "sheet_amendments",
        _text("id", 36), _text("zone", 40),
        sa.Column("plots", sa.JSON(), nullable=False), sa.Column("changes", sa.JSON(), nullable=False),
        _text("valid_from", 10), _text("legal_act"), _text("clause"), _text("status", 20), _text("state", 20),
        sa.Column("result", sa.JSON(), nullable=False),
        _text("asked_by", 36), _moment("asked_at"), _text("decided_by", 36, nullable=True),
        _moment("decided_at", nullable=True), _text("note"),
        sa.ForeignKeyConstraint(["zone"], ["zones.code"], name=op.f("fk_sheet_amendments_zone_zones")),
        _user("sheet_amendments", "asked_by"), _user("sheet_amendments", "decided_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_amendments")),
    )
    op.create_index(op.f("ix_sheet_amendments_zone"), "sheet_amendments", ["zone"])
    op.create_index(op.f("ix_sheet_amendments_state"), "sheet_amendments", ["state"])
    _guides()
    for table in IMMUTABLE:
        immutable.forbid_changes(op.get_bind(), table)


def _guides() -> None:
    op.create_table(
        "guide_drafts",
        _text("id", 36), _text("base", 80), _text("content"), sa.Column("revision", sa.Integer(), nullable=False),
        _text("state", 20), _text("changed_by", 36), _moment("changed_at"),
        _user("guide_drafts", "changed_by"), sa.PrimaryKeyConstraint("id", name=op.f("pk_guide_drafts")),
    )
    op.create_index(op.f("ix_guide_drafts_state"), "guide_drafts", ["state"])
    op.create_table(
        "guide_trials",
        _text("id", 36), _text("content"), _text("state", 20), sa.Column("result", sa.JSON(), nullable=False),
        _text("asked_by", 36), _moment("asked_at"), _moment("changed_at"),
        _user("guide_trials", "asked_by"), sa.PrimaryKeyConstraint("id", name=op.f("pk_guide_trials")),
    )
    op.create_table(
        "guide_publications",
        _text("id", 36), _text("pack", 80), _text("version", 40), _text("valid_from", 10), _text("content"),
        _text("sha256", 64), _text("published_by", 36), _moment("at"),
        _user("guide_publications", "published_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guide_publications")),
        sa.UniqueConstraint("pack", name=op.f("uq_guide_publications_pack")),
    )
    op.create_table(
        "guide_withdrawals",
        _text("publication_id", 36), _text("reason"), _text("withdrawn_by", 36), _moment("at"),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["guide_publications.id"],
            name=op.f("fk_guide_withdrawals_publication_id_guide_publications"),
        ),
        _user("guide_withdrawals", "withdrawn_by"),
        sa.PrimaryKeyConstraint("publication_id", name=op.f("pk_guide_withdrawals")),
    )


def downgrade() -> None:
    for table in IMMUTABLE:
        immutable.allow_changes(op.get_bind(), table)
    for table in ("guide_withdrawals", "guide_publications", "guide_trials", "guide_drafts", "sheet_amendments"):
        op.drop_table(table)
