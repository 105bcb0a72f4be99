"""The engineer's portal in Arabic: a first case in steps, pauses and cuts, a pre-check, a resubmission, messages."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Served, Visitors, fits, picture
from tests.browser.test_case import MODELS, stamp, state, upload

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def _large(tmp_path: Path, name: str = "large.ifc", size: int = 30_000_000) -> Path:
    model = tmp_path / name
    note = b"/* " + b"x" * size + b" */\n"
    model.write_bytes((MODELS / "complies.ifc").read_bytes().replace(b"DATA;\n", b"DATA;\n" + note, 1))
    return model


def test_a_first_case_in_steps_from_the_plot_to_the_syndicate(visits: Visitors, served: Served) -> None:
    page = visits.of("engineer", width=390)
    page.get_by_role("link", name="إضبارة جديدة").click()
    expect(page.locator(".steps [aria-current=step]")).to_have_text("المقسم")
    form = page.locator("form", has_text="وادي السنونو").first
    form.locator("input[name=plot]").fill("999")
    form.get_by_role("button", name="متابعة").click()
    expect(page.get_by_role("alert").first).to_contain_text(re.compile("لا يوجد مقسم بالرقم .?999"))
    form.locator("input[name=plot]").fill("103")
    form.locator("input[name=plot]").blur()
    expect(form.locator(".facts")).to_contain_text("الطوابق المسموحة", timeout=20_000)
    fits(page)
    picture(page, "new-plot-390")
    form.get_by_role("button", name="متابعة").click()
    expect(page.locator(".steps [aria-current=step]")).to_have_text("المشروع")
    page.fill("#title", "بناء سكني من أربعة طوابق")
    expect(page.locator("[data-kept]")).to_have_text("حُفظت المسودة.", timeout=10_000)
    page.get_by_role("button", name="خروج").click()
    page = visits.of("engineer", width=390)
    page.goto(f"{served.address}/cases/new/title")
    expect(page.locator("#title")).to_have_value("بناء سكني من أربعة طوابق")
    page.get_by_label("إضافة بناء").check()
    fits(page)
    picture(page, "new-title-390")
    page.get_by_role("button", name="فتح الإضبارة").click()
    expect(page.locator(".now")).to_contain_text("ارفع نموذج البناء")
    expect(page.locator(".steps [aria-current=step]")).to_have_text("رفع النموذج")
    picture(page, "new-upload-390")
    upload(page, MODELS / "complies.ifc")
    expect(page.locator(".now")).to_contain_text("أرسل الإضبارة")
    expect(page.locator(".steps [aria-current=step]")).to_have_text("الإرسال")
    fits(page)
    picture(page, "new-submit-390")
    page.get_by_role("button", name="إرسال إلى نقابة المهندسين").click()
    expect(page.locator(".now")).to_contain_text("لدى نقابة المهندسين")
    expect(page.locator("main")).to_contain_text("إضافة بناء")


def _open(page: Page, served: Served, plot: str, title: str) -> str:
    csrf = page.evaluate("document.body.dataset.csrf")
    answer = page.request.post(
        f"{served.address}/cases", form={"csrf": csrf, "zone": "FZ-1", "plot": plot, "title": title}
    )
    page.goto(answer.url)
    return answer.url.rsplit("/", 1)[-1]


def test_an_upload_is_paused_left_and_found_again(visits: Visitors, served: Served, tmp_path: Path) -> None:
    page = visits.of("engineer", width=390)
    _open(page, served, "104", "رفع متقطع")
    model = _large(tmp_path)
    page.route("**/files/*", lambda route: (page.wait_for_timeout(400), route.continue_()))
    page.set_input_files("#file", model)
    page.get_by_role("button", name="رفع").click()
    expect(page.locator("[data-amount]")).to_contain_text(re.compile("من 30"), timeout=20_000)
    expect(page.locator("progress")).not_to_have_js_property("value", 0, timeout=20_000)
    page.get_by_role("button", name="إيقاف مؤقت").click()
    expect(page.locator("[data-note]")).to_contain_text("متوقف مؤقتاً")
    picture(page, "upload-paused-390")
    fits(page)
    page.reload()
    expect(page.locator(".notice", has_text="لم يكتمل")).to_contain_text("large.ifc")
    page.set_input_files("#file", model)
    page.get_by_role("button", name="رفع").click()
    expect(page.locator("ul.counts")).to_be_visible(timeout=120_000)
    page.set_input_files("#file", model)
    page.get_by_role("button", name="رفع").click()
    expect(page.locator(".notice", has_text="هو نفسه النموذج")).to_be_visible(timeout=60_000)


def test_a_cut_at_the_end_waits_and_goes_on(visits: Visitors, served: Served, tmp_path: Path) -> None:
    page = visits.of("engineer")
    _open(page, served, "104", "انقطاع عند النهاية")
    model = _large(tmp_path, "end.ifc", 9_000_000)
    last, cut = model.stat().st_size // (4 << 20) * (4 << 20), []

    def at_the_end(route: Route) -> None:
        if route.request.method == "PATCH" and int(route.request.headers["upload-offset"]) >= last and len(cut) < 3:
            cut.append(route.request.url)
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/files/*", at_the_end)
    page.set_input_files("#file", model)
    page.get_by_role("button", name="رفع").click()
    expect(page.locator("[data-note]")).to_contain_text("انقطع الاتصال", timeout=20_000)
    expect(page.locator("ul.counts")).to_be_visible(timeout=120_000)
    assert len(cut) == 3


def test_what_can_be_no_model_is_told_on_the_page(visits: Visitors, served: Served, tmp_path: Path) -> None:
    page = visits.of("engineer", width=390)
    _open(page, served, "105", "<script>alert(1)</script> " + "عمارة " * 25)
    expect(page.locator("h1")).to_contain_text("<script>")
    fits(page)
    huge = tmp_path / "huge.ifc"
    with huge.open("wb") as file:
        file.truncate(2_000_000_000)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/files" in request.url else None)
    page.set_input_files("#file", huge)
    page.get_by_role("button", name="رفع").click()
    expect(page.locator("[data-note]")).to_contain_text("حجم الملف 2000.0 م.ب، والحد الأعلى 500 م.ب")
    assert asked == []
    picture(page, "upload-refused-390")
    renamed = tmp_path / ("صورة الواجهة الرئيسية للبناء " * 4 + ".ifc")
    renamed.write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 40)
    page.set_input_files("#file", renamed)
    page.get_by_role("button", name="رفع").click()
    expect(page.locator("[data-note]")).to_contain_text("ليس الملف نموذج IFC", timeout=20_000)
    broken = tmp_path / "broken.ifczip"
    broken.write_bytes(b"PK\x03\x04" + b"no archive" * 1000)
    page.set_input_files("#file", broken)
    page.get_by_role("button", name="رفع").click()
    expect(page.locator("#review [role=alert]")).to_contain_text("الأرشيف تالف", timeout=60_000)


def test_a_stale_page_of_an_ended_case(visits: Visitors, served: Served) -> None:
    page = visits.of("engineer")
    case_id = _open(page, served, "105", "إضبارة مسحوبة")
    other = page.context.new_page()
    other.goto(f"{served.address}/cases/{case_id}")
    for one in (other, page):
        one.get_by_text("لا تريد المتابعة؟").click()
        one.get_by_role("button", name="سحب الإضبارة").click()
    expect(page.locator("main")).to_contain_text(re.compile("وحالة الإضبارة «.?مسحوبة.?»"))


def test_a_precheck_becomes_a_case_without_a_second_upload(visits: Visitors, served: Served) -> None:
    page = visits.of("engineer", width=390)
    page.get_by_role("link", name="تدقيق مسبق جديد").click()
    form = page.locator("form", has_text="وادي السنونو").first
    form.locator("input[name=plot]").fill("410")
    form.get_by_role("button", name="متابعة إلى رفع النموذج").click()
    page.wait_for_url(re.compile(r"/prechecks/[0-9a-f-]{36}$"))
    upload(page, MODELS / "planted-violations.ifc")
    expect(page.locator("ul.counts .fail b")).to_have_text("15")
    expect(page.locator(".now")).to_contain_text("افتح التقرير")
    fits(page)
    picture(page, "precheck-390")
    page.goto(f"{served.address}/prechecks")
    expect(page.locator("table")).to_contain_text("planted-violations.ifc")
    fits(page)
    picture(page, "prechecks-390")
    page.get_by_role("link", name="410").first.click()
    page.get_by_role("link", name="فتح إضبارة بهذا النموذج").click()
    page.fill("#title", "بناء من تدقيق مسبق")
    page.get_by_role("button", name="فتح الإضبارة").click()
    page.wait_for_url(re.compile(r"/cases/[0-9a-f-]{36}$"))
    expect(page.locator("ul.counts .fail b")).to_have_text("15")
    assert state(served, page.url.rsplit("/", 1)[-1]) == "draft"


def test_a_resubmission_shows_what_changed_and_a_request_is_answered(visits: Visitors, served: Served) -> None:
    engineer = visits.of("engineer", width=390)
    case_id = _open(engineer, served, "410", "إعادة تقديم")
    upload(engineer, MODELS / "planted-violations.ifc")
    engineer.get_by_role("button", name="إرسال إلى نقابة المهندسين").click()
    stamp(served, case_id)

    badge = engineer.locator("#unread .badge")
    engineer.goto(f"{served.address}/cases")
    unread = int(re.sub(r"\D", "", badge.inner_text())) if badge.count() else 0
    reviewer = visits.of("reviewer")
    reviewer.goto(f"{served.address}/cases/{case_id}/messages")
    reviewer.fill("#text", "أرفق حساب الوجيبة الأمامية")
    reviewer.locator("#finding").select_option(index=1)
    reviewer.fill("#due_on", "2099-01-31")
    reviewer.get_by_role("button", name="إرسال").click()
    expect(reviewer.locator(".message")).to_contain_text("بانتظار الجواب")

    engineer.goto(f"{served.address}/cases")
    expect(badge).to_contain_text(str(unread + 1), timeout=20_000)
    engineer.goto(f"{served.address}/cases/{case_id}")
    expect(engineer.locator(".now")).to_contain_text("طُلب منك شيء")
    engineer.get_by_role("link", name="فتح المراسلات").click()
    expect(engineer.locator(".message textarea")).to_be_visible()
    fits(engineer)
    picture(engineer, "messages-390")
    engineer.locator(".message textarea").fill("الوجيبة 4 أمتار كما في المخطط")
    engineer.get_by_role("button", name="الجواب").click()
    expect(engineer.locator(".message").first).to_contain_text("أُجيب عنه")

    reviewer.goto(f"{served.address}/desk/case?id={case_id}")
    reviewer.get_by_label("السبب").and_(reviewer.locator("textarea")).fill("تُصحَّح المخالفات")
    reviewer.get_by_role("button", name="إعادة بملاحظات").click()
    expect(reviewer.locator("body")).to_contain_text("معادة إلى المهندس", timeout=30_000)
    engineer.goto(f"{served.address}/cases/{case_id}")
    expect(engineer.locator(".now")).to_contain_text("اقرأ ملاحظات الإعادة")
    engineer.set_input_files("#file", MODELS / "complies.ifc")
    engineer.get_by_role("button", name="رفع").click()
    expect(engineer.locator(".now")).not_to_contain_text("اقرأ ملاحظات الإعادة", timeout=60_000)
    expect(engineer.locator("ul.counts")).to_be_visible(timeout=120_000)
    for _ in range(60):
        engineer.goto(f"{served.address}/cases/{case_id}/changes")
        if engineer.locator("ul.counts").count():
            break
        engineer.wait_for_timeout(1000)
    expect(engineer.locator("ul.counts").first).to_contain_text("ملاحظات أصلحت")
    fits(engineer)
    picture(engineer, "changes-390")


def test_the_desk_writes_to_the_thread_and_pages_print(visits: Visitors, served: Served) -> None:
    engineer = visits.of("engineer")
    case_id = _open(engineer, served, "103", "مراسلة من المكتب")
    upload(engineer, MODELS / "complies.ifc")
    engineer.get_by_role("button", name="إرسال إلى نقابة المهندسين").click()
    stamp(served, case_id)

    reviewer = visits.of("reviewer")
    reviewer.goto(f"{served.address}/desk/case?id={case_id}")
    reviewer.get_by_role("button", name="المراسلات").click()
    box = reviewer.get_by_label("النص")
    expect(box).to_be_visible(timeout=30_000)
    send = reviewer.get_by_role("button", name="إرسال", exact=True)
    send.click()
    expect(reviewer.locator("body")).to_contain_text("اكتب نص الرسالة", timeout=15_000)
    box.fill("أرفق مخطط الموقع موقعاً")
    reviewer.get_by_label("مهلة الجواب").fill("2099-01-31")
    send.click()
    expect(reviewer.locator("article.message")).to_contain_text("أرفق مخطط الموقع", timeout=15_000)
    expect(reviewer.locator("article.message")).to_contain_text("بانتظار الجواب")
    reviewer.locator("article.message").scroll_into_view_if_needed()
    picture(reviewer, "desk-messages")
    reviewer.get_by_label("سحب الطلب").select_option(label="أرفق مخطط الموقع موقعاً")
    box.fill("وصل ورقياً")
    send.click()
    expect(reviewer.locator("article.message").first).to_contain_text("سُحب", timeout=15_000)

    engineer.goto(f"{served.address}/cases/{case_id}")
    expect(engineer.locator("main")).to_contain_text("مراسلة من المكتب")
    engineer.emulate_media(media="print")
    for hidden in ("header.bar", "form", ".steps"):
        for one in engineer.locator(hidden).all():
            expect(one).to_be_hidden()
    engineer.set_viewport_size({"width": 700, "height": 990})  # A4 within its margins
    fits(engineer)
    picture(engineer, "case-print")
