"""Mutations that know nothing of IFC: bytes, tokens, the frame of the file."""

import random

from tests.fuzz.registry import operator
from tests.fuzz.stepfile import Entity, Step

LONGEST = 5_000


def _span(rng: random.Random, step: Step) -> tuple[int, int]:
    at = rng.randrange(len(step.raw))
    return at, min(len(step.raw), at + int(LONGEST ** rng.random()))


def _entity(rng: random.Random, step: Step) -> Entity:
    return rng.choice(list(step.entities.values()))


def _inside(rng: random.Random, step: Step, old: bytes, new: bytes) -> bytes | None:
    """One occurrence of `old` in the data, made new."""
    places = [at for e in step.entities.values() if (at := step.raw.find(old, e.start, e.end)) >= 0]
    if not places:
        return None
    at = rng.choice(places)
    return step.raw[:at] + new + step.raw[at + len(old) :]


@operator("bytes", refused="half_file no_data_section not_step")
def truncation(rng: random.Random, step: Step) -> bytes:
    return step.raw[: rng.randrange(1, max(2, step.raw.rfind(b"END-ISO-10303-21;")))]


@operator("bytes")
def flipped_bytes(rng: random.Random, step: Step) -> bytes:
    raw = bytearray(step.raw)
    for _ in range(rng.choice([1, 2, 8, 64])):
        raw[rng.randrange(len(raw))] ^= 1 << rng.randrange(8)
    return bytes(raw)


@operator("bytes")
def random_bytes(rng: random.Random, step: Step) -> bytes:
    start, end = _span(rng, step)
    return step.raw[:start] + rng.randbytes(end - start) + step.raw[end:]


@operator("bytes")
def cut_out(rng: random.Random, step: Step) -> bytes:
    start, end = _span(rng, step)
    return step.raw[:start] + step.raw[end:]


@operator("bytes")
def zeros(rng: random.Random, step: Step) -> bytes:
    start, end = _span(rng, step)
    return step.raw[:start] + bytes(end - start) + step.raw[end:]


@operator("bytes")
def repeated(rng: random.Random, step: Step) -> bytes:
    start, end = _span(rng, step)
    return step.raw[:end] + step.raw[start:end] * rng.choice([1, 5, 50]) + step.raw[end:]


@operator("bytes")
def moved(rng: random.Random, step: Step) -> bytes:
    start, end = _span(rng, step)
    rest = step.raw[:start] + step.raw[end:]
    at = rng.randrange(len(rest) + 1)
    return rest[:at] + step.raw[start:end] + rest[at:]


@operator("tokens")
def argument_dropped(rng: random.Random, step: Step) -> bytes:
    entity = _entity(rng, step)
    at = rng.randrange(len(entity.arguments))
    kept = entity.arguments[:at] + entity.arguments[at + 1 :]
    return step.replaced([(entity, entity.written(*(kept or (b"",))))])


@operator("tokens")
def argument_added(rng: random.Random, step: Step) -> bytes:
    entity = _entity(rng, step)
    at = rng.randrange(len(entity.arguments) + 1)
    new = rng.choice([b"$", b"*", b"1.", b"'x'", b"()", b".T.", *entity.arguments])
    return step.replaced([(entity, entity.written(*entity.arguments[:at], new, *entity.arguments[at:]))])


@operator("tokens")
def arguments_swapped(rng: random.Random, step: Step) -> bytes:
    entity = _entity(rng, step)
    mixed = list(entity.arguments)
    rng.shuffle(mixed)
    return step.replaced([(entity, entity.written(*mixed))])


@operator("tokens")
def argument_unset(rng: random.Random, step: Step) -> bytes:
    entity = _entity(rng, step)
    return step.changed(entity, rng.randrange(len(entity.arguments)), rng.choice([b"$", b"*", b"()", b""]))


@operator("tokens")
def deep_nesting(rng: random.Random, step: Step) -> bytes:
    entity, depth = _entity(rng, step), rng.choice([50, 5_000, 100_000])
    at = rng.randrange(len(entity.arguments))
    return step.changed(entity, at, b"(" * depth + entity.arguments[at] + b")" * depth)


@operator("tokens")
def sign_dropped(rng: random.Random, step: Step) -> bytes | None:
    return _inside(rng, step, rng.choice([b";", b"(", b")", b",", b"'", b"=", b"#"]), b"")


@operator("tokens")
def sign_doubled(rng: random.Random, step: Step) -> bytes | None:
    sign = rng.choice([b";", b"(", b")", b",", b"'", b"=", b"#", b"."])
    return _inside(rng, step, sign, sign * 2)


@operator("tokens")
def comment_opened(rng: random.Random, step: Step) -> bytes:
    entity = _entity(rng, step)
    text = rng.choice([b"/*", b"*/", b"/* it's */", b"/*" + b"x" * 100_000 + b"*/"])
    return step.raw[: entity.start] + text + step.raw[entity.start :]


@operator("frame")
def line_ends(rng: random.Random, step: Step) -> bytes:
    return step.raw.replace(b"\r\n", b"\n").replace(b"\n", rng.choice([b"\r", b"", b"\n\n\r", b"\r\n"]))


@operator("frame")
def trailing(rng: random.Random, step: Step) -> bytes:
    return step.raw + rng.choice([rng.randbytes(500), b"\n" * 10_000, b"\x1a", step.raw[:5_000], b"#1=IFCWALL();\n"])


@operator("frame")
def leading(rng: random.Random, step: Step) -> bytes:
    return rng.choice([b"\xef\xbb\xbf", b"\xff\xfe", b"\n\n", b"/* x */", rng.randbytes(50)]) + step.raw


@operator("frame")
def schema_name(rng: random.Random, step: Step) -> bytes | None:
    at = step.raw.find(b"FILE_SCHEMA")
    end = step.raw.find(b";", at)
    if at < 0:
        return None
    names = ["IFC2X3", "IFC4", "IFC4X3_ADD2", "IFC4X3", "IFC4X1", "IFC5", "ifc4", "", "IFC4','IFC2X3", "IFC2X3_TC1"]
    return step.raw[:at] + f"FILE_SCHEMA(('{rng.choice(names)}'))".encode() + step.raw[end:]


@operator("frame")
def two_data_sections(rng: random.Random, step: Step) -> bytes:
    entity = _entity(rng, step)
    return step.raw[: entity.start] + b"ENDSEC;\nDATA;\n" + step.raw[entity.start :]
