"""docs/tariffs.md: every shipped act, what it charges, whom it exempts, and where its tables jump."""

from collections.abc import Iterator
from decimal import Decimal

from api.docs.markdown import code, heading, table
from permits.money.tariff import TARIFFS, Tariff, jumps, read_tariff

INTRODUCTION = """One legal act is one file under `permits/money/tariffs/`. What the press tells is `provisional`, what
is invented for trial is `fictitious` and its act begins with `demo-`; nothing here is confirmed against the gazette."""

_JUMPS = """A flat table changes at once at the edge of a band: a little more of the quantity costs this much more, or
less where it falls. The edge itself belongs to the band below."""


def page() -> str:
    """One section per act, then the jumps of all."""
    tariffs = [read_tariff(path) for path in sorted(TARIFFS.glob("*.yaml"))]
    listed = [
        (
            tariff.act.id,
            code(j.table),
            f"{j.at} {j.of}",
            f"{j.below} {j.gives}",
            f"{j.above} {j.gives}",
            "yes" if j.falls else "",
        )
        for tariff in tariffs
        for j in jumps(tariff)
    ]
    head = ("act", "table", "edge", "value below", "value above", "falls")
    parts = [heading("Tariffs", INTRODUCTION), *map(_act, tariffs), f"## Jumps\n\n{_JUMPS}\n\n{table(head, listed)}"]
    return "\n".join(parts)


def _act(tariff: Tariff) -> str:
    act = tariff.act
    sources = "; ".join(act.sources)
    facts = f"**{act.en}** / {act.ar}. In force from {act.in_force}, **{act.status}**. Sources: {sources}."
    return "\n".join([f"## {act.id}\n\n{facts}\n", *_tables(tariff)])


def _tables(tariff: Tariff) -> Iterator[str]:
    yield table(
        ("fee", "English", "العربية", "formula", "bounds", "decided on", "clause", "status"),
        ((code(i.code), i.en + (" (refundable)" if i.refundable else ""), i.ar, code(i.formula),
          _bounds(i.minimum, i.maximum), i.decided_on, i.clause.en, i.status) for i in tariff.items),
    )  # fmt: skip
    numbers: list[tuple[object, ...]] = [
        (code(n), p.value, p.unit, p.status, p.set_by) for n, p in tariff.params.items()
    ]
    numbers += [
        (
            code(name),
            ", ".join(_row(row.to, row.at, row.value) for row in t.rows),
            f"{t.of} → {t.gives}",
            t.status,
            t.kind,
        )
        for name, t in tariff.tables.items()
    ]
    if numbers:
        yield table(("number", "value", "unit", "status", "set by, or kind of table"), numbers)
    provisions = [
        *((code(s.code), s.en, s.ar, f"rate {s.rate}", ", ".join(s.applies), s.status) for s in tariff.surcharges),
        *((code(e.code), e.en, e.ar, f"exempts {e.part}, on: {e.evidence.en}", ", ".join(e.applies), e.status)
          for e in tariff.exemptions),
        *((code(p.code), p.en, p.ar, f"{p.rate} per {p.per} after {p.after_days} days, at most {p.cap}",
           ", ".join(p.applies), p.status) for p in tariff.penalties),
        *((code(a.code), a.en, a.ar, f"forgives {a.part}, {a.valid_from} to {a.valid_to}", ", ".join(a.applies),
           a.status) for a in tariff.amnesties),
    ]  # fmt: skip
    if provisions:
        yield table(("provision", "English", "العربية", "what", "applies to", "status"), provisions)


def _bounds(low: Decimal | None, high: Decimal | None) -> str:
    return " ".join(f"{sign} {value}" for sign, value in (("≥", low), ("≤", high)) if value is not None)


def _row(to: Decimal | None, at: Decimal | None, value: Decimal) -> str:
    edge = f"class {at}" if at is not None else f"≤ {to}" if to is not None else "beyond"
    return f"{edge}: {value}"
