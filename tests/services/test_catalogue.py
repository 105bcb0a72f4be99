"""Services join by their card alone, and a card that does not fit its acts is refused."""

import re
from datetime import date
from pathlib import Path

import pytest

from gis.site import SheetStatus
from permits.errors import NotFound
from permits.i18n import LANGUAGES, known
from permits.money.strict import TariffError
from permits.services.answers import read_answers
from permits.services.catalogue import CARDS, Service, categories, find_service, list_services, read_service, services
from permits.services.fees import assess_service

ON = date(2026, 11, 22)
ARABIC = re.compile("[\u0621-\u064a]")


def test_about_a_dozen_services_are_offered() -> None:
    codes = {service.code for service in services()}
    assert len(codes) >= 12
    assert {"building-permit", "pavement-occupancy", "violation-settlement", "council-rent"} <= codes


@pytest.mark.parametrize("service", services(), ids=lambda service: service.code)
def test_every_service_costs_something_with_the_examples_of_its_form(service: Service) -> None:
    given, wrong = read_answers(service, {field.name: field.example for field in service.fields})
    fee = assess_service(service.code, ON, given)
    assert wrong == {}
    assert fee.total > 0
    assert service.card.status is not SheetStatus.CONFIRMED
    for language in LANGUAGES:
        units = {field.unit.replace("/", "-") for field in service.fields if field.kind == "number"} - {"1"}
        assert all(known(language, f"service-unit-{unit}") for unit in units)
        assert all(known(language, f"service-category-{name}") for name in service.card.categories)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("إِشـغال", {"pavement-occupancy"}),
        ("اشغال رصيف", {"pavement-occupancy"}),
        ("تسويه", {"violation-settlement"}),
        ("FENCE", {"fence-permit"}),
        ("لا شيء كهذا", set()),
    ],
)
def test_a_service_is_found_however_it_is_spelt(text: str, codes: set[str]) -> None:
    assert {service.code for service in list_services(text=text)} == codes


def test_the_filter_by_category_leaves_its_services() -> None:
    assert {service.code for service in list_services(category="register")} == {"register-extract"}
    assert sum(len(list_services(category=name)) for name in categories()) >= len(services())


def test_no_service_of_that_name() -> None:
    with pytest.raises(NotFound):
        find_service("flying-licence")


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("OCC.*", "XYZ.*", "has no item"),
        ("act: demo-occupancy", "act: nobody-1-2026", "no tariff"),
        ("  - name: area", "  - name: weight", "weight"),
        ("unit: m2", "unit: m", "asked in m"),
        ("name: last_day", "name: first_day", "named once"),
        ("code: pavement-occupancy", "code: pavement", "the code is"),
        ("number: 201", "number: 2001", "number"),
        ("channels: [portal, centre]", "channels: [portal, pigeon]", "channels"),
        ("status: fictitious\nsources", "price: 5\nstatus: fictitious\nsources", "price"),
        ("value: 3, unit: working_day", "value: 3, unit: moon", "unit"),
        ('    example: "12"\n', '    example: "12"\n    required: false\n', "does not ask for"),
    ],
)
def test_a_card_that_does_not_fit_is_refused(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    text = (CARDS / "pavement-occupancy.yaml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "pavement-occupancy.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(TariffError, match=complaint):
        read_service(path)


def test_a_form_that_lacks_what_the_fees_need_is_refused(tmp_path: Path) -> None:
    text = (CARDS / "fence-permit.yaml").read_text(encoding="utf-8")
    path = tmp_path / "fence-permit.yaml"
    path.write_text(text[: text.index("inputs:")] + "inputs: []\n" + text[text.index("status: fictitious\nsources") :])
    with pytest.raises(TariffError, match="does not ask for"):
        read_service(path)


@pytest.mark.parametrize("service", services(), ids=lambda service: service.code)
def test_every_card_is_arabic_first(service: Service) -> None:
    card = service.card
    texts = [
        card,
        card.description,
        *card.documents,
        *(f.label for f in service.fields),
        *(f.help for f in service.fields),
    ]
    assert [text for text in texts if not ARABIC.search(text.ar) or ARABIC.search(text.en)] == []
