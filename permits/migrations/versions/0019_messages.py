"""Drafts, pre-checks, comparisons of models and messages of cases."""

from alembic import op
import sqlalchemy as sa

from permits import db
from permits.immutable import allow_changes, forbid_changes

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

ONE_HOLDER = "(case_id IS NULL) <> (precheck_id IS NULL)"


def _id(name, nullable=False):
    return sa.Column(name, sa.String(length=36), nullable=nullable)


def _at(name):
    return sa.Column(name, db.UtcDateTime(timezone=True), nullable=False)


def _key(table, column, to):
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def upgrade() -> None:
    op.add_column("cases", sa.Column("kind", sa.String(length=20), server_default="new", nullable=False))
    op.create_table(
        "case_drafts",
        _id("user_id"),
        sa.Column("zone", sa.String(length=40), nullable=False),
        sa.Column("plot", sa.String(length=40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        _at("changed_at"),
        _key("case_drafts", "user_id", "users"),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_case_drafts")),
    )
    op.create_table(
        "prechecks",
        _id("id"),
        sa.Column("zone", sa.String(length=40), nullable=False),
        sa.Column("plot", sa.String(length=40), nullable=False),
        _id("engineer_id"),
        sa.Column("applied_on", sa.String(length=10), nullable=False),
        _at("opened_at"),
        _id("case_id", nullable=True),
        sa.ForeignKeyConstraint(["zone"], ["zones.code"], name=op.f("fk_prechecks_zone_zones")),
        _key("prechecks", "engineer_id", "users"),
        _key("prechecks", "case_id", "cases"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prechecks")),
    )
    op.create_index(op.f("ix_prechecks_engineer_id"), "prechecks", ["engineer_id"])
    for table in ("models", "uploads"):
        with op.batch_alter_table(table) as batch:
            batch.add_column(_id("precheck_id", nullable=True))
            batch.alter_column("case_id", existing_type=sa.String(length=36), nullable=True)
            batch.create_foreign_key(op.f(f"fk_{table}_precheck_id_prechecks"), "prechecks", ["precheck_id"], ["id"])
            batch.create_check_constraint(op.f(f"ck_{table}_one_holder"), ONE_HOLDER)
            batch.create_index(op.f(f"ix_{table}_precheck_id"), ["precheck_id"])
    _comparisons()
    _messages()


def _comparisons() -> None:
    op.create_table(
        "case_comparisons",
        _id("model_id"),
        _id("before_id"),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("result_sha256", sa.String(length=64), nullable=True),
        _at("asked_at"),
        _key("case_comparisons", "model_id", "models"),
        _key("case_comparisons", "before_id", "models"),
        sa.PrimaryKeyConstraint("model_id", name=op.f("pk_case_comparisons")),
    )


def _messages() -> None:
    op.create_table(
        "case_messages",
        _id("id"),
        _id("case_id"),
        sa.Column("kind", sa.String(length=12), nullable=False),
        _id("about", nullable=True),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("author_id", sa.String(length=80), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due_on", sa.String(length=10), nullable=True),
        _id("review_id", nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("element", sa.String(length=22), nullable=True),
        sa.Column("viewpoint", sa.JSON(), nullable=True),
        _at("at"),
        _key("case_messages", "case_id", "cases"),
        _key("case_messages", "about", "case_messages"),
        _key("case_messages", "review_id", "reviews"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_messages")),
    )
    op.create_index(op.f("ix_case_messages_case_id"), "case_messages", ["case_id"])
    op.create_table(
        "case_message_reads",
        _id("case_id"),
        sa.Column("reader_id", sa.String(length=80), nullable=False),
        _id("read_to"),
        _key("case_message_reads", "case_id", "cases"),
        sa.PrimaryKeyConstraint("case_id", "reader_id", name=op.f("pk_case_message_reads")),
    )
    forbid_changes(op.get_bind(), "case_messages")


def downgrade() -> None:
    allow_changes(op.get_bind(), "case_messages")
    for table in ("case_message_reads", "case_messages", "case_comparisons"):
        op.drop_table(table)
    held = "SELECT id FROM models WHERE precheck_id IS NOT NULL"
    op.execute(f"DELETE FROM reviews WHERE model_id IN ({held})")
    for table in ("uploads", "models"):
        op.execute(f"DELETE FROM {table} WHERE precheck_id IS NOT NULL")
    for table in ("uploads", "models"):
        with op.batch_alter_table(table) as batch:
            batch.drop_index(op.f(f"ix_{table}_precheck_id"))
            batch.drop_constraint(op.f(f"ck_{table}_one_holder"), type_="check")
            batch.drop_constraint(op.f(f"fk_{table}_precheck_id_prechecks"), type_="foreignkey")
            batch.alter_column("case_id", existing_type=sa.String(length=36), nullable=False)
            batch.drop_column("precheck_id")
    for table in ("prechecks", "case_drafts"):
        op.drop_table(table)
    op.drop_column("cases", "kind")
