"""Which findings of a report are listed: by outcome, by storey, or those of one element."""

from collections.abc import Callable, Sequence
from typing import Any

import panel as pn
from panel.viewable import Viewer

from dashboards.words import translator
from permits.review.kept import Shown

_ALL, _OPEN = "", "open"
_OUTCOMES = ("fail", "undecided", "pass", "not_applicable")


class FindingFilter(Viewer):
    """Two choices, and the element that was picked on the building."""

    def __init__(self, findings: Sequence[Shown], language: str, changed: Callable[..., None], **params: Any) -> None:
        super().__init__(**params)
        self._t, self._element = translator(language), ""
        outcomes = {
            self._t("viewer-filter-all"): _ALL, self._t("viewer-filter-open"): _OPEN,
            **{self._t(f"review-outcome-{one}"): one for one in _OUTCOMES},
        }  # fmt: skip
        names = list(dict.fromkeys(f.storey for f in findings if f.storey))
        storeys = {self._t("viewer-all-storeys"): _ALL, **{name: name for name in names}}
        self._outcome = pn.widgets.Select(label=self._t("viewer-filter-outcome"), options=outcomes, width=160)
        self._storey = pn.widgets.Select(label=self._t("viewer-storey"), options=storeys, width=160)
        self._clear = pn.widgets.Button(label=self._t("viewer-filter-clear"), align="end", visible=False)
        self._note = pn.pane.Alert(self._t("viewer-filter-element"), alert_type="info", visible=False)
        for widget in (self._outcome, self._storey):
            widget.param.watch(changed, "value")

        def clear(event: Any) -> None:
            self.of_element("")
            changed(event)

        self._clear.on_click(clear)

    def __panel__(self) -> pn.Column:
        """The choices."""
        return pn.Column(
            pn.Row(self._outcome, self._storey, self._clear, sizing_mode="stretch_width"), self._note,
            sizing_mode="stretch_width",
        )  # fmt: skip

    @property
    def nothing(self) -> str:
        """The key of what is said where no finding is left."""
        return "viewer-no-findings-of" if self._element else "viewer-filter-none"

    def of_element(self, guid: str) -> None:
        """Keep only findings that name this element, until it is empty."""
        self._element = guid
        self._clear.visible = self._note.visible = bool(guid)

    def kept(self, findings: Sequence[Shown]) -> list[Shown]:
        """Those of `findings` that were asked for."""
        return [finding for finding in findings if self._keeps(finding)]

    def _keeps(self, finding: Shown) -> bool:
        if self._element:
            return any(element.guid == self._element for element in finding.elements)
        outcome = self._outcome.value
        asked = outcome == _ALL or finding.outcome == outcome
        if outcome == _OPEN:
            asked = finding.outcome in ("fail", "undecided")
        return asked and self._storey.value in (_ALL, finding.storey)
