"""The same messages in XML: what the switch keeps as JSON is told in the dialect, answers are given back as JSON.

Written apart from the product after docs/mfep.md, so that a mistake of one side is found by the other.
"""

import hashlib
import hmac
import http.client
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, canonicalize, tostring
from zoneinfo import ZoneInfo

import httpx
from defusedxml.ElementTree import ParseError, fromstring

from api.sandbox_switch.client import CONFIRMATIONS, Biller, place, trusted

PATH = "/biller/mfep/v1"
_DAMASCUS = ZoneInfo("Asia/Damascus")
_TAGS = {
    "transaction": "JOEBPPSTrx", "amount": "PaidAmt", "currency": "Currency", "paid_at": "ProcessDate",
    "settlement_day": "STMTDate", "channel": "AccessChannel", "reason": "Reason", "taken_from": "TakenFrom",
    "reversed_at": "ProcessDate",
}  # fmt: skip
"""Names of the switch's own messages: elements of the dialect. Another name is told as it is, and refused."""

_STATUS = {"0": 200, "7": 404, "10": 404, "9": 409, "11": 409, "13": 413, "2": 401, "3": 401, "5": 401, "99": 503}
"""What an ErrorCode is called over the other dialect."""

_STATES = {
    "BillNew": "issued", "BillUpdated": "issued", "BillPartiallyPaid": "partly_paid", "BillPaid": "paid",
    "BillOverPaid": "paid",
}  # fmt: skip
_ENDED = {"14": "expired", "15": "withdrawn"}


class Unsigned(OSError):
    """An answer of success that nobody's signature vouches for, or to another question: as if none had come."""


@dataclass(frozen=True)
class MfepBiller(Biller):
    """A biller that is spoken to in XML; `code` is its biller code."""

    code: str = "101"

    def inquire(self, reference: str) -> httpx.Response:
        """What is owed under a reference."""
        answer, body = self._ask("BILPULRQ", {"AcctInfo": self._account(reference)})
        record = None if body is None else body.find("BillsRec/BillRec")
        return answer if record is None else httpx.Response(200, json=_bill(record))

    def notify(self, body: bytes, *, secret: bytes | None = None, slow: int = 0) -> httpx.Response:
        """Tell a payment; one that was made on our own page is confirmed in JSON, and goes on by its number."""
        if place(body) == CONFIRMATIONS:
            answer = super().notify(body, secret=secret, slow=slow)
            return _renamed(answer, json.loads(body)["transaction"]) if answer.is_success else answer
        return self._batch("BLRPMTNTFRQ", body, secret=secret, slow=slow)

    def acknowledge(self, payment: str) -> httpx.Response:
        """Tell the biller that its answer came through; a payment is named by our own number."""
        return self._batch("PMTACKRQ", json.dumps({"transaction": payment}).encode())

    def reverse(self, payment: str, body: bytes) -> httpx.Response:
        """Tell that a payment was taken back."""
        return self._batch("PMTREVRQ", json.dumps({"transaction": payment} | json.loads(body)).encode())

    def notify_and_hang_up(self, body: bytes, *, sent: float = 1.0) -> None:
        """Tell a payment, or only a part of the message, and cut the connection without reading the answer."""
        if place(body) == CONFIRMATIONS:
            super().notify_and_hang_up(body, sent=sent)
            return
        target, content = urlsplit(self.address), self._message("BLRPMTNTFRQ", _batch_of(self._trx(body)))
        kind = http.client.HTTPSConnection if target.scheme == "https" else http.client.HTTPConnection
        connection = kind(target.hostname or "", target.port, timeout=10)
        headers = {"Content-Type": "application/xml", "Content-Length": str(len(content))}
        connection.request("POST", target.path.rstrip("/") + PATH, content[: int(len(content) * sent)], headers)
        connection.close()

    def notify_all(self, bodies: list[bytes]) -> list[httpx.Response]:
        """Tell several payments in one message; what is answered to each, in their order."""
        answer, body = self._ask("BLRPMTNTFRQ", {"Transactions": {"TrxInf": [self._trx(told) for told in bodies]}})
        found = [] if body is None else body.findall("Transactions/TrxInf")
        return [_answer(trx) for trx in found] or [answer]

    def _batch(self, kind: str, body: bytes, *, secret: bytes | None = None, slow: int = 0) -> httpx.Response:
        try:
            content = self._trx(body)
        except ValueError:  # what is no message is sent as it is
            return self._post(body)
        answer, found = self._ask(kind, _batch_of(content), secret=secret, slow=slow)
        trx = None if found is None else found.find("Transactions/TrxInf")
        return answer if trx is None else _answer(trx)

    def _trx(self, body: bytes) -> dict[str, Any]:
        """A message of the switch as a `TrxInf`."""
        told: dict[str, Any] = json.loads(body)
        trx: dict[str, Any] = {}
        if "reference" in told:
            trx = {"AcctInfo": self._account(told.pop("reference")), "PmtStatus": "PmtNew"}
        return trx | {_TAGS.get(name, name): _written(name, str(value)) for name, value in told.items()}

    def _account(self, reference: str) -> dict[str, str]:
        return {"BillingNo": reference, "BillerCode": self.code}

    def _ask(
        self, kind: str, body: Mapping[str, Any], *, secret: bytes | None = None, slow: int = 0
    ) -> tuple[httpx.Response, Element | None]:  # fmt: skip
        """The answer as the other dialect would have it, and the body where the message as a whole was accepted."""
        guid = str(uuid.uuid4())
        answer = self._post(self._message(kind, body, secret=secret, slow=slow, guid=guid), guid=guid)
        try:
            root: Element = fromstring(answer.content, forbid_dtd=True)
        except (ParseError, ValueError):
            return answer, None
        code = root.findtext("MsgHeader/Result/ErrorCode") or ""
        if code != "0":
            text = root.findtext("MsgHeader/Result/ErrorDesc") or ""
            return httpx.Response(_STATUS.get(code, 422), text=f"{code} {text}"), None
        signature = root.findtext("MsgFooter/Security/Signature") or ""
        right = hmac.compare_digest(signature.encode(), _sign(self.secret, root).encode())
        if not right or root.findtext("MsgHeader/GUID") != guid:
            raise Unsigned("answer")
        return answer, root.find("MsgBody")

    def _post(self, content: bytes, guid: str = "") -> httpx.Response:
        with httpx.Client(trust_env=False, timeout=10, verify=trusted()) as client:
            return client.post(
                self.address.rstrip("/") + PATH, content=content, params={"GUID": guid},
                headers={"Content-Type": "application/xml"},
            )  # fmt: skip

    def _message(
        self, kind: str, body: Mapping[str, Any], *, secret: bytes | None = None, slow: int = 0, guid: str = ""
    ) -> bytes:  # fmt: skip
        at = datetime.now(_DAMASCUS) - timedelta(seconds=slow)
        header = {
            "TmStp": at.strftime("%Y-%m-%dT%H:%M:%S"), "GUID": guid or str(uuid.uuid4()),
            "TrsInf": {"SdrCode": self.key_id, "RcvCode": self.code, "ReqTyp": kind},
        }  # fmt: skip
        root = Element("MFEP")
        _fill(root, {"MsgHeader": header, "MsgBody": body})
        _fill(root, {"MsgFooter": {"Security": {"Signature": _sign(secret or self.secret, root)}}})
        return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _renamed(answer: httpx.Response, transaction: str) -> httpx.Response:
    """The answer under the number by which this dialect goes on."""
    return httpx.Response(answer.status_code, json=answer.json() | {"payment": transaction})


def _batch_of(trx: Mapping[str, Any]) -> dict[str, Any]:
    return {"Transactions": {"TrxInf": [trx]}}


def _fill(parent: Element, content: Mapping[str, Any]) -> None:
    for name, value in content.items():
        for one in value if isinstance(value, list) else [value]:
            child = SubElement(parent, name)
            if isinstance(one, Mapping):
                _fill(child, one)
            else:
                child.text = str(one)


def _sign(secret: bytes, root: Element) -> str:
    """HMAC-SHA-256 over the canonical forms of header and body, a line feed between them."""
    parts = []
    for child in root:
        if child.tag in ("MsgHeader", "MsgBody"):
            parts.append(canonicalize(tostring(child, encoding="unicode").strip(), strip_text=True).encode())
    return hmac.new(secret, b"\n".join(parts), hashlib.sha256).hexdigest()


def _written(name: str, value: str) -> str:
    """A value as the dialect writes it; what is no such value stays as it is, for the biller to refuse."""
    if name == "amount" and value[-3:-2] == ".":
        return f"{value}0"
    if name not in ("paid_at", "reversed_at"):
        return value
    try:
        return datetime.fromisoformat(value).astimezone(_DAMASCUS).strftime("%Y-%m-%dT%H:%M:%S")
    except ValueError:
        return value


def _answer(trx: Element) -> httpx.Response:
    """What became of one transaction; in this dialect it goes by the switch's number."""
    code = trx.findtext("Result/ErrorCode") or ""
    if code != "0":
        return httpx.Response(_STATUS.get(code, 422), text=f"{code} {trx.findtext('Result/ErrorDesc')}")
    left = trx.findtext("DueAmount")
    content = {
        "payment": trx.findtext("JOEBPPSTrx"), "state": trx.findtext("PmtState"), "code": trx.findtext("PmtCode"),
        "receipt": trx.findtext("ReceiptNo"), "left": left and left[:-1], "name": trx.findtext("BlrTrx"),
    }  # fmt: skip
    return httpx.Response(200, json=content)


def _bill(record: Element) -> dict[str, Any]:
    """A bill by the names of the other dialect."""
    texts = {tag: record.findtext(tag) or "" for tag in ("DueAmount", "BillAmount", "Currency", "BillStatus")}
    ended = _ENDED.get(record.findtext("Result/ErrorCode") or "")
    state = ended or _STATES[texts["BillStatus"]]
    live = state in ("issued", "partly_paid")
    return {
        "reference": record.findtext("AcctInfo/BillingNo"), "state": state, "currency": texts["Currency"],
        "amount": texts["DueAmount" if live else "BillAmount"][:-1], "total": texts["BillAmount"][:-1],
        "least": (record.findtext("PmtConst/Lower") or "")[:-1],
    }  # fmt: skip
