"""The reviewer's case page: what is left, decisions by keys and by clause, two versions, a view for the engineer."""

import re
import time

import pytest
from playwright.sync_api import Page, expect

from permits.cases import claims, messages, reviews
from permits.cases.tables import Case, Model, Review
from permits.cases.workflow import State
from permits.people.accounts import actor_of, find_user
from permits.people.actor import Role
from tests.browser.conftest import Served, Visitors, picture
from tests.browser.test_building import _await_scene, ready
from tests.browser.test_case import MODELS, open_case, upload

pytestmark = [pytest.mark.browser, pytest.mark.slow]
_CASES: dict[str, str] = {}
LONG = "مشروع بناء سكني من ستة طوابق مع قبو ومرآب على المقسم الواقع في وادي السنونو"


@pytest.fixture
def case_id(visits: Visitors, served: Served) -> str:
    """A case before the reviewer, with two judged models."""
    if served.address not in _CASES:
        page = visits.of("engineer")
        found = open_case(page, served.address, "410", LONG)
        for model in ("complies.ifc", "planted-violations.ifc"):
            upload(page, MODELS / model)
            expect(page.locator("#review")).to_contain_text(model, timeout=60_000)
            _await_scene(served, found)
        with served.office.context.database.transaction() as session:
            session.get_one(Case, found).state = str(State.IN_REVIEW)
        _CASES[served.address] = found
    return _CASES[served.address]


def desk(visits: Visitors, served: Served, case_id: str, who: str = "reviewer") -> Page:
    page = visits.of(who, width=1440)
    page.goto(f"{served.address}/desk/case?id={case_id}")
    expect(page.locator("article.finding").first).to_be_visible(timeout=60_000)
    return page


def decided(served: Served, case_id: str) -> int:
    with served.office.context.database.reading() as session:
        review = reviews.current_review(session, case_id=case_id)
        assert review
        return len(reviews.decisions(session, review_id=review.id))


def key_of(page: Page) -> str:
    return str(
        page.evaluate("""() => { let a = document.activeElement;
      while (a?.shadowRoot?.activeElement) a = a.shadowRoot.activeElement;
      return a?.dataset?.key ?? a?.name ?? ""; }""")
    )


def test_findings_are_decided_by_keys_of_any_layout(visits: Visitors, served: Served, case_id: str) -> None:
    page = desk(visits, served, case_id)
    expect(page.locator("body")).to_contain_text("ما بقي قبل البتّ")
    number = page.locator("h1 bdi")
    box = number.bounding_box()
    assert box
    assert box["height"] < 50  # one line, however long the title
    picture(page, "case-first")
    page.locator("h1").click()
    page.keyboard.press("Shift+Slash")
    expect(page.get_by_role("dialog")).to_contain_text("اختصارات لوحة المفاتيح")
    picture(page, "case-keys")
    page.keyboard.press("Escape")
    page.keyboard.press("KeyJ")
    first = key_of(page)
    # the same place of an Arabic keyboard gives another letter
    press = "document.dispatchEvent(new KeyboardEvent('keydown', {key: '%s', code: '%s', bubbles: true}))"
    page.evaluate(press % ("ت", "KeyJ"))
    second = key_of(page)
    page.evaluate(press % ("ن", "KeyK"))
    assert (first != second, key_of(page)) == (True, first)
    before = decided(served, case_id)
    page.keyboard.press("KeyS")
    assert key_of(page) == "reason"
    page.keyboard.type("قيس على المخطط")
    page.keyboard.press("Enter")
    expect(page.locator(f"article[data-position='{first}']")).to_contain_text(
        "المخالفة قائمة: قيس على المخطط", timeout=15_000
    )
    assert decided(served, case_id) == before + 1
    expect(page.locator("article.finding:focus")).to_have_count(1)
    assert key_of(page) != first
    picture(page, "case-decided")


def test_one_reason_for_a_whole_clause(visits: Visitors, served: Served, case_id: str) -> None:
    page = desk(visits, served, case_id)
    many = page.locator(".many").first
    count = int(re.search(r"\d+", many.get_by_role("button").inner_text())[0])  # type: ignore[index] - the label has a number
    assert count > 1
    before = decided(served, case_id)
    many.get_by_role("button").click()
    expect(page.locator("body")).to_contain_text("اكتب السبب", timeout=15_000)
    assert decided(served, case_id) == before
    many.locator("select[name=phrase]").select_option(index=1)
    expect(many.locator("input")).not_to_have_value("")
    many.locator("select[name=decision]").select_option("overridden")
    picture(page, "case-clause")
    many.get_by_role("button").click()
    expect(page.get_by_text("مقبول بالاستثناء:").first).to_be_visible(timeout=15_000)
    assert decided(served, case_id) == before + count


def test_a_stale_page_is_told_and_shown_what_was_decided(visits: Visitors, served: Served, case_id: str) -> None:
    page, other = desk(visits, served, case_id), desk(visits, served, case_id)
    position = page.locator("article[data-open]").last.get_attribute("data-position")
    for one, reason in ((page, "أول قرار"), (other, "قرار من نافذة قديمة")):
        article = one.locator(f"article[data-position='{position}']")
        article.locator("input[name=reason]").fill(reason)
        article.get_by_role("button", name="تثبيت").click()
        expect(article).to_contain_text("المخالفة قائمة: أول قرار", timeout=15_000)
    expect(other.locator("body")).to_contain_text("بُتّ في هذه الملاحظة من نافذة أخرى")
    picture(other, "case-stale")
    with served.office.context.database.transaction() as session:  # a colleague takes it over while the page is open
        user = find_user(session, login="reviewer-b")
        if user is None:
            from api.demo.office import PASSWORD
            from permits.people.accounts import create_user
            from permits.people.actor import SYSTEM

            create_user(
                session, actor=SYSTEM, login="reviewer-b", password=PASSWORD, name_ar="م. هدى", name_en="Huda",
                roles=[Role.REVIEWER],
            )  # fmt: skip
            user = find_user(session, login="reviewer-b")
        assert user
        claims.take_over(session, actor=actor_of(user), case_id=case_id, reason="إجازة")
    page.locator("article[data-open] input[name=reason]").first.fill("معاً")
    page.locator("article[data-open]").first.get_by_role("button", name="تثبيت").first.click()
    expect(page.locator("body")).to_contain_text("بيد مدقق آخر", timeout=15_000)
    with served.office.context.database.transaction() as session:
        found = find_user(session, login="reviewer")
        assert found
        claims.take_over(session, actor=actor_of(found), case_id=case_id, reason="عدت")


def test_two_versions_beside_each_other_and_in_3d(visits: Visitors, served: Served, case_id: str) -> None:
    page = desk(visits, served, case_id)
    page.get_by_role("button", name="نسختان جنباً إلى جنب").click()
    expect(page.get_by_label("النسخة السابقة")).to_be_visible(timeout=15_000)
    expect(page.locator("body")).to_contain_text("ملاحظات جديدة", timeout=90_000)
    picture(page, "case-versions")
    page.get_by_role("button", name="عرض النسختين ثلاثي الأبعاد").click()
    views = page.locator(".view3d[data-ready=true]")
    expect(views).to_have_count(2, timeout=60_000)
    page.wait_for_timeout(1500)
    views.first.scroll_into_view_if_needed()
    picture(page, "case-versions-3d")
    page.get_by_label("النسخة اللاحقة").select_option(index=1)
    expect(page.locator("body")).to_contain_text("اختر نموذجين مختلفين", timeout=15_000)


def test_a_request_takes_a_view_along_and_the_engineer_opens_it(visits: Visitors, served: Served, case_id: str) -> None:
    page = desk(visits, served, case_id)
    page.get_by_role("button", name=re.compile("^المراسلات")).click()
    text = page.get_by_label("النص")
    text.fill("اشرح هذه الوجيبة")
    page.get_by_label("ما يراه المهندس مع الرسالة").select_option(index=1)
    page.get_by_role("button", name="إرسال", exact=True).click()
    expect(page.locator("body")).to_contain_text("افتح العرض ثلاثي الأبعاد أولاً", timeout=15_000)
    page.get_by_role("button", name="ما يُبتّ فيه").click()
    page.get_by_role("button", name="أظهرها على البناء").first.click()
    view = ready(page)
    view.locator("[data-tool=left]").click()
    time.sleep(1)
    page.get_by_role("button", name=re.compile("^المراسلات")).click()
    expect(text).to_have_value("اشرح هذه الوجيبة")
    page.get_by_role("button", name="إرسال", exact=True).click()
    expect(page.get_by_role("link", name="فتح المشهد المرفق")).to_be_visible(timeout=15_000)
    picture(page, "case-view")
    with served.office.context.database.reading() as session:
        engineer = served.office.actor(session, Role.ENGINEER)
        sent = messages.thread(session, actor=engineer, case_id=case_id)[-1].message
    assert sent.elements
    assert sent.viewpoint
    engineer_page = visits.of("engineer", width=390)
    engineer_page.goto(f"{served.address}/cases/{case_id}/messages")
    engineer_page.get_by_role("link", name="فتح المشهد المرفق").click()
    shown = ready(engineer_page)
    expect(engineer_page.locator("main")).to_contain_text("اشرح هذه الوجيبة")
    assert set((shown.get_attribute("data-selected") or "").split()) == set(sent.elements)
    picture(engineer_page, "engineer-view")

    engineer_page.goto(f"{served.address}/cases/{case_id}/messages")  # a newer model: the view stays with its own
    with served.office.context.database.transaction() as session:
        older = session.query(Model).filter_by(case_id=case_id).order_by(Model.id).first()
        assert older
        first = session.query(Review).filter_by(model_id=older.id).one()
        row = messages.send(
            session, actor=served.office.actor(session, Role.REVIEWER), case_id=case_id, text="على النسخة الأولى",
            pointer=messages.Pointer(first.id, viewpoint=sent.viewpoint),
        )  # fmt: skip
    with engineer_page.expect_response(lambda got: f"&model={older.id}" in got.url and "model.glb" in got.url) as got:
        engineer_page.goto(f"{served.address}/cases/{case_id}/building?message={row.id}")
    assert got.value.ok
    ready(engineer_page)
    expect(engineer_page.locator("main")).to_contain_text("صُنع هذا المشهد على نسخة سابقة من النموذج")
    picture(engineer_page, "view-earlier-phone")
    engineer_page.get_by_role("link", name="افتح النسخة الأحدث").click()
    expect(engineer_page.locator("main")).not_to_contain_text("على نسخة سابقة")
