"""The engineer's browser, in code: log in, open a case, upload in pieces, wait for the review, submit."""

import base64
import re
import time
from pathlib import Path
from typing import Any

import httpx
from tqdm import tqdm

PIECE = 1 << 16
PATIENCE = 300.0


class Portal:
    """One engineer at the portal, over HTTP."""

    def __init__(self, address: str, login: str, password: str) -> None:
        self.http = httpx.Client(base_url=address, timeout=60)
        answer = self.http.post("/login", data={"login": login, "password": password})
        if answer.status_code != httpx.codes.SEE_OTHER:
            raise RuntimeError(f"login of {login} refused: {answer.status_code}")
        self.csrf = self._csrf()

    def _csrf(self) -> str:
        found = re.search(r'data-csrf="([^"]+)"', self.http.get("/cases").raise_for_status().text)
        if found is None:
            raise RuntimeError("the page carries no form token")
        return found[1]

    def post(self, path: str, **form: str) -> httpx.Response:
        """Send a form of this login."""
        return self.http.post(path, data={"csrf": self.csrf, **form})

    def open_case(self, *, zone: str, plot: str, title: str) -> str:
        """A new case; its id."""
        answer = self.post("/cases", zone=zone, plot=plot, title=title)
        if answer.status_code != httpx.codes.SEE_OTHER:
            raise RuntimeError(f"case refused: {answer.text}")
        return answer.headers["location"].rsplit("/", 1)[-1]

    def upload(self, case_id: str, model: Path) -> None:
        """Upload by the tus protocol; the connection is dropped once half-way, as on a bad day."""
        content, headers = model.read_bytes(), {"X-CSRF": self.csrf, "Tus-Resumable": "1.0.0"}
        facts = {"case": case_id, "filename": model.name}
        metadata = ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in facts.items())
        announced = self.http.post(
            "/files", headers={**headers, "Upload-Length": str(len(content)), "Upload-Metadata": metadata}
        ).raise_for_status()
        place, offset, cut = announced.headers["location"], 0, False
        with tqdm(total=len(content), unit="B", unit_scale=True, desc=f"  {model.name}") as bar:
            while offset < len(content):
                if not cut and offset > len(content) // 2:
                    cut, self.http = True, self._reconnected()
                    offset = int(self.http.head(place, headers=headers).raise_for_status().headers["upload-offset"])
                sent = {**headers, "Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
                piece = content[offset : offset + PIECE]
                answer = self.http.patch(place, content=piece, headers=sent).raise_for_status()
                bar.update(int(answer.headers["upload-offset"]) - offset)
                offset = int(answer.headers["upload-offset"])

    def _reconnected(self) -> httpx.Client:
        again = httpx.Client(base_url=self.http.base_url, timeout=60, cookies=self.http.cookies)
        self.http.close()
        return again

    def await_review(self, case_id: str) -> dict[str, Any]:
        """Follow the review's progress to its end; the report."""
        deadline = time.monotonic() + PATIENCE
        with tqdm(total=100, desc="  review / تدقيق", bar_format="{desc}: {bar} {percentage:3.0f}% {elapsed}") as bar:
            while time.monotonic() < deadline:
                fragment = self.http.get(f"/cases/{case_id}/review").raise_for_status().text
                found = re.search(r'<progress max="1" value="([0-9.]+)"', fragment)
                if found is None:
                    bar.update(100 - bar.n)
                    report: dict[str, Any] = self.http.get(f"/cases/{case_id}/report.json").raise_for_status().json()
                    return report
                bar.update(max(0, int(100 * float(found[1])) - bar.n))
                time.sleep(0.25)
        raise RuntimeError("the review did not end in time")
