"""Division by floors at the registrar's desk: a building with its permit, its table of sections, and its entry."""

from collections.abc import Callable
from typing import Any

import panel as pn

from bim.findings import Outcome
from dashboards.components.buttons import Guard
from dashboards.fragments import fragment
from dashboards.visitor import Visitor
from dashboards.words import translator
from permits.divisions import dividing
from permits.divisions.tables import CaseDivision
from permits.people.actor import Role
from permits.strata import table
from permits.strata.check import parameters

WIDE, REFRESH_MS = "stretch_width", 3000


def divisions_panel(visitor: Visitor, guard: Guard, entered: Callable[[], None]) -> pn.Column:
    """The choice of a case, what is known of its division, and the one step that may be taken now."""
    live = visitor.need(Role.REGISTRAR)
    t = translator(live.language)
    with visitor.context.database.reading() as session:
        cases = dividing.dividable(session, actor=live.actor)
    options = {f"{case.number} — {t('case-plot')} {case.plot}": case.id for case in cases}
    chosen = pn.widgets.Select(label=t("division-case"), options=options, sizing_mode=WIDE)
    told, step = pn.pane.HTML(sizing_mode=WIDE), pn.Column(sizing_mode=WIDE)
    known: list[str] = [""]

    def show(_: Any = None) -> None:
        visitor.need(Role.REGISTRAR)
        if not chosen.value:
            told.object = fragment("division", live.language, row=None, found=None)
            return
        row = _row(visitor, chosen.value)
        known[0] = row.state if row else ""
        told.object = _told(visitor, chosen.value, row)
        step[:] = _step(visitor, chosen.value, row, guard, done)

    def done() -> None:
        show()
        entered()

    def again() -> None:
        """A division that is being made is looked for; a page on which nothing waits asks nothing."""
        if known[0] == "asked":
            show()

    chosen.param.watch(show, "value")
    show()
    pn.state.add_periodic_callback(again, period=REFRESH_MS)
    return pn.Column(chosen, told, step, sizing_mode=WIDE)


def _row(visitor: Visitor, case_id: str) -> CaseDivision | None:
    with visitor.context.database.reading() as session:
        return session.get(CaseDivision, case_id)


def _told(visitor: Visitor, case_id: str, row: CaseDivision | None) -> str:
    live, storage = visitor.need(Role.REGISTRAR), visitor.context.storage
    with visitor.context.database.reading() as session:
        found = dividing.division_of_case(session, actor=live.actor, storage=storage, case_id=case_id)
    if row is None or found is None:
        return fragment("division", live.language, row=row, found=None)
    pack = parameters(found.on)
    titles = {code: entry.title[live.language] for code, entry in pack.entries.items()}
    every = zip(found.findings, table.checks(found, titles, live.language), strict=True)
    open_ = [told for finding, told in every if finding.outcome in (Outcome.FAIL, Outcome.UNDECIDED)]
    return fragment(
        "division", live.language, row=row, found=found, columns=table.SECTIONS, shown=table.shown,
        sections=[*table.sections(found, live.language)],
        totals=table.totals(found, live.language) if found.sections else (), checks=table.CHECKS, open=open_,
    )  # fmt: skip


def _step(
    visitor: Visitor, case_id: str, row: CaseDivision | None, guard: Guard, done: Callable[[], None]
) -> list[Any]:  # fmt: skip
    """Ask for it, or enter it; nothing while it is being made, and nothing once it is entered."""
    t = translator(visitor.need(Role.REGISTRAR).language)
    if row is not None and row.state in ("asked", "entered"):
        return []
    ready = row is not None and row.state == "ready"
    button = pn.widgets.Button(label=t("division-enter" if ready else "division-ask"), button_type="primary")

    @guard
    def act(_: Any = None) -> None:
        live = visitor.need(Role.REGISTRAR)
        with visitor.context.database.transaction() as session:
            if ready:
                storage = visitor.context.storage
                dividing.enter_division(session, actor=live.actor, storage=storage, case_id=case_id)
            else:
                dividing.ask_division(session, actor=live.actor, case_id=case_id)
        done()

    button.on_click(act)
    return [button]
