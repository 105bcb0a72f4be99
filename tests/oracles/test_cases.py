"""The oracles judge the golden cases of the named checks too: so the outcome in a file's name is known twice."""

from pathlib import Path

import pytest

from tests.bim.golden import cases
from tests.oracles.compare import NAMED, Both, opened
from tests.oracles.known import CASES
from tests.oracles.registry import ORACLES

PATHS = [path for path in cases() if path.parent.name in NAMED]


def load(path: Path) -> Both:
    """A case with its companions, whose disciplines are their second suffixes."""
    others = [load(other) for other in sorted(path.parent.glob(f"{path.stem}.*.ifc"))]
    return opened(path, path.suffixes[0][1:] if len(path.suffixes) > 1 else "architecture", *others)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_check_and_oracle_agree(path: Path) -> None:
    code = path.parent.name
    found = {d.code: d.count for d in load(path).differences({code: NAMED[code]})}
    known = CASES.get(f"{code}/{path.stem}")
    assert found == ({code: known.count} if known else {})


@pytest.mark.parametrize("outcome", ["pass", "fail"])
def test_the_oracles_alone_say_what_the_names_say(outcome: str) -> None:
    """Without a look at the checks: what is named a failure fails, and what is named a pass does not."""
    asked = [path for path in PATHS if path.stem.startswith(f"{outcome}-")]
    wrong = []
    for path in asked:
        clause = NAMED[path.parent.name]
        answer = ORACLES[str(clause.check)](load(path).model, clause.params)
        if bool(answer.failed) != (outcome == "fail") or (outcome == "pass" and answer.open):
            wrong.append(f"{path.parent.name}/{path.stem}")
    assert wrong == []
    assert len(asked) > 100


def test_what_is_listed_are_cases() -> None:
    assert set(CASES) <= {f"{path.parent.name}/{path.stem}" for path in PATHS}
