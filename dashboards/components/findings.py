"""The findings of a report by clause, those that need a decision first, each with its decision and reason."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from os.path import commonprefix
from typing import Any

import panel as pn
from panel.viewable import Viewer
from sqlalchemy.orm import Session

from dashboards.components.finding_board import FindingBoard
from dashboards.components.finding_filter import FindingFilter
from dashboards.fragments import fragment
from dashboards.visitor import Visitor
from dashboards.words import translator
from permits.cases import reviews
from permits.cases.phrases import Offered, Use, family_of, offered
from permits.cases.tables import FindingDecision
from permits.cases.workflow import State
from permits.errors import Invalid
from permits.people.actor import STAFF, Actor, Role
from permits.review.kept import Shown, show_findings

KEYS = (
    ("J", "next"), ("K", "previous"), ("N", "open-one"), ("S", "stands"), ("O", "overridden"), ("P", "phrase"),
    ("G", "clause"), ("M", "model"), ("Enter", "send"), ("Esc", "leave"), ("?", "help"),
)  # fmt: skip
"""The keys of the list as they are called on an English keyboard, and what each does."""


@dataclass(frozen=True)
class Group:
    """The findings of one clause; `open` are the positions that nobody decided yet."""

    rule: str
    title: str
    findings: Sequence[Shown]
    open: Sequence[int]
    ready: Sequence[Offered]


class FindingList(Viewer):
    """Open questions with their forms, then what passed."""

    def __init__(
        self, visitor: Visitor, case_id: str, report: bytes | None, guard: Callable[..., Any],
        changed: Callable[[], Any], show: Callable[[Shown], None], **params: Any,
    ) -> None:  # fmt: skip
        super().__init__(**params)
        self._visitor, self._case_id, self._changed = visitor, case_id, changed
        self._show = show
        self._language = visitor.need(*STAFF).language
        self._t = translator(self._language)
        self._findings = show_findings(report, language=self._language) if report else []
        self._summary = json.loads(report)["summary"] if report else None
        self._filter = FindingFilter(self._findings, self._language, guard(lambda *_: self.refresh()))
        self._board = FindingBoard(sizing_mode="stretch_width")
        self._board.param.watch(guard(self._asked), "asked")
        self._shown: str | None = None
        self._done = 0
        self.refresh()

    def __panel__(self) -> pn.Column:
        """Summary, filter and list."""
        summary = pn.pane.HTML(fragment("summary", self._language, summary=self._summary))
        shown = [self._filter] if self._findings else []
        return pn.Column(summary, *shown, self._board, sizing_mode="stretch_width")

    def of_element(self, guid: str) -> None:
        """Only the findings of one element; of all again where it is empty."""
        self._filter.of_element(guid)
        self.refresh()

    def refresh(self) -> None:
        """Read the decisions again."""
        live = self._visitor.need(*STAFF)
        kept = self._filter.kept(self._findings)
        asked = [f for f in kept if f.outcome in ("fail", "undecided")]
        with self._visitor.context.database.reading() as session:
            review = reviews.current_review(session, case_id=self._case_id)
            self._shown = self._shown or (review.id if review else None)
            decided = reviews.decisions(session, review_id=review.id) if review else {}
            case_state = reviews.state_of(session, case_id=self._case_id)
            ready = {f.position: self._phrases(session, live.actor, f.rule, f.filling) for f in asked}
            groups = [self._group(session, live.actor, rule, asked, decided) for rule in _rules(asked)]
        same = review is not None and review.id == self._shown  # else the page shows a report of before
        may = same and live.actor.has(Role.REVIEWER) and case_state == State.IN_REVIEW
        self._board.html = fragment(
            "findings", self._language, groups=groups, decided=decided, ready=ready, may=may, kinds=reviews.DECISIONS,
            review=self._shown or "", rest=[f for f in kept if f not in asked], keys=KEYS,
            nothing=self._filter.nothing if self._findings and not kept else "",
            marks=lambda positions: [reviews.mark_of(decided.get(one)) or "-" for one in positions],
        )  # fmt: skip

    def _group(
        self, session: Session, actor: Actor, rule: str, asked: Sequence[Shown], decided: dict[int, FindingDecision]
    ) -> Group:
        findings = [one for one in asked if one.rule == rule]
        open_ = [one.position for one in findings if one.position not in decided]
        clause = {"clause": findings[0].filling["clause"]}
        return Group(
            rule, _common([one.title for one in findings]), findings, open_, self._phrases(session, actor, rule, clause)
        )

    def _asked(self, event: Any) -> None:
        asked: dict[str, Any] = event.new
        if asked.get("do") == "show":
            self._visitor.need(*STAFF)
            self._show(next(one for one in self._findings if one.position == asked["position"]))
        elif asked.get("do") == "decide":
            self._decide(asked)

    def _decide(self, asked: dict[str, Any]) -> None:
        live = self._visitor.need(Role.REVIEWER)
        positions, marks = asked.get("positions"), asked.get("seen")
        if not isinstance(positions, list) or not isinstance(marks, list) or not all(type(p) is int for p in positions):
            raise Invalid("decision-invalid")
        seen = {one: "" if mark == "-" else str(mark) for one, mark in zip(positions, marks, strict=False)}
        try:
            with self._visitor.context.database.transaction() as session:
                reviews.decide_findings(
                    session, actor=live.actor, case_id=self._case_id, positions=positions, review_id=self._shown,
                    decision=str(asked.get("decision")), reason=str(asked.get("reason", "")), seen=seen,
                )  # fmt: skip
        finally:
            self._changed()  # refused or not, the page shows what is true now
        self._done += 1
        self._board.done = {"keys": [str(asked.get("key"))], "from": asked.get("order"), "number": self._done}

    def _phrases(self, session: Session, actor: Actor, rule: str, filling: dict[str, str]) -> list[Offered]:
        return offered(
            session, actor=actor, use=Use.FINDING, families=[family_of(rule)], values=filling, language=self._language
        )  # fmt: skip


def _rules(findings: Sequence[Shown]) -> list[str]:
    """The clauses in the order in which they first appear: what fails before what could not be decided."""
    return list(dict.fromkeys(one.rule for one in findings))


def _common(titles: Sequence[str]) -> str:
    """What the titles of one clause begin with: without what tells them apart in brackets."""
    common = commonprefix(titles)  # noqa: RUF071 - of titles, and no paths
    return common if common in titles else common.rpartition("(")[0].strip() or titles[0]
