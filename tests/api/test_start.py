"""After a power cut the server is back soon: it loads what answers a page, not what reads a file."""

import subprocess
import sys

import pytest

from tests.conftest import ROOT

HEAVY = "{'pandas', 'geopandas', 'pyogrio', 'ezdxf', 'trimesh', 'pypdf', 'fontTools'}"
"""Libraries of files, each loaded by the first that comes."""


@pytest.mark.slow
def test_the_server_starts_without_the_libraries_of_files() -> None:
    program = f"import sys, api.main; print(sorted({HEAVY} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"
