"""Oracles of the file: the parser's own header, and identifiers by the library's expansion."""

import datetime
import itertools
import unicodedata
from collections import Counter
from typing import Any

import ifcopenshell.guid

from tests.oracles.model import Model
from tests.oracles.registry import Answer, Params, ids, names, oracle


def _said(texts: Any) -> bool:
    return any((text or "").strip() for text in texts or ())


@oracle("header")
def header(model: Model, _: Params) -> Answer:
    """The author and the originating system, as the parser reads them."""
    name = model.file.header.file_name
    missing = [] if _said(name.author) else ["author"]
    return Answer(2, names(*missing, *([] if _said([name.originating_system]) else ["system"])))


@oracle("header_organization")
def organization(model: Model, _: Params) -> Answer:
    """The organisation, as the parser reads it."""
    return Answer(1, names() if _said(model.file.header.file_name.organization) else names("organization"))


@oracle("header_timestamp")
def timestamp(model: Model, params: Params) -> Answer:
    """Date and time by `strptime`, with and without a zone."""
    said = model.file.header.file_name.time_stamp or ""
    for form in ("%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S.%f", "%Y-%m-%d"):
        try:
            year = datetime.datetime.strptime(said, form).year  # noqa: DTZ007 - only the year is asked for
        except ValueError:
            continue
        return Answer(1, names("time_stamp") if year < params["earliest"] else names())
    return Answer(1, names("time_stamp"))


@oracle("header_view")
def view(model: Model, _: Params) -> Answer:
    """Something in the brackets behind the word."""
    words = " ".join(model.file.header.file_description.description or ()).lower()
    told = words.partition("viewdefinition")[2].partition("[")[2].partition("]")[0].strip()
    return Answer(1, names() if told else names("ViewDefinition"))


@oracle("header_file_name")
def file_name(model: Model, _: Params) -> Answer:
    """A bare name that ends in .ifc or .IFC."""
    said = model.file.header.file_name.name or ""
    right = len(said) > 4 and said[-4:] in (".ifc", ".IFC") and not set(said) & set("/\\")
    return Answer(1, names() if right else names("name"))


@oracle("schema")
def schema(model: Model, params: Params) -> Answer:
    """The identifiers of the header."""
    said = [s.upper() for s in model.file.header.file_schema.schema_identifiers]
    return Answer(1, names() if len(said) == 1 and said[0] in params["accepted"] else names("FILE_SCHEMA"))


@oracle("application")
def application(model: Model, _: Params) -> Answer:
    """Every application by its attributes' names."""
    told = [(a.id(), a.get_info(recursive=False)) for a in model.of("IfcApplication")]
    if not told and model.file.schema == "IFC2X3":
        return Answer(1, names("IfcApplication"))
    bad = [key for key, info in told if not _said([info["ApplicationFullName"]]) or not _said([info["Version"]])]
    return Answer(len(told), names(*(f"IfcApplication #{key}" for key in bad)))


@oracle("global_ids")
def global_ids(model: Model, _: Params) -> Answer:
    """Identifiers that come back from their expansion, each once."""
    said = [root.GlobalId or "" for root in model.of("IfcRoot")]
    count = Counter(said)
    return Answer(len(said), frozenset(i for i in said if count[i] > 1 or not _is_id(i)))


def _is_id(text: str) -> bool:
    try:
        return len(text) == 22 and ifcopenshell.guid.compress(ifcopenshell.guid.expand(text)) == text
    except (ValueError, KeyError, IndexError):
        return False


@oracle("owner_history")
def owner_history(model: Model, _: Params) -> Answer:
    """In the older schema, every rooted entity by its attribute."""
    roots = model.of("IfcRoot")
    if model.file.schema != "IFC2X3":
        return Answer(0)
    return Answer(len(roots), ids(root for root in roots if root.OwnerHistory is None))


@oracle("characters")
def characters(model: Model, _: Params) -> Answer:
    """Control characters by their Unicode category, and texts that turn into Arabic when read the other way."""
    things = model.of("IfcProduct", "IfcTypeObject", "IfcGroup", "IfcProject")
    spoilt = [t for t in things if any(map(_is_spoilt, (t.Name, getattr(t, "LongName", None))))]
    return Answer(None, ids(spoilt))


def _is_spoilt(text: str | None) -> bool:
    said = text or ""
    if any(unicodedata.category(c) == "Cc" or c == "\ufffd" for c in said) or "???" in said:
        return True
    return any(_arabic(said, one, other) > _arabic(said) for one, other in _READINGS)


_READINGS = (("cp1252", "utf-8"), ("latin-1", "utf-8"), ("cp1252", "cp1256"), ("latin-1", "cp1256"))


def _arabic(text: str, written: str = "", read: str = "") -> int:
    """How many groups of two Arabic letters the text has, read otherwise where two encodings are given."""
    try:
        again = text.encode(written).decode(read) if written else text
    except UnicodeError:
        return 0
    return sum("\u0620" <= a <= "\u064a" and "\u0620" <= b <= "\u064a" for a, b in itertools.pairwise(again))
