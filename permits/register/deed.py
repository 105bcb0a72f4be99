"""What every act of the register says beside its content."""

from dataclasses import dataclass
from datetime import date

from permits.calendar import today
from permits.people.actor import Actor
from permits.register.journal import Document


@dataclass(frozen=True)
class Deed:
    """Who enters an act, on which document, with effect from which legal day (today where none is named), and why."""

    actor: Actor
    document: Document | None = None
    on: date | None = None
    reason: str = ""

    @property
    def day(self) -> date:
        """The legal day."""
        return self.on or today()
