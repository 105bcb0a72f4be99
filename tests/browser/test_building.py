"""The building in 3D in Chromium without a graphics card: for the reviewer, for the engineer, and without WebGL."""

import time
from contextlib import suppress

import pytest
from playwright.sync_api import Locator, Page, expect

from permits.cases.scenes import scene_of
from permits.cases.tables import Case
from permits.cases.workflow import State
from permits.errors import NotFound
from tests.browser.conftest import Served, Visitors, fits, picture
from tests.browser.test_case import MODELS, open_case, upload
from tests.conftest import ROOT, unavailable

pytestmark = [pytest.mark.browser, pytest.mark.slow]
AXE = ROOT / "api" / "web" / "node_modules" / "axe-core" / "axe.min.js"
_CASES: dict[str, str] = {}


@pytest.fixture
def case_id(visits: Visitors, served: Served) -> str:
    """A case of the engineer with many violations, before the reviewer, whose scene is made."""
    if served.address not in _CASES:
        page = visits.of("engineer")
        found = open_case(page, served.address, "410", "بناء للعرض")
        upload(page, MODELS / "planted-violations.ifc")
        with served.office.context.database.transaction() as session:
            session.get_one(Case, found).state = str(State.IN_REVIEW)
        _await_scene(served, found)
        _CASES[served.address] = found
    return _CASES[served.address]


def _await_scene(served: Served, case_id: str) -> None:
    for _ in range(240):
        with served.office.context.database.reading() as session, suppress(NotFound):
            scene_of(session, case_id=case_id)
            return
        time.sleep(0.5)
    pytest.fail("no scene was made")


def ready(page: Page) -> Locator:
    view = page.locator(".view3d[data-ready=true]")
    expect(view).to_be_visible(timeout=60_000)
    return view


def fact(view: Locator, name: str) -> str:
    return view.get_attribute(f"data-{name}") or ""


def colours(page: Page, view: Locator) -> dict[str, int]:
    """How many pixels of the picture are reddish, amber, blue, and of the background."""
    count = """(el) => { const c = el.querySelector("canvas"), k = document.createElement("canvas");
      k.width = c.width; k.height = c.height; const g = k.getContext("2d"); g.drawImage(c, 0, 0);
      const d = g.getImageData(0, 0, k.width, k.height).data, n = { red: 0, blue: 0, empty: 0, all: d.length / 4 };
      for (let i = 0; i < d.length; i += 4) { const [r, g, b] = [d[i], d[i + 1], d[i + 2]];
        if (r > 238 - 3 && g > 238 && b > 240) n.empty++; else if (r > 1.8 * g && r > 1.8 * b) n.red++;
        else if (b > 1.6 * r && b > 1.3 * g) n.blue++; } return n; }"""
    found: dict[str, int] = view.evaluate(count)
    return found


def test_the_engineer_sees_his_findings_on_the_building(visits: Visitors, served: Served, case_id: str) -> None:
    page = visits.of("engineer", width=1440)
    page.goto(f"{served.address}/cases/{case_id}/report")
    page.get_by_role("link", name="أظهرها على البناء").first.click()
    view = ready(page)
    assert int(fact(view, "draws")) <= 10
    assert int(fact(view, "elements")) > 400
    assert fact(view, "selected")
    chosen = page.locator(".card.chosen")
    expect(chosen).to_have_count(1)
    assert chosen.get_attribute("data-elements") == fact(view, "selected")
    picture(page, "building-finding")
    assert colours(page, view)["blue"] > 50


def test_every_tool_does_its_work(visits: Visitors, served: Served, case_id: str) -> None:
    page = visits.of("engineer", width=1440)
    page.goto(f"{served.address}/cases/{case_id}/building")
    view = ready(page)
    whole = colours(page, view)
    assert whole["red"] > 200
    assert whole["empty"] < whole["all"] * 0.95
    picture(page, "building")
    tool = view.locator
    tool("[data-tool=envelope]").click()
    expect(view).to_have_attribute("data-envelope", "false")
    tool("[data-tool=ghost]").click()
    expect(view).to_have_attribute("data-ghosts", "0")
    picture(page, "building-plain")
    storey = view.get_by_label("الطابق")
    storey.select_option(index=2)
    assert int(fact(view, "hidden")) > 200
    picture(page, "building-storey")
    storey.select_option(index=0)
    view.get_by_label("القطع", exact=True).select_option("height")
    expect(view).to_have_attribute("data-cut", "height")
    page.wait_for_timeout(500)
    picture(page, "building-section")
    cut = colours(page, view)
    view.get_by_label("القطع", exact=True).select_option("east")
    page.wait_for_timeout(500)
    picture(page, "building-section-east")
    assert colours(page, view)["empty"] != cut["empty"]
    tool("[data-tool=reset]").click()
    expect(view).to_have_attribute("data-cut", "")
    assert int(fact(view, "most")) <= 10


def test_an_element_is_picked_and_two_points_are_measured(visits: Visitors, served: Served, case_id: str) -> None:
    page = visits.of("engineer", width=1440)
    page.goto(f"{served.address}/cases/{case_id}/building")
    view = ready(page)
    view.locator("[data-tool=ghost]").click()
    canvas = view.locator("canvas")
    box = canvas.bounding_box()
    assert box
    canvas.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    picked = fact(view, "picked")
    assert len(picked) == 22
    assert fact(view, "selected") == picked
    expect(view.get_by_role("status")).to_contain_text("المحدد")
    expect(page.locator("#of-element")).to_be_visible()
    page.get_by_role("button", name="كل الملاحظات").click()
    assert fact(view, "picked") == ""
    view.locator("[data-tool=measure]").click()
    for x in (0.47, 0.53):
        canvas.click(position={"x": box["width"] * x, "y": box["height"] / 2})
    length = float(fact(view, "measured"))
    assert 0.05 < length < 40
    expect(view.get_by_role("status")).to_contain_text(f"{length:.2f}")
    picture(page, "building-measured")


def test_it_is_worked_by_keys_alone(visits: Visitors, served: Served, case_id: str) -> None:
    page = visits.of("engineer", width=1440)
    page.goto(f"{served.address}/cases/{case_id}/building")
    view = ready(page)
    view.locator("[data-tool=ghost]").click()
    view.locator(".canvas").focus()
    before = colours(page, view)
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "+", "+", "+"):
        page.keyboard.press(key)
    page.wait_for_timeout(500)
    assert colours(page, view) != before
    page.keyboard.press("Enter")
    assert len(fact(view, "picked")) == 22
    page.keyboard.press("f")
    page.wait_for_timeout(500)
    assert colours(page, view)["blue"] > before["blue"]
    page.keyboard.press("Escape")
    assert fact(view, "picked") == ""


def test_on_a_phone_everything_is_within_reach(visits: Visitors, served: Served, case_id: str) -> None:
    page = visits.of("engineer", width=390)
    page.goto(f"{served.address}/cases/{case_id}/building")
    ready(page)
    fits(page)
    picture(page, "building-phone")


def test_without_webgl_it_says_so_and_the_list_remains(visits: Visitors, served: Served, case_id: str) -> None:
    page = visits.of("engineer")
    page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null;")
    page.goto(f"{served.address}/cases/{case_id}/building")
    expect(page.get_by_role("alert")).to_contain_text("WebGL")
    expect(page.locator(".model3d article").first).to_be_visible()
    picture(page, "building-no-webgl")


def test_the_reviewer_goes_from_finding_to_element_and_back(visits: Visitors, served: Served, case_id: str) -> None:
    page = visits.of("reviewer", width=1440)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{served.address}/desk/case?id={case_id}")
    plan = page.locator("[data-kinds]")
    expect(plan).to_be_visible(timeout=60_000)
    assert {"allowed", "setback", "ground", "breakout"} <= set(fact(plan, "kinds").split())
    assert "وجيبة أمامية 5.000 م" in fact(plan, "widths")
    page.wait_for_timeout(1500)
    picture(page, "case-map")
    assert not [url for url in asked if "model3d" in url or ".glb" in url]
    page.get_by_role("button", name="أظهرها على البناء").nth(1).click()
    view = ready(page)
    assert fact(view, "selected")
    assert int(fact(view, "draws")) <= 10
    page.wait_for_timeout(1000)
    picture(page, "case-model")
    view.locator("[data-tool=reset]").click()
    canvas = view.locator("canvas")
    box = canvas.bounding_box()
    assert box
    view.locator("[data-tool=ghost]").click()
    canvas.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    expect(view).to_have_attribute("data-picked", fact(view, "selected"))
    expect(page.get_by_text("ملاحظات العنصر المحدد فقط")).to_be_visible(timeout=15_000)
    page.wait_for_timeout(500)
    picture(page, "case-picked")
    page.get_by_role("button", name="كل الملاحظات").click()
    page.get_by_label("النتيجة").select_option("مطابق")
    expect(page.get_by_role("button", name="أظهرها على البناء")).to_have_count(0, timeout=15_000)
    page.get_by_role("button", name="المخطط", exact=True).click()
    expect(page.locator("[data-kinds]")).to_be_visible(timeout=15_000)


def test_axe_finds_nothing(visits: Visitors, served: Served, case_id: str) -> None:
    if not AXE.exists():
        unavailable("axe", "no axe-core (npm ci in api/web)")
    for width in (390, 1440):
        page = visits.of("engineer", width=width)
        page.goto(f"{served.address}/cases/{case_id}/building")
        ready(page)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa']})")["violations"]
        assert [(one["id"], [node["html"][:90] for node in one["nodes"][:3]]) for one in found] == []
