"""Whose a case is and how its clock stands; claim, put back, take over; and word of a review that ended meanwhile."""

from collections.abc import Callable
from typing import Any

import panel as pn
from panel.viewable import Viewer

from dashboards.components.buttons import Guard, doing
from dashboards.fragments import fragment
from dashboards.visitor import Visitor
from dashboards.words import translator
from permits import audit
from permits.audit import AuditEvent
from permits.cases import cases, claims
from permits.cases.queue import SHOWS, clock_notes, clock_reading
from permits.people.accounts import names_of
from permits.people.actor import STAFF, Role

WIDE = "stretch_width"
ENDED = frozenset({AuditEvent.REVIEW_FINISHED, AuditEvent.REVIEW_FAILED})


class Claiming(Viewer):
    """The card; `news` is the notice of a review that ended after the page was opened."""

    def __init__(
        self, visitor: Visitor, case_id: str, guard: Guard, changed: Callable[[], None], **params: Any
    ) -> None:
        super().__init__(**params)
        self._visitor, self._case_id = visitor, case_id
        self._language = visitor.need(*STAFF).language
        t = self._t = translator(self._language)
        self._told = pn.pane.HTML(sizing_mode=WIDE)
        self._reason = pn.widgets.TextInput(label=t("claim-reason"), css_classes=["keep"], sizing_mode=WIDE)
        self._take = doing(
            visitor, guard, t("claim-take"), lambda s, actor: claims.claim(s, actor=actor, case_id=case_id),
            changed, roles=[Role.REVIEWER], primary=True,
        )  # fmt: skip
        self._release = doing(
            visitor, guard, t("claim-release"), lambda s, actor: claims.release(s, actor=actor, case_id=case_id),
            changed, roles=[Role.REVIEWER, Role.APPROVER],
        )  # fmt: skip
        self._over = doing(
            visitor, guard, t("claim-take-over"),
            lambda s, actor: claims.take_over(s, actor=actor, case_id=case_id, reason=self._reason.value_input or ""),
            changed, roles=[Role.REVIEWER],
        )  # fmt: skip
        self.news = pn.pane.HTML("", visible=False, sizing_mode=WIDE)
        over = pn.Row(self._reason, self._over, sizing_mode=WIDE)
        self._card = pn.Column(self._told, pn.Row(self._take, self._release), over, sizing_mode=WIDE)
        self._seen = 0
        self.refresh()

    def __panel__(self) -> pn.Column:
        """The card."""
        return self._card

    def refresh(self) -> None:
        """Read claim and clock again."""
        actor = self._visitor.need(*STAFF).actor
        with self._visitor.context.database.reading() as session:
            self._seen = audit.reached(session)
            case = cases.get_case(session, actor=actor, case_id=self._case_id)
            held = claims.claim_of(session, case_id=self._case_id)
            holder = names_of(session, [held.reviewer_id], self._language)[held.reviewer_id] if held else ""
            clock = clock_reading(session, case_id=self._case_id)
        mine, claimable = bool(held and held.reviewer_id == actor.id), case.state in claims.CLAIMABLE
        self._told.object = fragment(
            "claiming", self._language, clock=clock, notes=clock_notes([clock]), holder=holder, mine=mine,
            claimable=claimable,
        )  # fmt: skip
        reviews = actor.has(Role.REVIEWER) and claimable
        self._take.visible = reviews and held is None
        self._release.visible = claimable and held is not None and (mine or actor.has(Role.APPROVER))
        self._over.visible = self._reason.visible = reviews and held is not None and not mine

    def look(self) -> None:
        """Say that a review ended since the page was drawn; what else changed is drawn anew without a word."""
        self._visitor.need(*STAFF)
        with self._visitor.context.database.reading() as session:
            news = audit.news(session, since=self._seen, subject=self._case_id)
        self._seen = news.seq
        if not news.events.isdisjoint(ENDED):
            self.news.object = fragment("review_ended", self._language, address=f"?id={self._case_id}")
            self.news.visible = True
        if not news.events.isdisjoint(SHOWS):
            self.refresh()
