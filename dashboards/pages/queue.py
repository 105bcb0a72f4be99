"""The queue: open cases with clock and reviewer, filtered and sorted as the address says; claim, release, assign."""

from typing import Any
from urllib.parse import urlencode

import panel as pn
from sqlalchemy.orm import Session

from dashboards.components.worklist import Worklist
from dashboards.fragments import fragment
from dashboards.shell import shell
from dashboards.visitor import Visitor, arriving, reporting
from dashboards.words import translator
from permits import audit
from permits.cases import claims
from permits.cases.clock import Colour
from permits.cases.queue import OPEN, SHOWS, Shown, Sort, Wanted, Whose, clock_notes, queue
from permits.cases.workflow import State
from permits.errors import Invalid
from permits.i18n import error_text
from permits.jobs import Context
from permits.people.actor import STAFF, Actor, Role

WAITING = {Role.REVIEWER: State.IN_REVIEW, Role.APPROVER: State.AWAITING_APPROVAL}
ALL_OPEN = "open"
LOOK_MS = 5_000
FIELDS = ("whose", "state", "zone", "colour", "text", "sort", "down", "page")


def given_fields() -> dict[str, str]:
    """What the page's address says."""
    said = pn.state.session_args or {}
    return {name: bytes(said[name][0]).decode("utf-8", "replace") for name in FIELDS if said.get(name)}


def home_state(actor: Actor) -> str:
    """The state whose cases wait for this actor; every open one where none does."""
    return next((str(state) for role, state in WAITING.items() if actor.has(role)), ALL_OPEN)


def wanted_of(fields: dict[str, str], actor: Actor) -> Wanted:
    """The fields of the address as a wish; what nobody could have chosen is left out."""
    state, page = fields.get("state", home_state(actor)), fields.get("page", "")
    whose, sort, colour = fields.get("whose", ""), fields.get("sort", ""), fields.get("colour", "")
    return Wanted(
        whose=Whose(whose) if whose in list(Whose) else Whose.ALL,
        states=(State(state),) if state in list(State) else OPEN, zone=fields.get("zone", ""),
        colour=colour if colour in list(Colour) else "", text=fields.get("text", "")[:100],
        sort=Sort(sort) if sort in list(Sort) else Sort.CLOCK, down=fields.get("down") == "1",
        page=int(page[:6]) if page.isascii() and page.isdigit() else 1,
    )  # fmt: skip


class Queue:
    """One open page of the queue: what is wanted, what was shown, and up to which act it is true."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, live = visitor, visitor.need(*STAFF)
        self.language, self.actor = live.language, live.actor
        self.t = translator(self.language)
        self.fields = given_fields()
        self.list = Worklist(sizing_mode="stretch_width")
        self.notice = pn.pane.Alert("", visible=False, sizing_mode="stretch_width")
        self.seen = 0
        self.shown: Shown = self.fill()
        self.list.bar = self._bar()
        self.list.param.watch(reporting(self.notice, self.language)(self._act), "asked")

    def fill(self) -> Shown:
        """Read the queue and draw its table."""
        actor = self.visitor.need(*STAFF).actor
        wanted = wanted_of(self.fields, actor)
        with self.visitor.context.database.reading() as session:
            self.seen = audit.reached(session)
            self.shown = queue(session, actor=actor, wanted=wanted, language=self.language)
        self.list.table = fragment(
            "queue", self.language, shown=self.shown, wanted=wanted, tick=actor.has(*WAITING), reader=actor.id,
            notes=clock_notes([line.clock for line in self.shown.lines]), target="/desk/case",
        )  # fmt: skip
        said = {name: value for name, value in self.fields.items() if value}
        self.list.query = f"?{urlencode(said)}" if said else ""
        return self.shown

    def look(self) -> None:
        """Read anew only if something happened that the queue shows."""
        self.visitor.need(*STAFF)
        with self.visitor.context.database.reading() as session:
            news = audit.news(session, since=self.seen)
        self.seen = news.seq
        if not news.events.isdisjoint(SHOWS):
            self.fill()

    def _bar(self) -> str:
        t, wanted = self.t, wanted_of(self.fields, self.actor)
        with self.visitor.context.database.reading() as session:
            approves = self.actor.has(Role.APPROVER)
            loads = claims.workload(session, actor=self.actor) if approves else []
        states = [state for state in State if state not in (State.DRAFT, State.WITHDRAWN)]
        return fragment(
            "queue_bar", self.language, wanted=wanted, state=self.fields.get("state", home_state(self.actor)),
            tick=self.actor.has(*WAITING), claims=self.actor.has(Role.REVIEWER), loads=loads,
            whoses=[(whose, t(f"queue-whose-{whose}")) for whose in Whose],
            states=[(ALL_OPEN, t("queue-all-open")), *((s, t(f"state-{s.replace('_', '-')}")) for s in states)],
            zones=[("", t("queue-any")), *self.shown.zones.items()],
            colours=[("", t("queue-any")), *((one, t(f"clock-{one}")) for one in Colour if one != Colour.ENDED)],
        )  # fmt: skip

    def _act(self, event: Any) -> None:
        asked: dict[str, Any] = event.new
        match asked.get("do"):
            case "filter":
                kept = {name: self.fields[name] for name in ("sort", "down") if name in self.fields}
                self.fields = kept | {name: str(asked[name]) for name in FIELDS[:5] if name in asked}
            case "sort":
                wanted = wanted_of(self.fields, self.actor)
                down = str(asked["by"]) == wanted.sort and not wanted.down
                self.fields |= {"sort": str(asked["by"]), "down": "1" if down else "", "page": ""}
            case "page":
                self.fields["page"] = str(asked["page"])
            case "claim" | "release" | "assign" as act:
                self._claims(act, [str(one) for one in asked.get("cases", [])], str(asked.get("to", "")))
        self.fill()

    def _claims(self, act: str, case_ids: list[str], to: str) -> None:
        actor = self.visitor.need(Role.APPROVER if act == "assign" else Role.REVIEWER, *_ALSO.get(act, ())).actor
        if not case_ids:
            raise Invalid("nothing-ticked")

        def one(session: Session, case_id: str) -> object:
            if act == "assign":
                return claims.assign(session, actor=actor, case_id=case_id, reviewer_id=to)
            return (claims.claim if act == "claim" else claims.release)(session, actor=actor, case_id=case_id)

        with self.visitor.context.database.transaction() as session:
            outcome = claims.each(session, case_ids, one)
        self._tell(act, outcome)
        self.list.bar = self._bar()

    def _tell(self, act: str, outcome: claims.Outcome) -> None:
        numbers = {line.case_id: line.number for line in self.shown.lines}
        said = [self.t(f"queue-did-{act}", count=len(outcome.done))] if outcome.done else []
        said += [f"{numbers.get(one, '')}: {error_text(why, self.language)}" for one, why in outcome.refused.items()]
        kind = "warning" if outcome.refused else "success"
        self.notice.param.update(object="\n\n".join(said), alert_type=kind, visible=True)


_ALSO = {"release": (Role.APPROVER,)}


def build(context: Context) -> pn.Template:
    """The page for one visitor; reviewers and approvers first see what waits for them."""
    visitor = arriving(context)
    live = visitor.need(*STAFF)
    page = Queue(visitor)
    pn.state.add_periodic_callback(page.look, period=LOOK_MS)
    main = pn.Column(page.notice, page.list, sizing_mode="stretch_width")
    return shell(live, translator(live.language)("desk-queue"), main=main)
