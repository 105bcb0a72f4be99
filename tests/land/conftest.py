"""Fixtures of the land."""

from pathlib import Path

import pytest

from tests.land.offices import DUTCH, dutch, plots_of, read, write_sheets


@pytest.fixture(scope="session")
def rotterdam(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Dutch parcels as a zone file, with invented sheets."""
    folder = tmp_path_factory.mktemp("rotterdam")
    sheets, mapping = write_sheets(folder, plots_of(shared))
    out = folder / "rotterdam.gpkg"
    assert read(dutch(shared), out, *DUTCH, "--sheets", sheets, "--sheets-mapping", mapping) == 0
    return out
