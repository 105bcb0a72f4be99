"""Gapless numbers: the number is taken in the transaction that uses it, so a rollback leaves no gap."""

from sqlalchemy import BigInteger, String, select
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from permits import audit
from permits.db import Base


class Counter(Base):
    """The last number given in a series, such as permits of one office and year."""

    __tablename__ = "counters"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    value: Mapped[int] = mapped_column(BigInteger)


def take_number(session: Session, series: str) -> int:
    """The next number of `series`, from 1; the row stays locked until the caller's transaction ends."""
    audit.hold(session)
    insert = postgres_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
    session.execute(insert(Counter).values(name=series, value=0).on_conflict_do_nothing())
    row = session.scalars(
        select(Counter).where(Counter.name == series).with_for_update().execution_options(populate_existing=True)
    ).one()
    row.value += 1
    session.flush()
    return row.value
