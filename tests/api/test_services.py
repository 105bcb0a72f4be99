"""The public catalogue and its calculator: for everybody, in both languages, whatever is typed."""

from urllib.parse import quote

import pytest

from permits.services.catalogue import find_service, services
from tests.api.conftest import Web

OCCUPY = "/services/pavement-occupancy"
ANSWERS = {
    "on": "2026-11-22", "area": "١٢٫٣", "first_day": "2026-12-01", "last_day": "2026-12-10", "street_class": "1",
}  # fmt: skip


def test_nobody_needs_a_login(web: Web) -> None:
    page = web.client.get("/services")
    assert page.status_code == 200
    assert all(service.card.ar in page.text for service in services())
    assert page.text.count('href="/services/') == len(services())


def test_the_list_is_filtered(web: Web) -> None:
    page = web.client.get("/services", params={"category": "trade"}).text
    assert find_service("shop-licence").card.ar in page
    assert find_service("building-permit").card.ar not in page
    assert "لا توجد خدمة" in web.client.get("/services", params={"q": "مستحيل"}).text


@pytest.mark.parametrize(("language", "estimate"), [("ar", "تقديري"), ("en", "An estimate")])
def test_every_card_has_its_form_and_its_fee(web: Web, language: str, estimate: str) -> None:
    for service in services():  # in one test: a database is made for each
        path = f"/services/{service.code}"
        empty = web.client.get(path, params={"lang": language})
        assert empty.status_code == 200, service.code
        assert 'id="result"' not in empty.text, service.code
        answers = {field.name: field.example for field in service.fields}
        full = web.client.get(path, params={"lang": language, "on": "2026-11-22", **answers}).text
        missing = [said for said in ('id="result"', estimate, "rukhsa fee") if said not in full]
        assert missing == [], service.code


def test_the_fee_is_shown_line_by_line(web: Web) -> None:
    page = web.client.get(OCCUPY, params={**ANSWERS, "exempt.EX.RESTORATION": "قرار <3>"}).text
    for said in ("٣٦٩٫٠٠", "−١٨٤٫٥٠", "٢٣١٫٤٠", "فرق تدوير", "٢٣٠٫٠٠", "قرار &lt;3&gt;", "street_rates"):
        assert said in page
    assert "<3>" not in page


def test_the_other_language_keeps_the_answers(web: Web) -> None:
    page = web.client.get(OCCUPY, params=ANSWERS).text
    assert f"area={quote(ANSWERS['area'])}&amp;" in page
    assert "lang=en" in page


WRONG = [
    ({"area": "wide"}, "ليست رقماً"),
    ({"area": ""}, "مطلوبة"),
    ({"area": "-1"}, "سالبة"),
    ({"area": "9" * 40}, "خارج الحدود"),
    ({"last_day": "2026-11-01"}, "سابق لليوم الأول"),
    ({"first_day": "0001-01-01"}, "خارج الحدود"),
    ({"street_class": "9"}, "أصناف"),
    ({"on": "tomorrow"}, "ليس تاريخاً"),
    ({"on": "2020-01-01"}, "غير نافذة"),
    ({"exempt.EX.NOBODY": "x"}, "الإعفاء"),
]


def test_what_is_wrong_is_said_on_the_page(web: Web) -> None:
    for changed, said in WRONG:
        page = web.client.get(OCCUPY, params={**ANSWERS, **changed})
        assert page.status_code == 200, changed
        assert said in page.text, changed
        assert 'id="result"' not in page.text, changed


def test_no_such_service(web: Web) -> None:
    assert web.client.get("/services/nothing").status_code == 404
    page = web.client.get("/services/nothing", headers={"accept": "text/html"})
    assert "لا خدمة" in page.text


def test_public_pages_can_be_read_in_english(web: Web) -> None:
    assert 'href="?lang=en"' in web.client.get("/login", headers={"accept": "text/html"}).text
    assert 'dir="ltr"' in web.client.get("/services?lang=en").text
    assert 'dir="ltr"' in web.client.get("/status").text, "who has no account reads on in it"
    web.client.get("/status?lang=ar")
    assert 'dir="rtl"' in web.client.get("/notices").text


def test_an_account_reads_in_its_own_language(web: Web) -> None:
    web.client.get("/services?lang=en")
    csrf = web.log_in("engineer")
    web.client.cookies.set("lang", "en")
    html = {"accept": "text/html"}
    assert 'dir="rtl"' in web.client.get("/cases", headers=html).text
    web.client.post("/language", data={"csrf": csrf, "to": "en"})
    assert 'dir="ltr"' in web.client.get("/cases", headers=html).text
