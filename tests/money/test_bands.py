"""Tables of an act: edges belong to the band below, marginal tables are continuous, and jumps are listed."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from permits.money.bands import Jump, Table, jumps_of, uses, worth
from permits.money.tariff import find_tariff, jumps, read_tariff

HEAD = {"of": "m2", "gives": "SYP", "status": "fictitious"}
numbers = st.decimals(min_value=0, max_value=10**7, places=3)


def table(kind: str, *rows: tuple[str | None, str]) -> Table:
    shown = [{"value": value} if to is None else {"to": to, "value": value} for to, value in rows]
    return Table.model_validate({**HEAD, "kind": kind, "rows": shown})


def total(found: Table, at: Decimal) -> Decimal:
    return sum((worth(use) for use in uses("t", found, at)), Decimal(0))


@pytest.mark.parametrize(
    ("at", "flat", "marginal"),
    [("0", "5", "0"), ("99.999", "5", "499.995"), ("100", "5", "500"), ("100.001", "7", "500.007"),
     ("300", "7", "1900"), ("301", "6", "1906")],
)  # fmt: skip
def test_an_edge_belongs_to_the_band_below(at: str, flat: str, marginal: str) -> None:
    rows = (("100", "5"), ("300", "7"), (None, "6"))
    assert total(table("flat", *rows), Decimal(at)) == Decimal(flat)
    assert total(table("marginal", *rows), Decimal(at)) == Decimal(marginal)


@pytest.mark.parametrize(
    "rows",
    [
        [], [{"to": "5", "value": "1"}], [{"to": "5", "value": "1"}, {"to": "5", "value": "2"}, {"value": "3"}],
        [{"to": "0", "value": "1"}, {"value": "2"}], [{"value": "1"}, {"value": "2"}], [{"value": 1}],
        [{"at": "1", "value": "1"}], [{"to": "9", "value": "1", "unit": "m2"}, {"value": "2"}],
    ],
)  # fmt: skip
def test_a_table_that_is_no_table_is_refused(rows: list[dict[str, str]]) -> None:
    with pytest.raises(ValidationError):
        Table.model_validate({**HEAD, "kind": "flat", "rows": rows})


@pytest.mark.parametrize(
    "rows",
    [[{"at": "1", "value": "1"}, {"at": "1", "value": "2"}], [{"value": "1"}], [{"at": "1", "to": "2", "value": "1"}]],
)
def test_a_choice_names_each_class_once(rows: list[dict[str, str]]) -> None:
    with pytest.raises(ValidationError):
        Table.model_validate({**HEAD, "kind": "choice", "rows": rows})


def test_the_jumps_of_an_act_are_listed() -> None:
    listed = jumps(read_tariff(find_tariff("demo-registration")))
    inspection = ("inspection", "m2", "SYP")
    assert [(j.table, j.of, j.gives) for j in listed] == [inspection, inspection]
    assert [(j.at, j.below, j.above, j.falls) for j in listed] == [(100, 10, 30, False), (500, 30, 100, False)]


def test_a_falling_band_is_told() -> None:
    falling = table("flat", ("100", "7"), ("200", "7"), (None, "6"))
    assert list(jumps_of("t", falling)) == [Jump("t", Decimal(200), "m2", Decimal(7), Decimal(6), "SYP")]
    assert next(jumps_of("t", falling)).falls


@st.composite
def any_table(draw: st.DrawFn, kind: str) -> Table:
    edges = sorted(draw(st.sets(st.integers(1, 10**6), max_size=5)))
    values = draw(st.lists(st.decimals(0, 1000, places=2), min_size=len(edges) + 1, max_size=len(edges) + 1))
    ends = [*map(str, edges), None]
    return table(kind, *((to, f"{value:f}") for to, value in zip(ends, values, strict=True)))


@given(any_table("marginal"), numbers, numbers)
def test_a_marginal_table_never_falls_and_its_parts_are_the_whole(found: Table, at: Decimal, more: Decimal) -> None:
    assert sum(use.part for use in uses("t", found, at)) == at
    assert total(found, at) <= total(found, at + more)
    steepest = max(row.value for row in found.rows)
    assert total(found, at + more) - total(found, at) <= steepest * more


@given(any_table("flat"))
def test_a_flat_table_changes_at_its_listed_jumps_alone(found: Table) -> None:
    edges = [row.to for row in found.rows if row.to is not None]
    changed = [edge for edge in edges if total(found, edge) != total(found, edge + Decimal("0.001"))]
    assert changed == [jump.at for jump in jumps_of("t", found)]
    for low, high in pairwise(edges):
        assert total(found, low + Decimal("0.001")) == total(found, high)
