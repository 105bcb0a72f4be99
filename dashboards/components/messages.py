"""The thread of a case at the desk: what was written, a new message or request, and the withdrawal of one's own."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import panel as pn

from dashboards.components.buttons import Guard
from dashboards.fragments import fragment
from dashboards.visitor import Visitor
from dashboards.words import translator
from permits.cases import cases, messages, reviews
from permits.cases.messages import Pointer
from permits.cases.reminding import said
from permits.errors import Invalid
from permits.people.actor import STAFF, Role
from permits.review.kept import titles_of

WRITERS = (Role.REVIEWER, Role.APPROVER)


def thread_card(visitor: Visitor, case_id: str, guard: Guard, view: Callable[[], Pointer]) -> pn.Column:
    """The thread with its form for reviewer and approver; for other desks an empty column, which shows nothing.

    `view` gives what the 3D view shows, for a message that takes it along.
    """
    live = visitor.need(*STAFF)
    if not live.actor.has(*WRITERS):
        return pn.Column(visible=False)
    t, shown = translator(live.language), pn.pane.HTML(sizing_mode="stretch_width")
    text = pn.widgets.TextAreaInput(label=t("message-text"), css_classes=["keep"], rows=3,
                                    max_length=messages.TEXT_LENGTH, sizing_mode="stretch_width")  # fmt: skip
    finding = pn.widgets.Select(label=t("message-finding-choose"), sizing_mode="stretch_width")
    due = pn.widgets.TextInput(
        label=t("request-due-choose"), placeholder="2027-01-31", sizing_mode="stretch_width"
    )  # fmt: skip
    views = {t("message-view-none"): False, t("message-view-attach"): True}
    attach = pn.widgets.Select(label=t("message-view-choose"), options=views, sizing_mode="stretch_width")
    asked = pn.widgets.Select(label=t("request-withdraw"), sizing_mode="stretch_width")

    def refresh() -> None:
        options, open_own = _show(visitor, case_id, shown)
        finding.options = {t("message-finding-none"): ("", -1), **options}
        finding.value = ("", -1)
        asked.options = {"—": "", **open_own}
        asked.value, asked.visible = "", bool(open_own)

    @guard
    def write(_: Any) -> None:
        visitor.need(*WRITERS)
        pointer = replace(view() if attach.value else Pointer(), **_named(finding.value))
        _write(visitor, case_id, text.value_input or text.value or "", due.value_input or "", pointer, asked.value)
        attach.value = False
        text.value = text.value_input = due.value = due.value_input = ""
        refresh()

    button = pn.widgets.Button(label=t("message-send"), button_type="primary")
    button.on_click(write)
    refresh()
    return pn.Column(
        shown, text, attach, finding, due, asked, button, sizing_mode="stretch_width", css_classes=["thread"]
    )


def _show(visitor: Visitor, case_id: str, shown: pn.pane.HTML) -> tuple[dict[str, tuple[str, int]], dict[str, str]]:
    """Draw the thread, which is then read; the findings that a message may point at, and one's own open requests."""
    live = visitor.need(*WRITERS)
    with visitor.context.database.transaction() as session:
        case = cases.get_case(session, actor=live.actor, case_id=case_id)
        found = messages.thread(session, actor=live.actor, case_id=case_id)
        review = reviews.current_review(session, case_id=case_id)
        messages.mark_read(session, actor=live.actor, case_id=case_id)
    shown.object = fragment(
        "thread", live.language, thread=found, writes=messages.may_write(case, live.actor), said=said
    )
    own = {
        one.message.text[:80]: one.message.id for one in found if one.state == "open" and one.message.side == "office"
    }
    if review is None or not review.report_sha256:
        return {}, own
    titles = titles_of(visitor.context.storage.read(review.report_sha256), language=live.language, open_only=True)
    return {f"{position}. {title}": (review.id, position) for position, title in titles.items()}, own


def _named(finding: tuple[str, int]) -> dict[str, Any]:
    return {"review_id": finding[0], "position": finding[1]} if finding[0] else {}


def _write(visitor: Visitor, case_id: str, text: str, due: str, pointer: Pointer, request_id: str) -> None:
    live = visitor.need(*WRITERS)
    with visitor.context.database.transaction() as session:
        if request_id:
            messages.withdraw_request(session, actor=live.actor, case_id=case_id, request_id=request_id, text=text)
            return
        messages.send(session, actor=live.actor, case_id=case_id, text=text, due_on=day_of(due), pointer=pointer)


def day_of(typed: str) -> date | None:
    """A day as people type it, None for nothing; Invalid for no day."""
    try:
        return date.fromisoformat(typed.strip()) if typed.strip() else None
    except ValueError as error:
        raise Invalid("message-due-past") from error
