"""docs/workflow.md: the one table of what may happen to a case, as a diagram and as rows."""

import ast
import inspect
from textwrap import dedent

from api.docs.codes import returned
from api.docs.markdown import code, heading, table
from permits.cases.guards import GUARDS
from permits.cases.workflow import TABLE, WORKFLOW, Action, State
from permits.i18n import translate

INTRODUCTION = f"""Version `{WORKFLOW}` of `permits/cases/workflow.py`. `advance()` is the only writer of a case's
state, `allowed()` feeds every button, and both read this table."""


def page() -> str:
    """Diagram, transitions, guards."""
    return "\n".join([heading("The way of a case", INTRODUCTION), _diagram(), _transitions(), _guards()])


def _both(key: str) -> str:
    return f"{translate('en', key)} / {translate('ar', key)}"


def state_text(state: State) -> str:
    """A state in both languages."""
    return _both(f"state-{state.replace('_', '-')}")


def action_text(action: Action) -> str:
    """An action in both languages."""
    return _both(f"action-{action.replace('_', '-')}")


def _diagram() -> str:
    lines = [f'    state "{state_text(state)}" as {state}' for state in State]
    lines += [f"    [*] --> {TABLE[0].sources[0]}"]
    lines += [f"    {source} --> {row.target}: {row.action}" for row in TABLE for source in row.sources]
    ends = [state for state in State if not any(state in row.sources for row in TABLE)]
    lines += [f"    {state} --> [*]" for state in ends]
    return "```mermaid\nstateDiagram-v2\n" + "\n".join(lines) + "\n```\n"


def _transitions() -> str:
    rows = [
        (
            code(row.action), action_text(row.action), ", ".join(map(code, row.sources)), code(row.target),
            ", ".join(map(code, row.roles)), ", ".join(map(code, row.guards)), row.clock,
        )
        for row in TABLE
    ]  # fmt: skip
    head = ("action", "English / العربية", "from", "to", "roles", "guards", "whose time then runs")
    return "## Transitions\n\n" + table(head, rows)


def guard_codes(name: str) -> set[str]:
    """The codes with which a guard refuses."""
    return returned(ast.parse(dedent(inspect.getsource(GUARDS[name]))))


def _guards() -> str:
    rows = [
        (code(name), code(said), translate("en", f"error-{said}"), translate("ar", f"error-{said}"))
        for name in GUARDS
        for said in sorted(guard_codes(name))
    ]
    return "## Guards\n\n" + table(("guard", "refuses with", "English", "العربية"), rows)
