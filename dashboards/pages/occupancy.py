"""The desk of public-property occupancy: the queue, and one application with its place, its checks and what to do."""

from collections.abc import Callable
from typing import Any

import panel as pn

from dashboards.components.fields import day_in, kept_text, sent
from dashboards.components.occupancy_form import application_form
from dashboards.fragments import fragment
from dashboards.shell import shell
from dashboards.visitor import Visitor, arriving, reporting
from dashboards.words import shown_money, translator
from permits.documents.revocations import RevocationReason
from permits.jobs import Context
from permits.occupancy import applying, assessing, billing, licensing, stopping
from permits.occupancy.checks import CheckOutcome, from_json
from permits.occupancy.showing import plan_of
from permits.occupancy.workflow import OccupancyAction, OccupancyState, allowed
from permits.people.actor import STAFF
from permits.privacy.accesses import LIST, look
from permits.privacy.sight import Subject

OPEN = [OccupancyState.APPLIED, OccupancyState.ASSESSED, OccupancyState.PAID]
COLOURS = {CheckOutcome.MET: "pass", CheckOutcome.UNMET: "fail", CheckOutcome.UNDECIDED: "undecided"}
REFRESH_MS = 10_000
WIDE = "stretch_width"


def build_queue(context: Context) -> pn.Template:
    """The occupancies that wait for somebody, or all of them."""
    visitor = arriving(context)
    live = visitor.need(*STAFF)
    t = translator(live.language)
    choice = pn.widgets.Select(
        label=t("occupancy-show"), options={t("occupancy-open"): OPEN, t("occupancy-all"): [*OccupancyState]},
        sizing_mode=WIDE,
    )  # fmt: skip
    table = pn.pane.HTML(sizing_mode=WIDE)
    with context.database.transaction() as session:
        sight = look(session, actor=live.actor, subject=Subject.OCCUPANCY, subject_id=LIST)

    def fill(_: Any = None) -> None:
        now = visitor.need(*STAFF)
        with context.database.reading() as session:
            rows = applying.list_occupancies(session, actor=now.actor, states=choice.value)
        table.object = fragment("occupancies", now.language, rows=rows, sight=sight)

    choice.param.watch(fill, "value")
    fill()
    pn.state.add_periodic_callback(fill, period=REFRESH_MS)
    notice = pn.pane.Alert("", visible=False, sizing_mode=WIDE)
    form = application_form(visitor, reporting(notice, live.language), fill)
    return shell(live, t("occupancy-desk"), main=pn.Column(notice, choice, table, form, sizing_mode=WIDE))


def build(context: Context) -> pn.Template:
    """One occupancy, named in the address."""
    visitor = arriving(context)
    live = visitor.need(*STAFF)
    occupancy_id = bytes((pn.state.session_args or {}).get("id", [b""])[0]).decode("utf-8", "replace")
    with context.database.reading() as session:
        occupancy = applying.get_occupancy(session, actor=live.actor, occupancy_id=occupancy_id)
    notice = pn.pane.Alert("", visible=False, sizing_mode=WIDE)
    facts, form = pn.pane.HTML(sizing_mode=WIDE), pn.Column(sizing_mode=WIDE)
    guard = reporting(notice, live.language)

    def refresh() -> None:
        facts.object = _facts(visitor, occupancy_id)
        form[:] = _form(visitor, occupancy_id, guard, refresh)

    refresh()
    title = f"{translator(live.language)('occupancy-title')} — {occupancy.number}"
    main, side = pn.Column(facts, sizing_mode=WIDE), pn.Column(notice, form, sizing_mode=WIDE)
    return shell(live, title, main=main, side=side)


def _facts(visitor: Visitor, occupancy_id: str) -> str:
    live = visitor.need(*STAFF)
    with visitor.context.database.transaction() as session:
        one = applying.get_occupancy(session, actor=live.actor, occupancy_id=occupancy_id)
        sight = look(session, actor=live.actor, subject=Subject.OCCUPANCY, subject_id=one.id)
        plan = plan_of(session, storage=visitor.context.storage, occupancy=one, language=live.language)
        return fragment(
            "occupancy", live.language, one=one, sight=sight, checks=from_json(one.checks), plan=plan, colours=COLOURS,
            licence=licensing.licence_of(session, occupancy_id=occupancy_id), money=shown_money,
            bill=billing.bill_of(session, occupancy_id=occupancy_id),
        )  # fmt: skip


def _form(
    visitor: Visitor, occupancy_id: str, guard: Callable[[Callable[..., None]], Callable[..., None]],
    done: Callable[[], None],
) -> list[Any]:  # fmt: skip
    """A reason, and a button for each action that this visitor may take now."""
    live = visitor.need(*STAFF)
    t = translator(live.language)
    with visitor.context.database.reading() as session:
        one = applying.get_occupancy(session, actor=live.actor, occupancy_id=occupancy_id)
    offered = [action for action in allowed(one, live.actor) if action in _ACTS]
    if OccupancyState(one.state) in stopping.RENEWABLE:
        offered.append(OccupancyAction.RENEW)
    note = pn.widgets.TextAreaInput(label=t("occupancy-note"), css_classes=["keep"], height=90, sizing_mode=WIDE)
    reasons = {t(f"revocation-{reason}"): str(reason) for reason in RevocationReason}
    why = pn.widgets.Select(label=t("occupancy-reason"), options=reasons, sizing_mode=WIDE)
    until = kept_text(t("occupancy-until"), "occupancy-until", placeholder="2027-01-31")

    def act(action: OccupancyAction) -> Callable[..., None]:
        @guard
        def clicked(_: Any = None) -> None:
            visitor.need(*STAFF)
            said = {"note": note.value_input or "", "reason": why.value, "until": until.value_input or ""}
            _ACTS[action](visitor, occupancy_id, said)
            sent(note, until)
            done()

        return clicked

    buttons = []
    for action in offered:
        button = pn.widgets.Button(label=t(f"occupancy-action-{action}"), button_type="primary")
        button.on_click(act(action))
        buttons.append(button)
    more: list[Any] = [why] if OccupancyAction.STOP in offered else []
    more += [until] if OccupancyAction.RENEW in offered else []
    return [note, *more, pn.Row(*buttons)] if buttons else []


def _assess(visitor: Visitor, occupancy_id: str, said: dict[str, str]) -> None:
    """What is undecided passes for the one reason that was written."""
    actor = visitor.need(*STAFF).actor
    with visitor.context.database.transaction() as session:
        one = applying.get_occupancy(session, actor=actor, occupancy_id=occupancy_id)
        accepted = {check.code: said["note"] for check in from_json(one.checks)}
        assessing.assess(
            session, actor=actor, storage=visitor.context.storage, occupancy_id=occupancy_id, accepted=accepted,
            governorate=visitor.context.settings.governorate,
        )  # fmt: skip


def _refuse(visitor: Visitor, occupancy_id: str, said: dict[str, str]) -> None:
    actor = visitor.need(*STAFF).actor
    with visitor.context.database.transaction() as session:
        assessing.refuse(session, actor=actor, occupancy_id=occupancy_id, reason=said["note"])


def _stop(visitor: Visitor, occupancy_id: str, said: dict[str, str]) -> None:
    actor = visitor.need(*STAFF).actor
    with visitor.context.database.transaction() as session:
        stopping.stop(session, actor=actor, occupancy_id=occupancy_id, reason=said["reason"], note=said["note"])


def _renew(visitor: Visitor, occupancy_id: str, said: dict[str, str]) -> None:
    actor = visitor.need(*STAFF).actor
    until = day_in(said["until"])
    with visitor.context.database.transaction() as session:
        stopping.renew(
            session, actor=actor, storage=visitor.context.storage, office=visitor.context.settings.office,
            occupancy_id=occupancy_id, last_day=until,
        )  # fmt: skip


_ACTS = {
    OccupancyAction.ASSESS: _assess, OccupancyAction.REFUSE: _refuse, OccupancyAction.STOP: _stop,
    OccupancyAction.RENEW: _renew,
}  # fmt: skip
