"""How parties and held money are told to people."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from permits.i18n import translate
from permits.money.reconciliation.awaited import TRANSFERS
from permits.money.reconciliation.closing import Day
from permits.money.reconciliation.days import CASH, STATEMENT
from permits.money.tables import Credit, Payment


def party_name(party: str, language: str) -> str:
    """A party as people say it: a desk or an account with its code, a provider by its own name."""
    if party == TRANSFERS:
        return translate(language, "party-transfers")
    if party.startswith(CASH):
        return translate(language, "party-cash", desk=party.removeprefix(CASH))
    if party.startswith(STATEMENT):
        return translate(language, "party-statement", account=party.removeprefix(STATEMENT))
    return translate(language, "party-provider", name=party)


@dataclass(frozen=True)
class Held:
    """A credit of which `left` piastres are held, with where it came from and what was written on it."""

    credit: Credit
    left: int
    party: str
    reference: str


def held_money(session: Session, *, credits_: Iterable[tuple[Credit, int]]) -> list[Held]:
    """Credits that await a decision, with their payments."""
    found = []
    for credit, left in credits_:
        payment = session.get(Payment, credit.payment_id) if credit.payment_id else None
        found.append(
            Held(credit, left, payment.provider if payment else "", payment.reference if payment else "")
        )  # fmt: skip
    return found


@dataclass(frozen=True)
class Column:
    """One side of a day: the key of its name, its sum, and by how much it differs from the side before, if it does.

    `awaited` where its file has not come.
    """

    text: str
    piastres: int
    off: int | None
    awaited: bool = False


def columns(day: Day) -> list[Column]:
    """The sides of a day that its kind of party has, in the order in which money goes."""
    sides, party = day.sides, day.party
    if party.startswith(STATEMENT):
        return [Column("side-known", sides.ours, None), Column("side-bank", sides.bank, sides.bank - sides.ours)]
    bank = Column("side-bank", sides.bank, sides.bank - sides.announced)
    if party == TRANSFERS:
        return [Column("side-ours", sides.ours, None), bank]
    kind = "-cash" if party.startswith(CASH) else ""
    found = [
        Column(f"side-ours{kind}", sides.ours, None),
        Column(f"side-theirs{kind}", sides.theirs, sides.theirs - sides.ours, sides.awaiting),
    ]
    if kind or sides.announced != sides.theirs:
        found.append(Column(f"side-announced{kind}", sides.announced, None))
    return [*found, bank]
