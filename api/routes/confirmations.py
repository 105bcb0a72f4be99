"""The confirmation of a provider with a page of its own: server to server, signed, believed; again it is the same."""

from datetime import date
from typing import Literal

from fastapi import APIRouter
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from api.deps import ContextDep
from api.routes.biller import PaymentAnswer, SignedDep, piastres, refusals_kept, told
from permits.errors import Conflict, Invalid
from permits.money.channels.attempts import Outcome, Word, hear

router = APIRouter(prefix="/biller/card/v1")


class Confirmation(BaseModel):
    """What became of an attempt; all but the first two where it is paid. `amount` is text in new pounds."""

    model_config = ConfigDict(extra="forbid")

    attempt: str = Field(min_length=1, max_length=36)
    state: Literal["paid", "declined", "cancelled", "expired"]
    transaction: str = Field(default="", max_length=80)
    amount: str = Field(default="", max_length=30)
    currency: Literal["SYP"] = "SYP"
    paid_at: AwareDatetime | None = None
    settlement_day: date | None = None

    def outcome(self) -> Outcome:
        """The same for the use case."""
        word = Word(self.state)
        if word is not Word.PAID:
            return Outcome(self.attempt, word)
        return Outcome(
            self.attempt, word, self.transaction, piastres(self.amount), self.paid_at, self.settlement_day
        )  # fmt: skip


@router.post("/confirmations")
def confirmation(context: ContextDep, signed: SignedDep) -> PaymentAnswer | None:
    """An attempt has ended; 409 where its transaction was told before with other content."""
    with refusals_kept(context, signed.tally, signed.key_id), context.database.transaction() as session:
        actor = signed.sender(session)
        try:
            outcome = Confirmation.model_validate_json(signed.body).outcome()
        except ValidationError as error:
            raise Invalid("message-unreadable", fault=str(error.errors()[0]["loc"])) from error
        answer = hear(session, actor=actor, office=context.settings.office, outcome=outcome)
    if answer and answer.state == "conflict":  # raised only now: its audit entry is committed
        raise Conflict(answer.code)
    return told(answer) if answer else None
