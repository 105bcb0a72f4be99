"""Reconciliation: bank statements, late items, breaks with their events, closed days, claims."""

from alembic import op
import sqlalchemy as sa

from permits import db
from permits.immutable import allow_changes, forbid_changes

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

IMMUTABLE = ("bank_statements", "bank_lines", "day_items", "break_events", "day_closes")
TABLES = (
    "claim_decisions", "day_closes", "break_events", "breaks", "day_items", "bank_lines", "bank_statements",
)
TIME = db.UtcDateTime(timezone=True)


def _text(name: str, length: int | None = None, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.String(length=length) if length else sa.Text(), nullable=nullable)


def _big(name: str) -> sa.Column:
    return sa.Column(name, sa.BigInteger(), nullable=False)


def _time(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, TIME, nullable=nullable)


def _key(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def _primary(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*(columns or ("id",)), name=op.f(f"pk_{table}"))


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{columns[0]}"))


def upgrade() -> None:
    op.create_table(
        "bank_statements",
        _text("id", 36),
        _text("account", 40),
        sa.Column("seq", sa.Integer(), nullable=False),
        _text("first_day", 10),
        _text("last_day", 10),
        _big("opening"),
        _big("closing"),
        _text("sha256", 64),
        _time("imported_at"),
        _primary("bank_statements"),
        _unique("bank_statements", "account", "seq"),
        _unique("bank_statements", "sha256"),
    )
    op.create_table(
        "bank_lines",
        _text("id", 36),
        _text("statement_id", 36),
        _text("account", 40),
        _text("entry", 60),
        _text("day", 10),
        _big("piastres"),
        _text("reference"),
        _text("counterparty"),
        _text("kind", 20),
        _text("awaited_id", 130, nullable=True),
        _key("bank_lines", "statement_id", "bank_statements"),
        _primary("bank_lines"),
        _unique("bank_lines", "account", "entry"),
    )
    op.create_table(
        "day_items",
        _text("kind", 20),
        _text("item", 130),
        _text("party", 80),
        _text("day", 10),
        _big("piastres"),
        _time("at"),
        _primary("day_items", "kind", "item", "party"),
    )
    _create_breaks()
    for table, column in (
        ("bank_lines", "statement_id"), ("bank_lines", "day"), ("bank_lines", "awaited_id"), ("day_items", "day"),
        ("breaks", "party"), ("breaks", "state"), ("break_events", "break_id"), ("claim_decisions", "payment_id"),
    ):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)
    with op.batch_alter_table("settlements") as batch:
        batch.add_column(sa.Column("awaited", sa.BigInteger(), nullable=False, server_default="0"))
    with op.batch_alter_table("settlements") as batch:
        batch.alter_column("awaited", server_default=None)
    for table in IMMUTABLE:
        forbid_changes(op.get_bind(), table)


def _create_breaks() -> None:
    op.create_table(
        "breaks",
        _text("id", 36),
        _text("party", 80),
        _text("day", 10),
        _text("key", 160),
        _text("kind", 30),
        _text("stage", 10),
        _text("subject"),
        _big("piastres"),
        _text("owner", 20),
        _text("state", 20),
        _text("reason", 40, nullable=True),
        _text("note", nullable=True),
        _text("explained_by", 80, nullable=True),
        _text("opened_on", 10),
        _primary("breaks"),
        _unique("breaks", "party", "day", "key"),
    )
    op.create_table(
        "break_events",
        _text("id", 36),
        _text("break_id", 36),
        _text("event", 20),
        _text("actor", 80),
        sa.Column("data", sa.JSON(), nullable=False),
        _time("at"),
        _key("break_events", "break_id", "breaks"),
        _primary("break_events"),
    )
    op.create_table(
        "day_closes",
        _text("party", 80),
        _text("day", 10),
        _big("ours"),
        _big("theirs"),
        _big("announced"),
        _big("bank"),
        sa.Column("breaks", sa.Integer(), nullable=False),
        _text("content"),
        _text("sha256", 64),
        _text("closed_by", 80),
        _time("closed_at"),
        _primary("day_closes", "party", "day"),
    )
    op.create_table(
        "claim_decisions",
        _text("id", 36),
        _text("payment_id", 36),
        _text("way", 10),
        _big("piastres"),
        _text("reason"),
        _text("state", 20),
        _text("requested_by", 80),
        _time("requested_at"),
        _text("decided_by", 80, nullable=True),
        _time("decided_at", nullable=True),
        _key("claim_decisions", "payment_id", "payments"),
        _primary("claim_decisions"),
    )


def downgrade() -> None:
    bind = op.get_bind()
    if bind.execute(sa.text("SELECT 1 FROM bank_lines UNION SELECT 1 FROM day_closes")).first():
        raise RuntimeError("no way back: there are bank statements or closed days")
    for table in IMMUTABLE:
        allow_changes(bind, table)
    with op.batch_alter_table("settlements") as batch:
        batch.drop_column("awaited")
    for table in TABLES:
        op.drop_table(table)
