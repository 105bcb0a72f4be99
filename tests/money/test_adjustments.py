"""Exemptions, penalties, amnesties and cash: each a visible line, and never less than nought."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits.money.assessment import Assessment, AssessmentError, Input, Note, When, assess, read_assessment
from permits.money.evaluation import evaluate
from permits.money.examples import amounts
from permits.money.explain import explain
from permits.money.expression import parse
from permits.money.instalment_plan import instalment_plan
from permits.money.money import MoneyError
from permits.money.tariff import find_tariff, read_tariff

OCCUPANCY = read_tariff(find_tariff("demo-occupancy"))
ON = date(2026, 5, 1)
WORKS, RESTORED = {"EX.PUBLIC_WORKS": "letter 7"}, {"EX.RESTORATION": "decision 3"}
areas = st.decimals(min_value=0, max_value=10_000, places=2)


def occupy(
    area: str | Decimal = "12", *, exempt: Mapping[str, str] | None = None, on: date = ON, **more: Any
) -> Assessment:
    """Ten days of a main street."""
    given = [
        Input("area", Decimal(area), "m2", "declared"), Input("street_class", Decimal(1), "1", "declared"),
        Input("first_day", date(2026, 5, 10), "date", "declared"),
        Input("last_day", date(2026, 5, 19), "date", "declared"),
    ]  # fmt: skip
    return assess(OCCUPANCY, on=on, inputs=given, exempt=exempt or {}, **more)


def test_an_exemption_is_a_negative_line_with_its_evidence() -> None:
    relief = next(line for line in occupy(exempt=RESTORED).lines if line.kind == "exemption")
    assert (relief.key, relief.piastres, relief.evidence) == ("EX.RESTORATION/OCC.AREA", -18_000, "decision 3")
    assert relief.steps == "0 - min(0.5 * 360, 360)"
    assert [(part.beneficiary, part.piastres) for part in relief.parts] == [("municipality", -18_000)]


def test_two_exemptions_take_no_more_than_is_owed() -> None:
    both = occupy(exempt={**RESTORED, **WORKS})
    assert both.total == 0
    assert amounts(both)["EX.PUBLIC_WORKS/OCC.AREA"] == -360
    assert "EX.RESTORATION/OCC.AREA" not in amounts(both)  # in the order of the act: nothing is left to halve


@pytest.mark.parametrize(
    ("exempt", "on", "code"),
    [
        ({"EX.NOBODY": "x"}, ON, "exemption_unknown"),
        ({"EX.PUBLIC_WORKS": " "}, ON, "evidence"),
        (WORKS, date(2028, 1, 1), "exemption_not_in_force"),
    ],
)
def test_a_claim_that_cannot_be_granted_is_refused(exempt: dict[str, str], on: date, code: str) -> None:
    with pytest.raises(AssessmentError) as caught:
        occupy(exempt=exempt, on=on)
    assert (caught.value.code, caught.value.name) == (code, *exempt)


def test_a_claim_about_none_of_the_fees_asked_for_is_refused() -> None:
    with pytest.raises(AssessmentError, match="exemption_idle"):
        occupy(exempt=RESTORED, items=["OCC.REGISTRATION"])


@pytest.mark.parametrize(
    ("paid", "periods"),
    [("2026-07-01", 0), ("2026-07-02", 1), ("2026-08-01", 1), ("2026-08-02", 2), ("2027-12-31", 18)],
)
def test_lateness_costs_by_the_begun_month_up_to_its_cap(paid: str, periods: int) -> None:
    late = occupy(when=When(due=date(2026, 6, 1), paid=date.fromisoformat(paid)))
    owed = Decimal("3.60") * min(periods, 10)
    if periods:
        line = next(line for line in late.lines if line.key == "OCC.LATE/OCC.AREA")
        assert (line.rounded, line.steps) == (owed, f"min(0.01 * {periods}, 0.1) * 360")
    else:
        assert late.total == occupy().total


def test_an_exempted_fee_is_not_late() -> None:
    assert occupy(exempt=WORKS, when=When(due=date(2026, 6, 1), paid=date(2026, 12, 1))).total == 0


def test_an_amnesty_forgives_what_was_not_yet_paid() -> None:
    when = When(due=date(2026, 6, 1), paid=date(2027, 2, 1), settled={"OCC.LATE/OCC.AREA": Decimal(20)})
    found = amounts(occupy(when=when))
    assert (found["OCC.LATE/OCC.AREA"], found["AM.TRIAL/OCC.LATE/OCC.AREA"]) == (Decimal("25.20"), Decimal("-5.20"))
    assert not any(key.startswith("AM.") for key in amounts(occupy(when=replace(when, in_full=False))))
    assert not any(key.startswith("AM.") for key in amounts(occupy(when=replace(when, paid=date(2027, 4, 1)))))


def test_cash_rounding_is_a_line() -> None:
    paid = occupy("12.34", note=Note(Decimal(5), "provisional"))
    assert paid.lines[-1].kind == "rounding"
    assert paid.total % 500 == 0
    assert paid.total == occupy("12.34").total + paid.lines[-1].piastres
    for line in paid.lines:
        values = {used.name: used.value for used in line.inputs}
        assert evaluate(parse(line.formula), values, OCCUPANCY.tables) == line.exact == evaluate(parse(line.steps), {})


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_kind_of_line_is_explained(language: str) -> None:
    when = When(decided=date(2026, 5, 3), due=date(2026, 6, 1), paid=date(2027, 2, 1))
    shown = explain(occupy("12.34", exempt=RESTORED, when=when, note=Note(Decimal(5), "provisional")), language)
    for said in (
        "EX.RESTORATION/OCC.AREA",
        "OCC.LATE",
        "AM.TRIAL",
        "decision 3",
        "2026-05-10",
        "2027-02-01",
        "street_rates",
    ):
        assert said in shown
    clauses = {"ar": "التعرفة التجريبية، البند 2", "en": "trial tariff, line 2"}
    assert clauses[language] in shown
    assert not any(clause in shown for other, clause in clauses.items() if other != language)
    assert ("فرق تدوير" in shown) == (language == "ar")


@given(areas, st.sampled_from([{}, RESTORED, WORKS, {**RESTORED, **WORKS}]), st.integers(0, 900), st.booleans())
def test_whatever_is_taken_off_nobody_pays_less_than_nought(
    area: Decimal, exempt: dict[str, str], days: int, cash: bool
) -> None:
    when = When(due=date(2026, 6, 1), paid=date.fromordinal(date(2026, 6, 1).toordinal() + days))
    note = Note(Decimal(5), "provisional") if cash else None
    found = occupy(area, exempt=exempt, when=when, note=note)
    parts: dict[str, int] = {}
    for line in found.lines:
        assert sum(part.piastres for part in line.parts) == line.piastres
        for part in line.parts:
            parts[part.beneficiary] = parts.get(part.beneficiary, 0) + part.piastres
    assert sum(parts.values()) == found.total >= 0
    assert all(amount >= 0 for to, amount in parts.items() if to != "rounding")
    assert read_assessment(found.canonical.decode()) == found


TERMS = OCCUPANCY.instalments
assert TERMS is not None


@given(st.integers(0, 10**12), st.integers(1, 4))
def test_instalments_sum_to_the_whole(piastres: int, count: int) -> None:
    plan = instalment_plan(TERMS, piastres, count=count, first_due=date(2026, 1, 31))
    assert sum(part.piastres for part in plan) == piastres
    assert [part.number for part in plan] == list(range(1, count + 1))
    if count > 1:
        assert abs(plan[0].piastres - piastres / 4) < 1


def test_instalments_fall_due_by_the_month() -> None:
    plan = instalment_plan(TERMS, 100, count=3, first_due=date(2026, 1, 31))
    assert [(part.due.isoformat(), part.piastres) for part in plan] == [
        ("2026-01-31", 25), ("2026-02-28", 38), ("2026-03-31", 37),
    ]  # fmt: skip
    with pytest.raises(MoneyError):
        instalment_plan(TERMS, 100, count=5, first_due=date(2026, 1, 31))
