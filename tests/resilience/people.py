"""Those who use the office while its power fails: they repeat what was not answered, as their programs do."""

import base64
import json
import random
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self, TypeVar

import httpx

from api.demo.consenting import declare_owners
from api.demo.office import PASSWORD, SYNDICATE, Office
from api.demo.portal import Portal
from permits.cases import cases, decisions, reviews, syndicate, uploads
from permits.people.actor import Actor, Role
from tests.resilience.plant import fetch

PIECE = 1 << 15
Answer = TypeVar("Answer")
DOWN = (httpx.TransportError, httpx.HTTPStatusError)


class Person(threading.Thread):
    """Does one list of errands; what goes wrong for good is kept for the test."""

    def __init__(self, errands: list[Callable[[], None]]) -> None:
        super().__init__(daemon=True)
        self._errands = errands
        self.fault: BaseException | None = None

    def run(self) -> None:
        try:
            for errand in self._errands:
                errand()
        except BaseException as error:  # noqa: BLE001 - raised again in the test's own thread
            self.fault = error

    def finish(self, seconds: float) -> None:
        """Wait for the last errand."""
        self.join(seconds)
        if self.fault:
            raise self.fault
        assert not self.is_alive(), "the errands did not end"


def own_copy(content: bytes, case_id: str) -> bytes:
    """The model with a remark of its own: the very same one would take over the verdict of another case."""
    return content.replace(b"HEADER;", f"HEADER;/* {case_id} */".encode(), 1)


class Engineer:
    """A browser that uploads over a slow line and goes on where the server says it stands (tus)."""

    def __init__(self, address: str, content: bytes, chance: random.Random) -> None:
        portal = Portal(address, str(Role.ENGINEER), PASSWORD)
        self.http, self.content, self.chance = portal.http, content, chance
        self.headers = {"X-CSRF": portal.csrf, "Tus-Resumable": "1.0.0"}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()

    def upload(self, case_id: str) -> None:
        """One model, until the server has all of it."""
        content = own_copy(self.content, case_id)
        place = repeat(lambda: self._announce(case_id, len(content)))
        offset = 0
        while offset < len(content):
            try:
                offset = self._send(place, offset, content[offset : offset + PIECE])
            except DOWN:
                offset = repeat(lambda: self._stands_at(place))
            time.sleep(self.chance.uniform(0, 0.1))

    def _announce(self, case_id: str, length: int) -> str:
        facts = {"case": case_id, "filename": "model.ifc"}
        metadata = ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in facts.items())
        headers = {**self.headers, "Upload-Length": str(length), "Upload-Metadata": metadata}
        return self.http.post("/files", headers=headers).raise_for_status().headers["location"]

    def _send(self, place: str, offset: int, piece: bytes) -> int:
        headers = {**self.headers, "Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
        answer = self.http.patch(place, content=piece, headers=headers)
        return int(answer.raise_for_status().headers["upload-offset"])

    def _stands_at(self, place: str) -> int:
        return int(self.http.head(place, headers=self.headers).raise_for_status().headers["upload-offset"])


def repeat(what: Callable[[], Answer]) -> Answer:
    """Ask until there is an answer."""
    while True:
        try:
            return what()
        except DOWN:
            time.sleep(0.1)


def pay(switch: str, reference: str, fault: str) -> None:
    """Pay at the bank; the bank refuses to take money while it cannot ask the office what is owed."""
    with httpx.Client(base_url=switch, timeout=20) as bank:
        repeat(lambda: bank.post("/pay", json={"reference": reference, "fault": fault}).raise_for_status())


def acknowledged(switch: str) -> int:
    """How many payments the bank knows to be answered."""
    books = json.loads(fetch(f"{switch}/ledger") or "{}")
    return sum(payment["state"] == "acknowledged" for payment in books["payments"])


def open_cases(office: Office, count: int, *, zone: str, plot: str) -> list[str]:
    """Drafts of the engineer; their ids."""
    with office.context.database.transaction() as session:
        engineer = office.actor(session, Role.ENGINEER)
        return [
            cases.open_case(session, actor=engineer, office="DM-01", zone=zone, plot=plot, title=f"بناء {n}").id
            for n in range(count)
        ]


def upload_at_once(office: Office, case_id: str, folder: Path, content: bytes) -> None:
    """A whole model without a server between; its review waits for a worker."""
    context = office.context
    own = own_copy(content, case_id)
    with context.database.transaction() as session:
        engineer = office.actor(session, Role.ENGINEER)
        upload = uploads.begin_upload(
            session, actor=engineer, case_id=case_id, name="m.ifc", length=len(own), largest=len(own)
        )
    uploads.append(folder, upload, offset=0, pieces=[own])
    sha256 = uploads.store(folder, upload, context.storage)
    with context.database.transaction() as session:
        uploads.finish_upload(session, actor=engineer, upload_id=upload.id, sha256=sha256)


def carry_to_payment(office: Office, case_id: str) -> None:
    """Submit, stamp, recommend and approve a reviewed case: its bill is issued."""
    stamper = Actor(SYNDICATE, SYNDICATE, frozenset({Role.SYNDICATE}))
    context = office.context
    with context.database.transaction() as session:
        cases.submit(session, actor=office.actor(session, Role.ENGINEER), case_id=case_id)
        model = reviews.current_model(session, case_id=case_id)
        assert model is not None
        syndicate.stamp(
            session, actor=stamper, case_id=case_id, model_sha256=model.sha256, auditor="م. مدقق", remarks=""
        )
        reviewer, registrar = office.actor(session, Role.REVIEWER), office.actor(session, Role.REGISTRAR)
        declare_owners(session, registrar=registrar, case_id=case_id)
        decisions.recommend(session, actor=reviewer, case_id=case_id, note="مطابق")
        decisions.approve(
            session, actor=office.actor(session, Role.APPROVER), storage=context.storage,
            governorate=context.settings.governorate, case_id=case_id, note="مطابق",
        )  # fmt: skip
