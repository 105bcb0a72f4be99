"""The manual is true: both languages alike, every picture made by a step, every button in the program by its name."""

import re
from pathlib import Path

import pytest

from api.docs.texts import patterns
from permits.i18n import LANGUAGES
from tests.conftest import ROOT

MANUAL = ROOT / "docs" / "manual"
PICTURES = MANUAL / "pictures"
STEPS = ROOT / "tests" / "browser" / "manual"
ROLES = sorted(path.stem for path in (MANUAL / "ar").glob("*.md"))
MOST_BYTES = 2_500_000
PICTURE = re.compile(r"!\[(?P<says>[^\]]*)\]\(\.\./pictures/(?P<name>[\w-]+)\.png\)")
BOLD = re.compile(r"\*\*(.+?)\*\*")
LINK = re.compile(r"(?<!!)\[[^\]]+\]\((?P<to>[^)]+)\)")


def page(language: str, role: str) -> str:
    return (MANUAL / language / f"{role}.md").read_text(encoding="utf-8")


def shape(text: str) -> list[str]:
    """Headings by depth, with the pictures and the numbered steps between them."""
    found = re.findall(r"^(#+) |^ *!\[[^\]]*\]\(\.\./pictures/\w\w-([\w-]+)\.png\)|^(\d+)\. ", text, re.MULTILINE)
    return ["".join(parts) for parts in found]


def steps() -> set[str]:
    """The names of the pictures that the walks keep."""
    return {
        name
        for path in STEPS.glob("test_*.py")
        for name in re.findall(r'\.keep\(\s*"([\w-]+)"', path.read_text(encoding="utf-8"))
    }


def named(text: str) -> list[str]:
    """What a page sets in bold as a text of the program; a bullet that begins in bold says what went wrong."""
    told = re.sub(r"^- \*\*.+?\*\*", "", text, flags=re.MULTILINE | re.DOTALL)
    return BOLD.findall(" ".join(told.split()))


def test_every_page_is_in_both_languages_alike() -> None:
    assert len(ROLES) == 12
    assert [path.stem for path in sorted((MANUAL / "en").glob("*.md"))] == ROLES
    assert {role: shape(page("ar", role)) for role in ROLES} == {role: shape(page("en", role)) for role in ROLES}


def test_every_picture_is_made_by_a_step_and_used() -> None:
    used = {
        language: {match["name"] for role in ROLES for match in PICTURE.finditer(page(language, role))}
        for language in LANGUAGES
    }
    made = {language: {f"{language}-{step}" for step in steps()} for language in LANGUAGES}
    assert used == made
    there = {path.stem for path in PICTURES.glob("*.png")}
    assert there == set().union(*made.values())
    assert sum(path.stat().st_size for path in PICTURES.glob("*.png")) <= MOST_BYTES


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", ROLES)
def test_a_page_has_pictures_and_what_to_do_when_something_goes_wrong(language: str, role: str) -> None:
    text = page(language, role)
    assert 2 <= len(PICTURE.findall(text)) <= 6
    assert text.rindex("\n## ") < text.rindex("\n- **")
    assert all(match["says"] for match in PICTURE.finditer(text))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", ROLES)
def test_what_a_page_names_is_a_text_of_the_program(language: str, role: str) -> None:
    said = set(patterns(language).values())
    found = named(page(language, role))
    assert len(found) >= 3
    assert [one for one in found if one not in said] == []


@pytest.mark.parametrize("index", ["README.md", "README.ar.md"])
def test_the_index_leads_to_every_page(index: str) -> None:
    language = "ar" if index == "README.ar.md" else "en"
    leads = [Path(match["to"]) for match in LINK.finditer((MANUAL / index).read_text(encoding="utf-8"))]
    assert sorted(path.stem for path in leads if path.parts[0] == language) == ROLES
    assert all((MANUAL / path).exists() for path in leads)


def test_links_between_pages_lead_somewhere() -> None:
    broken = [
        f"{path.relative_to(MANUAL)}: {match['to']}"
        for path in MANUAL.rglob("*.md")
        for match in LINK.finditer(path.read_text(encoding="utf-8"))
        if not (path.parent / match["to"]).exists()
    ]
    assert broken == []
