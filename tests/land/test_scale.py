"""A town of twenty thousand plots: the same answers from both databases and from a tree in memory."""

from pathlib import Path

import geopandas
import numpy as np
import pytest
import shapely

from gis.planning import load_zone
from gis.quality import topology
from gis.sheets import contradictions
from gis.zone import Zone
from gis.zone_file import write_zone
from permits.jobs import Context
from permits.land.tables import Plot
from permits.land.zones import import_zone, plot_covering, plots_touching
from permits.people.actor import SYSTEM
from tests.bench.town import asked, town

SIZE, QUESTIONS = 20_000, 400


@pytest.fixture(scope="module")
def generated() -> Zone:
    return town(SIZE)


@pytest.fixture(scope="module")
def layers(generated: Zone, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("town") / "town.gpkg"
    write_zone(generated, path)
    return path


def test_the_generated_town_is_sound_and_the_same_each_time(generated: Zone, layers: Path) -> None:
    shapes = np.array([plot.polygon for plot in generated.plots], dtype=object)
    assert len(shapes) == SIZE
    assert shapely.is_valid(shapes).all()
    # Corners are rounded to the millimetre, so that neighbours may overlap by a hair.
    assert max((common.area for _, _, common in topology.overlaps(shapes[:2000], 0.0)), default=0.0) < 0.05
    assert [r for plot in generated.plots[:12] for sheet in plot.sheets for r in contradictions(sheet, "")] == []
    assert town(400) == town(400)
    assert load_zone(layers) == generated


@pytest.mark.slow
def test_both_databases_and_geopandas_give_the_same_plots(context: Context, generated: Zone, layers: Path) -> None:
    with context.database.transaction() as session:
        import_zone(session, actor=SYSTEM, storage=context.storage, layers=layers)
    numbers = [plot.number for plot in generated.plots]
    frame = geopandas.GeoDataFrame({"number": numbers}, geometry=[plot.polygon for plot in generated.plots])
    points, footprints = asked(generated, QUESTIONS)
    touched = 0
    with context.database.reading() as session:
        assert session.query(Plot).count() == SIZE
        for point, shape in zip(points, footprints, strict=True):
            at = set(frame.iloc[frame.sindex.query(point, predicate="intersects")]["number"])
            assert plot_covering(session, zone="T", point=point).number in at
            meets = sorted(frame.iloc[frame.sindex.query(shape, predicate="intersects")]["number"])
            assert [plot.number for plot in plots_touching(session, zone="T", shape=shape)] == meets
            touched += len(meets)
        assert plots_touching(session, zone="T", shape=shapely.box(0, 0, 1, 1)) == []
    assert touched > 10 * QUESTIONS
