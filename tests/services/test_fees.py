"""What a service costs is what its acts charge together, exactly and always alike."""

from datetime import date, timedelta
from decimal import Decimal, localcontext
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits.i18n import known
from permits.money.lines import AssessmentError, Input, read_assessment
from permits.money.money import Epoch, Money
from permits.money.tariff import jumps
from permits.services.answers import answered
from permits.services.catalogue import Field, Service, find_service, services
from permits.services.explain import explain_service
from permits.services.fees import ServiceFee, assess_service

ON = date(2026, 11, 22)
START = date(2026, 12, 1)
PERMIT = find_service("building-permit")
GIVEN = {"floor_area": "480", "balcony_area": "36", "value_m2": "15000"}
_DIGITS = str.maketrans("0123456789.", "٠١٢٣٤٥٦٧٨٩٫")


def one(name: str, value: str | Decimal | date, unit: str) -> Input:
    return Input(name, value if isinstance(value, date) else Decimal(value), unit, "declared", "", "declared")


def permit(**values: str) -> list[Input]:
    units = {field.name: field.unit for field in PERMIT.fields}
    return [one(name, value, units[name]) for name, value in {**GIVEN, **values}.items()]


def test_a_building_permit_is_charged_by_two_acts() -> None:
    fee = assess_service("building-permit", ON, permit())
    totals = {assessment.act: assessment.total for assessment in fee.assessments}
    assert totals == {"law-37-2021": 9_365_000, "syndicate-cost-2025": 4_800_000}
    assert fee.total == 14_165_000
    assert {part.beneficiary for a in fee.assessments for line in a.lines for part in line.parts} == {
        "municipality", "engineer", "syndicate",
    }  # fmt: skip
    before = assess_service("building-permit", date(2025, 6, 1), permit())
    assert [a.act for a in before.assessments] == ["law-37-2021"]


@pytest.mark.parametrize(
    ("given", "exempt", "code", "name"),
    [
        ([one("colour", "1", "1")], {}, "unknown", "colour"),
        ([], {}, "missing", "balcony_area"),
        (permit(), {"EX.PUBLIC_WORKS": "letter"}, "exemption_unknown", "EX.PUBLIC_WORKS"),
        (permit(floor_area="1" + "0" * 15), {}, "range", "floor_area"),
        ([*permit(), one("floor_area", "1", "m2")], {}, "twice", "floor_area"),
    ],
)
def test_what_cannot_be_charged_says_why(given: list[Input], exempt: dict[str, str], code: str, name: str) -> None:
    with pytest.raises(AssessmentError) as caught:
        assess_service("building-permit", ON, given, exempt=exempt)
    assert (caught.value.code, caught.value.name) == (code, name)


def test_a_class_that_is_none_of_the_tariff_is_refused() -> None:
    given = [one("violating_area", "1", "m2"), one("value_m2", "1", "SYP/m2"), one("benefit", "0", "SYP")]
    with pytest.raises(AssessmentError, match="choice: use"):
        assess_service("violation-settlement", ON, [*given, one("use", "1.5", "1")])


def test_before_any_of_its_acts_a_service_has_no_fee() -> None:
    with pytest.raises(AssessmentError, match="not_in_force"):
        assess_service("plan-copy", date(2025, 12, 31), [one("sheets", "1", "sheet"), one("copies", "1", "copy")])


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_service_explains_itself(language: str) -> None:
    fee = assess_service("plan-copy", ON, [one("sheets", "2", "sheet"), one("copies", "1", "copy")])
    told = explain_service(fee, language)
    assert fee.rounding is not None
    assert (fee.total, fee.rounding.piastres, fee.in_cash) == (2_200, -200, 2_000)
    assert fee.sha256 in told
    assert fee.assessments[0].sha256 in told


def test_the_answers_of_a_form_are_read_as_people_write_them() -> None:
    arabic = {name: value.translate(_DIGITS) for name, value in GIVEN.items()}
    done = answered(PERMIT, {**arabic, "value_m2": "١٥٬٠٠٠", "on": "2026-11-22", "kerb_rate": " "})
    assert done.fee == assess_service("building-permit", ON, permit())
    assert done.command == (
        "rukhsa fee building-permit --on 2026-11-22 "
        "--input floor_area=480 --input balcony_area=36 --input value_m2=15000"
    )


def test_what_is_wrong_with_an_answer_is_told_by_its_field() -> None:
    done = answered(PERMIT, {"floor_area": "wide", "value_m2": "1" * 99, "on": "soon"})
    assert done.wrong == {
        "floor_area": "unreadable", "balcony_area": "missing", "value_m2": "unreadable", "on": "on",
    }  # fmt: skip
    assert answered(PERMIT, {**GIVEN, "floor_area": "-1", "on": "2026-11-22"}).refused == ("negative", "floor_area")


def _values(field: Field) -> st.SearchStrategy[Decimal | date]:
    match field.kind:
        case "date":
            return st.integers(0, 800).map(lambda days: START + timedelta(days))
        case "choice":
            return st.sampled_from(sorted(field.choices)).map(Decimal)
        case _:
            return st.decimals(min_value=0, max_value=10**6, places=3)


@st.composite
def situations(draw: st.DrawFn) -> tuple[Service, list[Input]]:
    """A service and answers to its form; the dates in order."""
    service = draw(st.sampled_from(services()))
    given = {field.name: draw(_values(field)) for field in service.fields}
    dates = sorted(value for value in given.values() if isinstance(value, date))
    named = [field.name for field in service.fields if field.kind == "date"]
    given |= dict(zip(named, dates, strict=True))
    return service, [one(field.name, given[field.name], field.unit) for field in service.fields]


def fee_of(service: Service, inputs: list[Input]) -> ServiceFee:
    return assess_service(service.code, ON, inputs)


@given(situations())
def test_the_parts_sum_to_the_whole_and_nobody_owes_less_than_nought(situation: tuple[Service, list[Input]]) -> None:
    fee = fee_of(*situation)
    parts = [part.piastres for a in fee.assessments for line in a.lines for part in line.parts]
    assert sum(parts) == fee.total == sum(a.total for a in fee.assessments) >= 0
    assert min(parts) >= 0
    assert fee.in_cash % 500 == 0
    assert abs(fee.in_cash - fee.total) * 2 <= 500
    for assessment in fee.assessments:
        assert read_assessment(assessment.canonical.decode()) == assessment
        for line in assessment.lines:
            assert line.rounded == (line.exact if line.bounded is None else line.bounded) + line.rounding


@given(situations(), st.randoms(use_true_random=False))
def test_neither_order_nor_spelling_nor_the_context_of_decimals_matters(
    situation: tuple[Service, list[Input]], random: st.DataObject
) -> None:
    service, inputs = situation
    fee = fee_of(service, inputs)
    shuffled = list(inputs)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    with localcontext() as context:
        context.prec = 3  # a computation that leant on the default context would lose digits here
        assert fee_of(service, shuffled).sha256 == fee.sha256
    wider = [
        one(i.name, i.value if isinstance(i.value, date) else i.value.quantize(Decimal("0.00000")), i.unit)
        for i in inputs
    ]
    assert fee_of(service, wider).sha256 == fee.sha256


@given(situations(), st.data())
def test_more_of_anything_never_costs_less(situation: tuple[Service, list[Input]], data: st.DataObject) -> None:
    service, inputs = situation
    assert not any(jump.falls for fees in service.fees for jump in jumps(fees.tariff))
    growing = [field for field in service.fields if field.kind == "number"]
    growing += [field for field in service.fields if field.kind == "date"][-1:]
    if not growing:
        return
    chosen = data.draw(st.sampled_from(growing))
    more = data.draw(st.integers(0, 500))
    grown = []
    for given_one in inputs:
        value = given_one.value
        if given_one.name == chosen.name:
            value = value + timedelta(more) if isinstance(value, date) else value + more
        grown.append(one(given_one.name, value, given_one.unit))
    assert fee_of(service, inputs).total <= fee_of(service, grown).total


@given(st.decimals(min_value=0, max_value=10**9, places=4))
def test_old_and_new_pounds_give_the_same_fee(value: Decimal) -> None:
    old = Money(value, Epoch.NEW).to(Epoch.OLD).amount
    in_new = [*(i for i in permit() if i.name != "value_m2"), one("value_m2", value, "SYP/m2")]
    in_old = [*(i for i in permit() if i.name != "value_m2"), one("value_m2", old, "SYP-old/m2")]
    assert fee_of(PERMIT, in_new).sha256 == fee_of(PERMIT, in_old).sha256


def test_every_order_of_the_inputs_gives_one_hash() -> None:
    hashes = {fee_of(PERMIT, list(order)).sha256 for order in permutations(permit())}
    assert len(hashes) == 1


_TYPED = st.one_of(
    st.text(max_size=70),
    st.text("0123456789٠١٢٣٤٥٦٧٨٩.,٫٬-− \u200f", max_size=60),
    st.integers(0, 10**20).map(str),
    st.dates().map(str),
    st.sampled_from(["0", "1", "2", "9" * 15, "0." + "9" * 30, "0." + "0" * 29 + "1", "-0", "1e9", "NaN", ""]),
)


@given(st.sampled_from(services()), st.data())
def test_whatever_is_typed_is_a_fee_or_is_told(service: Service, data: st.DataObject) -> None:
    answers = {field.name: data.draw(_TYPED, field.name) for field in service.fields}
    answers["on"] = data.draw(st.one_of(st.just("2026-11-22"), _TYPED), "on")
    answers["exempt.EX.PUBLIC_WORKS"] = data.draw(st.one_of(st.just(""), _TYPED), "exempt")
    done = answered(service, answers)
    assert [done.fee is not None, bool(done.wrong), done.refused is not None].count(True) == 1
    if done.fee:
        assert done.fee.total >= 0
        assert explain_service(done.fee, "ar")
    if done.refused:
        assert known("ar", f"error-fee-input-{done.refused[0].replace('_', '-')}")
