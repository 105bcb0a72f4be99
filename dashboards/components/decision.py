"""What the visitor may do with the case, as the workflow table says, with a reason for each."""

from collections.abc import Callable
from typing import Any

import panel as pn
from panel.viewable import Viewer
from sqlalchemy.orm import Session

from dashboards.components.buttons import doing
from dashboards.components.phrases import phrase_choice
from dashboards.visitor import Visitor
from dashboards.words import translator
from permits.cases import cases, decisions, reviews
from permits.cases.phrases import ANY, Use, add_phrase, family_of, offered, retire_phrase
from permits.cases.workflow import Action, hindrance
from permits.people.actor import STAFF, Actor, Role

SHOWN = (Action.RECOMMEND, Action.RETURN, Action.APPROVE, Action.SEND_BACK, Action.REFUSE)
_BLOCKING = frozenset({"wrong-state", "role-needed"})


class DecisionForm(Viewer):
    """A reason and a button for each action of the visitor's role in the present state."""

    def __init__(
        self, visitor: Visitor, case_id: str, guard: Callable[..., Any], changed: Callable[[], Any], **params: Any
    ) -> None:
        super().__init__(**params)
        self._visitor, self._case_id, self._guard, self._changed = visitor, case_id, guard, changed
        self._language = visitor.need(*STAFF).language
        self._t = translator(self._language)
        self._reason = pn.widgets.TextAreaInput(
            label=self._t("desk-reason"), css_classes=["keep"], sizing_mode="stretch_width", rows=3
        )
        self._buttons = pn.FlexBox(sizing_mode="stretch_width")
        self._why = pn.pane.HTML(sizing_mode="stretch_width")
        self._phrases = pn.Column(sizing_mode="stretch_width")
        self._form = pn.Column(self._reason, self._phrases, self._buttons, self._why, sizing_mode="stretch_width")
        self.refresh()

    def __panel__(self) -> pn.Column:
        """The form."""
        return self._form

    def refresh(self) -> None:
        """Ask the workflow table again."""
        live = self._visitor.need(*STAFF)
        with self._visitor.context.database.reading() as session:
            case = cases.get_case(session, actor=live.actor, case_id=self._case_id)
            self._offer(live.actor, session)
            asked = {a: hindrance(session, case=case, action=a, actor=live.actor) for a in SHOWN}
        offered = {action: code for action, code in asked.items() if code not in _BLOCKING}
        self._buttons.objects = [self._button(action, code) for action, code in offered.items()]
        why = [self._t(f"error-{code}") for code in offered.values() if code]
        self._why.object = "<br>".join(dict.fromkeys(why))
        self._form.visible = bool(offered)

    def _offer(self, actor: Actor, session: Session) -> None:
        """Phrases for what the open findings are about, a button that keeps what is typed as one more, and beside a
        phrase of the office one that takes it out of the library."""
        families = {family_of(one.rule) for one in reviews.current_questions(session, case_id=self._case_id)}
        ready = offered(
            session, actor=actor, use=Use.RETURN, families=families, values={}, language=self._language
        )  # fmt: skip
        choice = phrase_choice(self._t("phrase-ready"), self._t("phrase-none"), ready, self._reason)
        keep = doing(
            self._visitor, self._guard, self._t("phrase-keep"),
            lambda s, who: add_phrase(s, actor=who, family=ANY, text=self._reason.value_input or ""), self.refresh,
            roles=[Role.REVIEWER, Role.APPROVER],
        )  # fmt: skip
        retire = self._retiring(choice, {one.text: one.office_id for one in ready if one.office_id})
        self._phrases.objects = [choice, pn.FlexBox(keep, retire)]

    def _retiring(self, choice: pn.widgets.Select, office: dict[str, str]) -> pn.widgets.Button:
        """Offer the chosen phrase no longer; what was written with it stays written."""
        button = doing(
            self._visitor, self._guard, self._t("phrase-retire"),
            lambda s, who: retire_phrase(s, actor=who, phrase_id=office.get(choice.value, "")), self.refresh,
            roles=[Role.REVIEWER, Role.APPROVER],
        )  # fmt: skip
        button.visible = False

        def turn(event: Any) -> None:
            button.visible = event.new in office

        choice.param.watch(turn, "value")
        return button

    def _button(self, action: Action, hindered: str | None) -> pn.widgets.Button:
        kind = "success" if action in (Action.RECOMMEND, Action.APPROVE) else "default"
        button = pn.widgets.Button(
            label=self._t(f"action-{str(action).replace('_', '-')}"), button_type=kind, disabled=bool(hindered)
        )
        button.on_click(self._guard(lambda _: self._act(action)))
        return button

    def _act(self, action: Action) -> None:
        live, context, note = self._visitor.need(*STAFF), self._visitor.context, self._reason.value_input or ""
        case_id = self._case_id
        with context.database.transaction() as session:
            match action:
                case Action.RECOMMEND:
                    decisions.recommend(session, actor=live.actor, case_id=case_id, note=note)
                case Action.RETURN:
                    cases.send_back(session, actor=live.actor, case_id=case_id, remark=note)
                case Action.APPROVE:
                    decisions.approve(
                        session, actor=live.actor, storage=context.storage, case_id=case_id, note=note,
                        governorate=context.settings.governorate,
                    )  # fmt: skip
                case Action.SEND_BACK:
                    decisions.send_back_to_review(session, actor=live.actor, case_id=case_id, note=note)
                case _:
                    decisions.refuse(session, actor=live.actor, case_id=case_id, note=note)
        self._reason.value = self._reason.value_input = ""
        self._changed()
