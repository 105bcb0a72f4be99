"""docs/tables.md: every table of the database, by subject, from the declared schema."""

from sqlalchemy import Column, Table

from api.docs.markdown import code, heading, table
from permits import schema
from permits.db import Base

INTRODUCTION = """The same tables on SQLite and PostgreSQL. `PlaneGeometry` is WKB on SQLite and a PostGIS geometry on
PostgreSQL; `UtcDateTime` is kept in UTC. The job engine keeps its own tables beside these."""


def page() -> str:
    """One section per subject, one table per mapped class."""
    parts = [heading("Tables", INTRODUCTION)]
    for module in schema.SUBJECTS:
        parts.append(f"## {module.__name__}\n\n{(module.__doc__ or '').strip()}\n")
        parts.extend(_section(kind, declared) for kind, declared in _declared(module.__name__))
    return "\n".join(parts)


def _declared(module: str) -> list[tuple[type, Table]]:
    """The classes of a module that are tables, by table name."""
    kinds = [mapper.class_ for mapper in Base.registry.mappers if mapper.class_.__module__ == module]
    return sorted(((kind, schema.METADATA.tables[kind.__tablename__]) for kind in kinds), key=lambda pair: pair[1].name)


def _section(kind: type, declared: Table) -> str:
    rows = [
        (code(column.name), _type(column), "" if column.nullable else "required", _keys(column))
        for column in declared.columns
    ]
    return f"### {declared.name}\n\n{(kind.__doc__ or '').strip()}\n\n" + table(("column", "type", "", "keys"), rows)


def _type(column: "Column[object]") -> str:
    length = getattr(column.type, "length", None)
    return f"{type(column.type).__name__}({length})" if length else type(column.type).__name__


def _keys(column: "Column[object]") -> str:
    references = sorted(f"→ {key.target_fullname}" for key in column.foreign_keys)
    names = [name for name, holds in (("primary", column.primary_key), ("unique", column.unique)) if holds]
    return ", ".join([*names, *references])
