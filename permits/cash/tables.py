"""Tables of the cash desks at the office: centres, desks, blocks of receipt numbers, the imported queue, conflicts."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from permits.db import Base, Id, new_id, utcnow

IMMUTABLE = ("cash_blocks", "cash_entries", "cash_shifts", "cash_deposits")


class Centre(Base):
    """A citizen's service centre (مركز خدمة المواطن)."""

    __tablename__ = "cash_centres"

    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    name_ar: Mapped[str]
    name_en: Mapped[str]


class CashDesk(Base):
    """A desk (صندوق) of a centre; `seq` and `head` are the end of its queue as far as the office has it."""

    __tablename__ = "cash_desks"

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    centre: Mapped[str] = mapped_column(String(20), ForeignKey("cash_centres.code"))
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    certificate: Mapped[bytes] = mapped_column(LargeBinary)
    until: Mapped[str] = mapped_column(String(10))
    seq: Mapped[int] = mapped_column(BigInteger, default=0)
    head: Mapped[bytes] = mapped_column(LargeBinary)
    registered_at: Mapped[datetime] = mapped_column(default=utcnow)


class CashBlock(Base):
    """Receipt numbers given to one desk, without a gap after the block before."""

    __tablename__ = "cash_blocks"
    __table_args__ = (UniqueConstraint("prefix", "first"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    desk: Mapped[str] = mapped_column(String(40), ForeignKey("cash_desks.code"), index=True)
    prefix: Mapped[str] = mapped_column(String(60))
    first: Mapped[int] = mapped_column(BigInteger)
    last: Mapped[int] = mapped_column(BigInteger)
    given_at: Mapped[datetime] = mapped_column(default=utcnow)


class CashEntry(Base):
    """An entry of a desk's queue as the desk signed it."""

    __tablename__ = "cash_entries"

    desk: Mapped[str] = mapped_column(String(40), ForeignKey("cash_desks.code"), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(20))
    signed: Mapped[bytes] = mapped_column(LargeBinary)
    hash: Mapped[bytes] = mapped_column(LargeBinary)
    imported_at: Mapped[datetime] = mapped_column(default=utcnow)


class CashShift(Base):
    """A closed shift as it was booked, in new piastres; `difference` is over where positive, short where negative."""

    __tablename__ = "cash_shifts"

    desk: Mapped[str] = mapped_column(String(40), ForeignKey("cash_desks.code"), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    cashier: Mapped[str]
    float_piastres: Mapped[int] = mapped_column(BigInteger)
    taken: Mapped[int] = mapped_column(BigInteger)
    counted: Mapped[int] = mapped_column(BigInteger)
    difference: Mapped[int] = mapped_column(BigInteger)
    closed_at: Mapped[datetime]


class CashDeposit(Base):
    """Money of a desk brought to the bank under a deposit slip."""

    __tablename__ = "cash_deposits"

    desk: Mapped[str] = mapped_column(String(40), ForeignKey("cash_desks.code"), primary_key=True)
    slip: Mapped[str] = mapped_column(String(80), primary_key=True)
    piastres: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime]


class CashConflict(Base):
    """A taking that a person must look at; `state` is open or decided, `code` says what is the matter."""

    __tablename__ = "cash_conflicts"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    desk: Mapped[str] = mapped_column(String(40), ForeignKey("cash_desks.code"), index=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    payment_id: Mapped[str] = mapped_column(Id, ForeignKey("payments.id"), unique=True)
    number: Mapped[str] = mapped_column(String(80))
    reference: Mapped[str] = mapped_column(String(80))
    piastres: Mapped[int] = mapped_column(BigInteger)
    code: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(20), default="open")
    noted_at: Mapped[datetime] = mapped_column(default=utcnow)
    decided_by: Mapped[str | None] = mapped_column(String(80))
    decided_at: Mapped[datetime | None]
    decision: Mapped[str | None]
