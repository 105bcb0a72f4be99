"""What we say in this dialect: messages about bills, payments and refusals, signed with the sender's key."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from xml.etree.ElementTree import Element

from permits.calendar import DAMASCUS
from permits.db import utcnow
from permits.money.bills import BillState
from permits.money.channels.mfep.codes import CODES, SUCCESS, Result
from permits.money.channels.mfep.tree import USUAL, element, sign
from permits.money.channels.ways import Share
from permits.money.money import Money
from permits.money.payments import Answer, BillView

TYPES = {
    "BILPULRQ": "BILPULRS", "BLRPMTNTFRQ": "BLRPMTNTFRS", "PMTACKRQ": "PMTACKRS", "PMTREVRQ": "PMTREVRS",
}  # fmt: skip
_STATES = {BillState.PARTLY_PAID: "BillPartiallyPaid", BillState.PAID: "BillPaid"}


@dataclass(frozen=True)
class Standing:
    """What a bill is told with beside what every provider is told of it."""

    view: BillView
    shares: tuple[Share, ...]
    parts: bool
    replaced: bool
    overpaid: bool
    service: str
    closed_at: datetime | None


def moment(at: datetime) -> str:
    """A time of Damascus without its zone."""
    return at.astimezone(DAMASCUS).strftime("%Y-%m-%dT%H:%M:%S")


def amount(piastres: int) -> str:
    """New pounds with three decimals."""
    return f"{Money.of_piastres(piastres).amount:.3f}"


def envelope(
    *, biller: str, to: str, guid: str, kind: str, result: Result, body: dict[str, Any] | None, key: bytes | None
) -> Element:  # fmt: skip
    """A whole message, signed where there is a key to sign with."""
    header = {
        "TmStp": moment(utcnow()), "GUID": guid,
        "TrsInf": {"SdrCode": biller, "RcvCode": to, "ResTyp": TYPES.get(kind, "ERRRS")},
        "Result": result.content(),
    }  # fmt: skip
    root = element("MFEP", {"MsgHeader": header, "MsgBody": body or {}})
    if key is not None:
        root.append(element("MsgFooter", {"Security": {"SignatureMethod": USUAL, "Signature": sign(key, root)}}))
    return root


def status_of(standing: Standing) -> str:
    """The state of a bill by the names of this dialect; one that cannot be paid any more is told by its Result."""
    if standing.overpaid and standing.view.state == BillState.PAID:
        return "BillOverPaid"
    usual = "BillUpdated" if standing.replaced else "BillNew"
    return _STATES.get(BillState(standing.view.state), usual)


def bill_body(standing: Standing, *, biller: str) -> dict[str, Any]:
    """The body of BILPULRS: one bill, what is left of it, and how it may be paid."""
    view = standing.view
    live = view.state in (BillState.ISSUED, BillState.PARTLY_PAID)
    due = view.left if live else 0
    record = {
        "Result": CODES.get(f"bill-{view.state}", SUCCESS).content(),
        "AcctInfo": {"BillingNo": view.reference, "BillNo": view.reference, "BillerCode": biller},
        "BillStatus": status_of(standing),
        "DueAmount": amount(due),
        "Currency": "SYP",
        "IssueDate": moment(view.issued_at),
        "OpenDate": moment(view.issued_at),
        "DueDate": _midnight(view.due_on),
        "ExpiryDate": moment(view.expires_at),
        "CloseDate": moment(standing.closed_at) if standing.closed_at else None,
        "ServiceType": standing.service,
        "BillType": "OneOff",
        "BillAmount": amount(view.piastres),
        "PmtConst": {
            "AllowPart": "true" if standing.parts and live else "false",
            "Lower": amount(view.least if live else 0), "Upper": amount(due),
        },
        "SubPmts": {"SubPmt": [_share(share) for share in standing.shares]} if standing.shares and live else None,
        "AdditionalInfo": {"CustName": masked(view.payer)},
    }  # fmt: skip
    return {"RecCount": "1", "BillsRec": {"BillRec": record}}


def masked(name: str) -> str:
    """A name by which its bearer knows it and a stranger does not: the first word, of the others the first letter."""
    first, *others = name.split() or [""]
    return " ".join([first, *(f"{other[0]}." for other in others)])


def _midnight(day: date) -> str:
    return f"{day.isoformat()}T00:00:00"


def _share(share: Share) -> dict[str, str]:
    return {"Amount": amount(share.piastres), "SetBnkCode": share.account.bank, "AcctNo": share.account.number}


def answered(transaction: str, answer: Answer) -> dict[str, Any]:
    """One `TrxInf` of an answer: what became of a payment; told again it is the same."""
    return {
        "JOEBPPSTrx": transaction, "Result": SUCCESS.content(), "BlrTrx": answer.payment, "PmtState": answer.state,
        "PmtCode": answer.code, "ReceiptNo": answer.receipt,
        "DueAmount": None if answer.left is None else amount(answer.left),
    }  # fmt: skip


def refused(transaction: str, result: Result) -> dict[str, Any]:
    """One `TrxInf` of an answer: why nothing was done with it."""
    return {"JOEBPPSTrx": transaction, "Result": result.content()}


def batch_body(items: list[dict[str, Any]]) -> dict[str, Any]:
    """The body of an answer to a batch, in its order."""
    return {"Transactions": {"TrxInf": items}}
