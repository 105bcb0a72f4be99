"""An owner in Chromium, in Arabic: his property on a phone and on a desktop, an extract, his account."""

import re
from fractions import Fraction

import pytest
from playwright.sync_api import expect

from api.demo.office import OWNED, PASSWORD
from permits.cases import cases
from permits.cases.applicants import declare_applicant
from permits.cases.workflow import State
from permits.extracts.looking import look_at
from permits.people.accounts import create_user, find_user
from permits.people.actor import SYSTEM, Role
from permits.register.accounts import links_of
from permits.register.gate import Applicant
from permits.register.marking import place_signal, signal_about
from permits.register.sheets import owners, sheet_of_plot
from permits.register.signals import SignalKind
from tests.browser.conftest import Served, Visitors, fits, picture
from tests.register.offices import deed

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ZONE, PLOT = OWNED
PERMIT = "رخصة بناء طابقين"


@pytest.fixture(scope="module")
def plot(served: Served) -> str:
    """The plot of the demonstration's owner: a case on his right, a lawsuit, and a look by the registrar. His name."""
    office = served.office
    with office.context.database.transaction() as session:
        sheet = sheet_of_plot(session, zone=ZONE, plot=PLOT)
        first = owners(session, sheet=sheet)[0]
        engineer, registrar = office.actor(session, Role.ENGINEER), office.actor(session, Role.REGISTRAR)
        case = cases.open_case(session, actor=engineer, office="DM-01", zone=ZONE, plot=PLOT, title=PERMIT)
        case.state = str(State.IN_REVIEW)
        declare_applicant(session, actor=registrar, case_id=case.id, applicant=Applicant(first.party))
        signal = signal_about(SignalKind.LAWSUIT, "أساس 31/2026")
        place_signal(session, deed=deed(), sheet_id=sheet.id, signal=signal)
        look_at(session, actor=registrar, sheet_id=sheet.id, language="ar")
    return first.name_ar


@pytest.mark.parametrize("width", [1280, 390])
def test_an_owner_reads_his_property_and_orders_an_extract(
    visits: Visitors, served: Served, plot: str, width: int
) -> None:  # fmt: skip
    page = visits.of("owner", width=width)
    expect(page).to_have_url(re.compile("/property$"))
    expect(page.locator("main")).to_contain_text(re.compile("٣٠٠.? سهماً من ٢٤٠٠"))
    fits(page)
    picture(page, f"owner-list-{width}")
    page.get_by_role("link", name="افتح").click()
    for place, text in (
        ("#signals", "دعوى: أساس 31/2026"), ("#works", "قيد التدقيق"), ("#others", "•••"), ("#looks", "أمانة السجل"),
    ):  # fmt: skip
        expect(page.locator(place)).to_contain_text(text)
    with served.office.context.database.reading() as session:
        held = owners(session, sheet=sheet_of_plot(session, zone=ZONE, plot=PLOT))
    assert sum(one.share for one in held) == Fraction(1)
    for other in held[1:]:
        expect(page.get_by_text(other.name_ar)).to_have_count(0)
    fits(page)
    picture(page, f"owner-property-{width}")
    page.get_by_role("link", name=PERMIT).click()
    expect(page.locator("h1")).to_contain_text(PERMIT)
    expect(page.locator("form[data-upload]")).to_have_count(0)
    page.go_back()
    page.get_by_role("link", name="اطلب بيان قيد لهذا العقار").click()
    expect(page.locator("#plot")).to_have_value(PLOT)
    expect(page.locator("#applicant")).to_have_value(plot)
    page.get_by_role("button", name="كم الرسم؟").click()
    page.get_by_role("button", name="تقديم الطلب").click()
    expect(page.locator("main")).to_contain_text("بانتظار الدفع")
    page.goto(f"{served.address}/property")
    page.get_by_role("link", name="افتح").click()
    page.locator("#owed").get_by_role("link", name="افتح الفاتورة وادفع").first.click()
    expect(page.locator("h1")).to_contain_text("فاتورة")
    page.goto(f"{served.address}/property")
    page.get_by_role("link", name="افتح").click()
    page.locator("#owed").scroll_into_view_if_needed()
    picture(page, f"owner-owing-{width}")


def test_an_owner_has_no_desk(visits: Visitors, served: Served) -> None:
    page = visits.of("owner")
    assert page.goto(f"{served.address}/desk").status == 403  # type: ignore[union-attr] - a page always answers
    assert page.goto(f"{served.address}/property/none").status == 404  # type: ignore[union-attr] - as above


def test_the_registrar_ties_an_account_and_ends_it(visits: Visitors, served: Served, plot: str) -> None:
    context = served.office.context
    with context.database.transaction() as session:
        names = {"name_ar": "مواطن", "name_en": "Citizen"}
        create_user(session, actor=SYSTEM, login="citizen", password=PASSWORD, roles=[Role.OWNER], **names)  # type: ignore[arg-type] - the names alone are unpacked
    citizen = visits.of("citizen", width=390)
    expect(citizen.locator("main")).to_contain_text("راجع أمين السجل")
    picture(citizen, "owner-unknown-390")
    desk = visits.of("registrar")
    expect(desk).to_have_url(re.compile("/desk/register$"))
    desk.get_by_role("button", name="حسابات المالكين").click(timeout=30_000)
    desk.get_by_label("اسم الشخص في السجل، أو رقم وثيقته").fill(plot.split(" (")[0])
    desk.get_by_role("button", name="بحث", exact=True).click()
    expect(desk.get_by_label("الشخص", exact=True)).to_contain_text(plot.split()[0], timeout=20_000)
    desk.get_by_label("اسم حساب المواطن").fill("citizen")
    desk.get_by_role("button", name="اربط الحساب بالشخص").click()
    expect(desk.get_by_text("ووثيقة الهوية التي اطّلعت عليها")).to_be_visible(timeout=20_000)
    desk.get_by_label("وثيقة الهوية التي اطّلعت عليها").fill("هوية 0509")
    desk.get_by_role("button", name="اربط الحساب بالشخص").click()
    expect(desk.get_by_text("رُبط الحساب بصاحبه")).to_be_visible(timeout=20_000)
    picture(desk, "owners-desk")
    citizen.reload()
    expect(citizen.locator("main")).to_contain_text("من ٢٤٠٠")
    desk.get_by_label("الحساب", exact=True).select_option(index=0)
    desk.get_by_role("button", name="أنهِ الصلة").click()
    expect(desk.get_by_role("cell", name="citizen")).to_have_count(0, timeout=20_000)
    with context.database.reading() as session:
        user = find_user(session, login="citizen")
        assert user is not None
        assert links_of(session, user_id=user.id) == []
