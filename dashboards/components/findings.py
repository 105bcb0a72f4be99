"""The findings of a report, those that need a decision first, each with its decision and reason."""

import json
from collections.abc import Callable
from typing import Any

import panel as pn
from panel.viewable import Viewer

from dashboards.fragments import fragment
from dashboards.visitor import Visitor
from permits.cases import reviews
from permits.cases.workflow import State
from permits.i18n import translator
from permits.people.actor import STAFF, Role
from permits.review.kept import Shown, show_findings

_BOX = {"border": "1px solid #d9d2c3", "border-radius": ".6rem", "margin-block-end": "1rem", "background": "#fff"}


class FindingList(Viewer):
    """Open questions with their forms, then what was decided, then what passed."""

    def __init__(
        self, visitor: Visitor, case_id: str, report: bytes | None, guard: Callable[..., Any],
        changed: Callable[[], Any], **params: Any,
    ) -> None:  # fmt: skip
        super().__init__(**params)
        self._visitor, self._case_id, self._guard, self._changed = visitor, case_id, guard, changed
        self._language = visitor.need(*STAFF).language
        self._t = translator(self._language)
        self._findings = show_findings(report, language=self._language) if report else []
        self._summary = json.loads(report)["summary"] if report else None
        self._list = pn.Column(sizing_mode="stretch_width")
        self._shown: str | None = None
        self.refresh()

    def __panel__(self) -> pn.Column:
        """The list."""
        return self._list

    def refresh(self) -> None:
        """Read the decisions again."""
        live = self._visitor.need(*STAFF)
        with self._visitor.context.database.reading() as session:
            review = reviews.current_review(session, case_id=self._case_id)
            self._shown = self._shown or (review.id if review else None)
            decided = reviews.decisions(session, review_id=review.id) if review else {}
            case_state = reviews.state_of(session, case_id=self._case_id)
        same = review is not None and review.id == self._shown  # else the page shows a report of before
        may = same and live.actor.has(Role.REVIEWER) and case_state == State.IN_REVIEW
        asked = [f for f in self._findings if f.outcome in ("fail", "undecided")]
        parts: list[Any] = [pn.pane.HTML(fragment("summary", self._language, summary=self._summary))]
        for finding in asked:
            text = fragment("finding", self._language, finding=finding, decision=decided.get(finding.position))
            pane = pn.pane.HTML(text, sizing_mode="stretch_width")
            shown = [pane, self._form(finding)] if may else [pane]
            parts.append(pn.Column(*shown, styles=_BOX, sizing_mode="stretch_width"))
        rest = [f for f in self._findings if f not in asked]
        if rest:
            parts.append(pn.pane.HTML(fragment("passed", self._language, findings=rest), sizing_mode="stretch_width"))
        self._list.objects = parts

    def _form(self, finding: Shown) -> pn.Row:
        choice = pn.widgets.Select(
            options={self._t(f"decision-{d}"): d for d in reviews.DECISIONS}, width=190, label=self._t("desk-decision")
        )
        reason = pn.widgets.TextInput(label=self._t("desk-reason"), sizing_mode="stretch_width")
        save = pn.widgets.Button(label=self._t("desk-save"), button_type="primary", align="end")

        def decide(_: Any) -> None:
            live = self._visitor.need(Role.REVIEWER)
            with self._visitor.context.database.transaction() as session:
                reviews.decide_finding(
                    session, actor=live.actor, case_id=self._case_id, position=finding.position,
                    decision=choice.value, reason=reason.value_input or "", review_id=self._shown,
                )  # fmt: skip
            self._changed()

        save.on_click(self._guard(decide))
        return pn.Row(choice, reason, save, sizing_mode="stretch_width")
