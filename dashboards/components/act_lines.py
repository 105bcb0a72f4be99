"""Lines of a form: as many heirs, pieces, parcels or members as the document names, with their sum while written."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import panel as pn
from panel.viewable import Viewer

from dashboards.components.fields import WIDE, kept_text, sent, text_of
from dashboards.words import translator

WIDTHS = {"part": 130, "weight": 130, "area": 130, "parcel": 190, "identity": 170}
"""Of what is short; other fields are as wide as a name."""
NAME = 220

Row = Mapping[str, str]
Options = Callable[[int], Mapping[str, str]]


class Lines(Viewer):
    """Rows of fields that grow and shrink at their end; `told` says what the rows come to, as HTML.

    `family` begins the keys of the labels, `place` tells what they are of, so that what was typed is kept for that
    alone; `choices` are the fields that are chosen and not typed, by the number of
    their row.
    """

    def __init__(
        self, language: str, family: str, names: Sequence[str], *, place: str, least: int,
        told: Callable[[list[dict[str, str]]], str] = lambda _: "", choices: Mapping[str, Options] | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self._t, self._family, self._names, self._least = translator(language), family, names, least
        self._place = f"{family}-{place}"
        self._told, self._choices = told, choices or {}
        self._rows: list[dict[str, Any]] = []
        self._column, self._sum = pn.Column(sizing_mode=WIDE), pn.pane.HTML(sizing_mode=WIDE)
        more = pn.widgets.Button(label=self._t("registry-line-more"), button_type="default")
        less = pn.widgets.Button(label=self._t("registry-line-less"), button_type="default")
        more.on_click(self._add)
        less.on_click(self._drop)
        self._whole = pn.Column(self._column, pn.FlexBox(more, less), self._sum, sizing_mode=WIDE)
        for _ in range(least):
            self._add()

    def __panel__(self) -> pn.Column:
        """The rows, their buttons, and what they come to."""
        return self._whole

    def read(self) -> list[dict[str, str]]:
        """What is written in the rows, in their order."""
        return [{name: text_of(field) for name, field in row.items()} for row in self._rows]

    def sent(self) -> None:
        """What is written was taken."""
        sent(*(field for row in self._rows for field in row.values() if isinstance(field, pn.widgets.TextInput)))

    def _add(self, _: Any = None) -> None:
        number = len(self._rows) + 1
        row = {name: self._field(name, number) for name in self._names}
        for field in row.values():
            field.param.watch(self._tell, "value_input" if isinstance(field, pn.widgets.TextInput) else "value")
        self._rows.append(row)
        self._column.append(pn.FlexBox(*row.values(), align_items="end", sizing_mode=WIDE))
        self._tell()

    def _drop(self, _: Any = None) -> None:
        if len(self._rows) > self._least:
            self._rows.pop()
            self._column.pop(-1)
            self._tell()

    def _tell(self, _: Any = None) -> None:
        self._sum.object = self._told(self.read())

    def _field(self, name: str, number: int) -> Any:
        label = f"{number}. {self._t(f'registry-{self._family}-{name}')}"
        width = WIDTHS.get(name, NAME)
        if name in self._choices:
            return pn.widgets.Select(label=label, options=dict(self._choices[name](number)), width=width)
        return kept_text(label, f"{self._place}-{name}-{number}", sizing_mode="fixed", width=width)
