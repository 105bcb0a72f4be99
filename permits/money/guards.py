"""The database itself keeps the ledger in balance, whoever writes to it and in whatever language.

Entries come first: their foreign key is looked at when the transaction commits. The transaction's row comes last, and
a trigger refuses it unless its entries sum to nought. Another trigger refuses an entry of a transaction that is there
already. Together with the refusal of every change, a ledger that was committed is balanced, on both databases alike.
"""

from sqlalchemy import Connection, text

_SQLITE = (
    """CREATE TRIGGER ledger_transactions_balance BEFORE INSERT ON ledger_transactions BEGIN
    SELECT RAISE(ABORT, 'ledger_transactions is append-only') WHERE EXISTS
        (SELECT 1 FROM ledger_transactions WHERE id = NEW.id OR "key" = NEW."key");
    SELECT RAISE(ABORT, 'entries do not sum to nought') WHERE
        (SELECT COALESCE(SUM(piastres), 0) FROM ledger_entries WHERE transaction_id = NEW.id) <> 0;
    END""",
    """CREATE TRIGGER ledger_entries_before BEFORE INSERT ON ledger_entries BEGIN
    SELECT RAISE(ABORT, 'the transaction is complete') WHERE EXISTS
        (SELECT 1 FROM ledger_transactions WHERE id = NEW.transaction_id);
    SELECT RAISE(ABORT, 'ledger_entries is append-only') WHERE EXISTS
        (SELECT 1 FROM ledger_entries WHERE id = NEW.id);
    SELECT RAISE(ABORT, 'piastres are whole numbers') WHERE typeof(NEW.piastres) <> 'integer';
    END""",
)
"""SQLite's REPLACE removes rows without their trigger on removal, and any column keeps any type: both are refused."""

_POSTGRES = (
    """CREATE FUNCTION refuse_unbalanced() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    PERFORM pg_advisory_xact_lock(21063, hashtext(NEW.id));
    IF (SELECT COALESCE(SUM(piastres), 0) FROM ledger_entries WHERE transaction_id = NEW.id) <> 0 THEN
        RAISE EXCEPTION 'entries do not sum to nought';
    END IF;
    RETURN NEW; END $$""",
    """CREATE FUNCTION refuse_late_entry() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    PERFORM pg_advisory_xact_lock(21063, hashtext(NEW.transaction_id));
    IF EXISTS (SELECT 1 FROM ledger_transactions WHERE id = NEW.transaction_id) THEN
        RAISE EXCEPTION 'the transaction is complete';
    END IF;
    RETURN NEW; END $$""",
    """CREATE TRIGGER ledger_transactions_balance BEFORE INSERT ON ledger_transactions
    FOR EACH ROW EXECUTE FUNCTION refuse_unbalanced()""",
    """CREATE TRIGGER ledger_entries_before BEFORE INSERT ON ledger_entries
    FOR EACH ROW EXECUTE FUNCTION refuse_late_entry()""",
)
"""The lock on the transaction's id: entry and transaction written by two sessions at once would not see each other."""


def guard_ledger(connection: Connection) -> None:
    """Create the triggers; the tables are there and their foreign key is deferred."""
    for statement in _SQLITE if connection.dialect.name == "sqlite" else _POSTGRES:
        connection.execute(text(statement))


def unguard_ledger(connection: Connection) -> None:
    """Remove them, for a migration down."""
    sqlite = connection.dialect.name == "sqlite"
    for name, table in (("ledger_entries_before", "ledger_entries"), ("ledger_transactions_balance",
                                                                      "ledger_transactions")):  # fmt: skip
        connection.execute(text(f"DROP TRIGGER {name}" if sqlite else f"DROP TRIGGER {name} ON {table}"))
    for function in () if sqlite else ("refuse_unbalanced", "refuse_late_entry"):
        connection.execute(text(f"DROP FUNCTION {function}"))
