"""docs/services.md: the catalogue of services, from the cards."""

from api.docs.markdown import code, heading, table
from permits.services.catalogue import Field, Service, services

INTRODUCTION = """One service is one card under `permits/services/`. A card adds no number to those of the acts it
names; its days are `provisional` or `fictitious` like them. `rukhsa fee CODE` and the portal's
`/services` reckon alike."""


def page() -> str:
    """A table of all, then the form of each."""
    rows = [
        (s.card.number, code(s.code), s.card.en, s.card.ar, ", ".join(s.card.categories), _fees(s),
         f"{s.card.days.value} ({s.card.days.status})", ", ".join(s.card.channels), s.card.status)
        for s in services()
    ]  # fmt: skip
    head = ("number", "code", "English", "العربية", "categories", "fees", "working days", "channels", "status")
    parts = [heading("Services", INTRODUCTION), table(head, rows)]
    asked = [(code(s.code), *_field(field)) for s in services() for field in s.fields]
    forms = table(("service", "input", "English", "العربية", "unit", "asked for"), asked)
    return "\n".join([*parts, f"## What their forms ask\n\n{forms}"])


def _fees(service: Service) -> str:
    return "; ".join(f"{fees.tariff.act.id}: {', '.join(fees.patterns)}" for fees in service.fees)


def _field(field: Field) -> tuple[str, ...]:
    unit = ", ".join(f"{value} {name.en}" for value, name in field.choices.items()) or field.unit
    return code(field.name), field.label.en, field.label.ar, unit, "always" if field.required else "where it is set"
