"""What a switch says in this dialect, checked: every element has its place, its type and its length."""

from datetime import date, datetime
from typing import Annotated, Any, Literal, TypeVar
from xml.etree.ElementTree import Element

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from permits.calendar import DAMASCUS
from permits.errors import Invalid
from permits.money.channels.mfep.tree import USUAL, Unreadable, canonical, content_of
from permits.money.money import Money, MoneyError, parse_amount
from permits.money.payments import Notice
from permits.money.reversals import Source

_T = TypeVar("_T", bound=BaseModel)


def _local(value: Any) -> datetime:
    """A time without a zone is one of Damascus."""
    return datetime.strptime(str(value), "%Y-%m-%dT%H:%M:%S").replace(tzinfo=DAMASCUS)


Moment = Annotated[datetime, BeforeValidator(_local)]
Amount = Annotated[str, Field(pattern=r"^[0-9]{1,12}(\.[0-9]{1,3})?$")]
Text = Annotated[str, Field(max_length=80)]
Name = Annotated[str, Field(min_length=1, max_length=80)]


class _Said(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Routing(_Said):
    """`TrsInf`: `sender` is the id of the key that was agreed on, `receiver` our biller code."""

    sender: Name = Field(alias="SdrCode")
    receiver: Name = Field(alias="RcvCode")
    kind: Literal["BILPULRQ", "BLRPMTNTFRQ", "PMTACKRQ", "PMTREVRQ"] = Field(alias="ReqTyp")


class Sequence(_Said):
    """`Sequence`: the switch's own numbers, not used here."""

    session: Text = Field(alias="Sess", default="")
    number: Text = Field(alias="Seq", default="")


class Header(_Said):
    """`MsgHeader`."""

    at: Moment = Field(alias="TmStp")
    guid: str = Field(alias="GUID", pattern="^[0-9A-Za-z-]{8,64}$")
    routing: Routing = Field(alias="TrsInf")
    sequence: Sequence | None = Field(alias="Sequence", default=None)


class Security(_Said):
    """`Security`: without a method the usual one."""

    method: Text = Field(alias="SignatureMethod", default=USUAL)
    signature: Annotated[str, Field(min_length=1, max_length=2048)] = Field(alias="Signature")


class Footer(_Said):
    """`MsgFooter`."""

    security: Security = Field(alias="Security")


class Message(_Said):
    """A message whose envelope could be read; its body is read once its signature is known to be right."""

    header: Header = Field(alias="MsgHeader")
    body: dict[str, Any] = Field(alias="MsgBody")
    footer: Footer = Field(alias="MsgFooter")


class AcctInfo(_Said):
    """Which bill: `BillNo` may repeat `BillingNo`."""

    billing: str = Field(alias="BillingNo", min_length=1, max_length=50)
    bill: str = Field(alias="BillNo", max_length=50, default="")
    biller: Name = Field(alias="BillerCode")


class BillPull(_Said):
    """The body of BILPULRQ."""

    account: AcctInfo = Field(alias="AcctInfo")
    service: Text = Field(alias="ServiceType", default="")


class Share(_Said):
    """One part of a split payment, as the switch will deliver it."""

    amount: Amount = Field(alias="Amount")
    bank: Text = Field(alias="SetBnkCode")
    number: Text = Field(alias="AcctNo")


class Shares(_Said):
    """`SubPmts`."""

    parts: list[Share] = Field(alias="SubPmt", default_factory=list)


class Service(_Said):
    """`ServiceTypeDetails`."""

    kind: Text = Field(alias="ServiceType", default="")


class Paid(_Said):
    """One `TrxInf` of BLRPMTNTFRQ: a payment that was taken."""

    account: AcctInfo = Field(alias="AcctInfo")
    transaction: Name = Field(alias="JOEBPPSTrx")
    bank_transaction: Text = Field(alias="BankTrxID", default="")
    bank: Text = Field(alias="BankCode", default="")
    status: Literal["PmtNew", "PmtSent", "PmtComplt"] = Field(alias="PmtStatus")
    due: Amount | None = Field(alias="DueAmt", default=None)
    paid: Amount = Field(alias="PaidAmt")
    fees: Amount = Field(alias="FeesAmt", default="0")
    fees_on_biller: Literal["true", "false"] = Field(alias="FeesOnBiller", default="false")
    currency: Literal["SYP"] = Field(alias="Currency")
    at: Moment = Field(alias="ProcessDate")
    settlement_day: date = Field(alias="STMTDate")
    channel: Name = Field(alias="AccessChannel")
    method: Text = Field(alias="PaymentMethod", default="")
    kind: Text = Field(alias="PaymentType", default="")
    inquiry: Text = Field(alias="InqRefNo", default="")
    service: Service | None = Field(alias="ServiceTypeDetails", default=None)
    shares: Shares | None = Field(alias="SubPmts", default=None)

    def notice(self) -> Notice:
        """The same for the use case; Invalid where the amount is finer than a piastre."""
        piastres = piastres_of(self.paid)
        return Notice(
            self.transaction, self.account.billing, piastres, self.at, self.settlement_day, self.channel
        )  # fmt: skip


class Heard(_Said):
    """One `TrxInf` of PMTACKRQ."""

    transaction: Name = Field(alias="JOEBPPSTrx")


class TakenBack(_Said):
    """One `TrxInf` of PMTREVRQ, a message of our own: a payment taken back, and from where."""

    transaction: Name = Field(alias="JOEBPPSTrx")
    reason: str = Field(alias="Reason", min_length=1, max_length=200)
    source: Source = Field(alias="TakenFrom")
    at: Moment = Field(alias="ProcessDate")


def read_message(root: Element) -> Message:
    """The envelope of a message, or Unreadable."""
    if root.tag != "MFEP":
        raise Unreadable(root.tag)
    return _checked(Message, content_of(root))


def read_body(message: Message) -> BillPull:
    """The body of BILPULRQ, or Unreadable."""
    return _checked(BillPull, message.body)


def transactions(root: Element) -> list[Element]:
    """The `TrxInf` of a batch, each to be read alone; Unreadable where there is none or something else beside them."""
    body = root.find("MsgBody")
    batch = None if body is None or [child.tag for child in body] != ["Transactions"] else body[0]
    if batch is None or not len(batch) or any(child.tag != "TrxInf" for child in batch):
        raise Unreadable("Transactions")
    return list(batch)


def read_transaction(model: type[_T], trx: Element) -> _T:
    """One transaction of a batch, or Unreadable."""
    return _checked(model, content_of(trx))


def payload(trx: Element) -> bytes:
    """What of a payment may not differ when it is told again: all but how far the switch is with it."""
    kept = [child for child in trx if child.tag != "PmtStatus"]
    bare = Element(trx.tag)
    bare.extend(kept)
    return canonical(bare)


def piastres_of(amount: str) -> int:
    """An amount of this dialect, three decimals, as new piastres; Invalid where it is finer."""
    try:
        return Money(parse_amount(amount)).piastres
    except MoneyError as error:
        raise Invalid("payment-amount") from error


def _checked(model: type[_T], content: dict[str, Any]) -> _T:
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise Unreadable(".".join(str(part) for part in error.errors()[0]["loc"])) from error
