"""Engineer, reviewer and approver through a case in Chromium, in Arabic, with nothing asked of any other host."""

import re
import zipfile
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, Route, expect

from api.demo.consenting import declare_owners
from api.demo.office import SAMPLES, SYNDICATE
from permits.cases.reviews import state_of
from permits.people.actor import Role
from tests.browser.conftest import Served, Visitors, picture

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MODELS = SAMPLES / "models"


def open_case(page: Page, address: str, plot: str, title: str) -> str:
    page.goto(f"{address}/cases/new")
    form = page.locator("form", has_text="وادي السنونو").first
    form.locator("input[name=plot]").fill(plot)
    form.get_by_role("button", name="متابعة").click()
    page.fill("#title", title)
    page.get_by_role("button", name="فتح الإضبارة").click()
    page.wait_for_url(re.compile(r"/cases/[0-9a-f-]{36}$"))
    return page.url.rsplit("/", 1)[-1]


def upload(page: Page, model: Path) -> None:
    page.set_input_files("#file", model)
    page.get_by_role("button", name="رفع").click()
    expect(page.locator("ul.counts")).to_be_visible(timeout=120_000)


def stamp(served: Served, case_id: str) -> None:
    with httpx.Client(base_url=served.address, timeout=30) as http:
        form = {
            "grant_type": "client_credentials", "client_id": SYNDICATE, "client_secret": served.office.syndicate_secret,
        }  # fmt: skip
        token = http.post("/oauth/token", data=form).raise_for_status().json()["access_token"]
        http.headers["Authorization"] = f"Bearer {token}"
        sha256 = http.get(f"/api/v1/cases/{case_id}").raise_for_status().json()["model"]["sha256"]
        body = {"model_sha256": sha256, "auditor": "م. نقابي", "remarks": ""}
        http.post(f"/api/v1/cases/{case_id}/stamp", json=body).raise_for_status()


def state(served: Served, case_id: str) -> str:
    with served.office.context.database.reading() as session:
        return state_of(session, case_id=case_id)


def test_a_plot_is_chosen_on_the_map(visits: Visitors, served: Served) -> None:
    page = visits.of("engineer")
    page.goto(f"{served.address}/cases/new")
    box = page.locator(".map[data-ready=true]").first
    expect(box).to_be_visible(timeout=30_000)
    size = box.bounding_box()
    assert size
    number = page.locator("input[name=plot]").first
    for step in range(1, 12):  # the zone lies across the map; some point of this line is a plot
        page.mouse.click(size["x"] + size["width"] * (0.3 + 0.03 * step), size["y"] + size["height"] * 0.55)
        if number.input_value():
            break
    assert re.fullmatch(r"[0-9]{3}", number.input_value())
    picture(page, "map")


def test_a_complying_case_is_approved_and_billed(visits: Visitors, served: Served) -> None:
    engineer = visits.of("engineer")
    case_id = open_case(engineer, served.address, "103", "بناء مطابق")
    upload(engineer, MODELS / "complies.ifc")
    engineer.get_by_role("link", name="فتح التقرير").click()
    expect(engineer.locator("html")).to_have_attribute("dir", "rtl")
    expect(engineer.locator("body")).to_contain_text("SET-01")
    engineer.go_back()
    engineer.get_by_role("button", name="إرسال إلى نقابة المهندسين").click()
    expect(engineer.locator("body")).to_contain_text("لدى نقابة المهندسين")
    stamp(served, case_id)

    reviewer = visits.of("reviewer")
    expect(reviewer.locator("table")).to_contain_text("بناء مطابق", timeout=30_000)
    reviewer.get_by_role("row", name="بناء مطابق").get_by_role("link").click()
    reviewer.get_by_label("السبب").and_(reviewer.locator("textarea")).fill("مطابق للوجائب")
    reviewer.get_by_role("button", name="اقتراح الموافقة").click()
    expect(reviewer.locator("body")).to_contain_text("بانتظار الاعتماد", timeout=30_000)

    with served.office.context.database.transaction() as session:
        declare_owners(session, registrar=served.office.actor(session, Role.REGISTRAR), case_id=case_id)
    approver = visits.of("approver")
    approver.goto(f"{served.address}/desk/case?id={case_id}")
    approver.get_by_label("السبب").and_(approver.locator("textarea")).fill("يُعتمد")
    approver.get_by_role("button", name="اعتماد", exact=True).click()
    expect(approver.locator("body")).to_contain_text("بانتظار الدفع", timeout=30_000)

    engineer.goto(f"{served.address}/cases/{case_id}")
    expect(engineer.locator("#bill-reference")).to_have_text(re.compile(r"[0-9 ]{16,}"))
    engineer.get_by_role("link", name="كيف حُسب الرسم").click()
    expect(engineer.locator("main")).to_contain_text("37")
    assert state(served, case_id) == "awaiting_payment"


def test_violations_are_decided_and_returned(visits: Visitors, served: Served, tmp_path: Path) -> None:
    engineer = visits.of("engineer", width=390)
    case_id = open_case(engineer, served.address, "410", "بناء فيه مخالفات")
    upload(engineer, MODELS / "planted-violations.ifc")
    expect(engineer.locator("ul.counts .fail b")).to_have_text("15")
    picture(engineer, "case-phone")
    report = visits.of("engineer", width=1000)
    report.goto(f"{served.address}/cases/{case_id}/report")
    expect(report.locator("body")).to_contain_text("SET-01")
    expect(report.locator(".tools")).to_be_visible()  # its script runs under the policy it is served with
    picture(report, "report")
    report.close()
    with engineer.expect_download() as download:
        engineer.get_by_text("تنزيل التقرير بصيغ أخرى").click()
        engineer.get_by_role("link", name="تنزيل BCF").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        assert "bcf.version" in archive.namelist()
    engineer.get_by_role("button", name="إرسال إلى نقابة المهندسين").click()
    stamp(served, case_id)

    reviewer = visits.of("reviewer")
    reviewer.goto(f"{served.address}/desk/case?id={case_id}")
    article = reviewer.locator("article.finding").first
    first = article.get_by_role("button", name="تثبيت")
    expect(first).to_be_visible(timeout=30_000)
    first.click()
    expect(reviewer.locator("body")).to_contain_text("اكتب السبب", timeout=15_000)
    article.get_by_label("عبارة جاهزة").select_option(index=1)
    expect(article.locator("input[type=text]")).to_have_value(re.compile("وفق|القياس"), timeout=15_000)
    article.locator("input[type=text]").fill("قيس على المخطط")
    first.click()
    expect(reviewer.locator("body")).to_contain_text("المخالفة قائمة: قيس على المخطط", timeout=15_000)
    expect(reviewer.get_by_text("اكتب السبب")).to_be_hidden()
    reviewer.wait_for_timeout(2_000)  # the map draws itself
    picture(reviewer, "reviewer")
    expect(reviewer.get_by_role("button", name="اقتراح الموافقة")).to_be_disabled()
    ready = reviewer.get_by_label("عبارة جاهزة").last
    ready.select_option(index=1)
    reason = reviewer.get_by_label("السبب").and_(reviewer.locator("textarea"))
    expect(reason).to_have_value(ready.locator("option").nth(1).inner_text().strip(), timeout=15_000)
    picture(reviewer, "phrases")
    retire = reviewer.get_by_role("button", name="اسحب هذه العبارة من المكتبة")
    expect(retire).to_be_hidden()  # what came with the platform is not the office's to take away
    reason.fill("أعد حساب الوجيبة")
    reviewer.get_by_role("button", name="احفظ السبب عبارةً للمكتب").click()
    own = ready.locator("option").filter(has_text="أعد حساب الوجيبة")
    expect(own).to_have_count(1, timeout=15_000)
    ready.select_option(label="أعد حساب الوجيبة")
    expect(retire).to_be_visible(timeout=15_000)
    picture(reviewer, "phrase-retire")
    retire.click()
    expect(own).to_have_count(0, timeout=15_000)
    expect(retire).to_be_hidden()
    reason.fill("تُصحَّح الوجيبة الأمامية")
    reviewer.get_by_role("button", name="إعادة بملاحظات").click()
    expect(reviewer.locator("body")).to_contain_text("معادة إلى المهندس", timeout=30_000)

    engineer.goto(f"{served.address}/cases/{case_id}")
    expect(engineer.locator("body")).to_contain_text("تُصحَّح الوجيبة الأمامية")


def test_an_upload_survives_a_cut_connection(visits: Visitors, served: Served, tmp_path: Path) -> None:
    page = visits.of("engineer")
    case_id = open_case(page, served.address, "104", "ملف كبير")
    model = tmp_path / "large.ifc"
    content = (MODELS / "complies.ifc").read_bytes()
    note = b"/* " + b"x" * 100_000_000 + b" */\n"
    model.write_bytes(content.replace(b"DATA;\n", b"DATA;\n" + note, 1))
    cut = []

    def sometimes(route: Route) -> None:
        if route.request.method == "PATCH" and len(cut) < 2:
            cut.append(route.request.url)
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/files/*", sometimes)
    upload(page, model)
    assert len(cut) == 2
    kept = served.office.context
    with kept.database.reading() as session:
        from permits.cases.reviews import current_model

        newest = current_model(session, case_id=case_id)
    assert newest is not None
    assert kept.storage.read(newest.sha256) == model.read_bytes()


def test_a_refused_model_says_what_to_do(visits: Visitors, served: Served, tmp_path: Path) -> None:
    page = visits.of("engineer")
    open_case(page, served.address, "105", "ملف ناقص")
    half = tmp_path / "half.ifc"
    content = (MODELS / "complies.ifc").read_bytes()
    half.write_bytes(content[: len(content) // 2])
    page.set_input_files("#file", half)
    page.get_by_role("button", name="رفع").click()
    expect(page.locator("#review [role=alert]")).to_be_visible(timeout=60_000)
    assert re.search("[\u0600-\u06ff]{4}", page.locator("#review [role=alert]").inner_text())


def test_a_login_that_ends_is_said_on_an_open_desk(visits: Visitors, served: Served) -> None:
    desk = visits.of("reviewer")
    expect(desk.locator("h1")).to_be_visible(timeout=30_000)
    other = desk.context.new_page()
    other.goto(f"{served.address}/desk")
    other.get_by_role("button", name="خروج").click()
    expect(desk.locator("#session-ended")).to_contain_text("انتهت الجلسة", timeout=20_000)
    desk.goto(f"{served.address}/desk")
    expect(desk).to_have_url(re.compile("/login$"))
