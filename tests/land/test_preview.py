"""What a file would bring: each kind of change with what differs, who is met by it, and every word of it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import shapely
from shapely.affinity import translate

from gis.geojson import box
from gis.planning import load_zone
from gis.quality.zone import defects_of_zone
from gis.site import EdgeRole
from gis.zone import Plot, Zone
from permits.cases.workflow import State
from permits.i18n import LANGUAGES
from permits.jobs import Context
from permits.land.preview import Preview, as_bytes, cases_on, from_bytes
from permits.land.previewing import InForce, in_force, preview_of
from permits.land.showing import change_kinds, defect_kinds, drawn, lines_of, marked, warnings_of
from permits.land.zones import bounds_of, box_of_plot, import_zone
from permits.people.actor import SYSTEM, Role
from permits.planning.tables import SheetAmendment
from tests.factories import make_actor, make_case, make_zone
from tests.land.test_quality import LAYERS, spoilt

DAY = "2026-09-01"


def plot(land: Zone, number: str) -> Plot:
    return next(one for one in land.plots if one.number == number)


def with_plots(land: Zone, *plots: Plot) -> Zone:
    changed = {one.number: one for one in plots}
    return replace(land, plots=tuple(changed.get(one.number, one) for one in land.plots))


def changed_land() -> Zone:
    """103 wider by two metres, 104 gone, 105 with another front setback, 106 with another area of record, N1 new."""
    land = load_zone(LAYERS)
    was = plot(land, "103").polygon
    _, low, right, high = was.bounds
    wider = replace(plot(land, "103"), polygon=was.union(shapely.box(right - 1, low, right + 2, high)))
    sheet = plot(land, "105").sheets[-1]
    other = replace(sheet, setbacks={**sheet.setbacks, EdgeRole.FRONT: 7.25})
    amended = replace(plot(land, "105"), sheets=(*plot(land, "105").sheets[:-1], other))
    recorded = replace(plot(land, "106"), official_area=plot(land, "106").official_area + 5)
    new = replace(plot(land, "104"), number="N1", polygon=translate(plot(land, "104").polygon, 900, 900))
    land = with_plots(land, wider, amended, recorded)
    return replace(land, plots=(*(one for one in land.plots if one.number != "104"), new))


def held_against_force(land: Zone, *amended: object) -> Preview:
    held = InForce({"FZ-1": ("old", LAYERS), "FZ-2": ("old", LAYERS)}, list(amended))  # type: ignore[arg-type] - given as such
    return from_bytes(as_bytes(preview_of(land, defects_of_zone(land), held, sha256="new")))


def test_each_change_is_told_with_what_differs() -> None:
    preview = held_against_force(changed_land())
    assert preview.changed == {"added": 1, "gone": 1, "reshaped": 1, "attributes": 1, "sheets": 1}
    found = {place.kind: place for place in preview.changes}
    before, after = found["reshaped"].areas
    assert before
    assert after
    assert after > before + 10
    assert found["reshaped"].before
    assert found["gone"].areas[1] is None
    assert found["added"].areas[0] is None
    (difference,) = found["sheets"].sheets
    assert (difference.field, difference.after) == ("setback_front", 7.25)
    assert {number for _, number in preview.touched} == {"103", "104", "105", "106", "N1"}
    lines = lines_of(preview.changes, "ar")
    told = {line.kind: line for line in lines}
    assert "الوجيبة الأمامية" in told["sheets"].details[0]
    assert "7.25" in told["sheets"].details[0]
    assert "المساحة القيدية" in told["attributes"].text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_a_colour_a_word_and_a_place(language: str) -> None:
    preview = held_against_force(spoilt())
    for kinds, places in (
        (defect_kinds(preview, language), preview.defects), (change_kinds(preview, language), preview.changes)
    ):  # fmt: skip
        assert {kind.code for kind in kinds} == {place.kind for place in places}
        assert sum(kind.count for kind in kinds) == len(places) == len(lines_of(places, language))
        for kind in kinds:
            features = drawn(places, kind=kind.code)["features"]
            assert len(features) >= kind.count
            assert {f["properties"]["colour"] for f in features} <= {kind.colour, "#24211b"}
        for place in places:
            left, low, right, high = place.box
            for shape in (shapely.geometry.shape(f["geometry"]) for f in marked(place)["features"]):
                assert shapely.box(left, low, right, high).buffer(1e-6).covers(shape)
    graves = [kind.grave for kind in defect_kinds(preview, language)]
    assert graves == sorted(graves, reverse=True)


def test_the_same_land_changes_nothing_and_a_new_zone_has_nothing_to_change() -> None:
    land = load_zone(LAYERS)
    assert held_against_force(land).changes == ()
    preview = preview_of(land, (), InForce({}, []), sha256="new")
    assert set(preview.zones.values()) == {"new"}
    same = preview_of(land, (), InForce({"FZ-1": ("new", LAYERS)}, []), sha256="new")
    assert same.zones["FZ-1"] == "same"
    assert [said.count("FZ-") for said in warnings_of(same, [], outdated=True, language="en")] == [0, 1, 1]
    grid = preview_of(replace(land, grid="EPSG:32637"), (), InForce({"FZ-1": ("old", LAYERS)}, []), sha256="new")
    assert grid.zones["FZ-1"] == "other-grid"


def test_a_case_and_a_planners_change_that_the_file_meets_are_told(context: Context, tmp_path: Path) -> None:
    with context.database.transaction() as session:
        import_zone(session, actor=SYSTEM, storage=context.storage, layers=LAYERS)
        engineer = make_actor(session, Role.ENGINEER)
        make_zone(session)
        met, apart = (make_case(session, engineer, State.IN_REVIEW) for _ in range(2))
        met.zone, met.plot, apart.zone, apart.plot = "FZ-1", "103", "FZ-1", "108"
        sheet = plot(load_zone(LAYERS), "105").sheets[-1]
        session.add(
            SheetAmendment(
                zone="FZ-1", plots=["105", "107"], changes={}, valid_from=sheet.valid_from.isoformat(),
                legal_act=sheet.legal_act, clause=sheet.clause, status="fictitious", state="in_force",
                asked_by=engineer.id, decided_by=None, decided_at=None,
            )
        )  # fmt: skip
        session.flush()
        held = in_force(session, storage=context.storage, zones=["FZ-1", "FZ-2"])
        preview = preview_of(changed_land(), (), held, sha256="new")
        cases = cases_on(session, preview)
        assert [case.plot for case in cases] == ["103"]
        assert [(one.plots, one.valid_from) for one in preview.replaced] == [
            (("105",), date.isoformat(sheet.valid_from))
        ]
        for language in LANGUAGES:
            said = warnings_of(preview, cases, outdated=False, language=language)
            assert len(said) == 2
            assert "105" in said[0]


def test_bounds_are_those_of_the_plots(context: Context) -> None:
    land = load_zone(LAYERS)
    mine = [one.polygon for one in land.plots if one.zone == "FZ-1"]
    with context.database.transaction() as session:
        import_zone(session, actor=SYSTEM, storage=context.storage, layers=LAYERS)
        assert bounds_of(session, "FZ-1") == pytest.approx(box(shapely.total_bounds(mine), land.grid), abs=1e-5)
        assert box_of_plot(session, zone="FZ-1", number="105") == pytest.approx(
            box(plot(land, "105").polygon.bounds, land.grid), abs=1e-6
        )
