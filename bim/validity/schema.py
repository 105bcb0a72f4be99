"""SCHEMA: whether every entity is as its schema declares it; by ifcopenshell, whose prose we turn into codes."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import ifcopenshell
import ifcopenshell.ifcopenshell_wrapper
import ifcopenshell.validate

from bim.extract import Entity
from bim.validity.facts import Facts
from bim.validity.registry import Fault, Tally
from bim.validity.verdicts import Value, Verdict

SCHEMA = "SCHEMA"
library: Any = ifcopenshell
wrapper: Any = ifcopenshell.ifcopenshell_wrapper
logger: Any = ifcopenshell.validate.json_logger
_DERIVED = "use_attribute_value_derived"
_SHOWN = 80
"""Characters of a value that are told."""
_INSTANCE = re.compile(r"instance #(\d+)")
CODES = {
    "Attribute not optional": "value_missing",
    "Invalid attribute value": "value_unreadable",
    "Attribute is derived": "value_derived",
    "With attribute:": "value_type",
    "With inverse:": "reference_count",
    "Entity ": "abstract_class",
    "Attribute '": "header_value",
    "For instance:": "header_value",
}
"""By how a message begins: our code."""
UNIQUE = {"Rule IfcRoot.UR1": "double_id", "IfcGloballyUniqueId": "id_format", "Rule IfcApplication": "double_tool"}
"""By how the clause begins that a message is about: our code."""
READER = {"VAL012": "value_unknown", "VAL013": "value_unknown", "VAL016": "value_count"}
"""By the code of a message of the reader: ours; any other error is `syntax`."""
_TOLD = "Requested type"
"""How a message begins that the library gives itself on reading an empty value, which is told as missing."""
OTHER = "schema_other"
_OF_ATTRIBUTE = ("value_", "reference_")
"""How codes begin that name an attribute."""


class _Collector(logger):  # type: ignore[misc]  # the library tells its own kind of logger from others by class
    """Takes the place of the library's list of messages, which would hold every one of them."""

    def __init__(self, tally: Tally) -> None:
        super().__init__()
        self.tally = tally

    def set_state(self, key: str, value: Any) -> None:
        """Note what the following messages are about; an attribute is of the last instance only."""
        if key == "instance":
            self.state["attribute"] = None
            self.tally.subjects += 1
        self.state[key] = value

    def log(self, _level: str, message: str, *args: Any) -> None:
        """Count one message."""
        entity, attribute = self.state.get("instance"), self.state.get("attribute")
        code = _code(message, args)
        if code in UNIQUE.values() or not isinstance(entity, ifcopenshell.entity_instance):
            attribute = None
        if code == "header_value":
            entity = None
        if code.startswith(_OF_ATTRIBUTE) and not attribute:
            code = OTHER
        values = _values(entity, attribute, code) if attribute else {}
        self.tally.add(Fault(code, entity if isinstance(entity, ifcopenshell.entity_instance) else None, values))


def _code(message: str, args: tuple[Any, ...]) -> str:
    if message.startswith("On instance:"):
        clause = str(args[2]) if len(args) > 2 else ""
        return next((code for begin, code in UNIQUE.items() if clause.startswith(begin)), OTHER)
    return next((code for begin, code in CODES.items() if message.startswith(begin)), OTHER)


def _values(entity: Entity, attribute: str, code: str) -> dict[str, Value]:
    """The attribute with its class, and what it holds."""
    name = attribute.rpartition(".")[2]
    values: dict[str, Value] = {"attribute": attribute if "." in attribute else f"{entity.is_a()}.{attribute}"}
    if code in ("value_type", "reference_count"):
        said = getattr(entity, name, None)
        values["value"] = len(said) if code == "reference_count" and said is not None else _short(said)
    return values


def _short(value: Any) -> str:
    if isinstance(value, wrapper.attribute_value_derived):
        return "*"
    return str(value)[:_SHOWN]


@contextmanager
def _telling_derived() -> Iterator[None]:
    """The library's switch for `*`, put back whatever happens."""
    before = wrapper.get_feature(_DERIVED)
    try:
        yield
    finally:
        wrapper.set_feature(_DERIVED, before)


def listen() -> None:
    """Before a model is opened: have what the reader says of it kept for `schema_verdict`; the log is the process's."""
    library.get_log()
    wrapper.set_log_format_json()


def schema_verdict(facts: Facts) -> Verdict:
    """Judge every entity by its schema; after `listen`, also by what the reader said of it."""
    tally = Tally(SCHEMA, facts)
    collector = _Collector(tally)
    try:
        with _telling_derived():
            ifcopenshell.validate.validate(facts.model, collector)
    except (RuntimeError, NotImplementedError, AttributeError, TypeError) as error:  # what the library breaks with
        return tally.broken(error)
    finally:  # the format is the process's, and others read the log as text
        said = library.get_log()
        wrapper.set_log_format_text()
    for line in said.splitlines():
        _add_reader_message(tally, line)
    return tally.verdict()


def _add_reader_message(tally: Tally, line: str) -> None:
    if not line.startswith("{"):
        return
    said = json.loads(line)
    code = READER.get(said.get("code", ""), "" if said["level"] != "error" else "syntax")
    if not code or said["message"].startswith(_TOLD):
        return
    found = _INSTANCE.search(said["message"])
    entity = _by_number(tally.facts.model, int(found[1])) if found else None
    tally.add(Fault(code, entity))


def _by_number(model: ifcopenshell.file, number: int) -> Entity | None:
    try:
        return model.by_id(number)
    except RuntimeError:
        return None
