"""A model that comes in while the disk is full, or the power fails: nothing lost, nothing left lying about."""

import base64
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from api.routes import files
from permits import audit
from permits.cases import uploads
from permits.cases.tables import Model
from tests.api.conftest import Web
from tests.disks import small_disk

CONTENT = b"ISO-10303-21;" * 20_000
HALF = 100_000


class Upload:
    """One upload by the tus protocol."""

    def __init__(self, web: Web, **more: str) -> None:
        self.web = web
        self.headers = {"X-CSRF": web.log_in("engineer"), "Tus-Resumable": "1.0.0"}
        facts = {"case": web.case_id, "filename": "m.ifc", **more}
        metadata = ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in facts.items())
        announced = {**self.headers, "Upload-Length": str(len(CONTENT)), "Upload-Metadata": metadata}
        self.announced = web.client.post("/files", headers=announced)
        self.place = str(self.announced.headers.get("location", ""))

    def send(self, start: int, end: int) -> httpx.Response:
        """One piece."""
        headers = {**self.headers, "Upload-Offset": str(start), "Content-Type": "application/offset+octet-stream"}
        return self.web.client.patch(self.place, content=CONTENT[start:end], headers=headers)

    def stands_at(self) -> tuple[int, int]:
        """Status and offset."""
        answer = self.web.client.head(self.place, headers=self.headers)
        return answer.status_code, int(answer.headers.get("upload-offset", -1))


def _refused(answer: httpx.Response) -> None:
    assert answer.status_code == 507
    assert answer.json()["title"] == "storage-full"
    assert "امتلأ قرص الخادم" in answer.json()["detail"]


def _kept(web: Web) -> bytes:
    with web.context.database.reading() as session:
        return web.context.storage.read(session.scalars(select(Model)).one().sha256)


def _received(web: Web) -> list[Path]:
    return list((web.context.settings.data_dir / "uploads").iterdir())


@pytest.mark.parametrize("full", ["uploads", "objects"])
def test_a_full_disk_is_507_and_a_later_try_succeeds(web: Web, full: str) -> None:
    folder: Path = web.context.settings.data_dir / full
    with small_disk(folder, "200k") as disk:
        upload = Upload(web)
        assert upload.send(0, HALF).status_code == 204
        _refused(upload.send(HALF, len(CONTENT)))
        if full == "uploads":  # the piece was not kept, the one before it was
            assert upload.stands_at() == (200, HALF)
        else:  # all of it was received, and there is no room to keep it
            assert upload.stands_at()[0] == 507
        disk.grow("8m")
        status, offset = upload.stands_at()
        assert status == 200
        if offset < len(CONTENT):
            assert upload.send(offset, len(CONTENT)).status_code == 204
        assert _kept(web) == CONTENT
        assert _received(web) == []
    with web.context.database.reading() as session:
        assert "upload-refused" in [row.event for row in audit.timeline(session, web.case_id)]


def test_bytes_left_by_a_cut_after_the_last_piece_go_when_the_engineer_asks(web: Web) -> None:
    upload = Upload(web)
    assert upload.send(0, len(CONTENT)).status_code == 204
    left = web.context.settings.data_dir / "uploads" / upload.place.rsplit("/", 1)[-1]
    left.write_bytes(CONTENT)  # as if the power had failed between the commit and the clearing away
    assert upload.stands_at() == (200, len(CONTENT))
    assert _received(web) == []
    assert _kept(web) == CONTENT


def test_two_connections_may_end_the_same_upload(web: Web) -> None:
    """The line breaks while the last piece is taken in, and the browser asks at once how far it is."""
    upload = Upload(web)
    with web.context.database.reading() as session:
        before = uploads.get_upload(session, actor=web.engineer, upload_id=upload.place.rsplit("/", 1)[-1])
    assert upload.send(0, len(CONTENT)).status_code == 204
    assert before.model_id is None
    files._finish(web.context, web.engineer, before)
    assert _kept(web) == CONTENT


def test_tie_points_come_with_the_upload_and_wrong_ones_are_told(web: Web) -> None:
    wrong = Upload(web, ties="1,2=3,4").announced
    assert (wrong.status_code, wrong.json()["title"]) == (422, "ties-refused")
    assert "نقاط الربط" in wrong.json()["detail"]
    upload = Upload(web, ties="٠،٠=198793.8,172736.7\n12,0=198805.8,172736.7")
    assert upload.send(0, len(CONTENT)).status_code == 204
    with web.context.database.reading() as session:
        assert session.scalars(select(Model)).one().ties.startswith("٠،٠=")
