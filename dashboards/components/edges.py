"""The roles of a plot's edges: what they are, who corrected them, and the form that corrects one more."""

from collections.abc import Callable
from typing import Any

import panel as pn
from markupsafe import Markup
from panel.viewable import Viewer

from dashboards.fragments import fragment
from dashboards.visitor import Visitor
from dashboards.words import translator
from gis.errors import LandError
from gis.site import EdgeRole
from permits.cases import cases, reviews
from permits.cases.workflow import State
from permits.i18n import error_text
from permits.land.edge_roles import MAY_CORRECT, EdgeRoles, correct_edge_role, edge_roles
from permits.land.plan import edges_plan
from permits.people.actor import STAFF, Role


class EdgeRoleForm(Viewer):
    """Edges with role, length and street; for who may correct them also a choice, a reason, and the review again."""

    def __init__(
        self, visitor: Visitor, case_id: str, guard: Callable[..., Any], changed: Callable[[], Any], **params: Any
    ) -> None:
        super().__init__(**params)
        self._visitor, self._case_id, self._changed = visitor, case_id, changed
        live = visitor.need(*STAFF)
        self._language, t = live.language, translator(live.language)
        self._shown = pn.pane.HTML(sizing_mode="stretch_width")
        self._edge = pn.widgets.Select(label=t("edge-role-edge"), width=90)
        roles = {t(f"review-role-{role}"): str(role) for role in EdgeRole}
        self._role = pn.widgets.Select(options=roles, label=t("edge-role-new"), width=130)
        self._reason = pn.widgets.TextInput(label=t("desk-reason"), css_classes=["keep"], sizing_mode="stretch_width")
        save = pn.widgets.Button(label=t("edge-role-save"), button_type="primary", align="end")
        save.on_click(guard(self._correct))
        self._again = pn.widgets.Button(label=t("edge-role-again"), button_type="default")
        self._again.on_click(guard(self._review))
        self._form = pn.Column(pn.Row(self._edge, self._role, save), self._reason, sizing_mode="stretch_width")
        self._form.visible = live.actor.has(*MAY_CORRECT)
        self._whole = pn.Column(self._shown, self._form, self._again, sizing_mode="stretch_width")
        self.refresh()

    def __panel__(self) -> pn.Column:
        """The edges and the form."""
        return self._whole

    def refresh(self) -> None:
        """Read the corrections and the state of the review again."""
        live, context = self._visitor.need(*STAFF), self._visitor.context
        with context.database.reading() as session:
            case = cases.get_case(session, actor=live.actor, case_id=self._case_id)
            review = reviews.current_review(session, case_id=self._case_id)
            stale = reviews.is_stale(session, case_id=self._case_id)
            try:
                roles = edge_roles(session, storage=context.storage, zone=case.zone, plot=case.plot)
            except LandError as error:  # the present layers have no such plot: the case is shown all the same
                self._shown.object, self._form.visible = error_text(error, self._language), False
                return
        running = review is not None and review.state not in reviews.FINAL
        self._show(roles, running=running, stale=stale)
        in_review = case.state == State.IN_REVIEW and live.actor.has(Role.REVIEWER)
        self._again.visible = in_review and not running and review is not None

    def _show(self, roles: EdgeRoles, *, running: bool, stale: bool) -> None:
        plan = Markup(edges_plan(roles.edges, self._language))  # noqa: S704 - drawn by us, every text in it escaped
        self._shown.object = fragment("edges", self._language, roles=roles, plan=plan, running=running, stale=stale)
        self._edge.options = {str(number): number - 1 for number, _ in enumerate(roles.edges, 1)}

    def _correct(self, _: Any) -> None:
        live, context = self._visitor.need(*MAY_CORRECT), self._visitor.context
        with context.database.transaction() as session:
            case = cases.get_case(session, actor=live.actor, case_id=self._case_id)
            correct_edge_role(
                session, actor=live.actor, storage=context.storage, zone=case.zone, plot=case.plot,
                edge=self._edge.value, role=self._role.value, reason=self._reason.value_input or "",
            )  # fmt: skip
        self._reason.value = self._reason.value_input = ""
        self._changed()

    def _review(self, _: Any) -> None:
        live = self._visitor.need(Role.REVIEWER)
        with self._visitor.context.database.transaction() as session:
            reviews.ask_again(session, actor=live.actor, case_id=self._case_id)
        self._changed()
