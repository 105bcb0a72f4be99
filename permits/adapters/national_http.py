"""The national register over HTTP, in our own dialect: `POST /announcements` and `GET /sheets`."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

import httpx

from permits.adapters.national_register import (
    Acknowledgement,
    Answer,
    Capabilities,
    NationalUnheard,
    answer_of,
)

SECONDS = 10.0
"""How long each step of an exchange is waited for."""

MOST = 1 << 20
"""Bytes of an answer that are read."""

_ANSWERS = frozenset({httpx.codes.OK, httpx.codes.CONFLICT, httpx.codes.UNPROCESSABLE_ENTITY})


@dataclass(frozen=True)
class NationalHttp:
    """The register at an address. Its answers are not signed: use https."""

    address: str
    seconds: float = SECONDS
    capabilities: ClassVar[Capabilities] = Capabilities(announce=True, ask=True, later=False)

    def announce(self, envelope: bytes) -> Answer:
        """Tell it a signed entry; raises NationalUnheard, for a status that is no answer too."""
        headers = {"Content-Type": "application/cose"}
        status, content = self._exchange("POST", "/announcements", content=envelope, headers=headers)
        if status not in _ANSWERS:
            raise NationalUnheard(f"status-{status}")
        try:
            told = httpx.Response(status, content=content).json()
        except ValueError as error:
            raise NationalUnheard("answer-unreadable") from error
        return answer_of(told)

    def ask(self, zone: str, parcel: str) -> bytes | None:
        """What it holds of a parcel; None where it holds nothing."""
        status, content = self._exchange("GET", "/sheets", params={"zone": zone, "parcel": parcel})
        if status == httpx.codes.NOT_FOUND:
            return None
        if status != httpx.codes.OK:
            raise NationalUnheard(f"status-{status}")
        return content

    def acknowledgements(self) -> Iterator[Acknowledgement]:
        """None: it answers at once."""
        return iter(())

    def _exchange(self, method: str, path: str, **more: Any) -> tuple[int, bytes]:
        url = self.address.rstrip("/") + path
        try:
            with (
                httpx.Client(trust_env=False, timeout=self.seconds) as client,
                client.stream(method, url, **more) as answer,
            ):
                content = bytearray()
                for chunk in answer.iter_bytes():
                    content += chunk
                    if len(content) > MOST:
                        raise NationalUnheard("answer-too-long")
                return answer.status_code, bytes(content)
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise NationalUnheard(repr(error)) from error
