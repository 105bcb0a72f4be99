"""Defects of planning sheets in a zone, each by hand."""

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gis.planning import load_zone
from gis.quality.defects import Defect, DefectKind
from gis.quality.zone import defects_of_zone
from gis.site import EdgeRole, PlanningSheet
from gis.zone import Zone
from tests.gis.told import defect_words

ZONE = Path(__file__).parents[3] / "sample_models" / "zone" / "zone.gpkg"


@pytest.fixture(scope="module")
def sample() -> Zone:
    return load_zone(ZONE)


def with_sheets(zone: Zone, number: str, sheets: tuple[PlanningSheet, ...]) -> Zone:
    plots = tuple(replace(plot, sheets=sheets) if plot.number == number else plot for plot in zone.plots)
    return replace(zone, plots=plots)


def told(zone: Zone) -> list[Defect]:
    """Defects of the sheets alone."""
    kinds = (DefectKind.SHEET_MISSING, DefectKind.SHEET_CONTRADICTORY, DefectKind.NOTHING_BUILDABLE)
    found = [defect for defect in defects_of_zone(zone) if defect.kind in kinds]
    assert all(defect.plots[0] in said for defect in found for said in defect_words(defect).values())
    return found


def newest(zone: Zone, number: str) -> PlanningSheet:
    return next(plot.sheets[-1] for plot in zone.plots if plot.number == number)


def test_the_sheets_of_the_sample_zone_are_sound(sample: Zone) -> None:
    assert told(sample) == []
    assert Counter(defect.kind for defect in defects_of_zone(sample)) == {DefectKind.VERTEX_MISSING: 3}


def test_a_plot_without_a_sheet_is_told(sample: Zone) -> None:
    (defect,) = told(with_sheets(sample, "103", ()))
    assert (defect.kind, defect.plots) == (DefectKind.SHEET_MISSING, ("103",))


def test_a_sheet_that_contradicts_itself_is_counted(sample: Zone) -> None:
    wrong = replace(newest(sample, "103"), coverage=40.0, max_height=3.0)
    (defect,) = told(with_sheets(sample, "103", (wrong,)))
    assert (defect.kind, defect.plots, defect.measure) == (DefectKind.SHEET_CONTRADICTORY, ("103",), 2)
    again = replace(newest(sample, "103"), valid_to=None)
    later = replace(again, valid_from=date(2030, 1, 1))
    (both,) = told(with_sheets(sample, "103", (again, later)))
    assert (both.kind, both.measure) == (DefectKind.SHEET_CONTRADICTORY, 1)


@pytest.mark.parametrize(("side", "left"), [(12.9, True), (13.1, False)])
def test_setbacks_may_leave_nothing(sample: Zone, side: float, left: bool) -> None:
    """Plot 103 is 26 m wide between its sides."""
    sheet = newest(sample, "103")
    tight = replace(sheet, setbacks={**sheet.setbacks, EdgeRole.SIDE: side}, band=None)
    found = told(with_sheets(sample, "103", (tight,)))
    assert [defect.kind for defect in found] == ([] if left else [DefectKind.NOTHING_BUILDABLE])


def test_a_garden_needs_nothing_to_build_on(sample: Zone) -> None:
    sheet = newest(sample, "103")
    garden = replace(
        sheet, setbacks=dict.fromkeys(EdgeRole, 20.0), coverage=0.0, floor_area_ratio=0.0, max_floors=0, band=None
    )
    assert told(with_sheets(sample, "103", (garden,))) == []
