"""The form by which a clerk enters an application to occupy public property."""

from collections.abc import Callable
from typing import Any

import panel as pn

from dashboards.components.fields import day_in, kept_text, sent
from dashboards.visitor import Visitor
from dashboards.words import translator
from permits.land import zones
from permits.occupancy import applying
from permits.occupancy.applying import OccupancyKind, Wish
from permits.people.actor import STAFF

WIDE = "stretch_width"


def application_form(
    visitor: Visitor, guard: Callable[[Callable[..., None]], Callable[..., None]], done: Callable[[], None]
) -> pn.Card:  # fmt: skip
    """A folded form; `done` is called once an application is entered."""
    live = visitor.need(*STAFF)
    t = translator(live.language)
    with visitor.context.database.reading() as session:
        known = {zone.name_ar if live.language == "ar" else zone.name_en: zone.code for zone in zones.zones(session)}
    kinds = {t(f"occupancy-kind-{kind}"): str(kind) for kind in OccupancyKind}
    classes = {names[live.language]: code for code, names in applying.street_classes().items()}
    choices = {
        name: pn.widgets.Select(label=t(f"occupancy-{name}"), options=options, sizing_mode=WIDE)
        for name, options in (("zone", known), ("kind", kinds), ("class", classes))
    }
    texts = {
        name: kept_text(t(f"occupancy-{name}"), f"occupancy-{name}") for name in ("holder", "plot", "first", "last")
    }
    shape = pn.widgets.TextAreaInput(
        label=t("occupancy-shape"), css_classes=["keep"], height=110, max_length=100_000, sizing_mode=WIDE
    )
    button = pn.widgets.Button(label=t("occupancy-submit"), button_type="primary")

    @guard
    def enter(_: Any = None) -> None:
        said = {name: (field.value_input or "").strip() for name, field in texts.items()}
        wish = Wish(
            choices["zone"].value, choices["kind"].value, choices["class"].value, said["holder"],
            day_in(said["first"]), day_in(said["last"]), shape.value_input or "", said["plot"],
        )  # fmt: skip
        context, actor = visitor.context, visitor.need(*STAFF).actor
        with context.database.transaction() as session:
            applying.apply(session, actor=actor, storage=context.storage, office=context.settings.office, wish=wish)
        sent(*texts.values(), shape)
        done()

    button.on_click(enter)
    rows = (pn.Row(*choices.values(), sizing_mode=WIDE), pn.Row(*texts.values(), sizing_mode=WIDE))
    return pn.Card(*rows, shape, button, title=t("occupancy-new"), collapsed=True, sizing_mode=WIDE)
