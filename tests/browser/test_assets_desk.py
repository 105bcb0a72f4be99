"""Council property at its desk in Chromium, in Arabic: from a list to a verified one, and a contract to its end."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from permits.calendar import today
from permits.money.evaluation import add_months
from sample_models.land import point_on_grid
from tests.assets.council import agreed, listed, signed
from tests.browser.conftest import Served, Visitors, fits, hand_over, picture

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NUMBER = "Q-7"
PDF = b"%PDF-1.4\n%%EOF\n"
HEADS = "رقم الجرد,الاسم,النطاق,الاستعمال,الجهة الحائزة,المساحة\n"
IDLE = "() => window.Bokeh?.documents?.length > 0 && Bokeh.documents.every((one) => one.is_idle)"
SHAPE = str([list(point_on_grid(*corner)) for corner in ((60, -40), (80, -40), (80, -30), (60, -30))])


def opened(page: Page, served: Served, number: str = NUMBER) -> Page:
    page.goto(f"{served.address}/desk/asset?id={number}")
    page.wait_for_function(IDLE)
    return page


def looked_at(page: Page, name: str) -> None:
    """At both widths; nothing is wider than the screen."""
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(300)
        fits(page)
        picture(page, f"{name}-{width}")
    page.set_viewport_size({"width": 1280, "height": 900})


def test_a_property_from_a_list_to_the_end_of_its_contract(visits: Visitors, served: Served, tmp_path: Path) -> None:
    page = visits.of("registrar")
    _imported(page, served, tmp_path)
    _documented_and_drawn(page, served)
    other = opened(visits.of("admin"), served)
    other.get_by_label("المستند الذي تستند إليه المرحلة").fill("كشف حسي 4")
    other.get_by_role("button", name="التحقّق من العقار").click()
    expect(other.get_by_text("اكتمل توثيق هذا العقار.")).to_be_visible(timeout=20_000)
    _signed_once(opened(page, served))
    _demanded_and_corrected(opened(visits.of("cashier"), served))
    _ended(opened(page, served))


def _imported(page: Page, served: Served, folder: Path) -> None:
    listed = folder / "list.csv"
    page.goto(f"{served.address}/desk/assets")
    page.get_by_text("إدراج قائمة أملاك").click()
    for rows, said in (
        (f"{NUMBER},سوق الحي,مشاع,تجاري,مديرية الأملاك,\n", "غير معروف، اكتب «عام» أو «خاص»"),
        (f"{NUMBER},سوق الحي,خاص,تجاري,مديرية الأملاك,\n", "أُدرجت القائمة في الجرد"),
    ):
        listed.write_text(HEADS + rows, encoding="utf-8")
        hand_over(page, listed)
        page.get_by_role("button", name="إدراج القائمة").click()
        expect(page.get_by_text(said)).to_be_visible(timeout=20_000)
        looked_at(page, f"assets-{'refused' if 'مشاع' in rows else 'listed'}")
    page.get_by_role("link", name=NUMBER).click()
    expect(page.get_by_text("ما تحتاجه المرحلة التالية:")).to_be_visible(timeout=20_000)
    assert page.url.endswith(f"/desk/asset?id={NUMBER}")


def _documented_and_drawn(page: Page, served: Served) -> None:
    evidence = page.get_by_label("المستند الذي تستند إليه المرحلة")
    for label, text in (("المنطقة العقارية", "تجريبية"), ("رقم العقار في السجل", "77"), ("رقم الصحيفة", "5")):
        page.get_by_label(label).fill(text)
    evidence.fill("بيان قيد 12")
    opened(page, served)
    expect(evidence).to_have_value("بيان قيد 12")
    hand_over(page, {"name": "extract.pdf", "mimeType": "application/pdf", "buffer": PDF})
    page.get_by_role("button", name="إثبات التوثيق").click()
    expect(page.get_by_text("حُفظت المرحلة مع مستندها.")).to_be_visible(timeout=20_000)
    expect(evidence).to_have_value("")
    link = page.get_by_role("link", name="فتح المستند").get_attribute("href")
    answer = page.context.request.get(f"{served.address}{link}")
    assert (answer.headers["content-type"], answer.body()) == ("application/pdf", PDF)
    expect(page.locator("[data-ready=true]")).to_be_visible(timeout=30_000)
    for x, y in ((300, 200), (360, 200), (360, 260)):
        page.locator("[data-ready=true] canvas").click(position={"x": x, "y": y})
        page.wait_for_timeout(400)
    expect(page.get_by_text("المساحة على الأرض")).to_be_visible()
    looked_at(page, "asset-drawing")
    page.get_by_role("button", name="مسح الشكل").click()
    expect(page.get_by_text("المساحة على الأرض")).to_have_count(0)
    page.get_by_label("رقم المقسم", exact=True).fill("103")
    page.get_by_role("button", name="أخذ شكل المقسم").click()
    expect(page.locator(".area")).to_have_text(re.compile(r"^\d{3}\.\d\d$"))
    page.get_by_label("الشكل: زوايا بإحداثيات المنطقة").fill(SHAPE)
    page.get_by_label("الشكل: زوايا بإحداثيات المنطقة").blur()
    expect(page.locator(".area")).to_have_text(re.compile(r"^(199|200)\.\d\d$"))
    evidence.fill("مخطط مساحي 3")
    page.get_by_role("button", name="تثبيت الشكل على الخريطة").click()
    expect(page.get_by_text("أنت من رسمه، فيتحقّق منه زميل لك.")).to_be_visible(timeout=20_000)
    expect(page.get_by_role("button", name="التحقّق من العقار")).to_have_count(0)
    looked_at(page, "asset-mapped")


def _signed_once(page: Page) -> None:
    page.get_by_text("عقد جديد").click()
    for party in ("شركة النموذج", "مؤسسة أخرى"):
        page.get_by_label("الطرف المتعاقد").fill(party)
        page.get_by_label("يبدأ في").fill(today().isoformat())
        page.get_by_label("اليوم التالي لآخر يوم").fill(add_months(today(), 24).isoformat())
        page.get_by_role("button", name="معاينة جدول الاستحقاقات").click()
        expect(page.get_by_text("مجموع الاستحقاقات")).to_be_visible(timeout=20_000)
        if party == "شركة النموذج":
            looked_at(page, "asset-contract")
            page.get_by_role("button", name="توقيع العقد").click()
            expect(page.get_by_text("وُقّع العقد ووُضع جدول استحقاقاته.")).to_be_visible(timeout=20_000)
            expect(page.get_by_label("الطرف المتعاقد")).to_have_value("")
    expect(page.get_by_text("على هذا المكان في هذه المدة عقد آخر، فلا يُوقّع هذا:")).to_be_visible()
    expect(page.get_by_role("button", name="توقيع العقد")).to_have_count(0)
    looked_at(page, "asset-overlap")


def _demanded_and_corrected(page: Page) -> None:
    expect(page.get_by_text("عقد جديد")).to_be_hidden()
    page.get_by_role("button", name="مطالبة بكل ما استُحق").click()
    expect(page.get_by_text("طولب باستحقاقات العقد")).to_be_visible(timeout=20_000)
    page.get_by_text("تصحيح استحقاق", exact=True).click()
    page.get_by_label("الاستحقاق المطالَب به").select_option(index=1)
    page.get_by_label("المبلغ الصحيح بالليرة الجديدة").fill("700")
    page.get_by_label("سبب التصحيح").fill("خطأ في المساحة")
    page.get_by_role("button", name="تصحيح الاستحقاق").click()
    expect(page.get_by_text("صُحّح الاستحقاق بتكليف معدِّل.")).to_be_visible(timeout=20_000)
    expect(page.locator("tr", has_text="2. بدل").first).to_contain_text("٧٠٠")
    looked_at(page, "asset-corrected")
    page.locator("a[href^='/bills/']").first.click()
    expect(page.locator("main")).to_contain_text("إيجار عقار من أملاك المجلس")


def _ended(page: Page) -> None:
    page.get_by_text("إنهاء العقد قبل أجله").click()
    page.get_by_label("لا يسري من يوم").fill(add_months(today(), 6).isoformat())
    page.get_by_label("سبب الإنهاء").fill("طلب المستأجر")
    page.get_by_role("button", name="ما مصير الاستحقاقات؟").click()
    expect(page.get_by_text("استحقاقات تسقط ولم يُطالَب بها بعد")).to_be_visible(timeout=20_000)
    looked_at(page, "asset-ending")
    page.get_by_role("button", name="إنهاء العقد", exact=True).click()
    expect(page.get_by_text("أُنهي العقد، وسُوّيت استحقاقاته اللاحقة.")).to_be_visible(timeout=20_000)
    expect(page.locator("tr", has_text="3. بدل").first).to_contain_text("سقط")
    looked_at(page, "asset-ended")


def test_what_ends_soon_stands_beside_the_list(visits: Visitors, served: Served) -> None:
    context = served.office.context
    contract = signed(context, listed(context, "S-1"), agreed(today(), add_months(today(), 2)))
    page = visits.of("approver")
    page.goto(f"{served.address}/desk/assets")
    expect(page.get_by_text("عقود يقترب أجلها")).to_be_visible(timeout=20_000)
    page.get_by_role("link", name=contract.number).click()
    expect(page.get_by_text("يقترب أجله")).to_be_visible(timeout=20_000)
    expect(page.get_by_role("button", name="إثبات التوثيق")).to_have_count(0)
