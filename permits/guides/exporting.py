"""A guide for people: as a workbook, and its clauses as a list that can be searched."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from bim.guide import workbook
from bim.guide.pack import Clause, GuidePack
from bim.packs import PackError
from permits.calendar import today
from permits.errors import NotFound
from permits.guides.drafting import READERS, open_draft
from permits.guides.published import pack_of
from permits.i18n import translate
from permits.people.actor import Actor
from permits.review.guides import guide_of
from permits.text import fold

DRAFT, IN_FORCE = "draft", "in-force"


def shown_guide(session: Session, *, actor: Actor, name: str) -> GuidePack:
    """The guide in force, the open draft, or the one of that id; NotFound where there is none."""
    actor.need(*READERS)
    if name == IN_FORCE:
        return guide_of(today())
    if name == DRAFT:
        draft = open_draft(session, actor=actor)
        if draft is None:
            raise NotFound("guide-no-draft")
        return pack_of(draft.content)
    try:
        return guide_of(today(), name)
    except PackError as error:
        raise NotFound("guide-unknown") from error


def workbook_of(session: Session, *, actor: Actor, name: str, language: str) -> bytes:
    """The guide as Excel, which `drafting.import_workbook` reads back."""
    pack = shown_guide(session, actor=actor, name=name)
    return workbook.export(pack, lambda column: translate(language, f"guide-column-{column.replace('_', '-')}"))


def clauses_of(pack: GuidePack, *, words: str = "", stage: str = "", status: str = "") -> Iterator[Clause]:
    """The clauses that hold every word in code, titles or texts, asked at that stage, of that status."""
    asked = fold(words).split()
    for clause in pack.entries.values():
        said = fold(" ".join((clause.code, clause.title_ar, clause.title_en, clause.text_ar, clause.text_en)))
        fits_stage = not stage or stage in clause.stages
        if fits_stage and status in ("", clause.status or pack.status) and all(word in said for word in asked):
            yield clause
