"""Who applies and who consents, put on record by the registrar on the case's desk."""

from collections.abc import Callable
from typing import Any

import panel as pn
from sqlalchemy.orm import Session

from dashboards.components.buttons import Guard, doing
from dashboards.components.fields import DAY, day_of, kept_text, text_of
from dashboards.components.party_accounts import party_search
from dashboards.visitor import Visitor
from dashboards.words import translator
from permits.cases import cases
from permits.cases.applicants import OPEN, declare_applicant, owners_of, record_consent
from permits.documents.sheet import shown_share
from permits.people.actor import Actor, Role
from permits.register.gate import Applicant

WIDE = "stretch_width"


def applicant_form(visitor: Visitor, case_id: str, guard: Guard, changed: Callable[[], Any]) -> pn.Card:
    """A folded form: the applicant among the owners or by search, his agent; then each consent with its document."""
    t = translator(visitor.need(Role.REGISTRAR).language)
    options, open_ = _owners(visitor, case_id)
    search, party = party_search(visitor, guard)
    party.param.update(options=options, value=next(iter(options.values()), None))
    agent, attorney = (kept_text(t(f"applicant-{name}"), f"applicant-{name}") for name in _AGENT)
    until = kept_text(t("owners-until"), "applicant-until", placeholder=DAY)
    owner = pn.widgets.Select(label=t("applicant-consenting"), options=options, sizing_mode=WIDE)
    document = kept_text(t("applicant-document"), "applicant-document")

    def declares(session: Session, actor: Actor) -> None:
        last = day_of(until) if text_of(until) else None
        who = Applicant(party.value or "", agent.value_input or "", attorney.value_input or "", last)
        declare_applicant(session, actor=actor, case_id=case_id, applicant=who)

    def consents(session: Session, actor: Actor) -> None:
        said = document.value_input or ""
        record_consent(session, actor=actor, case_id=case_id, party_id=owner.value or "", document=said)

    roles = (Role.REGISTRAR,)
    declare = doing(
        visitor,
        guard,
        t("applicant-declare"),
        declares,
        changed,
        roles=roles,
        primary=True,
        words=[agent, attorney, until],
    )
    consent = doing(
        visitor, guard, t("applicant-consent"), consents, changed, roles=roles, primary=True, words=[document]
    )
    search[:] = [one for one in search if one is not party]
    rows = (search, party, pn.Row(agent, attorney, until, sizing_mode=WIDE), declare, owner, document, consent)
    return pn.Card(*rows, title=t("applicant-title"), sizing_mode=WIDE, visible=open_)


_AGENT = ("agent", "attorney")


def _owners(visitor: Visitor, case_id: str) -> tuple[dict[str, str], bool]:
    """The owners of the sheet with their shares, and whether the case still takes them."""
    live = visitor.need(Role.REGISTRAR)
    with visitor.context.database.transaction() as session:
        case = cases.get_case(session, actor=live.actor, case_id=case_id)
        found = owners_of(session, actor=live.actor, case=case)
    t, options = translator(live.language), dict[str, str]()
    for one in found:
        share = t("property-share-of", counted=shown_share(one.share, live.language))
        label = f"{getattr(one, f'name_{live.language}')} — {share}"
        options[f"{label} · {one.party[-6:]}" if label in options else label] = one.party
    return options, case.state in OPEN
