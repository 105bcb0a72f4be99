"""Turns of a case, claims of reviewers, standing of engineers, phrases of the office; stamps by people."""

import json

from alembic import op
import sqlalchemy as sa

from permits import db

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

CLOCKS = {
    "draft": "engineer", "returned": "engineer", "at_syndicate": "office", "in_review": "office",
    "awaiting_approval": "office", "paid": "office", "awaiting_payment": "owner", "permit_issued": "stopped",
    "refused": "stopped", "withdrawn": "stopped",
}


def upgrade() -> None:
    turns = op.create_table(
        "case_turns",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("clock", sa.String(length=10), nullable=False),
        sa.Column("at", db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_turns_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_turns")),
    )
    op.create_index(op.f("ix_case_turns_case_id"), "case_turns", ["case_id"])
    _turns_of_before(turns)
    op.create_table(
        "case_claims",
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("reviewer_id", sa.String(length=36), nullable=False),
        sa.Column("given_by", sa.String(length=36), nullable=False),
        sa.Column("at", db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_claims_case_id_cases")),
        sa.ForeignKeyConstraint(["reviewer_id"], ["users.id"], name=op.f("fk_case_claims_reviewer_id_users")),
        sa.ForeignKeyConstraint(["given_by"], ["users.id"], name=op.f("fk_case_claims_given_by_users")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_claims")),
    )
    op.create_index(op.f("ix_case_claims_reviewer_id"), "case_claims", ["reviewer_id"])
    _people()


def _people() -> None:
    op.create_table(
        "engineer_standings",
        sa.Column("engineer_id", sa.String(length=36), nullable=False),
        sa.Column("membership", sa.String(length=40), nullable=False),
        sa.Column("valid_until", sa.String(length=10), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.Column("at", db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["engineer_id"], ["users.id"], name=op.f("fk_engineer_standings_engineer_id_users")),
        sa.PrimaryKeyConstraint("engineer_id", name=op.f("pk_engineer_standings")),
    )
    op.create_table(
        "office_phrases",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("family", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("added_by", sa.String(length=36), nullable=False),
        sa.Column("at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["added_by"], ["users.id"], name=op.f("fk_office_phrases_added_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_phrases")),
    )
    op.create_index(op.f("ix_office_phrases_family"), "office_phrases", ["family"])
    with op.batch_alter_table("stamps") as batch:
        batch.alter_column("client_id", existing_type=sa.String(length=80), nullable=True)
        batch.add_column(sa.Column("user_id", sa.String(length=36), nullable=True))
        batch.create_foreign_key(op.f("fk_stamps_user_id_users"), "users", ["user_id"], ["id"])
        batch.create_index(op.f("ix_stamps_user_id"), ["user_id"])


def _turns_of_before(turns) -> None:
    """The turns that the audit chain tells of every case that is there."""
    connection = op.get_bind()
    cases = sa.table("cases", sa.column("id"), sa.column("opened_at", db.UtcDateTime(timezone=True)))
    audit = sa.table("audit", sa.column("seq"), sa.column("at"), sa.column("event"), sa.column("subject"), sa.column("data"))
    rows = [
        {"id": db.new_id(), "case_id": case.id, "state": "draft", "clock": CLOCKS["draft"], "at": case.opened_at}
        for case in connection.execute(sa.select(cases.c.id, cases.c.opened_at))
    ]
    known = {row["case_id"] for row in rows}
    moved = sa.select(audit.c.subject, audit.c.at, audit.c.data).where(audit.c.event == "state-changed")
    for act in connection.execute(moved.order_by(audit.c.seq)):
        state = json.loads(act.data).get("target")
        if act.subject in known and state in CLOCKS:
            at = db.datetime.fromisoformat(act.at)
            rows.append({"id": db.new_id(), "case_id": act.subject, "state": state, "clock": CLOCKS[state], "at": at})
    if rows:
        connection.execute(turns.insert(), rows)


def downgrade() -> None:
    with op.batch_alter_table("stamps") as batch:
        batch.drop_index(op.f("ix_stamps_user_id"))
        batch.drop_constraint(op.f("fk_stamps_user_id_users"), type_="foreignkey")
        batch.drop_column("user_id")
        batch.alter_column("client_id", existing_type=sa.String(length=80), nullable=False)
    for table in ("office_phrases", "engineer_standings", "case_claims", "case_turns"):
        op.drop_table(table)
