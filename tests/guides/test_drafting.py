"""A guide changed at the desk: drafted, published from a day on, known to every review, withdrawn before its day."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from permits.calendar import today
from permits.cases.tables import Model
from permits.cases.workflow import State
from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.guides import drafting, trying
from permits.guides.exporting import clauses_of, shown_guide, workbook_of
from permits.guides.published import pack_of, source_of
from permits.guides.tables import GuideTrial
from permits.jobs import Context
from permits.people.actor import Actor, Role
from permits.review.guides import guide_of, judging, set_source
from tests.conftest import ROOT
from tests.factories import make_actor, make_case, make_zone

TOMORROW = today() + timedelta(days=1)


@pytest.fixture(autouse=True)
def _office(context: Context) -> Iterator[None]:
    """This office's published guides are those that reviews know; afterwards none are."""
    set_source(source_of(context.database))
    yield
    set_source(None)


def editor(context: Context, role: Role = Role.ADMIN) -> Actor:
    with context.database.transaction() as session:
        return make_actor(session, role)


def changed(context: Context, actor: Actor, code: str = "BIM-103", **said: str) -> None:
    with context.database.transaction() as session:
        draft = drafting.begin_draft(session, actor=actor)
        drafting.change_clause(session, actor=actor, code=code, said=said, revision=draft.revision)


def published(context: Context, actor: Actor, day: str = TOMORROW.isoformat(), pack: str = "office-1") -> str:
    with context.database.transaction() as session:
        return drafting.publish(session, actor=actor, pack=pack, version="1", valid_from=day).id


@pytest.mark.slow
def test_a_published_guide_judges_from_its_day_and_not_before(context: Context) -> None:
    actor, before = editor(context), guide_of(today())
    changed(context, actor, params="earliest: 2015", severity="error", text_ar="نص جديد", status="confirmed")
    published(context, actor)
    assert guide_of(today()).sha256 == before.sha256
    after = judging(TOMORROW)
    assert after.id == "office-1"
    clause = after.entries["BIM-103"]
    assert (clause.params["earliest"], clause.severity, clause.text_ar) == (2015, "error", "نص جديد")
    assert before.entries["BIM-103"].params["earliest"] == 2000
    assert guide_of(today(), "office-1").sha256 == after.sha256


@pytest.mark.parametrize(
    "said",
    [
        {"params": "earliest: soon"},
        {"params": "unknown: 1"},
        {"severity": "grave"},
        {"status": "sure"},
        {"text_ar": ""},
    ],
)
def test_a_clause_that_would_be_none_is_not_kept(context: Context, said: dict[str, str]) -> None:
    actor = editor(context)
    with pytest.raises(drafting.FaultyGuideError) as caught:
        changed(context, actor, **said)
    assert caught.value.faults.problems


def test_somebody_elses_change_is_not_overwritten(context: Context) -> None:
    actor = editor(context)
    changed(context, actor, severity="error")
    with context.database.transaction() as session, pytest.raises(Conflict):
        drafting.change_clause(session, actor=actor, code="BIM-103", said={"severity": "warning"}, revision=1)
    with context.database.transaction() as session, pytest.raises(NotFound):
        drafting.change_clause(session, actor=actor, code="BIM-000", said={}, revision=2)


@pytest.mark.parametrize("day", ["", "31/1/2027", today().isoformat(), "2020-01-01"])
def test_no_guide_is_published_for_days_that_have_begun(context: Context, day: str) -> None:
    actor = editor(context)
    changed(context, actor, severity="error")
    with pytest.raises(Invalid):
        published(context, actor, day=day)


@pytest.mark.slow
def test_an_id_is_given_once_and_a_withdrawn_guide_never_judges(context: Context) -> None:
    actor = editor(context)
    changed(context, actor, severity="error")
    with pytest.raises(Conflict):
        published(context, actor, pack=guide_of(today()).id)
    row = published(context, actor)
    with context.database.transaction() as session:
        with pytest.raises(Invalid):
            drafting.withdraw(session, actor=actor, publication_id=row, reason=" ")
        drafting.withdraw(session, actor=actor, publication_id=row, reason="خطأ في المعامل")
    assert judging(TOMORROW).id != "office-1"
    with context.database.transaction() as session, pytest.raises(Conflict):
        drafting.withdraw(session, actor=actor, publication_id=row, reason="again")
    changed(context, actor, severity="error")
    with pytest.raises(Conflict):
        published(context, actor)


def test_what_was_published_stays(context: Context) -> None:
    actor = editor(context)
    changed(context, actor, severity="error")
    published(context, actor)
    with pytest.raises(DatabaseError, match="append-only"), context.database.transaction() as session:
        session.execute(text("UPDATE guide_publications SET content = 'x'"))


def test_a_workbook_goes_out_and_comes_back(context: Context) -> None:
    actor = editor(context)
    changed(context, actor, severity="error")
    with context.database.transaction() as session:
        out = workbook_of(session, actor=actor, name="draft", language="ar")
        before = shown_guide(session, actor=actor, name="draft")
        drafting.import_workbook(session, actor=actor, content=out, name="g.xlsx")
        assert shown_guide(session, actor=actor, name="draft").entries == before.entries
        with pytest.raises(drafting.FaultyGuideError):
            drafting.import_workbook(session, actor=actor, content=b"PK", name="g.xlsx")


def test_clauses_are_found_by_folded_words_stage_and_status() -> None:
    pack = guide_of(today())
    assert [c.code for c in clauses_of(pack, words="تروِيسة المَلف")][:1] == ["BIM-101"]
    assert {c.code for c in clauses_of(pack)} == set(pack.entries)
    assert all("concept" in c.stages for c in clauses_of(pack, stage="concept"))
    assert list(clauses_of(pack, words="لا يوجد بند كهذا")) == []
    assert list(clauses_of(pack, status="confirmed")) == [c for c in pack.entries.values() if c.status == "confirmed"]


@pytest.mark.parametrize("role", sorted(Role))
def test_rights(context: Context, role: Role) -> None:
    actor = Actor("a", "a", frozenset({role}))
    with context.database.transaction() as session:
        if role not in (Role.ADMIN, Role.PLANNER):
            for read in (drafting.open_draft, drafting.publications, trying.newest_trial):
                with pytest.raises(Forbidden):
                    read(session, actor=actor)
            with pytest.raises(Forbidden):
                workbook_of(session, actor=actor, name="in-force", language="ar")
        if role is not Role.ADMIN:
            for write in (drafting.begin_draft, drafting.discard_draft, trying.ask_trial):
                with pytest.raises(Forbidden):
                    write(session, actor=actor)
            with pytest.raises(Forbidden):
                drafting.publish(session, actor=actor, pack="x", version="1", valid_from="2099-01-01")
            with pytest.raises(Forbidden):
                drafting.withdraw(session, actor=actor, publication_id="x", reason="y")
        if role is Role.PLANNER:
            assert drafting.open_draft(session, actor=actor) is None


@pytest.mark.slow
def test_a_trial_tells_what_the_draft_changes(context: Context) -> None:
    model = sorted((ROOT / "sample_models").rglob("complies.ifc"))[0]
    actor = editor(context)
    changed(context, actor, params="earliest: 2999")
    with context.database.transaction() as session:
        make_zone(session)
        case = make_case(session, make_actor(session, Role.ENGINEER), State.IN_REVIEW)
        sha256 = context.storage.keep(model)
        session.add(Model(case_id=case.id, name="m.ifc", size=1, sha256=sha256))
        lost = make_case(session, make_actor(session, Role.ENGINEER, "e2"), State.IN_REVIEW)
        session.add(Model(case_id=lost.id, name="m.ifc", size=1, sha256="b" * 64))
        draft = drafting.open_draft(session, actor=actor)
        assert draft
        trial = GuideTrial(content=draft.content, asked_by=actor.id)
        session.add(trial)
        session.flush()
        trial_id, number, gone = trial.id, case.number, lost.number
    trying.run_trial(context, trial_id=trial_id)
    with context.database.reading() as session:
        done = trying.newest_trial(session, actor=actor)
        assert done
        assert done.state == "done"
        told = {one["case"]: one for one in done.result["cases"]}
    assert told[gone]["why"] == "gone"
    assert [e["code"] for e in told[number]["effects"]] == ["BIM-103"]
    assert done.result["clauses"]["BIM-103"]["cases"] == 1
    assert pack_of(done.content).entries["BIM-103"].params == {"earliest": 2999}
