"""Cash desks: centres, desks, blocks of receipt numbers, the imported queue, shifts, deposits, conflicts."""

from alembic import op
import sqlalchemy as sa

from permits import db
from permits.immutable import allow_changes, forbid_changes

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

IMMUTABLE = ("cash_blocks", "cash_entries", "cash_shifts", "cash_deposits")
TABLES = (
    "cash_conflicts", "cash_deposits", "cash_shifts", "cash_entries", "cash_blocks", "cash_desks", "cash_centres",
)
TIME = db.UtcDateTime(timezone=True)


def _text(name: str, length: int, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.String(length=length), nullable=nullable)


def _big(name: str) -> sa.Column:
    return sa.Column(name, sa.BigInteger(), autoincrement=False, nullable=False)


def _bytes(name: str) -> sa.Column:
    return sa.Column(name, sa.LargeBinary(), nullable=False)


def _time(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, TIME, nullable=nullable)


def _key(table: str, column: str, to: str, of: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.{of}"], name=op.f(f"fk_{table}_{column}_{to}"))


def _primary(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))


def upgrade() -> None:
    op.create_table(
        "cash_centres",
        _text("code", 20),
        sa.Column("name_ar", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        _primary("cash_centres", "code"),
    )
    op.create_table(
        "cash_desks",
        _text("code", 40),
        _text("centre", 20),
        _bytes("public_key"),
        _bytes("certificate"),
        _text("until", 10),
        _big("seq"),
        _bytes("head"),
        _time("registered_at"),
        _key("cash_desks", "centre", "cash_centres", "code"),
        _primary("cash_desks", "code"),
    )
    op.create_table(
        "cash_blocks",
        _text("id", 36),
        _text("desk", 40),
        _text("prefix", 60),
        _big("first"),
        _big("last"),
        _time("given_at"),
        _key("cash_blocks", "desk", "cash_desks", "code"),
        _primary("cash_blocks", "id"),
        sa.UniqueConstraint("prefix", "first", name=op.f("uq_cash_blocks_prefix")),
    )
    op.create_table(
        "cash_entries",
        _text("desk", 40),
        _big("seq"),
        _text("kind", 20),
        _bytes("signed"),
        _bytes("hash"),
        _time("imported_at"),
        _key("cash_entries", "desk", "cash_desks", "code"),
        _primary("cash_entries", "desk", "seq"),
    )
    _create_booked()
    for table, column in (("cash_blocks", "desk"), ("cash_conflicts", "desk")):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)
    with op.batch_alter_table("payments") as batch:
        batch.add_column(_text("receipt_number", 80, nullable=True))
        batch.create_unique_constraint(op.f("uq_payments_receipt_number"), ["receipt_number"])
    for table in IMMUTABLE:
        forbid_changes(op.get_bind(), table)


def _create_booked() -> None:
    op.create_table(
        "cash_shifts",
        _text("desk", 40),
        _big("number"),
        sa.Column("cashier", sa.Text(), nullable=False),
        _big("float_piastres"),
        _big("taken"),
        _big("counted"),
        _big("difference"),
        _time("closed_at"),
        _key("cash_shifts", "desk", "cash_desks", "code"),
        _primary("cash_shifts", "desk", "number"),
    )
    op.create_table(
        "cash_deposits",
        _text("desk", 40),
        _text("slip", 80),
        _big("piastres"),
        _time("at"),
        _key("cash_deposits", "desk", "cash_desks", "code"),
        _primary("cash_deposits", "desk", "slip"),
    )
    op.create_table(
        "cash_conflicts",
        _text("id", 36),
        _text("desk", 40),
        _big("seq"),
        _text("payment_id", 36),
        _text("number", 80),
        _text("reference", 80),
        _big("piastres"),
        _text("code", 40),
        _text("state", 20),
        _time("noted_at"),
        _text("decided_by", 80, nullable=True),
        _time("decided_at", nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        _key("cash_conflicts", "desk", "cash_desks", "code"),
        _key("cash_conflicts", "payment_id", "payments", "id"),
        _primary("cash_conflicts", "id"),
        sa.UniqueConstraint("payment_id", name=op.f("uq_cash_conflicts_payment_id")),
    )


def downgrade() -> None:
    bind = op.get_bind()
    if bind.execute(sa.text("SELECT 1 FROM cash_entries")).first():
        raise RuntimeError("no way back: there is money that a cash desk took")
    for table in IMMUTABLE:
        allow_changes(bind, table)
    with op.batch_alter_table("payments") as batch:
        batch.drop_constraint("uq_payments_receipt_number", type_="unique")
        batch.drop_column("receipt_number")
    for table in TABLES:
        op.drop_table(table)
