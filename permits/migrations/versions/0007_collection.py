"""Demands, bills in parts, credits, refunds, waivers; the database balances the ledger."""

import json

from alembic import op
import sqlalchemy as sa

from permits import db
from permits.immutable import allow_changes, forbid_changes
from permits.money.guards import guard_ledger, unguard_ledger

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

IMMUTABLE = ("demand_lines", "credits", "allotments")
REBUILT = ("ledger_entries", "receipts")
ENTRY_KEY = "fk_ledger_entries_transaction_id_ledger_transactions"
TIME = db.UtcDateTime(timezone=True)


def _id(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.String(length=36), nullable=nullable)


def _key(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def _primary(table: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def upgrade() -> None:
    _create_demands()
    _create_money()
    _move_bills()
    op.add_column("payments", sa.Column("left_piastres", sa.BigInteger(), nullable=True))
    _credit_and_allot()
    with op.batch_alter_table("receipts") as batch:
        batch.drop_constraint("uq_receipts_bill_id", type_="unique")
        batch.create_index(op.f("ix_receipts_bill_id"), ["bill_id"], unique=False)
    with op.batch_alter_table("ledger_entries") as batch:
        batch.drop_constraint(ENTRY_KEY, type_="foreignkey")
        batch.create_foreign_key(
            ENTRY_KEY, "ledger_transactions", ["transaction_id"], ["id"], deferrable=True, initially="DEFERRED"
        )
    _forbid(IMMUTABLE)
    guard_ledger(op.get_bind())


def _forbid(new: tuple[str, ...]) -> None:
    """Triggers of new tables; on SQLite a rebuilt table has lost its own."""
    rebuilt = REBUILT if op.get_bind().dialect.name == "sqlite" else ()
    for table in (*new, *rebuilt):
        forbid_changes(op.get_bind(), table)


def _create_demands() -> None:
    op.create_table(
        "demands",
        _id("id"),
        sa.Column("service", sa.String(length=60), nullable=False),
        sa.Column("series", sa.Integer(), nullable=False),
        sa.Column("governorate", sa.String(length=2), nullable=False),
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.String(length=80), nullable=False),
        sa.Column("payer", sa.Text(), nullable=False),
        sa.Column("piastres", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("assessment", sa.Text(), nullable=False),
        sa.Column("assessment_sha256", sa.String(length=64), nullable=False),
        _id("adjusts", nullable=True),
        sa.Column("minimum_part", sa.BigInteger(), nullable=True),
        sa.Column("release", sa.String(length=20), nullable=False),
        sa.Column("opened_at", TIME, nullable=False),
        sa.Column("closed_at", TIME, nullable=True),
        sa.Column("released_at", TIME, nullable=True),
        _key("demands", "adjusts", "demands"),
        _primary("demands"),
    )
    op.create_table(
        "demand_lines",
        _id("id"),
        _id("demand_id"),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("beneficiary", sa.String(length=80), nullable=False),
        sa.Column("piastres", sa.BigInteger(), nullable=False),
        _key("demand_lines", "demand_id", "demands"),
        _primary("demand_lines"),
    )
    _index("demands", "subject_id", "adjusts")
    _index("demand_lines", "demand_id")


def _create_money() -> None:
    op.create_table(
        "credits",
        _id("id"),
        sa.Column("account", sa.String(length=20), nullable=False),
        _id("payment_id", nullable=True),
        _id("demand_id", nullable=True),
        sa.Column("piastres", sa.BigInteger(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        _key("credits", "payment_id", "payments"),
        _key("credits", "demand_id", "demands"),
        _primary("credits"),
        sa.UniqueConstraint("payment_id", "account", name=op.f("uq_credits_payment_id")),
        sa.UniqueConstraint("demand_id", name=op.f("uq_credits_demand_id")),
    )
    op.create_table(
        "allotments",
        _id("id"),
        _id("demand_id"),
        _id("bill_id", nullable=True),
        _id("payment_id", nullable=True),
        _id("credit_id", nullable=True),
        sa.Column("piastres", sa.BigInteger(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        _key("allotments", "demand_id", "demands"),
        _key("allotments", "bill_id", "bills"),
        _key("allotments", "payment_id", "payments"),
        _key("allotments", "credit_id", "credits"),
        _primary("allotments"),
    )
    op.create_table(
        "refunds",
        _id("id"),
        _id("credit_id"),
        sa.Column("piastres", sa.BigInteger(), nullable=False),
        sa.Column("payee", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("requested_by", sa.String(length=80), nullable=False),
        sa.Column("requested_at", TIME, nullable=False),
        sa.Column("decided_by", sa.String(length=80), nullable=True),
        sa.Column("decided_at", TIME, nullable=True),
        sa.Column("transfer_reference", sa.String(length=80), nullable=True),
        sa.Column("paid_at", TIME, nullable=True),
        _key("refunds", "credit_id", "credits"),
        _primary("refunds"),
        sa.UniqueConstraint("transfer_reference", name=op.f("uq_refunds_transfer_reference")),
    )
    op.create_table(
        "waivers",
        _id("id"),
        _id("demand_id"),
        sa.Column("legal_basis", sa.Text(), nullable=False),
        sa.Column("evidence_sha256", sa.String(length=64), nullable=False),
        sa.Column("piastres", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("requested_by", sa.String(length=80), nullable=False),
        sa.Column("requested_at", TIME, nullable=False),
        sa.Column("decided_by", sa.String(length=80), nullable=True),
        sa.Column("decided_at", TIME, nullable=True),
        _key("waivers", "demand_id", "demands"),
        _primary("waivers"),
    )
    op.create_table(
        "bill_invitations",
        _id("id"),
        _id("bill_id"),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("invited_by", sa.String(length=80), nullable=False),
        sa.Column("invited_at", TIME, nullable=False),
        sa.Column("revoked_at", TIME, nullable=True),
        _key("bill_invitations", "bill_id", "bills"),
        _primary("bill_invitations"),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_bill_invitations_token_sha256")),
    )
    _index("allotments", "demand_id", "bill_id", "payment_id", "credit_id")
    _index("refunds", "credit_id")
    _index("waivers", "demand_id")
    _index("bill_invitations", "bill_id")


STATES = {"issued": "open", "paid": "settled", "expired": "cancelled", "withdrawn": "cancelled"}
"""What an old bill's state was of its demand: the booking of an expired bill was taken back."""


def _table(name: str) -> sa.Table:
    return sa.Table(name, sa.MetaData(), autoload_with=op.get_bind())


def _move_bills() -> None:
    """One demand for each bill, under the bill's own id."""
    with op.batch_alter_table("bills") as batch:
        batch.add_column(_id("demand_id", nullable=True))
        batch.add_column(sa.Column("payer", sa.Text(), nullable=True))
        batch.add_column(sa.Column("position", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("due_on", sa.String(length=10), nullable=True))
    _fill_demands()
    with op.batch_alter_table("bills") as batch:
        for column in ("demand_id", "payer", "position", "due_on"):
            batch.alter_column(column, nullable=False)
        batch.create_foreign_key(op.f("fk_bills_demand_id_demands"), "demands", ["demand_id"], ["id"])
        batch.create_index(op.f("ix_bills_demand_id"), ["demand_id"], unique=False)
        batch.drop_index("ix_bills_case_id")
        batch.drop_constraint("fk_bills_case_id_cases", type_="foreignkey")
        for column in ("case_id", "assessment", "assessment_sha256"):
            batch.drop_column(column)


def _fill_demands() -> None:
    bind = op.get_bind()
    bills, demands, lines, cases, users = map(_table, ("bills", "demands", "demand_lines", "cases", "users"))
    named = sa.select(bills, users.c.name_ar).join(cases, cases.c.id == bills.c.case_id)
    for old in bind.execute(named.join(users, users.c.id == cases.c.engineer_id)).mappings().all():
        bind.execute(
            demands.insert().values(
                id=old["id"], service="building-permit", series=int(old["reference"][2:5]),
                governorate=old["reference"][:2], subject_kind="case", subject_id=old["case_id"], payer=old["name_ar"],
                piastres=old["piastres"], state=STATES[old["state"]], assessment=old["assessment"],
                assessment_sha256=old["assessment_sha256"], release="all_paid", opened_at=old["issued_at"],
                closed_at=old["expires_at"] if STATES[old["state"]] == "cancelled" else old["settled_at"],
                released_at=old["settled_at"],
            )
        )
        parts = [
            {"id": db.new_id(), "demand_id": old["id"], "code": line["code"], "beneficiary": part["beneficiary"],
             "piastres": part["piastres"]}
            for line in json.loads(old["assessment"])["lines"] for part in line["parts"]
        ]
        if parts:
            bind.execute(lines.insert(), parts)
        bind.execute(
            bills.update().where(bills.c.id == old["id"]).values(
                demand_id=old["id"], payer=old["name_ar"], position=1, due_on=old["expires_at"].date().isoformat()
            )
        )


def _credit_and_allot() -> None:
    """Money in suspense is a credit; what was accepted was given to its bill."""
    bind = op.get_bind()
    payments, credits, allotments = map(_table, ("payments", "credits", "allotments"))
    for paid in bind.execute(sa.select(payments)).mappings().all():
        row = {"id": db.new_id(), "payment_id": paid["id"], "piastres": paid["piastres"], "at": paid["received_at"]}
        if paid["state"] == "suspense":
            bind.execute(credits.insert().values(account="suspense", **row))
        elif paid["state"] == "accepted":
            bind.execute(allotments.insert().values(demand_id=paid["bill_id"], bill_id=paid["bill_id"], **row))
            bind.execute(payments.update().where(payments.c.id == paid["id"]).values(left_piastres=0))


UNFIT = {
    "a demand of something else than a case": "SELECT 1 FROM demands WHERE subject_kind <> 'case'",
    "a demand that adjusts another": "SELECT 1 FROM demands WHERE adjusts IS NOT NULL",
    "a demand in several bills": "SELECT demand_id FROM bills GROUP BY demand_id HAVING count(*) > 1",
    "a demand without its bill": "SELECT 1 FROM demands WHERE id NOT IN (SELECT demand_id FROM bills)",
    "a bill that is partly paid": "SELECT 1 FROM bills WHERE state = 'partly_paid'",
    "a credit of more than suspense": "SELECT 1 FROM credits WHERE account <> 'suspense'",
    "a credit that was given": "SELECT 1 FROM allotments WHERE credit_id IS NOT NULL",
    "a refund": "SELECT 1 FROM refunds",
    "a waiver": "SELECT 1 FROM waivers",
}
"""What the tables before this could not hold: it is not thrown away to go back."""


def downgrade() -> None:
    bind = op.get_bind()
    for what, query in UNFIT.items():
        if bind.execute(sa.text(query)).first():
            raise RuntimeError(f"no way back: there is {what}")
    unguard_ledger(bind)
    for table in IMMUTABLE:
        allow_changes(bind, table)
    with op.batch_alter_table("ledger_entries") as batch:
        batch.drop_constraint(ENTRY_KEY, type_="foreignkey")
        batch.create_foreign_key(ENTRY_KEY, "ledger_transactions", ["transaction_id"], ["id"])
    with op.batch_alter_table("receipts") as batch:
        batch.drop_index("ix_receipts_bill_id")
        batch.create_unique_constraint("uq_receipts_bill_id", ["bill_id"])
    _forbid(())
    for table in ("bill_invitations", "waivers", "refunds", "allotments", "credits"):
        op.drop_table(table)
    op.drop_column("payments", "left_piastres")
    _move_back()
    op.drop_table("demand_lines")
    op.drop_table("demands")


def _move_back() -> None:
    with op.batch_alter_table("bills") as batch:
        batch.add_column(_id("case_id", nullable=True))
        batch.add_column(sa.Column("assessment", sa.Text(), nullable=True))
        batch.add_column(sa.Column("assessment_sha256", sa.String(length=64), nullable=True))
    bind = op.get_bind()
    bills, demands = map(_table, ("bills", "demands"))
    for demand in bind.execute(sa.select(demands)).mappings().all():
        bind.execute(
            bills.update().where(bills.c.demand_id == demand["id"]).values(
                case_id=demand["subject_id"], assessment=demand["assessment"],
                assessment_sha256=demand["assessment_sha256"],
            )
        )
    with op.batch_alter_table("bills") as batch:
        for column in ("case_id", "assessment", "assessment_sha256"):
            batch.alter_column(column, nullable=False)
        batch.create_foreign_key("fk_bills_case_id_cases", "cases", ["case_id"], ["id"])
        batch.create_index("ix_bills_case_id", ["case_id"], unique=False)
        batch.drop_index("ix_bills_demand_id")
        batch.drop_constraint("fk_bills_demand_id_demands", type_="foreignkey")
        for column in ("demand_id", "payer", "position", "due_on"):
            batch.drop_column(column)
