"""What changed between two guides, and for a model."""

from dataclasses import replace
from datetime import date

from bim.findings import Finding, Outcome
from bim.guide.difference import Change, Effect, difference, effects
from bim.guide.pack import guide_in_force
from bim.report import ModelInfo, PackInfo, Report

DAY = date(2026, 6, 1)
GUIDE = guide_in_force(DAY)


def test_a_guide_differs_from_itself_in_nothing() -> None:
    assert list(difference(GUIDE, GUIDE)) == []


def test_every_change_is_told_by_clause_and_key() -> None:
    entries = dict(GUIDE.entries)
    gone = entries.pop("BIM-101")
    entries["BIM-401"] = replace(entries["BIM-401"], params={"most": 0.5})
    entries["X-1"] = replace(gone, code="X-1", title_en="New")
    changed = replace(GUIDE, version="2", entries=entries)
    assert list(difference(GUIDE, changed)) == [
        Change("", "version", GUIDE.version, "2"),
        Change("BIM-101", "", gone.title_en, None),
        Change("BIM-401", "params", GUIDE.entries["BIM-401"].params, {"most": 0.5}),
        Change("X-1", "", None, "New"),
    ]


def report(**outcomes: tuple[Outcome, tuple[str, ...]]) -> Report:
    said = outcomes.items()
    findings = tuple(Finding(code, outcome, f"g {code}", elements=failed) for code, (outcome, failed) in said)
    return Report(ModelInfo("m", "", 0), DAY, findings=findings, packs=(PackInfo("g", "1", "", ""),))


def test_what_a_change_does_to_a_model() -> None:
    same = (Outcome.FAIL, ("x",))
    before = report(A=(Outcome.PASS, ()), B=(Outcome.FAIL, ("x", "y")), C=same)
    after = report(A=(Outcome.FAIL, ("z",)), B=(Outcome.FAIL, ("y", "w")), C=same, D=(Outcome.PASS, ()))
    assert effects(before, after) == [
        Effect("A", Outcome.PASS, Outcome.FAIL, ("z",), ()),
        Effect("B", Outcome.FAIL, Outcome.FAIL, ("w",), ("x",)),
        Effect("D", None, Outcome.PASS),
    ]
