"""The broken files of one real run, as they are published."""

import json
from collections import Counter
from typing import Any

from tests.fuzz.__main__ import RESULTS
from tests.fuzz.regressions import REGRESSIONS


def section() -> str:
    """The result as Markdown, from the committed figures of the run; nothing is run now."""
    told: dict[str, Any] = json.loads(RESULTS.read_text(encoding="utf-8"))
    return "\n".join([*_head(told), "", *_outcomes(told), "", *_operators(told), "", *_failures(told)]) + "\n"


def _head(told: dict[str, Any]) -> list[str]:
    limits = told["limits"]
    return [
        "## Broken and hostile files",
        "",
        f"On {told['on']}, `python -m tests.fuzz --count {told['count']} --seed {told['seed']}` mutated "
        f"{told['count']} files by {len(told['operators'])} operators and reviewed each with its geometry, in a "
        f"confined process of {limits['memory'] >> 20} MB and {limits['wall']:.0f} s: {told['seconds']} s with "
        f"{told['workers']} workers on a machine of two cores that others used too, ifcopenshell "
        f"{told['with']['ifcopenshell']}, Python {told['with']['python']}. The slowest case took {told['slowest']} s.",
        "",
        "| files mutated | how many there are | cases |",
        "|---|---|---|",
        *(f"| {kind} | {told['files'][kind]} | {cases} |" for kind, cases in told["sources"].items()),
    ]


def _outcomes(told: dict[str, Any]) -> list[str]:
    refused = ", ".join(f"`{code}` {count}" for code, count in told["refusals"].items())
    verdicts = ", ".join(f"{verdict} {count}" for verdict, count in told["verdicts"].items())
    return [
        f"{told['outcomes'].get('report', 0)} gave a report ({verdicts}), {told['outcomes'].get('refused', 0)} a "
        f"refusal by its code ({refused}). Ours is a crash of the program, a hang, a report that is no JSON, a time "
        "limit that no heavy operator explains, and a clause that passes though the source fails it and the review did "
        f"not see what it sees in the source: {len(told['ours'])}. In {told['said_otherwise']} reports a clause got "
        f"better because the mutated file says something else. In {told['with_rule_errors']} reports some clause was "
        "undecided because what it reads is not what the schema says.",
    ]


def _operators(told: dict[str, Any]) -> list[str]:
    rows: dict[str, Counter[str]] = {}
    names: dict[str, list[str]] = {}
    for name, counts in told["operators"].items():
        subject = counts["subject"]
        names.setdefault(subject, []).append(name.replace("_", " "))
        rows.setdefault(subject, Counter()).update({k: v for k, v in counts.items() if k != "subject"})
    return [
        "| subject | operators | cases | reports | refusals | ours |",
        "|---|---|---|---|---|---|",
        *(
            f"| {subject} | {', '.join(names[subject])} | {rows[subject].total()} | {rows[subject]['report']} | "
            f"{rows[subject]['refused']} | {rows[subject]['ours']} |"
            for subject in rows
        ),
    ]


def _failures(told: dict[str, Any]) -> list[str]:
    kept = "What earlier runs found is mended and kept in `tests/fuzz/regressions.py`."
    if not told["ours"]:
        return [kept]
    wrong = {(r.case.operator, r.case.source, r.case.seed): r.wrong for r in REGRESSIONS}
    return [
        f"{kept} So is what this one found:",
        "",
        *(
            f"- {operator} of `{source}`: {wrong[operator, source, seed]}"
            for _, _, operator, source, seed in told["ours"]
        ),
    ]
