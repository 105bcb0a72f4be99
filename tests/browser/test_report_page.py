"""The report's page in Chromium, opened as a file: regrouped and searched with its script, whole without it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from permits.review.html import render
from permits.review.kept import clauses_of
from tests.browser.conftest import fits
from tests.review.test_samples import checked

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def written(tmp_path: Path) -> Path:
    report = checked("planted-violations.ifc")
    path = tmp_path / "report.html"
    path.write_text(render(report, language="ar", clauses=clauses_of(report)), encoding="utf-8")
    return path


@pytest.fixture
def page(browser: Browser, written: Path) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    errors: list[str] = []
    strays: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: strays.append(request.url))
    page.goto(written.as_uri())
    yield page
    page.close()
    assert errors == []
    assert [url for url in strays if not url.startswith(("data:", "file:"))] == []


def test_it_fits_a_phone(page: Page) -> None:
    fits(page)


def test_findings_are_regrouped_by_storey_and_back(page: Page) -> None:
    page.check("input[value=storey]")
    expect(page.locator("#by-rule")).to_be_hidden()
    headings = page.locator("#grouped h2").all_inner_texts()
    assert headings[0] == "بلا طابق محدد"
    assert headings[1].startswith("basement")
    first = page.locator("#grouped > div", has=page.locator("h2", has_text=re.compile("^1 ")))
    assert sorted(set(first.locator("h3 code").all_inner_texts())) == ["BIM-502", "DOR-01", "FLR-01"]
    page.check("input[value=severity]")
    assert page.locator("#grouped h2").all_inner_texts() == ["مخالفة مانعة"]
    page.check("input[value=rule]")
    expect(page.locator("#by-rule")).to_be_visible()
    assert page.locator("#grouped > div").count() == 0


def test_a_search_keeps_what_holds_the_text_or_the_id(page: Page) -> None:
    report = checked("planted-violations.ifc")
    (finding,) = [f for f in report.findings if f.rule == "ROM-01" and f.outcome == "fail"]
    page.fill("input[type=search]", finding.elements[0])
    assert page.locator(".rule:visible h3 code").all_inner_texts() == ["ROM-01"]
    page.fill("input[type=search]", "وجيبه أماميه")  # as many people type it
    assert page.locator(".rule:visible h3 code").all_inner_texts() == []
    page.fill("input[type=search]", "الوجيبه الاماميه")
    assert page.locator(".rule:visible h3 code").all_inner_texts() == ["SET-01"]
    page.fill("input[type=search]", "nothing of the kind")
    expect(page.locator("#nothing")).to_be_visible()


def test_with_scripts_off_everything_is_there(browser: Browser, written: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(written.as_uri())
    expect(page.locator(".tools")).to_be_hidden()
    rules = {f.rule for f in checked("planted-violations.ifc").findings if f.outcome == "fail"}
    assert set(page.locator(".rule h3 code").all_inner_texts()) == rules
    page.locator("summary", has_text="البنود المطابقة").click()
    expect(page.locator("details.quiet table").first).to_be_visible()
    context.close()
