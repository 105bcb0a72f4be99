"""A service's form answered: each answer read, and the fee, or what is wrong with which answer."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from permits.money.evaluation import Value
from permits.money.exact import plain
from permits.money.lines import AssessmentError, Input
from permits.money.money import MoneyError, parse_amount
from permits.services.catalogue import Field, Service
from permits.services.fees import ServiceFee, assess_service

EXEMPT = "exempt."
"""What precedes the code of an exemption in the name of its field."""

LONGEST = 60
"""Characters of an answer that are looked at; evidence may be longer."""


@dataclass(frozen=True)
class Answered:
    """The fee, or by field the code of what is wrong with its answer, or the code of a refusal and what it names.

    `command` is the same computation on the command line.
    """

    fee: ServiceFee | None = None
    wrong: Mapping[str, str] = field(default_factory=dict)
    refused: tuple[str, str] | None = None
    command: str = ""


def answered(service: Service, answers: Mapping[str, str]) -> Answered:
    """Work the fee out from the answers of a form; nothing that somebody writes is an error here."""
    inputs, wrong = read_answers(service, answers)
    try:
        on = date.fromisoformat(answers.get("on", "").strip()[:LONGEST])
    except ValueError:
        return Answered(wrong={**wrong, "on": "on"})
    if wrong:
        return Answered(wrong=wrong)
    claims = {name.removeprefix(EXEMPT): text for name, text in answers.items() if name.startswith(EXEMPT)}
    exempt = {code: " ".join(text.split())[:500] for code, text in claims.items() if text.strip()}
    try:
        fee = assess_service(service.code, on, inputs, exempt=exempt)
    except AssessmentError as error:
        return Answered(refused=(error.code, error.name))
    return Answered(fee=fee, command=_command(service.code, on, inputs, exempt))


def _command(code: str, on: date, inputs: list[Input], exempt: Mapping[str, str]) -> str:
    parts = ["rukhsa", "fee", code, "--on", on.isoformat()]
    for given in inputs:
        parts += ["--input", f"{given.name}={plain(given.value)}"]
    for name, evidence in exempt.items():
        parts += ["--exempt", f"{name}={evidence}"]
    return shlex.join(parts)


def read_answers(service: Service, answers: Mapping[str, str]) -> tuple[list[Input], dict[str, str]]:
    """The inputs that a form's answers give, and by field the code of what is wrong with an answer."""
    given, wrong = list[Input](), dict[str, str]()
    for asked in service.fields:
        text = answers.get(asked.name, "").strip()
        if not text:
            if asked.required:
                wrong[asked.name] = "missing"
            continue
        try:
            given.append(Input(asked.name, _value(asked, text), asked.unit, "declared", "", "declared"))
        except (MoneyError, ValueError):
            wrong[asked.name] = "unreadable"
    return given, wrong


def _value(asked: Field, text: str) -> Value:
    """A number in Arabic or Latin digits, or a day; raises MoneyError or ValueError."""
    if len(text) > LONGEST:
        raise ValueError(text[:LONGEST])
    return date.fromisoformat(text) if asked.kind == "date" else parse_amount(text)
