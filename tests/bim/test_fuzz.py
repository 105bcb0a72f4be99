"""A broken copy of a good model gets a report or a coded refusal: never a failure of ours, never a hang."""

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bim.orders import Limits
from tests.bim.files import ROOT
from tests.bim.test_review import run

SAMPLE = (ROOT / "sample_models" / "models" / "complies.ifc").read_bytes()
LINE = re.compile(rb"^#\d+=.*$", re.MULTILINE)
LINES = list(LINE.finditer(SAMPLE))
IDS = [int(line[0][1 : line[0].index(b"=")]) for line in LINES]
CLASSES = [b"IFCWALL", b"IFCPERSON", b"IFCCARTESIANPOINT", b"IFCLOCALPLACEMENT", b"IFCPROPERTYSET", b"IFCNOSUCHTHING"]
HUGE = [b"1.E308", b"-1.E308", b"99999999999999999999", b"1.E-320", b"9" * 400 + b"."]
CASES_OF_EACH = 8


def _change(rng: random.Random, pattern: bytes, new: Callable[[bytes], bytes]) -> bytes:
    """One of the places in entities where `pattern` is found, made new."""
    places = [m for m in re.finditer(pattern, SAMPLE) if m.start() > LINES[0].start()]
    chosen = rng.choice(places)
    return SAMPLE[: chosen.start()] + new(chosen[0]) + SAMPLE[chosen.end() :]


def truncation(rng: random.Random) -> bytes:
    return SAMPLE[: rng.randrange(1, len(SAMPLE) - 20)]


def deleted_line(rng: random.Random) -> bytes:
    line = rng.choice(LINES)
    return SAMPLE[: line.start()] + SAMPLE[line.end() :]


def duplicate_id(rng: random.Random) -> bytes:
    line = rng.choice(LINES)
    return SAMPLE[: line.end()] + b"\n" + line[0] + SAMPLE[line.end() :]


def dangling_reference(rng: random.Random) -> bytes:
    return _change(rng, rb"(?<=[(,])#\d+", lambda _: b"#%d" % (max(IDS) + rng.randrange(1, 1000)))


def wrong_reference(rng: random.Random) -> bytes:
    return _change(rng, rb"(?<=[(,])#\d+", lambda _: b"#%d" % rng.choice(IDS))


def wrong_class(rng: random.Random) -> bytes:
    return _change(rng, rb"(?<==)IFC[A-Z0-9]+", lambda _: rng.choice(CLASSES))


def huge_number(rng: random.Random) -> bytes:
    return _change(rng, rb"(?<=[(,])-?\d+\.[\dE+-]*", lambda _: rng.choice(HUGE))


def deep_nesting(rng: random.Random) -> bytes:
    depth = rng.choice([50, 5_000, 100_000])
    return _change(rng, rb"(?<=[(,])-?\d+\.[\dE+-]*", lambda found: b"(" * depth + found + b")" * depth)


def placement_cycle(rng: random.Random) -> bytes:
    """Every placement is relative to one of its own kind, so that some turn in a circle."""
    kind = [line[0][: line[0].index(b"=")] for line in LINES if b"=IFCLOCALPLACEMENT(" in line[0]]
    return re.sub(rb"(?<==IFCLOCALPLACEMENT\()(?:#\d+|\$)", lambda _: rng.choice(kind), SAMPLE)


MUTATIONS = [
    truncation, deleted_line, duplicate_id, dangling_reference, wrong_reference, wrong_class, huge_number,
    deep_nesting, placement_cycle,
]  # fmt: skip
KNOWN = {
    truncation: {"half_file", "no_data_section", "not_step"},
    duplicate_id: {"duplicate_id"},
    dangling_reference: {"dangling_reference"},
}
"""Mutations that are always refused, and by which codes."""


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(CASES_OF_EACH))
@pytest.mark.parametrize("mutate", MUTATIONS, ids=[mutate.__name__ for mutate in MUTATIONS])
def test_a_broken_model_is_reported_or_refused(
    mutate: Callable[[random.Random], bytes], seed: int, tmp_path: Path
) -> None:
    broken = mutate(random.Random(seed))  # noqa: S311 - cases to repeat, no secret
    assert broken != SAMPLE
    path = tmp_path / "broken.ifc"
    path.write_bytes(broken)
    report = run(path, limits=Limits(memory=2 << 30, cpu=60, wall=60.0))
    if mutate in KNOWN:
        assert report.refusal is not None
        assert report.refusal.code in KNOWN[mutate]
    elif report.refusal is None:
        assert report.findings
        assert report.to_json()
    else:
        assert report.refusal.code != "time_limit"
