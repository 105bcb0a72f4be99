"""What became of each finding."""

from datetime import date

from bim.comparison.findings import Course, FindingChange, compare
from bim.findings import Finding, Outcome
from bim.report import ModelInfo, Report, StoreyInfo

DAY = date(2026, 6, 1)
PASS, FAIL, OPEN = Outcome.PASS, Outcome.FAIL, Outcome.UNDECIDED


def finding(rule: str, outcome: Outcome, *elements: str, storey: str | None = None, subject: str = "") -> Finding:
    return Finding(rule, outcome, "", elements=elements, storey=storey, subject=subject)


def report(*findings: Finding, storey: str = "S") -> Report:
    return Report(ModelInfo("m", "", 0), DAY, findings=findings, storeys=(StoreyInfo(storey, "0", "ground", 0.0),))


def test_what_was_mended_what_stays_and_what_is_new() -> None:
    old = report(finding("A", FAIL, "x"), finding("B", FAIL, "x", "y"), finding("C", PASS), finding("D", PASS))
    new = report(finding("A", PASS), finding("B", FAIL, "y", "z"), finding("C", OPEN), finding("D", PASS))
    assert compare(old, new, {}) == [
        FindingChange(Course.MENDED, old.findings[0], new.findings[0], ("x",)),
        FindingChange(Course.NEW, old.findings[2], new.findings[2]),
        FindingChange(Course.STAYS, old.findings[1], new.findings[1], ("x",), ("z",)),
    ]


def test_elements_under_new_ids_are_the_same_elements() -> None:
    old, new = report(finding("A", FAIL, "x", "y")), report(finding("A", FAIL, "x2", "z"))
    (change,) = compare(old, new, {"x2": "x", "y2": "y"})
    assert (change.mended, change.newly) == (("y",), ("z",))


def test_a_finding_that_is_gone_was_mended() -> None:
    (change,) = compare(report(finding("A", FAIL, "x")), report(), {})
    assert (change.course, change.rule, change.new) == (Course.MENDED, "A", None)


def test_storeys_under_new_ids_are_known_by_their_names() -> None:
    old = report(finding("A", FAIL, storey="S"))
    new = report(finding("A", FAIL, storey="T"), storey="T")
    assert [change.course for change in compare(old, new, {})] == [Course.STAYS]


def test_several_findings_of_one_rule_are_told_apart() -> None:
    old = report(finding("A", FAIL, subject="one"), finding("A", FAIL, subject="two"))
    new = report(finding("A", PASS, subject="one"), finding("A", FAIL, subject="two"))
    assert [(c.course, (c.new or old.findings[0]).subject) for c in compare(old, new, {})] == [
        (Course.MENDED, "one"),
        (Course.STAYS, "two"),
    ]
