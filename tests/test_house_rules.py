"""The rules of the house that no other tool checks: sizes, texts, codes, documents, names."""

import ast
import re
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from statistics import quantiles

import pytest
from alembic.script import ScriptDirectory

from api import docs
from api.docs import errors, settings, workflow
from api.docs.codes import PACKAGES, ROOT, trees
from api.docs.texts import messages, patterns, placeholders
from bim.guide.pack import GUIDES, Remedy, read_guide
from bim.guide.workbook import COLUMNS
from bim.packs import CODES, read_code
from bim.rules.catalogue import RULES
from permits import schema
from permits.audit import AuditEvent
from permits.cases.guards import GUARDS
from permits.cases.workflow import TABLE, Action, State
from permits.i18n import LANGUAGES
from permits.review.wording import TOOLS
from permits.settings import Settings

ARABIC = re.compile(r"[\u0621-\u064a]")
WORDLESS = re.compile(r"^(\{[^}]*\}|[\d\s.,:/°·–%=]|m²?)*$")
"""Texts that need no letter: a placeholder, a number, the sign of a unit."""

PRUNED = {
    ".git", ".venv", "var", "node_modules", "assets", "__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache",
    ".import_linter_cache", ".hypothesis", "dist", "build",
}  # fmt: skip
BINARY = {".gpkg", ".dbf", ".shp", ".shx", ".cpg", ".png", ".ifczip", ".pyc", ".ifc"}
MACHINE_PATH = re.compile(r"(?<![\w.}*])/(?:home|root|Users|work|tmp|opt)/\w")
REGISTRY = re.compile(r"://[^/\s\"']*(?:registry|mirror|artifactory|nexus|pypi|npmjs)|--(?:extra-)?index-url +\S")
UNEXPLAINED = re.compile(r"#\s*(?:noqa(?::[\sA-Z0-9,]*)?|type:\s*ignore(?:\[[^\]]*\])?)(?P<reason>.*)$")


def sources() -> dict[Path, ast.Module]:
    """Our packages and the writer of the samples; migrations are written by Alembic."""
    samples = {path: ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "sample_models").glob("*.py")}
    return {**trees(), **samples}


def functions() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for path, tree in sources().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", node


def committed() -> list[Path]:
    """Text files of the project; the list is the same with and without a git checkout."""
    found, folders = [], [ROOT]
    while folders:
        for path in folders.pop().iterdir():
            if path.name in PRUNED or path.suffix in BINARY or path.name.endswith(".egg-info"):
                continue
            (folders if path.is_dir() else found).append(path)
    return found


def lines(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    """Where a pattern occurs, this file aside."""
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path in paths
        if path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]


def p90(sizes: list[int]) -> float:
    return quantiles(sizes, n=10)[-1]


def test_files_are_short() -> None:
    sizes = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in sources()}
    assert {name: size for name, size in sizes.items() if size > 500} == {}
    assert p90(list(sizes.values())) <= 300


def test_functions_are_short() -> None:
    sizes = {name: (node.end_lineno or 0) - node.lineno + 1 for name, node in functions()}
    assert len(sizes) > 500
    assert {name: size for name, size in sizes.items() if size > 60} == {}
    assert p90(list(sizes.values())) <= 35


def test_every_function_says_what_it_returns() -> None:
    assert [name for name, node in functions() if node.returns is None] == []


def test_every_module_says_what_it_is_for() -> None:
    assert [str(path.relative_to(ROOT)) for path, tree in sources().items() if not ast.get_docstring(tree)] == []


def test_one_migration_head() -> None:
    assert len(ScriptDirectory.from_config(schema._config()).get_heads()) == 1


def test_one_file_commits() -> None:
    calls = {
        str(path.relative_to(ROOT))
        for path, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
    }
    assert calls == {"permits/db.py"}


def test_our_names_are_nobody_elses() -> None:
    owners = packages_distributions()
    assert {name: owners[name] for name in PACKAGES if set(owners.get(name, [])) - {"rukhsa"}} == {}


def test_every_exception_to_a_tool_has_its_reason_beside_it() -> None:
    found = []
    for path in [*sources(), *(ROOT / "tests").rglob("*.py")]:
        text = path.read_text(encoding="utf-8").splitlines()
        for above, line in zip(["", *text], text, strict=False):
            match = UNEXPLAINED.search(line)
            if match and not re.search(r"\w{3}", match["reason"]) and not above.strip().startswith("#"):
                found.append(f"{path.relative_to(ROOT)}: {line.strip()}")
    assert found == []


def test_no_path_of_a_machine_and_no_registry_is_committed() -> None:
    paths = committed()
    assert {ROOT / "README.md", ROOT / "requirements.lock", ROOT / "api/web/package-lock.json"} <= set(paths)
    assert lines(MACHINE_PATH, paths) == []
    assert lines(REGISTRY, paths) == []
    assert '"resolved"' not in (ROOT / "api/web/package-lock.json").read_text(encoding="utf-8")


def test_both_languages_have_the_same_texts() -> None:
    arabic, english = (messages(language) for language in LANGUAGES)
    assert {name: set(file) for name, file in arabic.items()} == {name: set(file) for name, file in english.items()}


def test_no_text_is_given_twice() -> None:
    for language in LANGUAGES:
        keys = [key for file in messages(language).values() for key in file]
        assert len(keys) == len(set(keys))


def test_both_languages_ask_for_the_same_values() -> None:
    arabic, english = ({k: m for file in messages(lang).values() for k, m in file.items()} for lang in LANGUAGES)
    differ = {key for key in arabic if placeholders(arabic[key]) != placeholders(english[key])}
    assert differ == set()


def test_arabic_is_arabic() -> None:
    foreign = {k: text for k, text in patterns("ar").items() if not ARABIC.search(text) and not WORDLESS.match(text)}
    assert foreign == {}


def code_keys() -> list[str]:
    """The key of every text that a code of ours needs."""
    names = [f"error-{code}" for code in errors.application()]
    names += [f"review-refusal-{code}" for code in errors.refusals()]
    names += [f"review-reason-{code}" for code in errors.reasons()]
    names += [f"guide-problem-{code}" for code in errors.problems()]
    names += [f"guide-column-{column.replace('_', '-')}" for columns in COLUMNS.values() for column in columns]
    names += [f"remedy-{r.replace('_', '-')}{tool}" for r in Remedy for tool in ("", *(f"-{name}" for name in TOOLS))]
    names += [f"remedy-tool-{name}" for name in TOOLS]
    names += [f"{kind}-{code.replace('_', '-')}" for kind, codes in
              (("state", State), ("action", Action), ("event", AuditEvent)) for code in codes]  # fmt: skip
    return sorted(set(names))


def test_codes_are_found_in_the_sources() -> None:
    assert {"four-eyes", "no-sheet-in-force", "wrong-state", "upload-offset"} <= set(errors.application())
    assert {"half_file", "time_limit"} <= errors.refusals()
    assert {"unknown-key", "no-date"} <= errors.problems()
    assert {"near_limit", "elements_lost", "no_plot"} <= errors.reasons()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", code_keys())
def test_every_code_has_its_text(key: str, language: str) -> None:
    assert key in patterns(language)


def test_every_rule_is_in_the_catalogue() -> None:
    packs = [read_code(path) for path in CODES.glob("*.yaml")]
    assert packs
    for pack in packs:
        assert set(pack.entries) == set(RULES)
    entries = [entry for pack in [*packs, *map(read_guide, GUIDES.glob("*.yaml"))] for entry in pack.entries.values()]
    assert [e.code for e in entries if not ARABIC.search(e.title["ar"]) or not ARABIC.search(e.text["ar"])] == []


def test_every_setting_says_what_it_is_for() -> None:
    assert set(settings.described()) == set(Settings.model_fields)


def test_every_guard_of_the_workflow_is_known_and_refuses_with_a_code() -> None:
    assert {name for row in TABLE for name in row.guards} <= set(GUARDS)
    assert {name for name in GUARDS if not workflow.guard_codes(name)} == set()


def test_the_reference_pages_say_what_the_code_says() -> None:
    assert docs.stale() == [], "run `make docs`"


def pages() -> dict[str, str]:
    paths = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    return {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in paths}


def test_every_link_leads_somewhere() -> None:
    links = [(name, to) for name, text in pages().items() for to in re.findall(r"(?<!!)\[[^\]]*\]\(([^)#:]+)\)", text)]
    assert len(links) > 10
    assert [(name, to) for name, to in links if not (ROOT / name).parent.joinpath(to).exists()] == []


def test_every_file_that_a_page_names_is_there() -> None:
    home = "|".join([*PACKAGES, "sample_models", "tests", "docs"])
    named = [(name, path) for name, text in pages().items() for path in re.findall(rf"`((?:{home})/[\w./-]+)`", text)]
    assert len(named) > 50
    assert [(name, path) for name, path in named if not (ROOT / path).exists() and "assets" not in path] == []


def test_a_changed_page_is_stale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quick = {name: docs.PAGES[name] for name in ("workflow.md", "settings.md", "tables.md")}
    monkeypatch.setattr(docs, "PAGES", quick)
    docs.write(tmp_path)
    assert docs.stale(tmp_path) == []
    (tmp_path / "workflow.md").write_text("otherwise", encoding="utf-8")
    (tmp_path / "settings.md").unlink()
    assert docs.stale(tmp_path) == ["workflow.md", "settings.md"]
