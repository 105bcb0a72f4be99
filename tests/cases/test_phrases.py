"""The phrase library: filled from the finding, by family, with what the office adds."""

import pytest
from pydantic import ValidationError

from bim.rules.catalogue import RULES
from permits.cases.phrases import (
    ANY,
    Offered,
    Phrase,
    Use,
    add_phrase,
    family_of,
    fill,
    library,
    offered,
    retire_phrase,
)
from permits.cases.tables import OfficePhrase
from permits.db import Database
from permits.errors import Forbidden, Invalid, NotFound
from permits.people.actor import Role
from tests.factories import make_actor

VALUES = {"clause": "م 12", "value": "2.40 m", "limit": "3.00 m"}


def test_every_family_is_one_of_the_rules() -> None:
    families = {family_of(code) for code in RULES} | {"BIM"}  # the modelling guide's
    assert {one for phrase in library().phrases for one in phrase.families} <= families
    assert len({phrase.id for phrase in library().phrases}) == len(library().phrases)


def test_placeholders_are_filled_or_the_phrase_is_not_offered() -> None:
    assert fill("قيس {value} والحد {limit}", VALUES) == "قيس 2.40 m والحد 3.00 m"
    assert fill("قيس {value}", {"clause": "x"}) is None
    assert fill("{unknown}", VALUES) is None
    assert fill("لا رموز", {}) == "لا رموز"
    assert fill("{value}", {"value": "{limit}", "limit": "x"}) == "{limit}"  # filled once
    with pytest.raises(ValidationError, match="no such placeholder"):
        Phrase(id="x", families=(), use=(Use.RETURN,), ar="{name}", en="x")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_what_fits_is_offered(database: Database, language: str) -> None:
    with database.transaction() as session:
        reviewer = make_actor(session, Role.REVIEWER)
        ask = {"actor": reviewer, "language": language}
        setback = offered(session, use=Use.FINDING, families=["SET"], values=VALUES, **ask)
        assert "2.40 m" in setback[0].text
        assert "م 12" in setback[0].text
        without = offered(session, use=Use.FINDING, families=["SET"], values={"clause": "م 12"}, **ask)
        assert 0 < len(without) < len(setback)
        back = offered(session, use=Use.RETURN, families=["PRK"], values={}, **ask)
        assert not {one.text for one in back} & {one.text for one in setback}
        with pytest.raises(Forbidden):
            offered(
                session, actor=make_actor(session, Role.ENGINEER), use=Use.RETURN, families=[], values={},
                language=language,
            )  # fmt: skip


def test_the_office_adds_and_withdraws(database: Database) -> None:
    with database.transaction() as session:
        one, two = make_actor(session, Role.REVIEWER, "one"), make_actor(session, Role.REVIEWER, "two")
        approver = make_actor(session, Role.APPROVER)
        mine = add_phrase(session, actor=one, family="SET", text=" الوجيبة {value} ")
        assert add_phrase(session, actor=two, family="SET", text="الوجيبة {value}").id == mine.id
        theirs = add_phrase(session, actor=two, family=ANY, text="عام")

        def shown() -> list[Offered]:
            return offered(session, actor=one, use=Use.FINDING, families=["SET"], values=VALUES, language="ar")[:2]

        assert shown() == [Offered("الوجيبة 2.40 m", mine.id), Offered("عام", theirs.id)]
        for text in ("", " ", "x" * 501, "{name}"):
            with pytest.raises(Invalid, match="phrase-invalid"):
                add_phrase(session, actor=one, family=ANY, text=text)
        with pytest.raises(NotFound):
            retire_phrase(session, actor=one, phrase_id=theirs.id)
        retire_phrase(session, actor=approver, phrase_id=theirs.id)
        retire_phrase(session, actor=one, phrase_id=mine.id)
        assert not {one.office_id for one in shown()} & {mine.id, theirs.id}
        assert session.query(OfficePhrase).count() == 2
        with pytest.raises(Forbidden):
            add_phrase(session, actor=make_actor(session, Role.GOVERNOR), family=ANY, text="x")
