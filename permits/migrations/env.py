"""Alembic's entry: runs on the connection that `permits.schema` hands over."""

from alembic import context

from permits.schema import METADATA

connection = context.config.attributes["connection"]


def _ours(name: str | None, kind: str, _: object) -> bool:
    return kind != "table" or name in METADATA.tables


context.configure(
    connection=connection,
    target_metadata=METADATA,
    render_as_batch=connection.dialect.name == "sqlite",
    include_name=_ours,
    transaction_per_migration=False,
    user_module_prefix="db.",
)
with context.begin_transaction():
    context.run_migrations()
