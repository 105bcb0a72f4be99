"""The administrator's page: people, programs, desks, packs in force, jobs, proof of the chain, backup, disk."""

from typing import Any

import panel as pn

from dashboards.components.cash_desks import CashDesks
from dashboards.components.people import PeopleForms
from dashboards.components.programs import Programs
from dashboards.fragments import fragment
from dashboards.shell import shell
from dashboards.visitor import Visitor, arriving, reporting
from dashboards.words import plain, translator
from permits.calendar import today
from permits.db import utcnow
from permits.jobs import Context
from permits.people import roster
from permits.people.actor import Role
from permits.upkeep.backup import last_backup
from permits.upkeep.machine import ask_again, machine, waiting
from permits.upkeep.packs import packs
from permits.upkeep.proof import ask_proof, last_proof

WIDE = "stretch_width"
LOOK_MS = 10_000


class Admin:
    """One open page."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, live = visitor, visitor.need(Role.ADMIN)
        self.language, self.t = live.language, translator(live.language)
        self.notice = pn.pane.Alert("", visible=False, sizing_mode=WIDE)
        self.people, self.state, self.rest = (pn.pane.HTML(sizing_mode=WIDE) for _ in range(3))
        guard = reporting(self.notice, self.language)
        self.forms = PeopleForms(visitor, guard, self.fill_people, self.say)
        self.programs, self.desks = Programs(visitor, guard, self.say), CashDesks(visitor, guard, self.say)
        self.prove = pn.widgets.Button(label=self.t("admin-proof-ask"), color="primary")
        self.prove.on_click(guard(self._prove))
        self.job = pn.widgets.Select(label=self.t("admin-job-choose"), options=[], sizing_mode=WIDE, visible=False)
        self.again = pn.widgets.Button(label=self.t("admin-job-again"), align="end", visible=False)
        self.again.on_click(guard(self._again))
        self.fill_people()
        self.fill_state()
        self._fill_rest()

    def say(self, text: str) -> None:
        """Tell what came of an act."""
        self.notice.param.update(object=plain(text), alert_type="success", visible=True)

    def fill_people(self) -> None:
        """Who there is."""
        actor = self.visitor.need(Role.ADMIN).actor
        with self.visitor.context.database.reading() as session:
            found = roster.people(session, actor=actor)
        self.people.object = fragment("admin", self.language, part="people", people=found)
        self.forms.show(found)

    def fill_state(self) -> None:
        """The chain, the backup, the machine and its jobs as they are now."""
        actor, context = self.visitor.need(Role.ADMIN).actor, self.visitor.context
        with context.database.reading() as session:
            proof, backup = last_proof(session, actor=actor), last_backup(session, actor=actor)
        found = waiting(context, actor=actor)
        failed = [one.id for one in found if one.failed]
        kept = self.job.value if self.job.value in failed else next(iter(failed), None)
        self.job.param.update(options=failed, value=kept, visible=bool(failed))
        self.again.visible = bool(failed)
        self.state.object = fragment(
            "admin", self.language, part="state", proof=proof, backup=backup, jobs=found,
            hours=int((utcnow() - backup).total_seconds() // 3600) if backup else 0,
            machine=machine(context, actor=actor),
        )  # fmt: skip

    def _fill_rest(self) -> None:
        actor = self.visitor.need(Role.ADMIN).actor
        self.rest.object = fragment("admin", self.language, part="rest", packs=packs(actor=actor, on=today()))

    def _prove(self, _: Any = None) -> None:
        actor = self.visitor.need(Role.ADMIN).actor
        with self.visitor.context.database.transaction() as session:
            ask_proof(session, actor=actor)
        self.fill_state()
        self.say(self.t("admin-proof-asked"))

    def _again(self, _: Any = None) -> None:
        actor, context = self.visitor.need(Role.ADMIN).actor, self.visitor.context
        with context.database.transaction() as session:
            ask_again(session, actor=actor, context=context, job_id=str(self.job.value))
        self.fill_state()
        self.say(self.t("admin-done"))


def build(context: Context) -> pn.Template:
    """The page for one visitor."""
    visitor = arriving(context)
    live = visitor.need(Role.ADMIN)
    page = Admin(visitor)
    pn.state.add_periodic_callback(page.fill_state, period=LOOK_MS)
    main = pn.Column(
        page.notice, page.people, page.forms.view(), page.state, pn.Row(page.prove, page.job, page.again),
        page.programs.view(), page.desks.view(), page.rest, sizing_mode=WIDE,
    )  # fmt: skip
    return shell(live, page.t("admin-title"), main=main)
