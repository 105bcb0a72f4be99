"""Sheets with entries to announce, and a national register that answers by the list."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import Any, ClassVar

from sqlalchemy import select

from permits.adapters.national_register import Acknowledgement, Answer, AnswerKind, Capabilities
from permits.cash.sealed import peek
from permits.jobs import Context
from permits.register.acts import Act
from permits.register.dealings import transfer
from permits.register.national.envelope import KIND
from permits.register.national.tables import Announcement
from tests.register.offices import deed, people, register

TAKEN = Answer(AnswerKind.TAKEN)


def said(envelope: bytes) -> dict[str, Any]:
    """The content of an envelope, not verified."""
    content: dict[str, Any] = json.loads(peek(KIND, envelope).content["json"])
    return content


@dataclass
class Listed:
    """It answers in turn what is listed, then `taken`; an exception in the list is raised."""

    answers: list[Answer | Exception] = field(default_factory=list)
    acknowledged: list[Acknowledgement] = field(default_factory=list)
    heard: list[bytes] = field(default_factory=list)
    capabilities: ClassVar[Capabilities] = Capabilities(announce=True, ask=False, later=True)

    def announce(self, envelope: bytes) -> Answer:
        """The next answer."""
        self.heard.append(envelope)
        answer = self.answers.pop(0) if self.answers else TAKEN
        if isinstance(answer, Exception):
            raise answer
        return answer

    def ask(self, zone: str, parcel: str) -> bytes | None:  # noqa: ARG002 - as the protocol says
        """Nothing."""
        return None

    def acknowledgements(self) -> Iterator[Acknowledgement]:
        """What the test put there."""
        return iter(self.acknowledged)

    def entries(self) -> list[int]:
        """The numbers of the entries that it heard, in order."""
        return [int(said(one)["entry"]) for one in self.heard]


def sold(context: Context, parcel: str, times: int) -> str:
    """A sheet registered and then sold so many times: its id."""
    with context.database.transaction() as session:
        names = [f"{parcel}-{at}" for at in range(times + 1)]
        who = people(session, *names)
        sheet = register(session, parcel, {who[names[0]]: Fraction(1)})
        for giver, taker in pairwise(names):
            transfer(
                session, deed=deed(taker), act=Act.SALE, sheet_id=sheet.id, taken={who[giver]: Fraction(1)},
                given={who[taker]: Fraction(1)},
            )  # fmt: skip
        return sheet.id


def states(context: Context, sheet_id: str) -> dict[int, str]:
    """Where the announcements of a sheet are, by entry."""
    with context.database.reading() as session:
        query = select(Announcement).where(Announcement.sheet_id == sheet_id).order_by(Announcement.number)
        return {one.number: one.state for one in session.scalars(query)}


def announcements(context: Context, sheet_ids: Iterable[str]) -> list[Announcement]:
    """The announcements of sheets, by entry."""
    with context.database.reading() as session:
        query = select(Announcement).where(Announcement.sheet_id.in_(list(sheet_ids)))
        return list(session.scalars(query.order_by(Announcement.number, Announcement.sheet_id)))
