"""Where the third-party models of the tests are, and STEP literals small enough to read."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("RUKHSA_SHARED", ROOT.parent / "shared"))


def shared(name: str) -> Path:
    """The shared file or folder, or a skip that says what is missing."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"third-party data {path} is absent; set RUKHSA_SHARED")
    return path


def step(*entities: str, schema: str = "IFC4", tail: str = "ENDSEC;\nEND-ISO-10303-21;\n") -> bytes:
    """A STEP file with a plain header."""
    header = (
        "ISO-10303-21;\nHEADER;\nFILE_DESCRIPTION(('ViewDefinition [ReferenceView]'),'2;1');\n"
        "FILE_NAME('a.ifc','2026-01-01T00:00:00',('Ann','Bob'),('Org'),'pre','Tool 1','');\n"
        f"FILE_SCHEMA(('{schema}'));\nENDSEC;\nDATA;\n"
    )
    return (header + "\n".join(entities) + "\n" + tail).encode()
