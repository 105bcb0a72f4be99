"""Tables of the planner: planning sheets that one person proposes to change and another puts in force."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from permits.db import Base, Id, new_id, utcnow


class SheetAmendment(Base):
    """New values for the planning sheets of some plots from a day on.

    `plots` are their numbers, `changes` texts by column of the zone file's sheets. `state` is proposed, approved
    (its job writes the layers), in_force, refused, withdrawn or failed; `result` the new version, or why it failed.
    """

    __tablename__ = "sheet_amendments"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    zone: Mapped[str] = mapped_column(String(40), ForeignKey("zones.code"), index=True)
    plots: Mapped[list[str]]
    changes: Mapped[dict[str, Any]]
    valid_from: Mapped[str] = mapped_column(String(10))
    legal_act: Mapped[str]
    clause: Mapped[str]
    status: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20), default="proposed", index=True)
    result: Mapped[dict[str, Any]] = mapped_column(default=dict)
    asked_by: Mapped[str] = mapped_column(Id, ForeignKey("users.id"))
    asked_at: Mapped[datetime] = mapped_column(default=utcnow)
    decided_by: Mapped[str | None] = mapped_column(Id, ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(default="")
