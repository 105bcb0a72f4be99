"""Portal and desks in two processes behind one login: one setting for each."""

from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect

from api.context import open_context
from api.demo.office import PASSWORD, set_up
from api.demo.processes import free_port, running
from permits.settings import Settings

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_login_at_the_portal_opens_the_desks_of_another_process(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = {part: f"http://127.0.0.1:{free_port(0)}" for part in ("portal", "desks")}
    settings = Settings(data_dir=tmp_path, base_url=at["portal"])
    set_up(open_context(settings))

    def serving(part: str) -> AbstractContextManager[object]:
        monkeypatch.setenv("RUKHSA_SERVES", part)
        serve = ["serve", "--port", at[part].rsplit(":", 1)[-1], "--no-jobs"]
        return running(serve, ready=f"{at[part]}/livez", log=tmp_path / f"{part}.log", settings=settings)

    with serving("portal"), serving("desks"):
        assert httpx.get(f"{at['portal']}/desk", headers={"accept": "text/html"}).status_code == 303
        page = browser.new_context().new_page()
        page.goto(f"{at['portal']}/login")
        page.fill("#login", "reviewer")
        page.fill("#password", PASSWORD)
        page.click("main button")
        page.goto(f"{at['desks']}/desk")
        expect(page.get_by_text("لا إضبارة")).to_be_visible(timeout=30_000)  # drawn over the websocket
        assert page.goto(f"{at['desks']}/services").status == 404
        assert page.goto(f"{at['portal']}/desk").status == 404
        page.context.close()
