"""A validity report's codes and numbers in words."""

from bim.validity.verdicts import Value, Violation
from permits.i18n import translate


def rule_title(rule: str, language: str) -> str:
    """What a rule is about."""
    return translate(language, f"validity-rule-{rule}")


def fault_text(violation: Violation, language: str) -> str:
    """What is wrong, and how to put it right."""
    values = {name: _told(value) for name, value in violation.values.items()}
    return translate(language, f"validity-fault-{violation.code}", **values)


def place_text(violation: Violation) -> str:
    """Where it is: class and number in the file, and the GlobalId of the object that it belongs to."""
    if not violation.entity:
        return ""
    return f"#{violation.entity} {violation.kind} {violation.owner}".strip()


def _told(value: Value) -> str:
    if value is None or value == "":
        return "–"
    return f"{value:.9g}" if isinstance(value, float) else str(value)
