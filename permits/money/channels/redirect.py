"""A provider with a page of its own, over HTTP: open a session for an attempt, ask what became of it, pay back.

Requests and answers are signed like the messages of every provider (`permits.money.signature`); an answer under the
method ANSWER. Called outside any database transaction.
"""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
from sqlalchemy.orm import Session

from permits.db import canonical, utcnow
from permits.money import signature
from permits.money.channels.attempts import Outcome, Word
from permits.money.channels.registry import Agreement
from permits.money.channels.tables import Attempt
from permits.money.money import Money, MoneyError, parse_piastres
from permits.money.providers import active_key, actor_of_key
from permits.people.actor import Actor

SECONDS = 10.0
"""How long an answer is waited for."""


class Unheard(Exception):
    """The provider did not answer, or with something that nobody's signature vouches for: nothing is known."""


@cache
def _trusted() -> ssl.SSLContext:
    return ssl.create_default_context()


@dataclass(frozen=True)
class Provider:
    """One provider: where it is, who it is to us, and the key that was agreed on."""

    address: str
    key_id: str
    secret: bytes
    actor: Actor

    def open(self, attempt: Attempt, *, reference: str, back: str) -> str:
        """The address of the page on which this attempt is paid; again it is the same session. Raises Unheard."""
        content = {
            "attempt": attempt.id, "reference": reference, "amount": pounds(attempt.piastres), "currency": "SYP",
            "expires_at": attempt.expires_at.isoformat(), "return_to": back,
        }  # fmt: skip
        answer = self._ask("POST", "/sessions", content)
        page = str((answer or {}).get("page", ""))
        ours, theirs = urlsplit(self.address), urlsplit(page)
        if (ours.scheme, ours.netloc) != (theirs.scheme, theirs.netloc):
            raise Unheard("page")
        return page

    def status(self, attempt_id: str) -> Outcome | None:
        """What became of an attempt; None where the provider never heard of it. Raises Unheard."""
        answer = self._ask("GET", f"/sessions/{quote(attempt_id, safe='')}", None)
        return None if answer is None else outcome_of(answer)

    def refund(self, *, transaction: str, piastres: int, key: str) -> str:
        """Pay money of a payment back the way it came; its number, the same for the same `key`. Raises Unheard."""
        answer = self._ask("POST", "/refunds", {"transaction": transaction, "amount": pounds(piastres), "key": key})
        number = str((answer or {}).get("refund", ""))
        if not number:
            raise Unheard("refund")
        return number

    def _ask(self, method: str, path: str, content: Mapping[str, Any] | None) -> dict[str, Any] | None:
        body = canonical(dict(content)).encode() if content is not None else b""
        url = self.address.rstrip("/") + path
        stamp, signed = str(int(utcnow().timestamp())), urlsplit(url).path
        headers = {
            "X-Key-Id": self.key_id, "X-Timestamp": stamp,
            "X-Signature": signature.sign(self.secret, timestamp=stamp, method=method, path=signed, body=body),
        }  # fmt: skip
        try:
            with httpx.Client(trust_env=False, timeout=SECONDS, verify=_trusted()) as client:
                answer = client.request(method, url, content=body, headers=headers)
        except (httpx.HTTPError, OSError) as error:
            raise Unheard(repr(error)) from error
        fault = signature.fault(
            self.secret, timestamp=answer.headers.get("X-Timestamp", ""), method="ANSWER", path=signed,
            body=answer.content, signature=answer.headers.get("X-Signature", ""), now=utcnow(),
        )  # fmt: skip
        if fault or answer.status_code not in (httpx.codes.OK, httpx.codes.NOT_FOUND):
            raise Unheard(fault or str(answer.status_code))
        found: dict[str, Any] = answer.json()
        return found if answer.is_success else None


def provider_of(session: Session, channel: Agreement) -> Provider:
    """The provider behind a channel, with the key that is in use."""
    key = active_key(session, key_id=channel.key)
    return Provider(channel.address, channel.key, bytes.fromhex(key.secret), actor_of_key(key))


def outcome_of(told: Mapping[str, Any]) -> Outcome:
    """A provider's words as an outcome; raises Unheard where they make none."""
    try:
        word = Word(told["state"])
        if word is not Word.PAID:
            return Outcome(str(told["attempt"]), word)
        return Outcome(
            str(told["attempt"]), word, str(told["transaction"]), parse_piastres(str(told["amount"])),
            datetime.fromisoformat(str(told["paid_at"])), date.fromisoformat(str(told["settlement_day"])),
        )  # fmt: skip
    except (KeyError, ValueError, MoneyError) as error:
        raise Unheard(repr(error)) from error


def pounds(piastres: int) -> str:
    """New pounds with two decimals."""
    return f"{Money.of_piastres(piastres).amount:.2f}"
