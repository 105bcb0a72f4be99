"""Mutations of entities: which there are, what class they have, what they refer to, what they say."""

import random
import re

from tests.fuzz.registry import Harm, operator
from tests.fuzz.stepfile import NUMBER, REFERENCE, Entity, Step, a_list, listed

CLASSES = [
    b"IFCWALL", b"IFCSLAB", b"IFCSPACE", b"IFCDOOR", b"IFCWINDOW", b"IFCROOF", b"IFCSTAIRFLIGHT",
    b"IFCBUILDINGSTOREY", b"IFCSITE", b"IFCPROJECT", b"IFCBUILDING", b"IFCZONE", b"IFCOPENINGELEMENT",
    b"IFCPERSON", b"IFCCARTESIANPOINT", b"IFCDIRECTION", b"IFCLOCALPLACEMENT", b"IFCPROPERTYSET", b"IFCSIUNIT",
    b"IFCEXTRUDEDAREASOLID", b"IFCPOLYLINE", b"IFCRELAGGREGATES", b"IFCRELVOIDSELEMENT", b"IFCNOSUCHTHING",
    b"IFCPRODUCT", b"IFCROOT", b"IFCFACE", b"IFCBOOLEANRESULT", b"IFCMAPPEDITEM", b"IFCFACETEDBREP",
    b"IFCTRANSPORTELEMENT", b"IFCCURTAINWALL", b"IFCMAPCONVERSION",
]  # fmt: skip
EXTREMES = [
    b"1.E308", b"-1.E308", b"1.E400", b"-1.E400", b"99999999999999999999", b"1.E-320", b"9" * 400 + b".", b"NAN",
    b"INF", b"-INF", b"1.#QNAN", b"0.", b"-0.", b"0", b"1.E7", b"-1", b"1.E", b"1,5", b".", b"1.D5", b"0x10",
]  # fmt: skip
STRINGS = [
    rb"'\X2\0631064F062E06350629\X0\'", rb"'\X2\0631064'", rb"'\X2\D83D\X0\'", rb"'\X4\0001F3E0\X0\'",
    rb"'\X4\FFFFFFFF\X0\'", rb"'\X4\0001F3'", rb"'\S\'", rb"'\S\a\S'", rb"'\PA\\S\a'", rb"'\PZ\\S\a'",
    rb"'\X\E9'", rb"'\X\ZZ'",
    rb"'\X2\zzzz\X0\'", "'رخصة'".encode(), "'é'".encode("latin-1"), "'建築'".encode("shift-jis"), "'🏠'".encode(),
    b"'\\'", b"'\\\\'",
    b"'\x00'", b"'" + b"x" * 200_000 + b"'", b"''", b"'\xff\xfe'", rb"'\X2\0000\X0\'", rb"'\X2\\X0\'", b"'\n'",
]  # fmt: skip


def _any(rng: random.Random, step: Step) -> Entity:
    return rng.choice(list(step.entities.values()))


def _where(rng: random.Random, step: Step, pattern: re.Pattern[bytes]) -> tuple[Entity, re.Match[bytes]] | None:
    """Some place in some entity that matches; strings are left aside by the patterns."""
    for _ in range(50):
        entity = _any(rng, step)
        found = list(pattern.finditer(step.raw, step.raw.index(b"(", entity.start), entity.end))
        if found:
            return entity, rng.choice(found)
    return None


def _put(rng: random.Random, step: Step, pattern: re.Pattern[bytes], new: bytes) -> bytes | None:
    place = _where(rng, step, pattern)
    return place and step.raw[: place[1].start()] + new + step.raw[place[1].end() :]


@operator("entities")
def line_deleted(rng: random.Random, step: Step) -> bytes:
    return step.replaced([(_any(rng, step), b"")])


@operator("entities", Harm.LOSS)
def entity_dropped(rng: random.Random, step: Step) -> bytes:
    """With every relation or reference to it: a list loses it, an attribute is unset."""
    gone = _any(rng, step)
    changes = {gone.id: (gone, b"")}
    for user in step.users.get(gone.id, ()):
        changes.setdefault(user.id, (user, user.written(*(_without(a, gone.id) for a in user.arguments))))
    return step.replaced(changes.values())


def _without(argument: bytes, number: int) -> bytes:
    mark = b"#%d" % number
    if argument == mark:
        return b"$"
    if argument.startswith(b"("):
        return a_list([_without(item, number) for item in listed(argument) if item != mark])
    return argument


@operator("entities", refused="duplicate_id")
def duplicate_id(rng: random.Random, step: Step) -> bytes:
    entity = _any(rng, step)
    return step.replaced([], entity.written())


@operator("entities")
def copied(rng: random.Random, step: Step) -> bytes:
    """Some entities again under new numbers: the same GlobalIds twice."""
    chosen = rng.sample(list(step.entities.values()), min(len(step.entities), rng.choice([1, 20])))
    return step.replaced([], *(e.written(number=step.next + i) for i, e in enumerate(chosen)))


@operator("entities")
def large_numbers(rng: random.Random, step: Step) -> bytes:
    entity = _any(rng, step)
    new = rng.choice([2**31 - 1, 2**31, 2**32 + entity.id, 2**63 - 1, 2**63, 2**64 + entity.id, 0])
    mark = re.compile(rb"#%d(?!\d)" % entity.id)
    return mark.sub(b"#%d" % new, step.raw)


@operator("references", refused="dangling_reference")
def dangling(rng: random.Random, step: Step) -> bytes | None:
    pointing = [e for e in step.entities.values() if e.references]
    if not pointing:
        return None
    entity = rng.choice(pointing)
    at = rng.choice([i for i, a in enumerate(entity.arguments) if not a.startswith(b"'") and REFERENCE.search(a)])
    new = b"#%d" % (step.next + rng.randrange(1000))
    return step.changed(entity, at, REFERENCE.sub(new, entity.arguments[at], count=1))


@operator("references")
def wrong_reference(rng: random.Random, step: Step) -> bytes | None:
    return _put(rng, step, re.compile(rb"(?<=[(,])#\d+(?=[,)])"), b"#%d" % _any(rng, step).id)


@operator("references")
def many_wrong_references(rng: random.Random, step: Step) -> bytes:
    share = rng.choice([0.001, 0.01, 0.2])
    numbers = list(step.entities)
    changes = [
        (e, e.written(*(REFERENCE.sub(lambda _: b"#%d" % rng.choice(numbers), a) for a in e.arguments)))
        for e in step.entities.values()
        if e.references and not any(b"'" in a for a in e.arguments) and rng.random() < share
    ]
    return step.replaced(changes)


@operator("references")
def reference_of_the_same_class(rng: random.Random, step: Step) -> bytes | None:
    place = _where(rng, step, re.compile(rb"(?<=[(,])#\d+(?=[,)])"))
    if place is None:
        return None
    target = step.entities.get(int(place[1][0][1:]))
    if target is None:
        return None
    new = rng.choice(step.by_kind[target.kind])
    return step.raw[: place[1].start()] + b"#%d" % new.id + step.raw[place[1].end() :]


@operator("references")
def self_reference(rng: random.Random, step: Step) -> bytes | None:
    place = _where(rng, step, re.compile(rb"(?<=[(,])#\d+(?=[,)])"))
    return place and step.raw[: place[1].start()] + b"#%d" % place[0].id + step.raw[place[1].end() :]


@operator("references", heavy=True)
def references_repeated(rng: random.Random, step: Step) -> bytes | None:
    lists = [(e, i) for e in step.entities.values() for i, a in enumerate(e.arguments) if a.startswith(b"(#")]
    if not lists:
        return None
    entity, at = rng.choice(lists)
    items = listed(entity.arguments[at])
    return step.changed(entity, at, a_list(items * rng.choice([2, 50, 300])))


@operator("classes")
def wrong_class(rng: random.Random, step: Step) -> bytes:
    entity = _any(rng, step)
    return step.replaced([(entity, entity.written(kind=rng.choice(CLASSES)))])


@operator("classes")
def class_of_another(rng: random.Random, step: Step) -> bytes:
    entity = _any(rng, step)
    return step.replaced([(entity, entity.written(kind=rng.choice(list(step.by_kind))))])


@operator("classes")
def class_in_another_case(rng: random.Random, step: Step) -> bytes:
    entity = _any(rng, step)
    return step.replaced([(entity, entity.written(kind=rng.choice([entity.kind.lower(), entity.kind.title()])))])


@operator("values")
def extreme_number(rng: random.Random, step: Step) -> bytes | None:
    return _put(rng, step, NUMBER, rng.choice(EXTREMES))


@operator("values")
def many_extreme_numbers(rng: random.Random, step: Step) -> bytes:
    new, share = rng.choice(EXTREMES), rng.choice([0.001, 0.02])
    start = step.raw.find(b"DATA;")
    return step.raw[:start] + NUMBER.sub(lambda m: new if rng.random() < share else m[0], step.raw[start:])


@operator("values")
def another_type(rng: random.Random, step: Step) -> bytes:
    entity = _any(rng, step)
    values = [b"$", b"1", b"1.", b"'text'", b".T.", b".NOSUCH.", b"()", b"((1.))", b"IFCLABEL('x')", b"IFCREAL('x')"]
    values += [b"IFCLENGTHMEASURE($)", b'"0F"', b"*", b"#%d" % entity.id]
    return step.changed(entity, rng.randrange(len(entity.arguments)), rng.choice(values))


@operator("values")
def odd_string(rng: random.Random, step: Step) -> bytes | None:
    texts = [(e, i) for e in step.entities.values() for i, a in enumerate(e.arguments) if a.startswith(b"'")]
    if not texts:
        return None
    entity, at = rng.choice(texts)
    return step.changed(entity, at, rng.choice(STRINGS))


@operator("values")
def all_names_odd(rng: random.Random, step: Step) -> bytes:
    new = rng.choice(STRINGS[:-6])
    changes = [
        (e, e.with_argument(2, new))
        for e in step.entities.values()
        if len(e.arguments) > 2 and e.arguments[2].startswith(b"'")
    ]
    return step.replaced(changes)


@operator("values")
def same_global_id(rng: random.Random, step: Step) -> bytes | None:
    rooted = [e for e in step.entities.values() if len(e.arguments[0]) == 24 and e.arguments[0].startswith(b"'")]
    if len(rooted) < 2:
        return None
    one = rng.choice(rooted).arguments[0]
    chosen = rng.sample(rooted, min(len(rooted), rng.choice([2, 30])))
    value = rng.choice([one, one, b"''", b"$", b"'x'"])
    return step.replaced([(e, e.with_argument(0, value)) for e in chosen])


@operator("values")
def other_word(rng: random.Random, step: Step) -> bytes | None:
    return _put(rng, step, re.compile(rb"(?<=[(,])\.[A-Z0-9_]+\.(?=[,)])"), rng.choice([b".T.", b".U.", b".X.", b".."]))
