"""The national register at the registrar's desk in Chromium: one refusal announced again, one difference settled."""

import pytest
from playwright.sync_api import expect

from permits.adapters.national_register import Answer, AnswerKind
from permits.register.national.announcing import announce_entries
from permits.register.national.tables import Standing
from tests.browser.conftest import Served, Visitors, picture
from tests.register.national.scenes import Listed, sold, states

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_registrar_works_what_was_not_taken(visits: Visitors, served: Served) -> None:
    context = served.office.context
    announce_entries(context, Listed())  # what the demo entered
    refused, differing = sold(context, "8801", 1), sold(context, "8802", 2)
    answers = [Answer(AnswerKind.REFUSED, code="sheet-unknown"), Answer(AnswerKind.DIFFERS, state="ab")]
    announce_entries(context, Listed(list(answers)))
    desk = visits.of("registrar")
    desk.goto(f"{served.address}/desk/register")
    desk.get_by_role("button", name="السجل الوطني").click(timeout=30_000)
    expect(desk.get_by_text("لا يعرف السجل الوطني هذه الصحيفة.")).to_be_visible(timeout=20_000)
    expect(desk.get_by_text("غير ما في سجلنا")).to_be_visible()
    picture(desk, "national-stopped")
    desk.get_by_role("button", name="أعِد الإعلان").click()
    expect(desk.get_by_text("لا يعرف السجل الوطني هذه الصحيفة.")).to_have_count(0, timeout=20_000)
    desk.get_by_role("button", name="سوِّ بسبب").click()
    expect(desk.get_by_text("اكتب السبب.")).to_be_visible(timeout=20_000)
    desk.get_by_label("سبب التسوية").fill("كتاب السجل الوطني رقم 12")
    desk.get_by_role("button", name="سوِّ بسبب").click()
    expect(desk.get_by_text("لا قيد موقوف.")).to_be_visible(timeout=20_000)
    picture(desk, "national-none")
    assert list(states(context, refused).values()) == [Standing.WAITING, Standing.WAITING]
    assert list(states(context, differing).values()) == [Standing.SETTLED, Standing.WAITING, Standing.WAITING]
