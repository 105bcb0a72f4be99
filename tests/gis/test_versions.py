"""Two versions of a cadastre: each kind of change by hand, and any mixture of changes found again."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Polygon, box
from shapely.affinity import rotate, translate

from gis.cadastre import CadastralPlot
from gis.mapping import apply
from gis.mapping_file import MAPPINGS, read_mapping
from gis.sources import read_layer
from gis.versions import Change, ChangeKind, Sameness, compare, counts
from tests.gis.told import change_words


def plots(count: int, zone: str = "Z") -> list[CadastralPlot]:
    """Plots in a row, each of its own breadth, so that no two have one form."""
    result, x = [], 0.0
    for at in range(count):
        wide = 15.0 + at * 0.5
        result.append(
            CadastralPlot(row=at + 1, number=str(at + 1), zone=zone, polygon=box(x, 0, x + wide, 30), use="residential",
                          official_area=wide * 30)
        )  # fmt: skip
        x += wide
    return result


def told(old: list[CadastralPlot], new: list[CadastralPlot], rule: Sameness | None = None) -> list[Change]:
    found = compare(old, new, rule)
    assert all(change_words(change) for change in found)
    return list(found)


def moved(plot: CadastralPlot, dx: float, dy: float) -> CadastralPlot:
    return replace(plot, polygon=translate(plot.polygon, dx, dy))


def reshaped(plot: CadastralPlot, deeper: float) -> CadastralPlot:
    left, low, right, high = plot.polygon.bounds
    return replace(plot, polygon=Polygon([(left, low), (right, low), (right, high + deeper), (left, high)]))


def test_one_version_twice_has_no_change_in_any_order() -> None:
    row = plots(6)
    assert told(row, row) == []
    assert told(row, row[::-1]) == []
    assert told([], []) == []
    assert counts(told(row, [])) == {**dict.fromkeys(ChangeKind, 0), ChangeKind.GONE: 6}
    assert counts(told([], row)) == {**dict.fromkeys(ChangeKind, 0), ChangeKind.ADDED: 6}


def test_added_and_gone() -> None:
    row = plots(4)
    added, gone = told(row[:3], row[1:])
    assert (added.kind, added.old, added.new, added.new_number) == (ChangeKind.ADDED, None, 2, "4")
    assert (gone.kind, gone.old, gone.new, gone.old_number) == (ChangeKind.GONE, 0, None, "1")


def test_the_same_outline_under_another_number() -> None:
    row = plots(4)
    (change,) = told(row, [*row[:3], replace(row[3], number="4/A")])
    assert (change.kind, change.old_number, change.new_number, change.iou) == (ChangeKind.RENUMBERED, "4", "4/A", 1.0)


def test_two_plots_that_swap_their_numbers_are_renumbered_not_moved() -> None:
    a, b, c = plots(3)
    found = told([a, b, c], [replace(a, number="2"), replace(b, number="1"), c])
    assert [(change.kind, change.old_number, change.new_number) for change in found] == [
        (ChangeKind.RENUMBERED, "1", "2"),
        (ChangeKind.RENUMBERED, "2", "1"),
    ]


def test_a_plot_of_another_zone_with_its_number_is_another() -> None:
    (row,) = plots(1)
    (change,) = told([row], [replace(row, zone="Y")])
    assert change.kind is ChangeKind.RENUMBERED
    far = replace(moved(row, 500, 0), zone="Y")
    assert [change.kind for change in told([row], [far])] == [ChangeKind.ADDED, ChangeKind.GONE]


def test_moved_has_its_way() -> None:
    row = plots(3)
    (change,) = told(row, [row[0], moved(row[1], 0.3, -0.4), row[2]])
    assert change.kind is ChangeKind.MOVED
    assert change.shift == pytest.approx((0.3, -0.4))
    assert 0.9 < change.iou < 0.99


def test_moved_and_renumbered_is_found_by_its_form() -> None:
    row = plots(3)
    (change,) = told(row, [row[0], row[1], replace(moved(row[2], 7, 0), number="9")])
    assert (change.kind, change.old, change.new) == (ChangeKind.RENUMBERED, 2, 2)
    assert change.shift == pytest.approx((7, 0))


def test_beyond_reach_it_is_another_plot() -> None:
    row = plots(2)
    far = replace(moved(row[1], 51, 0), number="9")
    assert [change.kind for change in told(row, [row[0], far])] == [ChangeKind.ADDED, ChangeKind.GONE]
    assert [change.kind for change in told(row, [row[0], far], Sameness(shift=60))] == [ChangeKind.RENUMBERED]


def test_turned_or_widened_is_reshaped() -> None:
    row = plots(2)
    for shape in (rotate(row[1].polygon, 5), reshaped(row[1], 3).polygon, row[1].polygon.buffer(0.5, join_style=2)):
        (change,) = told(row, [row[0], replace(row[1], polygon=shape)])
        assert change.kind is ChangeKind.RESHAPED


def test_attributes_alone() -> None:
    (row,) = plots(1)
    (change,) = told([row], [replace(row, use="commercial", official_area=row.official_area + 0.5)])  # type: ignore[operator] # given above
    assert change.kind is ChangeKind.ATTRIBUTES
    assert change.attributes == {"use": ("residential", "commercial"), "official_area": (450.0, 450.5)}
    assert told([row], [replace(row, official_area=450.004, row=77)]) == []


def test_noise_of_rounding_is_no_change() -> None:
    row = plots(5)
    assert told(row, [moved(plot, 0.001, -0.001) for plot in row]) == []


def test_a_split_is_one_reshaped_and_one_added() -> None:
    (whole,) = plots(1)
    left, right = replace(whole, polygon=box(0, 0, 8, 30)), replace(whole, number="1/2", polygon=box(8, 0, 15, 30))
    assert [change.kind for change in told([whole], [left, right])] == [ChangeKind.ADDED, ChangeKind.RESHAPED]


def test_a_number_twice_is_no_version() -> None:
    row = plots(2)
    with pytest.raises(ValueError, match="twice"):
        compare(row, [row[0], replace(row[1], number="1")])


@settings(max_examples=60)
@given(st.lists(st.sampled_from([None, *ChangeKind]), min_size=1, max_size=30), st.randoms(use_true_random=False))
def test_any_mixture_of_changes_is_found_again(edits: list[ChangeKind | None], random: object) -> None:
    old, new, expected = plots(len(edits)), [], Counter(edit for edit in edits if edit)
    for at, (edit, plot) in enumerate(zip(edits, plots(len(edits)), strict=True)):
        match edit:
            case ChangeKind.ADDED:
                far = translate(plot.polygon, 0, 5000)
                new += [plot, replace(plot, number=f"new {at}", polygon=far)]
            case ChangeKind.GONE:
                pass
            case ChangeKind.RENUMBERED:
                new.append(replace(plot, number=f"other {at}"))
            case ChangeKind.MOVED:
                new.append(moved(plot, 0.5, 0.2 + at))
            case ChangeKind.RESHAPED:
                new.append(reshaped(plot, 2.0 + at))
            case ChangeKind.ATTRIBUTES:
                new.append(replace(plot, use="commercial"))
            case None:
                new.append(plot)
    random.shuffle(new)  # type: ignore[attr-defined] # a random.Random
    assert counts(compare(old, new)) == {kind: expected[kind] for kind in ChangeKind}


@pytest.mark.slow
def test_a_hundred_thousand_plots() -> None:
    old = [replace(plot, number=f"{block}-{plot.number}", polygon=translate(plot.polygon, 0, 40.0 * block))
           for block in range(1000) for plot in plots(100)]  # fmt: skip
    new = [moved(plot, 0.2, 0) if at % 1000 == 0 else plot for at, plot in enumerate(old) if at % 1000 != 1]
    assert counts(compare(old, new)) == {**dict.fromkeys(ChangeKind, 0), ChangeKind.MOVED: 100, ChangeKind.GONE: 100}


def test_edits_of_a_real_cadastre_are_found_again(shared: Path) -> None:
    source = read_layer(shared / "gis" / "nl_brk_rotterdam" / "BRK_SelectieCentrum.shp")
    old = list(apply(source, read_mapping(MAPPINGS / "nl-brk-parcels.yaml")))
    dice = Random(971)  # noqa: S311 - the same edits at every run
    edited = dict(zip(dice.sample(range(len(old)), 200), [*ChangeKind][1:] * 40, strict=True))
    new = []
    for at, plot in enumerate(old):
        match edited.get(at):
            case ChangeKind.GONE:
                continue
            case ChangeKind.RENUMBERED:
                new.append(replace(plot, number=f"new {at}"))
            case ChangeKind.MOVED:
                new.append(moved(plot, 0.4, -0.3))
            case ChangeKind.RESHAPED:
                new.append(replace(plot, polygon=plot.polygon.buffer(0.2, join_style=2)))
            case ChangeKind.ATTRIBUTES:
                new.append(replace(plot, official_area=(plot.official_area or 0.0) + 1.0))
            case _:
                new.append(plot)
    dice.shuffle(new)
    found = compare(old, new)
    assert {change.old: change.kind for change in found} == {**edited}
