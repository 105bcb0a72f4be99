"""A model four times over, side by side: the same entities under other ids and GlobalIds, to see how time grows."""

import re
import sys
import uuid
from pathlib import Path

import ifcopenshell
import ifcopenshell.guid

_ID = re.compile(rb"#(\d+)")
_ROOT = re.compile(rb"(=\s*IFC[A-Z0-9]+\s*\(\s*')([0-3][0-9A-Za-z_$]{21})(?=')")
_SPACE = uuid.UUID("8d1f2c55-3d0e-5f5c-9f0e-4f7b7c1b8f11")
_APART = 1000.0
"""Length units between two copies."""


def fourfold(model: Path, target: Path, times: int = 4) -> Path:
    """Write the data section `times` times behind one header; references stay within their copy."""
    raw = model.read_bytes()
    start = raw.index(b"DATA;") + len(b"DATA;")
    end = raw.rindex(b"ENDSEC;")
    body = raw[start:end]
    placement = ifcopenshell.open(model).by_type("IfcSite")[0].ObjectPlacement.id()
    step = max(int(found) for found in _ID.findall(body)) + 3
    with target.open("wb") as file:
        file.write(raw[:start] + body)
        for copy in range(1, times):
            file.write(_shifted(_moved(body, placement, step, copy), copy, step))
        file.write(raw[end:])
    return target


def _moved(body: bytes, placement: int, step: int, copy: int) -> bytes:
    """The site stands elsewhere, by a point and a frame of its own."""
    found = re.search(rb"#%d\s*=\s*IFCLOCALPLACEMENT\(([^,]*),[^)]*\);" % placement, body)
    assert found is not None
    frame, point = step - 1, step - 2
    line = b"#%d=IFCLOCALPLACEMENT(%s,#%d);\n" % (placement, found[1], frame)
    line += b"#%d=IFCAXIS2PLACEMENT3D(#%d,$,$);\n" % (frame, point)
    line += b"#%d=IFCCARTESIANPOINT((%f,0.,0.));" % (point, copy * _APART)
    return body[: found.start()] + line + body[found.end() :]


def _shifted(body: bytes, copy: int, step: int) -> bytes:
    moved = _ID.sub(lambda found: b"#%d" % (int(found[1]) + copy * step), body)
    return _ROOT.sub(lambda found: found[1] + _other(found[2], copy), moved)


def _other(guid: bytes, copy: int) -> bytes:
    made: str = ifcopenshell.guid.compress(uuid.uuid5(_SPACE, f"{guid.decode()} {copy}").hex)
    return made.encode()


if __name__ == "__main__":
    fourfold(Path(sys.argv[1]), Path(sys.argv[2]))
