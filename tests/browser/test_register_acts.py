"""The rarer acts of the register in Chromium, in Arabic: inheritance, split, transfer, a wrong entry, a person."""

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from permits.calendar import today
from permits.register.desk.form import DeskAct
from permits.register.sheets import owners, sheet_of_plot
from tests.browser.conftest import Served, Visitors, picture
from tests.browser.manual.walk import IDLE, Walk

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WIDE: ViewportSize = {"width": 1440, "height": 1000}
PHONE: ViewportSize = {"width": 390, "height": 844}
HEIR, SECOND = "ندى المثال", "وسيم المثال"
ASIDE = "() => document.documentElement.scrollWidth <= innerWidth"


@pytest.fixture
def desk(visits: Visitors, served: Served) -> Walk:
    """The registrar at his desk, on a wide screen."""
    walk = Walk(visits.of("registrar"), served.address, "ar")
    walk.page.set_viewport_size(WIDE)
    return walk


def keep(page: Page, name: str) -> None:
    """The picture of the screen wide and narrow; the narrow one does not run out of its side."""
    picture(page, f"{name}-1440")
    page.set_viewport_size(PHONE)
    page.wait_for_function(ASIDE)
    picture(page, f"{name}-390")
    page.set_viewport_size(WIDE)


def open_sheet(walk: Walk, parcel: str) -> None:
    walk.go("/desk/register")
    walk.press("registry-sheet")
    walk.fill("registry-words", parcel)
    walk.press("registry-search")
    walk.see("register-temporary")


def begin(walk: Walk, act: str, document: str, reason: str) -> None:
    """Unfold the form of an act and say what it rests on."""
    walk.page.get_by_text(walk.said("registry-enter-title")).click()
    walk.choose("registry-kind", walk.said(f"registry-act-{act}"))
    walk.fill("registry-document", document)
    walk.fill("registry-document-day", today().isoformat())
    walk.fill("registry-reason", reason)


def line(walk: Walk, number: int, **fields: str) -> None:
    """Fill a line of heirs or pieces; the keys are those of the labels."""
    for name, text in fields.items():
        key = f"registry-{name.replace('_', '-')}"
        field = walk.page.get_by_label(f"{number}. {walk.said(key)}", exact=True)
        field.fill(text)
        field.press("Tab")


def enter(walk: Walk) -> None:
    walk.press("registry-enter")
    expect(walk.page.locator(".alert-success").first).to_be_visible(timeout=20_000)


def test_an_inheritance_that_does_not_sum_is_refused_and_then_entered(desk: Walk) -> None:
    open_sheet(desk, "2507")
    begin(desk, "inheritance", "حصر إرث 14/2026", "وفاة المالك")
    line(desk, 1, heir_identity="03030303031", heir_name=HEIR, heir_part="1/8")
    desk.press("registry-line-more")
    line(desk, 2, heir_name=SECOND, heir_part="6/8")
    desk.press("registry-line-more")
    line(desk, 3, heir_identity="03030303053", heir_name="يزن المثال", heir_part="1/1")
    desk.page.get_by_label(f"3. {desk.said('registry-heir-of')}", exact=True).select_option(
        label=desk.said("registry-heir-of-line", number=2)
    )
    desk.see("registry-parts-sum", who=desk.said("registry-heir-of-owner"), total="7/8")
    desk.see("registry-parts-whole", who=desk.said("registry-heir-of-line", number=2))
    desk.press("registry-enter")
    expect(desk.page.locator(".alert-danger").first).to_have_text(desk.said("error-heirs-not-whole", total="7/8"))
    desk.see("registry-parts-sum", who=desk.said("registry-heir-of-owner"), total="7/8").scroll_into_view_if_needed()
    keep(desk.page, "inheritance-refused")
    line(desk, 2, heir_part="7/8")
    desk.see("registry-parts-whole", who=desk.said("registry-heir-of-owner"))
    desk.press("registry-preview")
    desk.see("registry-preview-title").scroll_into_view_if_needed()
    expect(desk.page.get_by_role("cell", name=SECOND)).to_have_count(0)
    keep(desk.page, "inheritance-preview")
    enter(desk)
    expect(desk.page.get_by_role("cell", name="يزن المثال").first).to_be_visible()
    desk.see("act-inheritance")
    desk.page.evaluate("scrollTo(0, 0)")
    keep(desk.page, "inheritance-sheet")


def test_a_split_closes_the_sheet_leads_on_and_is_reversed(desk: Walk) -> None:
    open_sheet(desk, "2508")
    begin(desk, "split", "بيان إفراز 3/2026", "إفراز بموافقة المالكين")
    line(desk, 1, piece_parcel="2508-1", piece_area="400")
    line(desk, 2, piece_parcel="2508-2", piece_area="400")
    desk.see("registry-areas-sum", total="800", whole="840.00")
    desk.press("registry-enter")
    expect(desk.page.locator(".alert-danger").first).to_have_text(
        desk.said("error-areas-unequal", parts="800", whole="840.00")
    )
    line(desk, 2, piece_area="440")
    desk.press("registry-preview")
    desk.see("registry-sheet-opens").scroll_into_view_if_needed()
    keep(desk.page, "split-preview")
    enter(desk)
    desk.see("sheet-state-closed")
    desk.page.evaluate("scrollTo(0, 0)")
    keep(desk.page, "split-closed")
    desk.page.get_by_role("link", name="2508-1").click()
    desk.see("registry-made-of")
    desk.page.evaluate("scrollTo(0, 0)")
    keep(desk.page, "split-opened")
    begin(desk, "reversal", "محضر تصحيح 1/2026", "قُيّد الإفراز خطأً")
    desk.choose("registry-entry-undone", desk.said("act-split"))
    desk.press("registry-preview")
    desk.see("registry-sheet-undone").scroll_into_view_if_needed()
    keep(desk.page, "reversal-preview")
    enter(desk)
    expect(desk.page.get_by_role("link", name="2508-1")).to_have_count(0)
    desk.see("act-reversal")


def test_a_sheet_goes_on_in_the_permanent_register(desk: Walk) -> None:
    open_sheet(desk, "2509")
    begin(desk, "to-permanent", "كتاب 88/2026", "انتهت مدة الاعتراض")
    desk.press("registry-preview")
    desk.see("registry-sheet-opens").scroll_into_view_if_needed()
    enter(desk)
    desk.see("sheet-state-transferred")
    desk.page.get_by_role("link", name="2509").first.click()
    desk.see("register-permanent")
    desk.page.evaluate("scrollTo(0, 0)")
    keep(desk.page, "permanent")
    desk.go("/desk/register")
    desk.press("registry-sheet")
    desk.fill("registry-words", "2509")
    desk.press("registry-search")
    found = desk.page.get_by_label(desk.said("registry-found"))
    expect(found.locator("option")).to_have_count(2)
    old = found.locator("option").last
    expect(old).to_contain_text(desk.said("sheet-state-transferred"))
    assert old.inner_text().count("2509") == 2  # its own number and that of its successor
    desk.see("register-permanent")
    found.select_option(value=old.get_attribute("value"))
    desk.see("sheet-state-transferred")
    expect(desk.page.get_by_role("link", name="2509")).to_be_visible()
    desk.page.evaluate("scrollTo(0, 0)")
    keep(desk.page, "found-closed")


def test_a_signal_on_a_person_is_seen_on_his_sheet(desk: Walk) -> None:
    open_sheet(desk, "2510")
    owner = desk.page.locator("table td").first.inner_text()
    desk.press("persons-title")
    desk.fill("owners-words", owner)
    desk.press("registry-search")
    desk.choose("owners-party", "2510")
    expect(desk.page.get_by_role("link", name="2510")).to_be_visible()
    desk.see("persons-no-signals")
    desk.page.get_by_text(desk.said("persons-signal-title")).click()
    desk.fill("registry-document", "ق-7/2026")
    desk.fill("registry-document-day", today().isoformat())
    desk.fill("registry-reason", "قرار قضائي بمنع التصرف")
    desk.choose("registry-kind-of-signal", desk.said("registry-signal-no-disposal"))
    desk.see("persons-place").scroll_into_view_if_needed()
    keep(desk.page, "person-form")
    desk.press("persons-place")
    desk.see("annotation-no-disposal", detail="ق-7/2026")
    desk.see("قرار قضائي بمنع التصرف")
    desk.page.evaluate("scrollTo(0, 0)")
    keep(desk.page, "person")
    desk.page.get_by_text(desk.said("persons-group-title")).click()
    desk.see("persons-group-form").scroll_into_view_if_needed()
    keep(desk.page, "group")
    desk.go("/desk/sheet?zone=FZ-1&plot=510")
    desk.press("sheet-show")
    desk.see("sheet-personal")
    keep(desk.page, "person-sheet")
    open_sheet(desk, "2510")
    desk.see("sheet-personal")
    begin(desk, "gift", "عقد هبة 4/2026", "هبة")
    desk.fill("registry-share-passed", "100")
    desk.fill("registry-identity-taker", "03030303031")
    desk.fill("registry-name-taker", HEIR)
    desk.press("registry-enter")
    expect(desk.page.locator(".alert-danger").first).to_contain_text("منع تصرف")


def test_every_act_with_nothing_written_says_what_it_lacks(desk: Walk) -> None:
    open_sheet(desk, "2511")
    begin(desk, "sale", "9/2026", "تجربة")
    lacking = {
        DeskAct.SALE: "registry-share-unreadable", DeskAct.GIFT: "registry-share-unreadable",
        DeskAct.JUDGMENT: "registry-share-unreadable", DeskAct.INHERITANCE: "name-needed",
        DeskAct.EXPROPRIATION: "registry-share-unreadable", DeskAct.SPLIT: "area-not-positive",
        DeskAct.MERGE: "parcel-number-needed", DeskAct.MORTGAGE: "amount-invalid", DeskAct.RELEASE: "signal-unknown",
        DeskAct.LIFT: "signal-unknown", DeskAct.CORRECTION: "registry-nothing-corrected",
        DeskAct.REVERSAL: "entry-unknown",
    }  # fmt: skip
    for act, code in lacking.items():
        desk.field("registry-kind").select_option(label=desk.said(f"registry-act-{act}"))
        desk.press("registry-preview")
        said = desk.said(f"error-{code}", number="") if act is DeskAct.REVERSAL else desk.said(f"error-{code}")
        expect(desk.page.locator(".alert-danger").first).to_have_text(said)
    for act in set(DeskAct) - set(lacking):  # a signal on the whole sheet, and the transfer, need nothing more
        desk.field("registry-kind").select_option(label=desk.said(f"registry-act-{act}"))
        desk.press("registry-preview")
        desk.see("registry-preview-title")
    desk.choose("registry-kind", desk.said("registry-act-merge"))
    desk.see("registry-line-more").scroll_into_view_if_needed()
    keep(desk.page, "merge-form")


def test_a_cashier_hands_extracts_over_and_reaches_neither_acts_nor_persons(visits: Visitors, served: Served) -> None:
    with served.office.context.database.reading() as session:
        sheet = sheet_of_plot(session, zone="FZ-1", plot="511")
        party = owners(session, sheet=sheet)[0]
    for asked in (f"sheet={sheet.id}", f"party={party.party}"):
        walk = Walk(visits.of("cashier"), served.address, "ar")
        walk.go(f"/desk/register?{asked}")
        walk.see("registry-orders")
        walk.page.wait_for_function(IDLE)
        for key in ("registry-sheet", "persons-title", "registry-enter-title"):
            walk.gone(key)
        walk.gone(party.name_ar)
    walk = Walk(visits.of("registrar"), served.address, "ar")
    walk.go(f"/desk/register?party={party.party}")
    walk.see(party.name_ar)
